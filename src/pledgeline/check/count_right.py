"""A small table in which everything is right, which one short statement shows.

A statement takes its time to plan, in a small table nearly all of it: so there is one condition for
all cells of a row, and nothing says which cell is wrong. Most tables need no more.
"""

import duckdb

from pledgeline.check.ask import JOINS, rows_where
from pledgeline.check.column import with_values
from pledgeline.check.constraints import cell_checks, surely_right
from pledgeline.check.count import PER_GROUP, Counts, is_small, slices
from pledgeline.check.keys import Key
from pledgeline.check.table import CheckedTable
from pledgeline.check.twins import sum_of_hashes
from pledgeline.sql import all_of


def count_right(
    database: duckdb.DuckDBPyConnection, table: CheckedTable, keys: list[Key]
) -> Counts | None:
    """The counts of a small table in which every row and every cell is surely right.

    None for any other, which has to be counted check by check; keys may be broken.
    """
    if not is_small(table.resource) or table.source.rows:
        return None
    checked = [(column, list(cell_checks(column))) for column in table.columns]
    joins = len(keys) + sum(check.joins for _, checks in checked for check in checks)
    if joins > JOINS or any(c.accept == "FALSE" and checks for c, checks in checked):
        return None
    conditions = [f"({surely_right(column, checks)})" for column, checks in checked if checks]
    conditions += right_shape(table)
    wrong = [
        f"count(CASE WHEN {all_of(part)} THEN NULL ELSE 1 END)"
        for part in slices(conditions, PER_GROUP)
    ]
    numbers = ["count(*)", "sum(size)" if table.source.sized else "0"]
    numbers.append(sum_of_hashes(table.right_columns) if table.may_have_twin else "NULL")
    numbers += [*wrong, *(broken_keys(key.of_right_cells) for key in keys)]
    cells = with_values(table.columns, table.source.relation)
    (found,) = database.execute(f"SELECT {', '.join(numbers)} FROM {cells} AS cells").fetchall()
    rows, size, hashes, *rest = found
    if any(rest[: len(wrong)]):
        return None
    broken = [number or 0 for number in rest[len(wrong) :]]
    keys_broken = list(zip(keys, broken, strict=True))
    return Counts(rows, 0, 0, 0, int(size or 0), keys=keys_broken, hashes=hashes)


def broken_keys(key: Key) -> str:
    """SQL: how many rows break a key, if no part of a primary key is missing.

    Of few values a list is quicker than an aggregate of distinct ones, which is a plan of its own.
    """
    if key.kind == "foreign":
        return rows_where(key.dangling)
    whole = key.distinct
    return f"count({whole}) - list_unique(list({whole}))"


def right_shape(table: CheckedTable) -> list[str]:
    """SQL: what a row that is not blank, neither too short nor too long, and has its key meets."""
    named = [column for column in map(table.column, table.resource.schema.primary_key) if column]
    shape = [f"{c.value} IS NOT NULL" for c in named if not c.field.constraints.required]
    if not named and not any(column.field.constraints.required for column in table.columns):
        shape.append(f"NOT {table.blank}")  # otherwise a cell is there
    if table.source.row_shapes and table.source.width:
        shape += [f"c{table.source.width} IS NOT NULL", "extras = 0"]
    return shape
