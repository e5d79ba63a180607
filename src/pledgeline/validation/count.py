"""How often each check fails: one statement, one scan of the source, for all the checks of a table."""

from dataclasses import dataclass, field

import duckdb

from pledgeline.checks.column import ODD, Column
from pledgeline.checks.compile import Check
from pledgeline.validation.keys import Key
from pledgeline.validation.table import Table

PER_STATEMENT = 250  # numbers that one statement counts


@dataclass
class Counts:
    """What a scan found: rows, and how many offend each check."""

    rows: int
    blank: int
    short: int  # rows that are too short, and not blank
    extras: int  # cells beyond the last column
    checks: list[tuple[Check, int]] = field(default_factory=list)
    keys: list[tuple[Key, int]] = field(default_factory=list)
    odd: list[Column] = field(
        default_factory=list
    )  # columns with cells that SQL is not sure of; till these are judged, they count as wrong

    @property
    def clean(self) -> bool:
        return not (self.blank or self.short or self.extras or any(n for _, n in self.checks) or any(n for _, n in self.keys))


def count(database: duckdb.DuckDBPyConnection, table: Table, checks: list[Check], keys: list[Key]) -> Counts:
    """The counts of `checks` and `keys` of `table`. Raises duckdb.Error where the source cannot be scanned."""
    shapes = ["count(*)", "count(*) FILTER (WHERE blank)", "0", "0"]
    if table.source.row_shapes:
        shapes[2:] = [f"count(*) FILTER (WHERE {table.short})", "sum(extras) FILTER (WHERE NOT blank)"]
    numbers = [f"count(*) FILTER (WHERE {check.condition})" if check.condition != "FALSE" else "0" for check in checks]
    numbers += [failures(key) for key in keys]
    unsure = [c.column for c in checks if c.type == "type-error" and not c.column.odd and c.column.refuse != "TRUE"]
    numbers += [f"count(*) FILTER (WHERE {column.state_name} = {ODD})" for column in unsure]
    asked = shapes + numbers
    of_column = [0] * 4 + [c.column.number for c in checks] + [0] * len(keys) + [column.number for column in unsure]
    found = [0] * len(asked)
    for part in slices(sorted(range(len(asked)), key=of_column.__getitem__)):
        row = database.execute(f"SELECT {', '.join(asked[n] for n in part)} FROM {table.cells} AS cells").fetchone()
        for n, number in zip(part, row, strict=True):
            found[n] = int(number or 0)
    rest = iter(found[4:])
    counts = Counts(*found[:4], [(check, next(rest)) for check in checks], [(key, next(rest)) for key in keys])
    counts.odd = [column for column in unsure if next(rest)]
    return counts


def slices(parts: list) -> list[list]:
    """`parts` in as many lists as statements are needed: what one takes grows with the square of what it counts."""
    return [parts[start : start + PER_STATEMENT] for start in range(0, len(parts), PER_STATEMENT)]


def failures(key: Key) -> str:
    """SQL: how many rows break a key."""
    if key.kind == "foreign":
        return f"count(*) FILTER (WHERE {key.dangling})"
    repeated = f"count(*) FILTER (WHERE {key.compared}) - count(DISTINCT {key.whole}) FILTER (WHERE {key.compared})"
    return f"{repeated} + count(*) FILTER (WHERE {key.empty})" if key.kind == "primary" else repeated


def recounted(database: duckdb.DuckDBPyConnection, table: Table, counts: Counts, keys: list[Key]) -> Counts:
    """`counts` with those numbers taken again that depend on columns judged since; `keys` are the keys as they are now."""
    judged = {column.number for column in counts.odd}
    checks = table.checks
    fresh_checks = [check for check in checks if check.column.number in judged]
    fresh_keys = [key for key in keys if judged & {column.number for column in key.columns}]
    fresh = count(database, table, fresh_checks, fresh_keys)
    again = dict(zip(map(id, fresh_checks), (n for _, n in fresh.checks), strict=True))
    again |= dict(zip(map(id, fresh_keys), (n for _, n in fresh.keys), strict=True))
    counts.checks = [(new, again.get(id(new), n)) for new, (_, n) in zip(checks, counts.checks, strict=True)]
    counts.keys = [(new, again.get(id(new), n)) for new, (_, n) in zip(keys, counts.keys, strict=True)]
    return counts
