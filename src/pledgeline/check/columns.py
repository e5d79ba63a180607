"""The columns of a source: its fields, and where their cells are, as the SQL that judges them."""

from dataclasses import replace
from weakref import WeakKeyDictionary

import duckdb

from pledgeline.check.column import Column
from pledgeline.check.conditions import DECIDED, parsed_once, text_column, typed_column
from pledgeline.source.source import BeyondBounds, Source
from pledgeline.standard.field import Field

MOST_LISTED = 100  # codes that a statement lists; with a few it is quicker than a table
MOST_MISSING = 10_000  # texts that mean a missing value

# whether a database knows a pattern: each is tried once, since many fields share one
KNOWN: WeakKeyDictionary[duckdb.DuckDBPyConnection, dict[str, bool]] = WeakKeyDictionary()


def columns_of(
    database: duckdb.DuckDBPyConnection,
    source: Source,
    fields: list[Field],
    keyed: set[str],
) -> list[Column]:
    """The columns of a source, each with its field.

    A source without a header may have more columns than fields, or fewer: the rest is left out.
    `keyed` has the names of the fields whose values are compared as keys.
    """
    return [
        column_of(database, source, described, number, sql, is_keyed(described, keyed))
        for number, (described, sql) in enumerate(zip(fields, source.types, strict=False), 1)
    ]


def column_of(
    database: duckdb.DuckDBPyConnection,
    source: Source,
    described: Field,
    number: int,
    sql: str,
    in_key: bool,
) -> Column:
    """The column `number` of a source, of the SQL type `sql`."""
    missing, cell = missing_values(described, source), f"c{number}"
    if sql == "VARCHAR":
        column = parsed_once(text_column(described, number, cell, missing, in_key, source.marked))
    else:
        column = typed_column(described, number, cell, sql, missing, in_key)
    if not described.constraints.pattern or knows_pattern(database, described.constraints.pattern):
        return column
    return replace(column, accept="FALSE", refuse="FALSE")


def is_keyed(described: Field, keyed: set[str]) -> bool:
    """Whether the values of a field are compared as keys; `keyed` has those that others name."""
    return described.name in keyed or described.constraints.unique


def with_codes(database: duckdb.DuckDBPyConnection, name: str, column: Column) -> Column:
    """`column` with a table of its codes where these are many.

    Comparing a cell with a list takes time in proportion to it; looking it up in a table does not.
    """
    tables = {}
    for constraint, values in column.field.allowed.items():
        if len(values) > MOST_LISTED and column.field.type in DECIDED:
            tables[constraint] = f"{name}_{column.number}_{constraint}"
            database.execute(
                f"CREATE OR REPLACE TABLE {tables[constraint]} AS"
                " SELECT DISTINCT unnest($codes::VARCHAR[]) AS code",
                {"codes": list(map(str, values))},
            )
    return replace(column, codes=tables) if tables else column


def missing_values(described: Field, source: Source) -> list[str]:
    """The texts that mean a missing value in the field or in the whole source.

    Raises BeyondBounds where there are too many to compare every cell with.
    """
    values = described.missing_values
    if len(values) > MOST_MISSING:
        wrong = f"there are {len(values):,} `missingValues`, expected at most {MOST_MISSING:,}"
        raise BeyondBounds(wrong)
    return [*values, *source.missing]


def knows_pattern(database: duckdb.DuckDBPyConnection, pattern: str) -> bool:
    """Whether the database's engine for regular expressions (RE2) can run a pattern."""
    known = KNOWN.setdefault(database, {})
    if pattern not in known:
        try:
            database.execute("SELECT regexp_full_match('', ?)", [pattern])
        except duckdb.Error:
            known[pattern] = False
        else:
            known[pattern] = True
    return known[pattern]
