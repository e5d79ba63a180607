"""Plain CSV scanned by DuckDB where it lies: nothing is copied, several cores read.

Some files DuckDB reads otherwise than RFC 4180 and Python's csv module, without saying so: it skips
blank lines and drops the blanks around a quoted cell. `scannable` looks for these; such files, and
all that DuckDB refuses, go to `csv_exact`.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from pledgeline.source.source import Source, check_width
from pledgeline.sql import literal
from pledgeline.standard.dialect import Dialect

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CHUNK = 1 << 20
NO_TEXT = "\x01"  # stands for "no cell here"; a file that has it is not scanned
# The database holds sixteen lines of this length for each thread; longer ones go to `csv_exact`.
LONGEST_LINE = 2 << 20
NO_DELIMITERS = set('"\r\n')
NEWLINE, CARRIAGE_RETURN, BLANK, QUOTE = 10, 13, 32, 34  # bytes


def scannable(path: Path, delimiter: str) -> bool:
    """Whether DuckDB reads the file as Python's csv module would.

    There must be no blank line, no blank beside a quote at a cell's edge, no quote that does not
    end, and no line of more than LONGEST_LINE bytes, which DuckDB may leave out.
    """
    edge = rb"[\n\r " + re.escape(delimiter.encode()) + rb"]"
    blanks = re.compile(rb"\n\r?\n|\A\r?\n|(\A|" + edge + rb') "|" (' + edge + rb"|\Z)|\x01")
    if path.stat().st_size <= CHUNK:  # not worth importing numpy for
        text = path.read_bytes()
        return not blanks.search(text) and not text.count(b'"') % 2
    import numpy as np

    quotes, line_length = 0, 0  # of the file, and of the line that the last chunk ended in
    # each chunk begins with the last two bytes of the one before
    chunk, tail = bytearray(CHUNK + 2), 2
    chunk[:2] = b"\n "
    with path.open("rb") as file:
        while read := file.readinto(memoryview(chunk)[2:]):
            if chunk.find(b"\x01", 0, read + tail) >= 0:
                return False
            window = np.frombuffer(chunk, np.uint8, read + tail)
            after = window[np.flatnonzero(window[:-1] == NEWLINE) + 1]
            if (after == NEWLINE).any() or (after == CARRIAGE_RETURN).any():
                return False
            places = np.flatnonzero(window == QUOTE)
            quotes += int(np.count_nonzero(places >= tail))
            if places.size and blank_beside_quote(window, places, delimiter):
                return False
            ended = chunk.rfind(b"\n", tail, read + tail)
            line_length = line_length + read if ended < 0 else read + tail - ended
            if line_length > LONGEST_LINE - CHUNK:
                return False
            chunk[:2] = chunk[read : read + 2]
    return quotes % 2 == 0


def blank_beside_quote(window: NDArray[np.uint8], places: NDArray[Any], delimiter: str) -> bool:
    """Whether a blank parts one of the quotes at `places` of `window` from a cell's edge."""
    early, late = places[places >= 2], places[places < len(window) - 2]
    before = window[early - 2][window[early - 1] == BLANK]
    after = window[late + 2][window[late + 1] == BLANK]
    edges = (NEWLINE, CARRIAGE_RETURN, BLANK, ord(delimiter))
    return any(bool((side == edge).any()) for side in (before, after) for edge in edges)


def scan(
    database: duckdb.DuckDBPyConnection,
    name: str,
    path: Path,
    dialect: Dialect,
    width: int | None,
    delimiter: str,
    parallel: bool = True,
) -> Source | None:
    """A view over `path` as the relation `name`, or None where its dialect or its first record
    needs another reader.

    `width` is the number of columns where there is no header.
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
    database.execute(
        f"CREATE OR REPLACE VIEW {name} AS"
        f" SELECT row_number() OVER () + {int(header)} AS row_number, {cells},"
        f" CASE WHEN {surplus} IS NULL THEN 0 ELSE 1 END AS extras, {surplus} AS extra"
        f" FROM read_csv({literal(str(path))}, {', '.join(options)})"
    )
    return Source(name, labels if header else None, ["VARCHAR"] * width, row_shapes=True)


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
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.read(CHUNK)
            record = next(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), None)
    except (UnicodeError, csv.Error):
        return None
    if not record or ("\n" not in head and len(head) == CHUNK):  # none, or not all of it
        return None
    return [label.strip() for label in record]
