"""From a resource to a source: the quickest reader that reads it right."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from pledgeline.source.csv_bytes import CsvBytes
from pledgeline.source.csv_exact import records
from pledgeline.source.csv_look import has_surplus_line, look_through
from pledgeline.source.csv_patch import Patched, patch
from pledgeline.source.csv_scan import scan, scan_patched, surplus_of
from pledgeline.source.dialect import split_header
from pledgeline.source.inline import as_marked, inline_rows
from pledgeline.source.json_rows import json_rows
from pledgeline.source.parquet import open_parquet, parts
from pledgeline.source.regular import check_unchanged
from pledgeline.source.rows import read_rows
from pledgeline.source.sandbox import Sandbox
from pledgeline.source.source import Rows, Source, Unreadable, check_width
from pledgeline.source.unpack import Text, check_room, unpacked_file
from pledgeline.source.workbook import workbook_rows
from pledgeline.standard.package import Resource

DELIMITERS = {"csv": ",", "tsv": "\t"}
JSON, WORKBOOKS = {"json", "geojson", "jsonl", "ndjson"}, {"xlsx", "xls", "ods"}
# what is read; a table in any other format is an error
FORMATS = {*DELIMITERS, *JSON, *WORKBOOKS, "parquet", "inline"}
Result = TypeVar("Result")
PACKED = {"", "gz", "zip"}


def is_readable(resource: Resource) -> bool:
    """Whether the resource is a table that `candidate_sources` has a reader for."""
    known = resource.format in FORMATS and resource.compression in PACKED
    return resource.is_table and (known or resource.in_memory)


def candidate_sources(sandbox: Sandbox, resource: Resource, name: str) -> Iterator[Source]:
    """Readers for `resource` as the relation `name`, the quickest first.

    The next one is for when the database refuses the last. Raises Unreadable when none can read it.
    """
    fields = list(resource.schema.names)
    if resource.in_memory:
        from pledgeline.source.arrow import open_arrow  # pyarrow is slow to import

        yield open_arrow(sandbox.database, name, resource.data)
    elif resource.format == "parquet":
        paths = parts(resource.paths)
        source = open_parquet(sandbox.database, name, paths, sandbox.room())
        sandbox.read += source.unpacked
        yield source
    elif resource.format == "inline":
        labels, data = split_header(inline_rows(resource.data, fields), resource.dialect)
        marked = ((number, as_marked(cells)) for number, cells in data)
        yield source_of_rows(sandbox, name, labels, marked, fields, marked=True)
    elif resource.format in JSON | WORKBOOKS:
        yield with_null(source_of_values(sandbox, resource, name, fields), resource)
    else:
        yield from csv_sources(sandbox, resource, name, fields)


def csv_sources(
    sandbox: Sandbox, resource: Resource, name: str, fields: list[str]
) -> Iterator[Source]:
    """Readers for a CSV file.

    A scan of the file where it lies, one of the file made plain, and Python's csv module alone.
    """
    text = unpacked_file(resource, sandbox.folder, sandbox.room())
    declared = resource.dialect.delimiter
    delimiter = DELIMITERS[resource.format] if declared is None else declared
    for source in scans_in_place(text, resource, fields, delimiter):
        yield with_null(source, resource)
    for source in scans_of_patched(sandbox, text, resource, name, fields, delimiter):
        yield with_null(source, resource)
    labels, data = header_and_data(text, resource, delimiter)
    yield with_null(source_of_rows(sandbox, name, labels, data, fields), resource)


def scans_in_place(
    text: Text, resource: Resource, fields: list[str], delimiter: str
) -> Iterator[Source]:
    """A scan of a CSV file where it lies.

    Line ends within cells are read by one thread: with several, the database refuses them when it
    has scanned up to one.
    """
    dialect, path, width = resource.dialect, text.path, len(fields) or None
    source = scan(path, dialect, width, delimiter)
    if not source:
        return
    # first, since it takes a tenth of what a scan in vain would
    looked = look_through(path, delimiter, dialect.quote_char)
    surplus = surplus_of(path)
    if not looked.plain or has_surplus_line(path, looked, delimiter, source.width, surplus):
        return
    if looked.inner:
        source = scan(path, dialect, width, delimiter, parallel=False) or source
    source.agrees, source.lines = proof(looked, dialect.header, path), looked.ends
    yield source


def scans_of_patched(
    sandbox: Sandbox, text: Text, resource: Resource, name: str, fields: list[str], delimiter: str
) -> Iterator[Source]:
    """A scan of a CSV file that was made plain."""
    dialect, encoding = resource.dialect, resource.encoding
    labels, data = header_and_data(text, resource, delimiter)
    width, rows = width_of(labels, data, fields)
    first = next(iter(rows), None)
    if first is None:
        return
    path, room = sandbox.folder / f"{name}.csv", sandbox.room()
    try:
        patched = patch(text, dialect, delimiter, encoding, first[0], width, path, room)
    except OSError as error:
        check_room(error)
        raise
    if patched:
        looked = look_through(path, patched.delimiter, patched.quote, written=True)
        source = scan_patched(sandbox.database, name, patched, labels, width, not looked.inner)
        source.agrees, source.lines = proof_of_patched(looked, patched), looked.ends
        yield source
    path.unlink(missing_ok=True)


def header_and_data(text: Text, resource: Resource, delimiter: str) -> tuple[list[str], Rows]:
    """The labels and the rows of data of a CSV file, as Python's csv module reads them."""
    rows = records(text, resource.dialect, delimiter, resource.encoding)
    return split_header(rows, resource.dialect)


def proof(looked: CsvBytes, header: bool, path: Path) -> Callable[[int, int], bool]:
    """Whether a scan agrees with the bytes, and the file that it read is still that file."""

    def agrees(rows: int, size: int) -> bool:
        check_unchanged(path)
        return looked.agrees(header, rows, size)

    return agrees


def proof_of_patched(looked: CsvBytes, patched: Patched) -> Callable[[int, int], bool]:
    """The same for a file that we made; its marks are no cells, but have a byte and a line end."""

    def agrees(rows: int, size: int) -> bool:
        scanned = rows - (patched.last is not None) + patched.skipped
        marks = patched.skipped + patched.blank
        return rows + patched.skipped == patched.records and looked.agrees(
            False, scanned, size + 2 * marks
        )

    return agrees


def source_of_values(sandbox: Sandbox, resource: Resource, name: str, fields: list[str]) -> Source:
    """The source of a file whose cells are values and not only text: JSON, or a workbook."""
    if len(resource.paths) != 1 and resource.format not in ("jsonl", "ndjson"):
        wrong = f"a table in {resource.format} is one file, found {len(resource.paths)}"
        raise Unreadable("format-error", wrong)
    workbook = resource.format in WORKBOOKS
    # bytes of a workbook are not text in an encoding
    packed = replace(resource, encoding="utf-8") if workbook else resource
    path = unpacked_file(packed, sandbox.folder, sandbox.room()).path
    rows = workbook_rows(path, resource) if workbook else json_rows(path, resource)
    labels, data = split_header(rows, resource.dialect)
    if workbook:
        data = ((number, of_width(cells, len(labels))) for number, cells in data)
    marked = ((number, as_marked(cells)) for number, cells in data)
    return source_of_rows(sandbox, name, labels, marked, fields, marked=True)


def of_width(cells: list[Any], width: int) -> list[Any]:
    """The cells of a row of a sheet, which has neither short rows nor empty cells too many."""
    if not width:
        return cells
    while len(cells) > width and cells[-1] is None:
        cells = cells[:-1]
    return cells + [None] * (width - len(cells))


def source_of_rows(
    sandbox: Sandbox,
    name: str,
    labels: list[str],
    data: Rows,
    fields: list[str],
    marked: bool = False,
) -> Source:
    """Rows that come through Python."""
    width, rows = width_of(labels, data, fields)
    return read_rows(sandbox.database, name, rows, labels, width, marked)


def width_of(labels: list[str], data: Rows, fields: list[str]) -> tuple[int, Rows]:
    """The number of columns, and all rows.

    Without a header or a schema the first row says how many columns there are. Raises Unreadable
    where there are none, or too many.
    """
    rows = iter(data)
    first = next(rows, None)
    width = len(labels) or len(fields) or len(first[1] if first else [])
    if not width and first is not None:
        raise Unreadable("source-error", "the rows have no cells")
    check_width(width)
    return width, rows if first is None else chain([first], rows)


def with_null(source: Source, resource: Resource) -> Source:
    """`source` with the dialect's text for null among its missing values (`nullSequence`)."""
    null = resource.dialect.null_sequence
    source.missing = [] if null is None else [null]
    return source
