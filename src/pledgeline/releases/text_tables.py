"""The tables of a package as text, in one form for each value.

So cells of two files can be compared.
"""

from collections.abc import Callable
from dataclasses import dataclass

import duckdb

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
    table, _ = read(place, resource, relation, every_cell, as_written)
    place.database.execute(f"ALTER TABLE {relation} DROP COLUMN number")
    return table


def every_cell(table: TextTable) -> str:
    """SQL: all cells of a row."""
    return ", ".join(map(table.column, table.fields))


def read(
    place: Sandbox,
    resource: Resource,
    relation: str,
    kept: Callable[[TextTable], str],
    as_written: bool = False,
) -> tuple[TextTable, CheckedTable]:
    """Reads what is `kept` of each row of a resource into the table `relation` of the database.

    `kept` gives SQL over the cells; beside it, there is the `number` of each row. The second of
    the tables is where the cells are. Raises InvalidPackage as `read_as_text` does.
    """
    if not is_readable(resource):
        form = resource.format if resource.format not in FORMATS else resource.compression
        raise InvalidPackage(f'{resource.name}: the format "{form}" is not read; convert it to CSV')

    def copy(source: Source) -> tuple[tuple[TextTable, CheckedTable], int, int]:
        header, fields = read_header(source, resource.schema, resource.dialect)
        if header:
            raise InvalidPackage(
                f"{resource.name}: {header[0].message}; validate the package first"
            )
        columns = columns_of(place.database, source, fields, set())
        checked = CheckedTable(0, resource, source, columns, Task(resource.name, resource.place))
        names = tuple(column.name for column in columns)
        table = TextTable(resource.name, relation, names, resource.schema.primary_key)
        short = f"c{source.width} IS NULL" if source.row_shapes and source.width else "FALSE"
        size = "size" if source.sized else "0"
        proof = f"{size} AS size, extras > 0 OR {short} AS uneven"
        place.database.execute(
            f"CREATE OR REPLACE TABLE {relation} AS SELECT {kept(table)}, number, size, uneven"
            f" FROM {cells_of(checked, as_written, proof)}"
        )
        ((rows, size_read, uneven),) = place.database.execute(
            f"SELECT count(*), sum(size), min(number) FILTER (WHERE uneven) FROM {relation}"
        ).fetchall()
        for proven in ("size", "uneven"):
            place.database.execute(f"ALTER TABLE {relation} DROP COLUMN {proven}")
        if uneven is not None and source.agrees(rows, int(size_read or 0)):
            raise InvalidPackage(
                f"{resource.name}: row {uneven} has more or fewer cells than the header; validate"
                " the package first"
            )
        return (table, checked), rows, int(size_read or 0)

    try:
        sources = candidate_sources(place, resource, f"{relation}_source")
        return first_sound(sources, copy)[1]
    except Unreadable as error:
        raise InvalidPackage(f"{resource.name}: {error.note}; validate the package first") from None


def cells_of(checked: CheckedTable, as_written: bool = False, proof: str = "") -> str:
    """SQL: the cells of a table as text, named c1, c2 ..., and the `number` of each row."""
    texts = [column.as_text if as_written else as_text(column) for column in checked.columns]
    selected = [f"{text} AS c{n}" for n, text in enumerate(texts, 1)]
    rest = ["row_number AS number", *filter(None, [proof])]
    values = checked.values(checked.columns)
    return f"(SELECT {', '.join([*selected, *rest])} FROM {values} AS source) AS cells"


def forget(database: duckdb.DuckDBPyConnection, relation: str) -> None:
    """Drops what was made of a resource for the table `relation`, its source included."""
    made = database.execute(
        "SELECT table_name, table_type FROM information_schema.tables"
        " WHERE table_name = $name OR starts_with(table_name, $name || '_')",
        {"name": relation},
    ).fetchall()
    for name, kind in made:
        database.execute(f"DROP {'VIEW' if kind == 'VIEW' else 'TABLE'} {name}")


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
