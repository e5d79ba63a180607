"""A Table Schema's checks on a table of text, as the build runs them: each a SELECT of the rows
that break one constraint.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pledgeline.check.conditions import text_column
from pledgeline.check.constraints import cell_checks
from pledgeline.sql import identifier
from pledgeline.standard.schema import ForeignKey, Schema


@dataclass(frozen=True)
class TableCheck:
    """One constraint of one table, and the SELECT of `row_number` that finds its offenders."""

    type: str
    table: str
    fields: tuple[str, ...]
    constraint: str
    expected: str
    sql: str
    target: str = ""  # the table that a foreign key refers to


def schema_checks(table: str, descriptor: dict) -> Iterator[TableCheck]:
    """Every check that `descriptor` asks of `table`, whose columns are text under the fields' names,
    beside `row_number`.
    """
    schema = Schema.from_descriptor(descriptor)
    for number, field in enumerate(schema.fields, 1):
        column = text_column(field, number, identifier(field.name), [])
        states = f"SELECT {', '.join(['*', *column.judgement])} FROM {identifier(table)}"
        for check in cell_checks(column):
            sql = f"SELECT row_number FROM ({states}) AS cells WHERE {check.condition}"
            yield TableCheck(
                check.type, table, (field.name,), check.constraint, check.expected, sql
            )
        if field.constraints.unique:
            yield unique_check(table, (field.name,), "unique-error", "unique")
    if schema.primary_key:
        yield unique_check(table, schema.primary_key, "primary-key", "primaryKey")
    for key in schema.unique_keys:
        yield unique_check(table, key, "unique-error", "uniqueKeys")
    yield from (reference_check(table, key) for key in schema.foreign_keys)


def unique_check(table: str, key: tuple[str, ...], type: str, constraint: str) -> TableCheck:
    """Rows whose key an earlier row has.

    Rows with an empty key part are the business of `required`.
    """
    columns = ", ".join(map(identifier, key))
    known = " AND ".join(f"{identifier(name)} IS NOT NULL" for name in key)
    sql = (
        f"SELECT row_number FROM (SELECT row_number, row_number() OVER (PARTITION BY {columns} ORDER BY row_number) AS nth"
        f" FROM {identifier(table)} WHERE {known}) AS numbered WHERE nth > 1"
    )
    return TableCheck(
        type, table, tuple(key), constraint, f"{', '.join(key)} unlike that of any other row", sql
    )


def reference_check(table: str, key: ForeignKey) -> TableCheck:
    """Rows whose key names no row of the other table; an entirely empty key refers to nothing and
    is allowed.
    """
    target = key.target(table)
    pairs = list(zip(key.fields, key.reference_fields, strict=True))
    match = " AND ".join(
        f"target.{identifier(there)} = source.{identifier(here)}" for here, there in pairs
    )
    given = " OR ".join(f"source.{identifier(here)} IS NOT NULL" for here, _ in pairs)
    sql = (
        f"SELECT row_number FROM {identifier(table)} AS source WHERE ({given})"
        f" AND NOT EXISTS (SELECT 1 FROM {identifier(target)} AS target WHERE {match})"
    )
    there = ", ".join(key.reference_fields)
    return TableCheck(
        "foreign-key",
        table,
        tuple(key.fields),
        "foreignKeys",
        f"the {there} of a row of {target}",
        sql,
        target,
    )
