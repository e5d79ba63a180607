"""Plain CSV scanned by DuckDB where it lies: nothing is copied, several cores read.

Some files DuckDB reads unlike RFC 4180 and Python's csv module, without saying so: it skips
blank lines, drops the blanks around a quoted cell, or finds no record at all. So every scan is held
to what `csv_bytes` counts; files with which it does not agree, and all that DuckDB refuses, go to
`csv_exact`.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import duckdb

from pledgeline.source.csv_bytes import CHUNK, LONGEST_LINE, NO_CELL, SURPLUS
from pledgeline.source.csv_patch import Patched
from pledgeline.source.csv_pieces import SKIPPED
from pledgeline.source.regular import open_regular
from pledgeline.source.rows import read_rows
from pledgeline.source.source import Source, check_width
from pledgeline.sql import balanced, literal
from pledgeline.standard.dialect import Dialect

NO_TEXT = NO_CELL.decode()
MANY = 32  # columns


def scan(
    path: Path,
    dialect: Dialect,
    width: int | None,
    delimiter: str,
    parallel: bool = True,
) -> Source | None:
    """The relation of the rows of `path`, or None where another reader is needed.

    That depends on the dialect and on the first record. `width` is the number of columns where
    there is no header.
    """
    quote = dialect.quote_char
    if not is_plain(dialect) or len(delimiter.encode()) != 1 or NO_TEXT in (delimiter, quote):
        return None
    if delimiter in (quote, "\r", "\n"):
        return None
    header = dialect.header
    labels = first_record(path, delimiter, quote)
    if labels is None:
        return None
    width = len(labels) if header else width
    if width is None:
        return None
    check_width(width)
    surplus = surplus_of(path)
    reader = reader_of(path, width + surplus, header, delimiter, dialect.quote_char, parallel)
    cells = [f"c{width + n}" for n in range(1, surplus + 1)]
    number, extra = number_of(cells), f"[{', '.join(cells)}]"
    rows = (
        f"(SELECT row_number() OVER () + {int(header)} AS row_number, {cells_of(width)},"
        f" {number} AS extras,"
        f" CASE WHEN {cells[0]} IS NOT NULL"
        f" THEN CAST(to_json(({extra})[1:{number}]) AS VARCHAR) END AS extra,"
        f" {size_of(width + surplus)} AS size FROM {reader})"
    )
    return Source(
        rows, labels if header else None, ["VARCHAR"] * width, row_shapes=True, sized=True
    )


def scan_patched(
    database: duckdb.DuckDBPyConnection,
    name: str,
    patched: Patched,
    labels: list[str] | None,
    width: int,
    parallel: bool,
) -> Source:
    """The relation of the rows of a file that `csv_patch` made; its tables start with `name`."""
    reader = reader_of(
        patched.path, width + SURPLUS, False, patched.delimiter, patched.quote, parallel
    )
    *cells, rest = [f"c{width + n}" for n in range(1, SURPLUS + 1)]
    number, extra = number_of(cells), f"[{', '.join(cells)}]"
    others = f"COALESCE(from_json({rest}, '[\"VARCHAR\"]'), [])"
    view = (
        f"SELECT row_number() OVER () + {patched.first - 1} AS row_number, {cells_of(width)},"
        f" {number} + COALESCE(json_array_length({rest}), 0) AS extras,"
        f" CASE WHEN {cells[0]} IS NOT NULL"
        f" THEN CAST(to_json(list_concat(({extra})[1:{number}], {others})) AS VARCHAR)"
        f" END AS extra, {size_of(width + SURPLUS)} AS size FROM {reader}"
    )
    if patched.skipped:
        view = f"SELECT * FROM ({view}) WHERE c1 IS DISTINCT FROM {literal(SKIPPED.decode())}"
    if patched.last is not None:
        last = patched.first + patched.records - 1
        read_rows(database, f"{name}_last", [(last, patched.last)], [], width)
        view += f" UNION ALL SELECT *, 0 FROM {name}_last"
    return Source(f"({view})", labels, ["VARCHAR"] * width, row_shapes=True, sized=True)


def reader_of(
    path: Path, width: int, header: bool, delimiter: str, quote: str, parallel: bool
) -> str:
    """SQL: the columns of a CSV file, those for cells too many among them."""
    columns = ", ".join(f"{literal(f'c{n}')}: 'VARCHAR'" for n in range(1, width + 1))
    options = [
        f"columns = {{{columns}}}, auto_detect = false, header = {header}",
        f"delim = {literal(delimiter)}, quote = {literal(quote)}, escape = {literal(quote)}",
        f"nullstr = {literal(NO_TEXT)}, null_padding = true, strict_mode = true",
        f"max_line_size = {LONGEST_LINE}, buffer_size = {4 * LONGEST_LINE}, parallel = {parallel}",
    ]
    return f"read_csv({literal(str(path))}, {', '.join(options)})"


def surplus_of(path: Path) -> int:
    """How many cells too many a row of a file may have: for few rows, columns take time to plan."""
    return SURPLUS if path.stat().st_size > CHUNK else 1


def number_of(cells: list[str]) -> str:
    """SQL: how many `cells` there are beyond the last column, of which the first ones are."""
    numbers = " + ".join(f"CAST({cell} IS NOT NULL AS INTEGER)" for cell in cells)
    return f"CASE WHEN {cells[0]} IS NULL THEN 0 ELSE {numbers} END"


def cells_of(width: int) -> str:
    """SQL: the cells of a row."""
    return ", ".join(f"c{n}" for n in range(1, width + 1))


def size_of(width: int) -> str:
    """SQL: the bytes of the cells of a row, and one more for each.

    A sum is quicker to compute, joined cells are quicker to plan where there are many. Only a row
    that was marked as blank has no first cell.
    """
    if width > MANY:
        return f"CASE WHEN c1 IS NULL THEN 0 ELSE strlen(concat_ws(',', {cells_of(width)})) + 1 END"
    return balanced([f"COALESCE(strlen(c{n}) + 1, 0)" for n in range(1, width + 1)], "+")


def is_plain(dialect: Dialect) -> bool:
    """Whether the dialect, but for its characters and its header, is that of RFC 4180."""
    rows = dialect.header_rows or dialect.comment_rows or dialect.skip_blank_rows
    quotes = dialect.quote_char.isascii() and len(dialect.quote_char) == 1
    escapes = dialect.escape_char or not dialect.double_quote
    characters = dialect.comment_char or dialect.skip_initial_space
    ends = dialect.line_terminator in ("", "\n", "\r\n")
    return quotes and ends and not escapes and not rows and not characters


def first_record(path: Path, delimiter: str, quote: str) -> list[str] | None:
    """The first record of a CSV file, None where there is none that is plain."""
    try:
        with io.TextIOWrapper(open_regular(path), "utf-8-sig", newline="") as file:
            head = file.read(CHUNK)
            text = io.StringIO(head, newline="")
            record = next(csv.reader(text, delimiter=delimiter, quotechar=quote), None)
    except (UnicodeError, csv.Error):
        return None
    if not record or (len(head) == CHUNK and not text.read(1)):  # none, or not all of it
        return None
    return record
