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

from pledgeline.source.csv_bytes import CHUNK, LONGEST_LINE, NO_CELL
from pledgeline.source.regular import open_regular
from pledgeline.source.source import Source, check_width
from pledgeline.sql import balanced, literal
from pledgeline.standard.dialect import Dialect

NO_TEXT = NO_CELL.decode()
NO_DELIMITERS = set('"\r\n')


def scan(
    database: duckdb.DuckDBPyConnection,
    name: str,
    path: Path,
    dialect: Dialect,
    width: int | None,
    delimiter: str,
    parallel: bool = True,
) -> Source | None:
    """A view over `path` as the relation `name`, or None where another reader is needed.

    That depends on the dialect and on the first record. `width` is the number of columns where
    there is no header.
    """
    if not is_plain(dialect) or len(delimiter.encode()) != 1 or delimiter in NO_DELIMITERS:
        return None
    header = dialect.header
    labels = first_record(path, delimiter)
    if labels is None:
        return None
    width = len(labels) if header else width
    if width is None:
        return None
    check_width(width)
    columns = ", ".join(f"{literal(f'c{n}')}: 'VARCHAR'" for n in range(1, width + 2))
    options = [
        f"columns = {{{columns}}}, auto_detect = false, header = {header}",
        f"delim = {literal(delimiter)}, quote = '\"', escape = '\"', nullstr = {literal(NO_TEXT)}",
        f"null_padding = true, strict_mode = true, max_line_size = {LONGEST_LINE}",
        f"parallel = {parallel}",
    ]
    cells = ", ".join(f"c{n}" for n in range(1, width + 1))
    surplus = f"c{width + 1}"
    sizes = [f"COALESCE(strlen(c{n}) + 1, 0)" for n in range(1, width + 2)]
    database.execute(
        f"CREATE OR REPLACE VIEW {name} AS"
        f" SELECT row_number() OVER () + {int(header)} AS row_number, {cells},"
        f" CASE WHEN {surplus} IS NULL THEN 0 ELSE 1 END AS extras,"
        f" CASE WHEN {surplus} IS NOT NULL THEN json_array({surplus})::VARCHAR END AS extra,"
        f" {balanced(sizes, '+')} AS size"
        f" FROM read_csv({literal(str(path))}, {', '.join(options)})"
    )
    return Source(
        name, labels if header else None, ["VARCHAR"] * width, row_shapes=True, sized=True
    )


def is_plain(dialect: Dialect) -> bool:
    """Whether the dialect, but for its delimiter and its header, is that of RFC 4180."""
    rows = dialect.header_rows or dialect.comment_rows or dialect.skip_blank_rows
    quotes = dialect.quote_char == '"' and dialect.double_quote and not dialect.escape_char
    characters = dialect.comment_char or dialect.skip_initial_space
    ends = dialect.line_terminator in ("", "\n", "\r\n")
    return quotes and ends and not rows and not characters


def first_record(path: Path, delimiter: str) -> list[str] | None:
    """The first record of a CSV file, None where there is none that is plain."""
    try:
        with io.TextIOWrapper(open_regular(path), "utf-8-sig", newline="") as file:
            head = file.read(CHUNK)
            text = io.StringIO(head, newline="")
            record = next(csv.reader(text, delimiter=delimiter), None)
    except (UnicodeError, csv.Error):
        return None
    if not record or (len(head) == CHUNK and not text.read(1)):  # none, or not all of it
        return None
    return record
