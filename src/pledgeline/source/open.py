"""From a resource to a source: the quickest reader that reads it right."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from pledgeline.source.csv_bytes import CsvBytes, look_through
from pledgeline.source.csv_exact import records
from pledgeline.source.csv_scan import scan
from pledgeline.source.dialect import split_header
from pledgeline.source.inline import as_marked, inline_rows
from pledgeline.source.json_rows import json_rows
from pledgeline.source.parquet import open_parquet, parts
from pledgeline.source.regular import check_unchanged
from pledgeline.source.rows import read_rows
from pledgeline.source.sandbox import Sandbox
from pledgeline.source.source import Rows, Source, Unreadable, check_width
from pledgeline.source.unpack import unpacked_file
from pledgeline.source.workbook import workbook_rows
from pledgeline.standard.package import Resource

DELIMITERS = {"csv": ",", "tsv": "\t"}
JSON, WORKBOOKS = {"json", "geojson", "jsonl", "ndjson"}, {"xlsx", "xls", "ods"}
# what is read; a table in any other format is an error
FORMATS = {*DELIMITERS, *JSON, *WORKBOOKS, "parquet", "inline"}
Result = TypeVar("Result")
PACKED = {"", "gz", "zip"}


def is_readable(resource: Resource) -> bool:
    """Whether `candidate_sources` has a reader for the resource."""
    known = resource.format in FORMATS and resource.compression in PACKED
    return known or resource.in_memory


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
    """Readers for a CSV file: a scan with several threads, with one, and Python's csv module."""
    text = unpacked_file(resource, sandbox.folder, sandbox.room())
    path = text.path
    declared = resource.dialect.delimiter
    delimiter = DELIMITERS[resource.format] if declared is None else declared
    header = resource.dialect.header
    looked = in_thread(look_through, path, delimiter)  # while the database counts
    for parallel in (True, False):
        if source := scan(
            sandbox.database,
            name,
            path,
            resource.dialect,
            len(fields) or None,
            delimiter,
            parallel,
        ):
            source.agrees = proof(looked.result, header, path)
            yield with_null(source, resource)
            if not looked.result().plain:
                break
    sandbox.database.execute(f"DROP VIEW IF EXISTS {name}")
    labels, data = split_header(
        records(text, resource.dialect, delimiter, resource.encoding), resource.dialect
    )
    yield with_null(source_of_rows(sandbox, name, labels, data, fields), resource)


def in_thread(function: Callable[..., Result], *arguments: Any) -> Future[Result]:
    """What `function` gives, from a thread of its own that nobody has to join.

    A generator must not be suspended inside a pool: it may be closed by the garbage collector, in
    whatever thread that runs, and the pool then waits there for locks that this very thread holds.
    """
    pool = ThreadPoolExecutor(1)
    future = pool.submit(function, *arguments)
    pool.shutdown(wait=False)
    return future


def proof(looked: Callable[[], CsvBytes], header: bool, path: Path) -> Callable[[int, int], bool]:
    """Whether a scan agrees with the bytes, and the file that it read is still that file."""

    def agrees(rows: int, size: int) -> bool:
        check_unchanged(path)
        return looked().agrees(header, rows, size)

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
    """Rows that come through Python.

    Without a header or a schema the first row says how many columns there are. Raises Unreadable
    where there are none, or too many.
    """
    rows = iter(data)
    first = next(rows, None)
    width = len(labels) or len(fields) or len(first[1] if first else [])
    if not width and first is not None:
        raise Unreadable("source-error", "the rows have no cells")
    check_width(width)
    everything = rows if first is None else chain([first], rows)
    return read_rows(sandbox.database, name, everything, labels, width, marked)


def with_null(source: Source, resource: Resource) -> Source:
    """`source` with the dialect's text for null among its missing values (`nullSequence`)."""
    null = resource.dialect.null_sequence
    source.missing = [] if null is None else [null]
    return source
