"""The tables of a package as text, in one form for each value.

So cells of two files can be compared.
"""

from dataclasses import dataclass

from pledgeline.check.column import Column
from pledgeline.check.columns import columns_of
from pledgeline.check.table import CheckedTable
from pledgeline.errors import InvalidPackage
from pledgeline.report import Task
from pledgeline.source.first_sound import first_sound
from pledgeline.source.header import read_header
from pledgeline.source.open import FORMATS, candidate_sources, is_readable
from pledgeline.source.sandbox import Sandbox
from pledgeline.source.source import Source, Unreadable
from pledgeline.sql import is_one_of
from pledgeline.standard.package import Resource

EXACT = 17  # digits that distinguish all doubles: longer numbers are compared as they are written


@dataclass(frozen=True)
class TextTable:
    """A table in the database: `relation` has a text column for each of `fields`.

    NULL is a missing value. Its columns have names of our own, since those of fields may differ in
    case alone.
    """

    name: str
    relation: str
    fields: tuple[str, ...]
    key: tuple[str, ...]  # of the schema; () where it has none

    def column(self, field: str) -> str:
        """The name in SQL of the column of a field."""
        return f"c{self.fields.index(field) + 1}"


def read_as_text(
    place: Sandbox, resource: Resource, relation: str, as_written: bool = False
) -> TextTable:
    """Reads a resource into the table `relation` of the database.

    `as_written` leaves the cells as they are, where they else have one text for each value.
    Raises InvalidPackage where it cannot be read, or not without losing cells.
    """
    if not is_readable(resource):
        form = resource.format if resource.format not in FORMATS else resource.compression
        raise InvalidPackage(f'{resource.name}: the format "{form}" is not read; convert it to CSV')

    def copy(source: Source) -> tuple[tuple[str, ...], int, int]:
        header, fields = read_header(source, resource.schema, resource.dialect)
        if header:
            raise InvalidPackage(
                f"{resource.name}: {header[0].message}; validate the package first"
            )
        columns = columns_of(place.database, resource, source, fields, set())
        table = CheckedTable(0, resource, source, columns, Task(resource.name, resource.place))
        texts = [column.as_text if as_written else as_text(column) for column in columns]
        selected = [f"{text} AS c{n}" for n, text in enumerate(texts, 1)]
        short = f"c{source.width} IS NULL" if source.row_shapes and source.width else "FALSE"
        size = "size" if source.sized else "0"
        place.database.execute(
            f"CREATE OR REPLACE TABLE {relation} AS SELECT {', '.join(selected)},"
            f" row_number, {size} AS size, extras > 0 OR {short} AS uneven"
            f" FROM {table.values(columns)} AS source"
        )
        ((rows, read, uneven),) = place.database.execute(
            f"SELECT count(*), sum(size), min(row_number) FILTER (WHERE uneven) FROM {relation}"
        ).fetchall()
        place.database.execute(
            "; ".join(
                f"ALTER TABLE {relation} DROP COLUMN {extra}"
                for extra in ("row_number", "size", "uneven")
            )
        )
        if uneven is not None and source.agrees(rows, int(read or 0)):
            raise InvalidPackage(
                f"{resource.name}: row {uneven} has more or fewer cells than the header; validate"
                " the package first"
            )
        return tuple(column.name for column in columns), rows, int(read or 0)

    try:
        sources = candidate_sources(place, resource, f"{relation}_source")
        _, names = first_sound(sources, copy)
    except Unreadable as error:
        raise InvalidPackage(f"{resource.name}: {error.note}; validate the package first") from None
    return TextTable(resource.name, relation, names, resource.schema.primary_key)


def as_text(column: Column) -> str:
    """SQL: a column's value as text, equal for equal values.

    A cell that is not of its type stays as it is written.
    """
    own, kind = column.as_text, column.field.type
    if column.field.has_number_signs:  # 1.20 and 1.2 are not one number where points are groups
        return own
    if kind == "integer":
        return f"coalesce(CAST(TRY_CAST({own} AS BIGINT) AS VARCHAR), {own})"
    if kind == "number":
        double = f"coalesce(CAST(TRY_CAST({own} AS DOUBLE) AS VARCHAR), {own})"
        return f"CASE WHEN length({own}) <= {EXACT} THEN {double} ELSE {own} END"
    if kind == "boolean":
        field = column.field
        true, false = is_one_of(own, field.true_values), is_one_of(own, field.false_values)
        return f"CASE WHEN {true} THEN 'true' WHEN {false} THEN 'false' ELSE {own} END"
    return own
