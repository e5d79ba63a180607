"""How often each check fails: one statement, one scan of the source, for all the checks of a table."""

from dataclasses import dataclass, field

import duckdb

from pledgeline.checks.column import ODD, Column
from pledgeline.checks.compile import Check
from pledgeline.validation.keys import Key
from pledgeline.validation.table import Table


@dataclass
class Counts:
    """What the scan found. `odd` are columns with cells that nobody has judged yet; then the other numbers are not final."""

    rows: int
    blank: int
    short: int  # rows that are too short, and not blank
    extras: int  # cells beyond the last column
    checks: list[tuple[Check, int]] = field(default_factory=list)
    keys: list[tuple[Key, int]] = field(default_factory=list)
    odd: list[Column] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not (self.blank or self.short or self.extras or any(n for _, n in self.checks) or any(n for _, n in self.keys))


def count(database: duckdb.DuckDBPyConnection, table: Table, keys: list[Key]) -> Counts:
    """The counts of every check of `table` and of `keys`. Raises duckdb.Error where the source cannot be scanned."""
    checks, width = table.checks, table.source.width
    unsure = [column for column in table.columns if not column.sure and not column.odd]
    shapes = ["count(*)", "count(*) FILTER (WHERE blank)"]
    if table.source.row_shapes:
        shapes += [f"count(*) FILTER (WHERE c{width} IS NULL AND NOT blank)", "sum(extras) FILTER (WHERE NOT blank)"]
    else:
        shapes += ["0", "0"]
    numbers = [f"count(*) FILTER (WHERE {check.condition})" if check.condition != "FALSE" else "0" for check in checks]
    numbers += [failures(key) for key in keys]
    numbers += [f"count(*) FILTER (WHERE {column.state_name} = {ODD})" for column in unsure]
    joins = "".join(key.join for key in keys if key.kind == "foreign")
    row = database.execute(f"SELECT {', '.join(shapes + numbers)} FROM {table.cells} AS cells{joins}").fetchone()
    found = [int(number or 0) for number in row]
    counts, rest = Counts(*found[:4]), found[4:]
    counts.checks = list(zip(checks, rest, strict=False))
    counts.keys = list(zip(keys, rest[len(checks) :], strict=False))
    counts.odd = [column for column, n in zip(unsure, rest[len(checks) + len(keys) :], strict=True) if n]
    return counts


def failures(key: Key) -> str:
    """SQL: how many rows break a key."""
    if key.kind == "foreign":
        return f"count(*) FILTER (WHERE {key.dangling})"
    repeated = f"count(*) FILTER (WHERE {key.compared}) - count(DISTINCT {key.whole}) FILTER (WHERE {key.compared})"
    return f"{repeated} + count(*) FILTER (WHERE {key.empty})" if key.kind == "primary" else repeated
