"""How often each check fails in a small table of many columns that are judged alike."""

import duckdb

from pledgeline.check.column import UNDECIDED
from pledgeline.check.constraints import cell_checks, surely_right
from pledgeline.check.count import Counts, count, rows_where
from pledgeline.check.stack import Stack
from pledgeline.check.table import CheckedTable


def count_stacks(database: duckdb.DuckDBPyConnection, table: CheckedTable) -> Counts:
    """The counts of all checks of a table in stacks, whose undecided cells are decided."""
    table.counts = count(database, table, [], [], set())
    found: dict[tuple[int, str], int] = {}
    for stack in table.stacks:
        if not set_apart(database, table, stack):
            continue
        numbers, undecided = count_stack(database, stack)
        if undecided:
            table.judge_stack(database, stack)
            numbers, _ = count_stack(database, stack)
        found |= numbers
    table.counts.checks = [
        (check, found.get((check.column.number, check.constraint), 0)) for check in table.checks
    ]
    return table.counts


def set_apart(database: duckdb.DuckDBPyConnection, table: CheckedTable, stack: Stack) -> int:
    """How many cells of a stack are not surely right; puts them into a table of their own.

    Most stacks have none, and most of the others a few.
    """
    checks = list(cell_checks(stack.column))
    if not checks:
        return 0
    name = f"doubtful_{table.number}_{stack.columns[0].number}"
    # without a condition for its type, the database may not know the pattern either
    right = "FALSE" if stack.column.accept == "FALSE" else surely_right(stack.column, checks)
    (number,) = database.execute(
        f"CREATE OR REPLACE TABLE {name} AS SELECT row_number, number, blank, c0"
        f" FROM {table.stacked(stack)} AS cells WHERE ({right}) IS NOT TRUE"
    ).fetchall()[0]
    stack.doubtful = name if number else ""
    return int(number)


def count_stack(
    database: duckdb.DuckDBPyConnection, stack: Stack
) -> tuple[dict[tuple[int, str], int], bool]:
    """By column and constraint, how many cells of `stack` break it; and whether some are undecided.

    The undecided ones count as wrong.
    """
    column = stack.column
    checks = list(cell_checks(column, "blank"))
    numbers = [rows_where(check.condition) for check in checks]
    numbers.append(rows_where("FALSE" if column.sure else f"{column.state_name} = {UNDECIDED}"))
    rows = database.execute(
        f"SELECT number, {', '.join(numbers)} FROM {stack.judged} AS cells GROUP BY number"
    ).fetchall()
    found = {
        (number, check.constraint): n
        for number, *broken, _ in rows
        for check, n in zip(checks, broken, strict=True)
    }
    return found, any(undecided for *_, undecided in rows)
