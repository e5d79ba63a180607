"""From a resource to a source: the quickest reader that reads it right."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

from pledgeline.source.csv_exact import records
from pledgeline.source.csv_scan import scan, scannable
from pledgeline.source.dialect import content
from pledgeline.source.inline import as_marked, inline_rows
from pledgeline.source.parquet import open_parquet, parts
from pledgeline.source.rows import read_rows
from pledgeline.source.sandbox import Sandbox
from pledgeline.source.source import Source, Unreadable, check_width
from pledgeline.source.unpack import plain_file
from pledgeline.standard.package import Resource

DELIMITERS = {"csv": ",", "tsv": "\t"}
FORMATS = {*DELIMITERS, "parquet", "inline"}  # what is read here; any other is frictionless-py's
PACKED = {"", "gz", "zip"}


def is_readable(resource: Resource) -> bool:
    """Whether `candidate_sources` has a reader for the resource."""
    known = resource.format in FORMATS and resource.compression in PACKED
    return known or resource.in_memory


def candidate_sources(space: Sandbox, resource: Resource, name: str) -> Iterator[Source]:
    """Readers for `resource` as the relation `name`, the quickest first; the next is for when the
    database refuses the last.

    Raises Unreadable when none can read it.
    """
    fields = [field["name"] for field in (resource.schema or {}).get("fields", [])]
    if resource.in_memory:
        from pledgeline.source.arrow import open_arrow  # pyarrow is slow to import

        yield open_arrow(space.database, name, resource.data)
    elif resource.format == "parquet":
        yield open_parquet(space.database, name, parts(resource.paths))
    elif resource.format == "inline":
        rows = ((number, cells) for number, cells in inline_rows(resource.data, fields))
        labels, data = content(rows, resource.dialect)
        marked = ((number, as_marked(cells)) for number, cells in data)
        yield from slowly(space, name, labels, marked, fields, marked=True)
    else:
        path = plain_file(resource, space.folder, space.room())
        delimiter = resource.dialect.get("delimiter", DELIMITERS[resource.format])
        with (
            ThreadPoolExecutor(1) as thread
        ):  # looks through the file while the database counts, which mostly finds it sound
            sound = thread.submit(scannable, path, delimiter).result
            for parallel in (True, False):
                if source := scan(
                    space.database,
                    name,
                    path,
                    resource.dialect,
                    len(fields) or None,
                    delimiter,
                    parallel,
                ):
                    source.sound = sound
                    yield with_null(source, resource)
                    if not sound():
                        break
            space.database.execute(f"DROP VIEW IF EXISTS {name}")
        labels, data = content(records(path, resource.dialect, delimiter), resource.dialect)
        for source in slowly(space, name, labels, data, fields):
            yield with_null(source, resource)


def slowly(
    space: Sandbox,
    name: str,
    labels: list[str] | None,
    data,
    fields: list[str],
    marked: bool = False,
) -> Iterator[Source]:
    """Rows that come through Python.

    Without a header or a schema the first row tells how many columns there are.
    """
    data = iter(data)
    first = next(data, None)
    width = len(labels) if labels else len(fields) or len(first[1] if first else [])
    if not width and first is not None:
        raise Unreadable("source-error", "the rows have no cells")
    check_width(width)
    rows = data if first is None else chain([first], data)
    yield read_rows(space.database, name, rows, labels, width, marked)


def with_null(source: Source, resource: Resource) -> Source:
    """`source` with the dialect's word for null among its missing values (`nullSequence`)."""
    word = resource.dialect.get("nullSequence")
    source.missing = [word] if isinstance(word, str) else []
    return source
