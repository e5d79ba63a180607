"""The few rows in which something may be wrong: where errors are looked for, if all are there."""

import duckdb

from pledgeline.check.count import Counts, count
from pledgeline.check.table import CheckedTable


def suspects_of(
    database: duckdb.DuckDBPyConnection, table: CheckedTable, counts: Counts
) -> tuple[CheckedTable, dict[int, CheckedTable]]:
    """Where to look for what `counts` has: for wrong rows and cells, and for each key by number.

    That is the rows that were kept apart where they break as much as all rows do: then no other row
    breaks anything.
    """
    keys = [key for key, number in counts.keys if number]
    everywhere = dict.fromkeys((key.number for key in keys), table)
    if not table.suspects:
        return table, everywhere
    failing = {check.column.number for check, number in counts.checks if number}
    columns = [column for column in table.columns if column.number in failing]
    found = count(database, table.suspects, keys, columns, failing)
    whole = {key.number: number for key, number in counts.keys}
    apart = {key.number: table.suspects for key, n in found.keys if n == whole[key.number]}
    same = broken_of(found) == broken_of(counts)
    return table.suspects if same else table, everywhere | apart


def broken_of(counts: Counts) -> dict[object, int]:
    """How many rows and cells break each check, where any does."""
    numbers: dict[object, int] = {
        (check.column.number, check.constraint): number for check, number in counts.checks
    }
    numbers |= {"blank": counts.blank, "short": counts.short, "extras": counts.extras}
    return {check: number for check, number in numbers.items() if number}
