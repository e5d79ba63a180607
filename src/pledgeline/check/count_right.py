"""A small table in which everything is right, which one short statement shows.

A statement takes its time to plan, in a small table nearly all of it: so there is one condition for
all cells of a row, and nothing says which cell is wrong. Most tables need no more.
"""

import duckdb

from pledgeline.check.ask import JOINS
from pledgeline.check.column import with_values
from pledgeline.check.constraints import cell_checks, surely_right
from pledgeline.check.count import PER_GROUP, Counts, asked_of_key, is_small, slices
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
    conditions.append(right_shape(table))
    wrong = [
        f"count(CASE WHEN {all_of(part)} THEN NULL ELSE 1 END)"
        for part in slices(conditions, PER_GROUP)
    ]
    # Where every cell is right, a key needs not look whether it is.
    asked = [list(asked_of_key(key.of_right_cells, 0)) for key in keys]
    numbers = ["count(*)", "sum(size)" if table.source.sized else "0"]
    numbers.append(sum_of_hashes(table.right_columns) if table.may_have_twin else "NULL")
    numbers += [*wrong, *(one.expression for own in asked for one in own)]
    cells = with_values(table.columns, table.source.relation)
    (found,) = database.execute(f"SELECT {', '.join(numbers)} FROM {cells} AS cells").fetchall()
    rows, size, hashes, *rest = found
    if any(rest[: len(wrong)]):
        return None
    broken = iter(rest[len(wrong) :])
    counts = Counts(rows, 0, 0, 0, int(size or 0), hashes=hashes)
    counts.keys = [
        (key, sum(next(broken) or 0 for _ in own)) for key, own in zip(keys, asked, strict=True)
    ]
    return counts


def right_shape(table: CheckedTable) -> str:
    """SQL: whether a row is not blank, and neither too short nor too long."""
    required = [column for column in table.columns if column.field.constraints.required]
    named = [column for column in map(table.column, table.resource.schema.primary_key) if column]
    filled = [f"{column.value} IS NOT NULL" for column in (required or named)[:1]]
    shape = filled or [f"NOT {table.blank}"]  # one cell that is there is quicker to plan
    if table.source.row_shapes:
        shape += [f"c{table.source.width} IS NOT NULL", "extras = 0"]
    return all_of(shape)
