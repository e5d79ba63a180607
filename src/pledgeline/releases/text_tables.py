"""The tables of a package as text: each cell in the one form of its value, so that cells of two
files can be compared.
"""

from dataclasses import dataclass

from pledgeline.check.column import Column
from pledgeline.check.table import CheckedTable, columns_of
from pledgeline.errors import InvalidPackage
from pledgeline.report import Task
from pledgeline.source.first_sound import first_sound
from pledgeline.source.header import read_header
from pledgeline.source.open import FORMATS, PACKED, candidate_sources
from pledgeline.source.sandbox import Sandbox
from pledgeline.source.source import Source, Unreadable
from pledgeline.sql import identifier, literals
from pledgeline.standard.package import Resource

EXACT = 17  # digits that tell all doubles apart: longer numbers are compared as they are written


@dataclass(frozen=True)
class TextTable:
    """A table in the database: `relation` has a column of text, NULL where there is no value, for
    each of `fields`.
    """

    name: str
    relation: str
    fields: tuple[str, ...]
    key: tuple[str, ...]  # of the schema; () where it has none


def read_as_text(place: Sandbox, resource: Resource, relation: str) -> TextTable:
    """Reads a resource into the table `relation` of the database.

    Raises InvalidPackage where it cannot be read.
    """
    if resource.format not in FORMATS or resource.compression not in PACKED:
        form = resource.format if resource.format not in FORMATS else resource.compression
        raise InvalidPackage(
            f'{resource.name}: the format "{form}" is not compared; convert it to CSV'
        )

    def copy(source: Source) -> tuple[str, ...]:
        header, fields = read_header(source, resource.schema, resource.dialect)
        if header:
            raise InvalidPackage(
                f"{resource.name}: {header[0].message}; validate the package first"
            )
        columns = columns_of(place.database, resource, source, fields, set())
        texts = ", ".join(f"{as_text(column)} AS {identifier(column.name)}" for column in columns)
        values = CheckedTable(
            0, resource, source, columns, Task(resource.name, resource.place)
        ).values
        place.database.execute(
            f"CREATE OR REPLACE TABLE {relation} AS SELECT {texts} FROM {values} AS source"
        )
        return tuple(column.name for column in columns)

    try:
        sources = candidate_sources(place, resource, f"{relation}_source")
        _, names = first_sound(sources, copy)
    except Unreadable as error:
        raise InvalidPackage(f"{resource.name}: {error.note}; validate the package first") from None
    key = resource.schema.primary_key
    return TextTable(resource.name, relation, names, key)


def as_text(column: Column) -> str:
    """SQL: a column's value as text, equal for equal values; a cell that is not of its type stays
    as it is written.
    """
    own, kind = column.as_text, column.field.type
    if kind == "integer":
        return f"coalesce(CAST(TRY_CAST({own} AS BIGINT) AS VARCHAR), {own})"
    if kind == "number":
        double = f"coalesce(CAST(TRY_CAST({own} AS DOUBLE) AS VARCHAR), {own})"
        return f"CASE WHEN length({own}) <= {EXACT} THEN {double} ELSE {own} END"
    if kind == "boolean":
        true, false = literals(column.field.true_values), literals(column.field.false_values)
        return (
            f"CASE WHEN {own} IN ({true}) THEN 'true' WHEN {own} IN ({false}) THEN 'false'"
            f" ELSE {own} END"
        )
    return own
