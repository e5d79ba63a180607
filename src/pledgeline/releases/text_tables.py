"""The tables of a package as text: each cell in the one form of its value, so that cells of two
files can be compared.
"""

from dataclasses import dataclass

import duckdb

from pledgeline.check.column import Column
from pledgeline.check.table import CheckedTable, columns_of
from pledgeline.errors import InvalidPackage
from pledgeline.source.header import read_header
from pledgeline.source.open import FORMATS, PACKED, candidate_sources
from pledgeline.source.sandbox import Sandbox
from pledgeline.source.source import Unreadable
from pledgeline.sql import identifier, literals
from pledgeline.standard.package import DataPackage, Resource

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


def one_resource_per_table(package: DataPackage) -> dict[str, Resource]:
    """The resources by table: of a table that stands in several formats (the same name but for a
    suffix), the first.
    """
    chosen: dict[str, Resource] = {}
    for resource in package.resources:
        if not any(twins(resource, other) for other in chosen.values()):
            chosen[resource.name] = resource
    return chosen


def twins(one: Resource, other: Resource) -> bool:
    """Whether two resources are files of one table: the same name and fields in two formats."""
    names = [
        resource.paths[0].stem if len(resource.paths) == 1 else None for resource in (one, other)
    ]
    fields = [[(f.name, f.type) for f in resource.schema.fields] for resource in (one, other)]
    return (
        names[0] is not None
        and names[0] == names[1]
        and one.format != other.format
        and fields[0] == fields[1]
    )


def read_as_text(place: Sandbox, resource: Resource, relation: str) -> TextTable:
    """Reads a resource into the table `relation` of the database.

    Raises InvalidPackage where it cannot be read.
    """
    if resource.format not in FORMATS or resource.compression not in PACKED:
        raise InvalidPackage(
            f'{resource.name}: the format "{resource.format or resource.compression}" is not compared; convert it to CSV'
        )
    refusal = "it cannot be read"
    try:
        for source in candidate_sources(place, resource, f"{relation}_source"):
            header, fields = read_header(source, resource.schema, resource.dialect)
            if header:
                raise InvalidPackage(
                    f"{resource.name}: {header[0].message}; validate the package first"
                )
            columns = columns_of(place.database, resource, source, fields, set())
            texts = ", ".join(f"{text(column)} AS {identifier(column.name)}" for column in columns)
            values = CheckedTable(0, resource, source, columns, None).values
            try:
                place.database.execute(
                    f"CREATE OR REPLACE TABLE {relation} AS SELECT {texts} FROM {values} AS source"
                )
            except (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException):
                raise
            except duckdb.Error as error:
                refusal = str(error).splitlines()[0]
                continue
            if source.sound():
                names = tuple(column.name for column in columns)
                return TextTable(
                    resource.name,
                    relation,
                    names,
                    resource.schema.primary_key,
                )
    except Unreadable as error:
        refusal = error.note
    raise InvalidPackage(f"{resource.name}: {refusal}; validate the package first")


def text(column: Column) -> str:
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
        return f"CASE WHEN {own} IN ({true}) THEN 'true' WHEN {own} IN ({false}) THEN 'false' ELSE {own} END"
    return own
