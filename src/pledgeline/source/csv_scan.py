"""Plain CSV scanned by DuckDB in place: nothing is copied, several cores read.

DuckDB reads some files otherwise than RFC 4180 and Python's csv module do, without a word: it skips
blank lines and drops the blanks around a quoted cell. `scannable` looks for these; such files, and
all that DuckDB refuses, go to `text.py`.
"""

import csv
import io
import re
from pathlib import Path

from pledgeline.source.source import Source, check_width
from pledgeline.sql import literal
from pledgeline.standard.dialect import Dialect

CHUNK = 1 << 20
NO_TEXT = "\x01"  # stands for "no cell here"; a file that has it is not scanned
LONGEST_LINE = (
    2 << 20
)  # the database holds sixteen lines of this length for each thread; longer ones go to `text.py`
NO_DELIMITERS = set('"\r\n')


def scannable(path: Path, delimiter: str) -> bool:
    """Whether DuckDB reads the file as Python's csv module would.

    There must be no blank line, no blank beside a quote at a cell's edge, no quote that does not
    end, and no line of more than LONGEST_LINE bytes, which it may leave out.
    """
    edge = rb"[\n\r " + re.escape(delimiter.encode()) + rb"]"
    blanks = re.compile(rb"\n\r?\n|\A\r?\n|(\A|" + edge + rb') "|" (' + edge + rb"|\Z)|\x01")
    if path.stat().st_size <= CHUNK:  # not worth importing numpy for
        text = path.read_bytes()
        return not blanks.search(text) and not text.count(b'"') % 2
    import numpy as np

    quotes, line = 0, 0  # of the file, and of the line that the last chunk ended in
    chunk, tail = (
        bytearray(CHUNK + 2),
        2,
    )  # each chunk begins with the last two bytes of the one before
    chunk[:2] = b"\n "
    with path.open("rb") as file:
        while read := file.readinto(memoryview(chunk)[2:]):
            if chunk.find(b"\x01", 0, read + tail) >= 0:
                return False
            window = np.frombuffer(chunk, np.uint8, read + tail)
            after = window[np.flatnonzero(window[:-1] == 10) + 1]
            if (after == 10).any() or (after == 13).any():
                return False
            at = np.flatnonzero(window == 34)
            quotes += np.count_nonzero(at >= tail)
            if at.size and blank_beside_quote(window, at, delimiter):
                return False
            ended = chunk.rfind(b"\n", tail, read + tail)
            line = line + read if ended < 0 else read + tail - ended
            if line > LONGEST_LINE - CHUNK:
                return False
            chunk[:2] = chunk[read : read + 2]
    return quotes % 2 == 0


def blank_beside_quote(window, quotes, delimiter: str) -> bool:
    """Whether a blank parts one of the `quotes` (their places) from a cell's edge; `window` is a
    numpy array of bytes.
    """
    early, late = quotes[quotes >= 2], quotes[quotes < len(window) - 2]
    before = window[early - 2][window[early - 1] == 32]
    after = window[late + 2][window[late + 1] == 32]
    return any(
        (side == edge).any() for side in (before, after) for edge in (10, 13, 32, ord(delimiter))
    )


def scan(
    database,
    name: str,
    path: Path,
    dialect: Dialect,
    width: int | None,
    delimiter: str,
    parallel: bool = True,
) -> Source | None:
    """A view over `path` as the relation `name`, or None where its dialect or its first record
    needs another reader.
    """
    if not is_plain(dialect) or len(delimiter.encode()) != 1 or delimiter in NO_DELIMITERS:
        return None
    header = dialect.header
    labels = first_record(path, delimiter)
    if labels is None or (not header and width is None):
        return None
    width = len(labels) if header else width
    check_width(width)
    columns = ", ".join(f"{literal(f'c{n}')}: 'VARCHAR'" for n in range(1, width + 2))
    csv_reader = (
        f"read_csv({literal(str(path))}, columns = {{{columns}}}, auto_detect = false, header = {header},"
        f" delim = {literal(delimiter)}, quote = '\"', escape = '\"', nullstr = {literal(NO_TEXT)}, null_padding = true,"
        f" strict_mode = true, max_line_size = {LONGEST_LINE}, parallel = {parallel})"
    )
    cells = ", ".join(f"c{n}" for n in range(1, width + 1))
    database.execute(
        f"CREATE OR REPLACE VIEW {name} AS SELECT row_number() OVER () + {int(header)} AS row_number, {cells},"
        f" CASE WHEN c{width + 1} IS NULL THEN 0 ELSE 1 END AS extras, c{width + 1} AS extra FROM {csv_reader}"
    )
    return Source(name, labels if header else None, ["VARCHAR"] * width, row_shapes=True)


def is_plain(dialect: Dialect) -> bool:
    """Whether the dialect, but for its delimiter and its header, is RFC 4180's."""
    rows = dialect.header_rows or dialect.comment_rows or dialect.skip_blank_rows
    quotes = dialect.quote_char == '"' and dialect.double_quote and not dialect.escape_char
    signs = dialect.comment_char or dialect.skip_initial_space
    return quotes and not rows and not signs and dialect.line_terminator in ("", "\n", "\r\n")


def first_record(path: Path, delimiter: str) -> list[str] | None:
    """The first record of a CSV file, None where there is none that is plain."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.read(CHUNK)
            record = next(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), None)
    except (UnicodeError, csv.Error):
        return None
    complete = record and ("\n" in head or len(head) < CHUNK)
    return [label.strip() for label in record] if complete else None
