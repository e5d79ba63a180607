"""Unique, primary and foreign keys: compared as text, over whole tables.

No part of a primary key is ever empty (https://datapackage.org/standard/table-schema/#primarykey);
`uniqueKeys` ignore rows with an empty part (.../#uniquekeys). As in frictionless-py, only a wholly
empty foreign key refers to nothing. A key with a part that is not of its type is compared with
nothing: that part is an error of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import duckdb

from pledgeline.check.column import NUMERIC, Column
from pledgeline.check.table import CheckedTable
from pledgeline.report import Error
from pledgeline.sql import all_of
from pledgeline.text import quoted


@dataclass(frozen=True)
class Key:
    """A key of a table.

    `kind` is "unique", "primary" or "foreign"; of a foreign key, `found` is the relation of the
    keys that it may name.
    """

    kind: str
    type: str  # frictionless-py's error type
    constraint: str
    columns: tuple[Column, ...]
    expected: str
    number: int
    target: str = ""  # the resource that a foreign key refers to
    found: str = ""
    # of each part of a foreign key, whether the types on its two sides can be equal at all
    comparable: tuple[bool, ...] = ()

    @property
    def of_right_cells(self) -> "Key":
        """The same key where it is known that each cell is of its type, or missing."""
        return replace(self, columns=tuple(column.right for column in self.columns))

    @property
    def parts(self) -> list[str]:
        return [column.key for column in self.columns]

    @property
    def whole(self) -> str:
        """SQL: the key as one text."""
        return joined(self.parts)

    @property
    def hash(self) -> str:
        """SQL: a number of 64 bits, which is the same for equal keys and seldom for others."""
        return f"hash({self.whole})"

    @property
    def incomplete(self) -> str:
        """SQL: whether a part is missing, which a primary key must not be."""
        return f"NOT {all_of([f'{column.value} IS NOT NULL' for column in self.columns])}"

    @property
    def compared(self) -> str:
        """SQL: whether the key must differ from all others: every part has a value of its type."""
        return all_of([f"{part} IS NOT NULL" for part in self.parts])

    @property
    def distinct(self) -> str:
        """SQL: the key as one text where it must differ from all others, else NULL."""
        if len(self.columns) == 1:
            return self.whole  # NULL where its part is
        return f"CASE WHEN {self.compared} THEN {self.whole} END"

    @property
    def dangling(self) -> str:
        """SQL: whether the key names nothing.

        A part of another type than its counterpart is equal to it only when empty.
        """
        paired = zip(self.parts, self.comparable, strict=True)
        unequal = [f"{part} IS NOT NULL OR " for part, comparable in paired if not comparable]
        absent = f"{self.whole} NOT IN (SELECT whole FROM {self.found})"
        given = f"NOT {all_of([f'{column.value} IS NULL' for column in self.columns])}"
        right = all_of([f"NOT ({column.wrong})" for column in self.columns])
        return f"{given} AND {right} AND ({''.join(unequal)}{absent})"


def unique_keys(table: CheckedTable) -> Iterator[Key]:
    """The keys by which rows of `table` must differ."""
    schema = table.resource.schema
    named = [("primary", "primary-key", "primaryKey", schema.primary_key)]
    fields = [column for column in table.columns if column.field.constraints.unique]
    named = [("unique", "unique-error", "unique", (column.name,)) for column in fields] + named
    named += [("unique", "unique-error", "uniqueKeys", names) for names in schema.unique_keys]
    for number, (kind, type, constraint, names) in enumerate(named):
        columns = tuple(column for column in map(table.column, names) if column)
        if columns and len(columns) == len(names):
            yield Key(
                kind,
                type,
                constraint,
                columns,
                f"{', '.join(names)} unlike that of any other row",
                number,
            )


def foreign_keys(
    database: duckdb.DuckDBPyConnection, table: CheckedTable, tables: dict[str, CheckedTable]
) -> Iterator[Key]:
    """The foreign keys of `table` to those in `tables`, and its categories in tables."""
    schema = table.resource.schema
    for number, key in enumerate(schema.references, 100):
        target = tables.get(key.target(table.resource.name))
        columns = tuple(column for column in map(table.column, key.fields) if column)
        if not target or len(columns) != len(key.fields):
            continue
        # None where the file lacks the column
        there = [target.column(name) for name in key.reference_fields]
        comparable = tuple(
            b is not None and kind(a) == kind(b) for a, b in zip(columns, there, strict=True)
        )
        names = ", ".join(key.reference_fields)
        type, constraint = "foreign-key", "foreignKeys"
        if key in schema.category_keys:
            type, constraint = "constraint-error", "categories"
        yield Key(
            "foreign",
            type,
            constraint,
            columns,
            f"the {names} of a row of {target.resource.name}",
            number,
            target.resource.name,
            key_set(database, target, key.reference_fields),
            comparable,
        )


def unchecked_keys(table: CheckedTable, tables: dict[str, CheckedTable]) -> Iterator[Error]:
    """A warning for each reference to a table that could not be read: it was not checked."""
    for key in table.resource.schema.references:
        target = key.target(table.resource.name)
        if target not in tables:
            names = ", ".join(key.fields)
            found = f"{names} was not checked: the table {quoted(target)} cannot be read"
            fix = "fix that table, and validate again"
            yield Error("foreign-key", found, severity="warning", field_names=key.fields, fix=fix)


def key_set(
    database: duckdb.DuckDBPyConnection, target: CheckedTable, names: tuple[str, ...]
) -> str:
    """The relation of the distinct keys that the fields `names` of `target` hold, each one text."""
    if names not in target.key_sets:
        name = f"keys_{target.number}_{len(target.key_sets)}"
        keys = [
            column.key if column else "CAST(NULL AS VARCHAR)"
            for column in map(target.column, names)
        ]
        filled = f"NOT {all_of([f'{key} IS NULL' for key in keys])}"
        cells = target.cells(filter(None, map(target.column, names)), rows=False)
        distinct = f"SELECT DISTINCT {joined(keys)} AS whole FROM {cells} AS cells WHERE {filled}"
        database.execute(f"CREATE OR REPLACE TABLE {name} AS {distinct}")
        target.key_sets[names] = name
    return target.key_sets[names]


def repeats(database: duckdb.DuckDBPyConnection, table: CheckedTable, key: Key) -> int:
    """How many rows of a large table have the key of another row, each first one not counted.

    The hashes that several rows have are kept: only the keys of these rows have to be compared.
    """
    name = table.repeated_hashes[key.number] = f"hashes_{table.number}_{key.number}"
    cells = f"{table.cells(key.columns, rows=False)} AS cells"
    database.execute(
        f"CREATE OR REPLACE TABLE {name} AS SELECT {key.hash} AS hash FROM {cells}"
        f" WHERE {key.compared} GROUP BY ALL HAVING count(*) > 1"
    )
    ((number,),) = database.execute(
        f"SELECT count(*) - count(DISTINCT {key.whole}) FROM {cells} WHERE {may_repeat(table, key)}"
    ).fetchall()
    return int(number)


def may_repeat(table: CheckedTable, key: Key) -> str:
    """SQL: whether a row has a key to compare, one of those that may repeat where that is known."""
    if hashes := table.repeated_hashes.get(key.number):
        return f"{key.compared} AND {key.hash} IN (SELECT hash FROM {hashes})"
    return key.compared


def joined(parts: list[str]) -> str:
    """SQL: the parts of a key as one text.

    Each part has its length before it, so that different keys are different texts.
    """
    if len(parts) == 1:
        return parts[0]
    parts = [f"COALESCE(CAST(length({part}) AS VARCHAR) || ':' || {part}, '-')" for part in parts]
    return f"concat({', '.join(parts)})"


def kind(column: Column) -> str:
    """What a column's values can be equal to: numbers to numbers, text to text."""
    type = column.field.type
    return "number" if type in NUMERIC else "string" if type == "any" else type
