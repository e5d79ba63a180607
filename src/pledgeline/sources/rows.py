"""CSV of any dialect, and inline data, read row by row in Python into a table of the database: slower, and never at a loss.

Follows frictionless-py in what a row number counts, and Python's csv module in what a cell is.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from pledgeline.checks.column import MARK
from pledgeline.sources.source import MOST_COLUMNS, ROWS_PER_BATCH, Source, Unreadable

LONGEST_LINE = 16 << 20  # characters; a longer one is hardly a table's
LONGEST_LABEL = 1 << 20  # characters of a label joined from several rows
MOST_CELLS = 10 * MOST_COLUMNS  # in one row, those included for which there is no column
BATCH_BYTES = 32 << 20  # about what the rows that pass through Python at a time may take
CELL_BYTES = 60  # what a cell takes in Python beside its text
Rows = Iterable[tuple[int, list]]


def read_rows(database, name: str, rows: Rows, labels: list[str] | None, width: int, marked: bool = False) -> Source:
    """`rows` (number, cells) as the table `name` with `width` columns."""
    names = [f"c{n}" for n in range(1, width + 1)]
    columns = "".join(f"{column} VARCHAR, " for column in names)
    database.execute(f"CREATE OR REPLACE TABLE {name} (row_number BIGINT, {columns}extras BIGINT, extra VARCHAR)")
    import pyarrow as pa  # only here: most sources are scanned without it

    schema = pa.schema(
        [
            ("row_number", pa.int64()),
            *((column, pa.string()) for column in names),
            ("extras", pa.int64()),
            ("extra", pa.string()),
        ]
    )
    for batch in batches(rows, width):
        database.register(
            "batch", pa.Table.from_arrays([pa.array(c, t) for c, t in zip(batch, schema.types, strict=True)], schema=schema)
        )
        database.execute(f"INSERT INTO {name} SELECT * FROM batch")
        database.unregister("batch")
    return Source(name, labels, ["VARCHAR"] * width, row_shapes=True, marked=marked)


def batches(rows: Rows, width: int) -> Iterator[list[list]]:
    """`rows` by columns, some thousands at a time."""
    batch, size = [], 0
    short = [None] * width
    for number, cells in rows:
        surplus = len(cells) - width
        size += sum(map(len, cells)) + CELL_BYTES * width
        extra = json.dumps(cells[width:]) if surplus > 0 else None
        cells = cells[:width] if surplus >= 0 else [*cells, *short[:-surplus]]
        batch.append((number, *cells, max(surplus, 0), extra))
        if len(batch) == ROWS_PER_BATCH or size > BATCH_BYTES:
            yield [list(column) for column in zip(*batch, strict=True)]
            batch, size = [], 0
    if batch:
        yield [list(column) for column in zip(*batch, strict=True)]


def records(path: Path, dialect: dict, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The records of a UTF-8 CSV file with their numbers, from 1. Raises Unreadable where the text ends being CSV."""
    escape, quote = dialect.get("escapeChar"), dialect.get("quoteChar", '"')
    check_signs(delimiter, quote, escape)
    number = 0
    try:
        csv.field_size_limit(LONGEST_LINE)
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(
                lines(file, dialect.get("lineTerminator")),
                delimiter=delimiter,
                quotechar=quote or None,
                quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
                escapechar=escape or None,
                doublequote=dialect.get("doubleQuote", True) if escape else True,
                skipinitialspace=dialect.get("skipInitialSpace", False),
            )
            for number, cells in enumerate(reader, 1):
                if len(cells) > MOST_CELLS:
                    raise csv.Error(f"a row has {len(cells):,} cells, expected at most {MOST_CELLS:,}")
                yield number, cells
    except UnicodeDecodeError as error:
        note = f"byte {error.object[error.start]:#04x} is not UTF-8; declare the file's `encoding`, or save it as UTF-8"
        raise Unreadable("encoding-error", note, number + 1) from error
    except (csv.Error, TypeError) as error:
        raise Unreadable("source-error", f"this is not CSV of its dialect ({error})", number + 1) from error


def check_signs(delimiter: str, quote: str | None, escape: str | None) -> None:
    """Raises Unreadable for signs of a dialect of which one is a line end, or two are the same."""
    for name, sign in (("delimiter", delimiter), ("quoteChar", quote), ("escapeChar", escape)):
        if sign in ("\n", "\r"):
            raise Unreadable("dialect-error", f"the dialect's `{name}` is the end of a line")
    if delimiter in (quote, escape):
        raise Unreadable("dialect-error", "the dialect's `delimiter` is its `quoteChar` or its `escapeChar`, too")


def lines(file, terminator: str | None) -> Iterator[str]:
    """The lines of a text file, which end in `terminator` if it is no newline. Raises csv.Error at one too long to be read."""
    held, length = [], 0  # the pieces of a line that has not ended yet
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise csv.Error(f"a line is longer than {LONGEST_LINE:,} characters")
        if not terminator or "\n" in terminator or terminator == "\r":
            yield line
            continue
        *ended, rest = line.split(terminator)
        for end in ended:
            yield "".join([*held, end])
            held, length = [], 0
        held.append(rest)
        length += len(rest)
        if length > LONGEST_LINE:
            raise csv.Error(f"a line is longer than {LONGEST_LINE:,} characters")
    if any(piece.strip("\r\n") for piece in held):
        yield "".join(held)


def content(rows: Rows, dialect: dict) -> tuple[list[str] | None, Rows]:
    """The labels and the rows of data: without header rows, comments and, where the dialect says so, blank rows.

    https://datapackage.org/standard/table-dialect/#headerrows and after; labels of several rows are joined.
    """
    header = dialect.get("header", True)
    header_rows = sorted(dialect.get("headerRows") or []) if header else []
    header_set = set(header_rows)
    comment, comment_rows = dialect.get("commentChar"), set(dialect.get("commentRows") or [])
    last = header_rows[-1] if header_rows else 0

    def commented(number: int, cells: list) -> bool:
        first = cells[0] if cells else None
        return number in comment_rows or bool(comment and isinstance(first, str) and first.startswith(comment))

    rows, labels, held = iter(rows), [], {}
    for number, cells in rows:
        if header and not header_rows and not commented(number, cells):
            header_rows, header_set, last = [number], {number}, number  # by default the first row that is no comment
        if number in header_set and not commented(number, cells):
            for index, cell in enumerate("" if c is None else str(c).strip() for c in cells):
                if held.get(index) == cell:
                    continue
                held[index] = cell
                if len(labels) <= index:
                    labels.append(cell)
                else:
                    labels[index] = dialect.get("headerJoin", " ").join([labels[index], cell])
                    if len(labels[index]) > LONGEST_LABEL:
                        raise Unreadable("source-error", f"a label is longer than {LONGEST_LABEL:,} characters", number)
        if number >= last and (header_rows or not header):
            first = [] if header else [(number, cells)]
            break
    else:
        first = []

    def data() -> Iterator[tuple[int, list]]:
        for part in (first, rows):
            for number, cells in part:
                blank = dialect.get("skipBlankRows") and not any(cell not in (None, "") for cell in cells)
                if not commented(number, cells) and not blank:
                    yield number, cells

    return labels, data()


def inline_rows(data: object, fields: list[str] | None) -> Iterator[tuple[int, list]]:
    """The rows of inline data: lists of cells, or mappings under the schema's names (without a schema, the first one's)."""
    if not isinstance(data, list) or not data:
        raise Unreadable("source-error", "inline `data` is no list of rows")
    keyed = isinstance(data[0], dict)
    names = fields or (list(data[0]) if keyed else [])
    if keyed:
        yield 1, names
    for number, item in enumerate(data, 1 + keyed):
        if not isinstance(item, dict if keyed else list):
            raise Unreadable("source-error", "inline `data` mixes rows of different shapes", number)
        yield number, [item.get(name) for name in names] if keyed else item


def as_marked(cells: list) -> list[str]:
    """Inline values as text: strings as they are, anything else as JSON behind a mark, null as the mark alone."""
    return [
        cell if isinstance(cell, str) else MARK + ("" if cell is None else json.dumps(cell, ensure_ascii=False))
        for cell in cells
    ]
