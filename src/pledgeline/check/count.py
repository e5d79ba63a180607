"""How often each check fails: one statement, one scan of the source, for all the checks of a table."""

from dataclasses import dataclass, field

import duckdb

from pledgeline.check.column import UNDECIDED, Column
from pledgeline.check.constraints import Check, cell_checks, surely_right
from pledgeline.check.keys import Key
from pledgeline.check.table import CheckedTable
from pledgeline.sql import all_of
from pledgeline.standard.package import Resource

SMALL = 1_000_000  # bytes of a file in which no sample is taken first
SAMPLE = 10_000  # rows in which is looked for columns that need a closer look
PER_STATEMENT = 250  # numbers that one statement counts
TOGETHER = 20  # columns that are glanced at as one: a number each would take longer to count


@dataclass
class Counts:
    """What a scan found: rows, and how many offend each check.

    `checks` has those of the columns that were looked at closely; of all others every cell is
    right but for `unclear` ones.
    """

    rows: int
    blank: int
    short: int  # rows that are too short, and not blank
    extras: int  # cells beyond the last column
    checks: list[tuple[Check, int]] = field(default_factory=list)
    keys: list[tuple[Key, int]] = field(default_factory=list)
    unclear: set[int] = field(
        default_factory=set
    )  # columns glanced at together of which not every cell is surely right
    odd: list[Column] = field(
        default_factory=list
    )  # columns with cells that SQL is not sure of, and that count as wrong

    @property
    def clean(self) -> bool:
        return not (
            self.blank
            or self.short
            or self.extras
            or any(n for _, n in self.checks)
            or any(n for _, n in self.keys)
        )


def counts_of(database: duckdb.DuckDBPyConnection, table: CheckedTable, keys: list[Key]) -> Counts:
    """The counts of all checks of `table` and of `keys`. Raises duckdb.Error where the source
    cannot be scanned.

    Most columns of most tables are right all through, which takes one number to show for many
    columns. Those that are not so in the first rows are counted check by check at once, those among
    which one turns out later not to be in a second scan.
    """
    closely = {column.number for column in table.columns if column.accept == "FALSE"}
    if is_small(table.resource):  # its first rows are nearly all of it
        counts = count(database, table, keys, table.columns, closely, together=1)
    else:
        closely |= count(
            database, table.first(SAMPLE), [], table.columns, closely, together=1
        ).unclear
        counts = count(database, table, keys, table.columns, closely)
    if counts.unclear:
        missed = [column for column in table.columns if column.number in counts.unclear]
        closer = count(database, table, [], missed, counts.unclear)
        counts.checks += closer.checks
        counts.odd += closer.odd
    return counts


def is_small(resource: Resource) -> bool:
    if resource.in_memory:
        return resource.data.num_rows <= SAMPLE
    paths = resource.paths if not resource.compression else ()
    return (
        bool(paths)
        and all(path.is_file() for path in paths)
        and sum(path.stat().st_size for path in paths) < SMALL
    )


def count(
    database: duckdb.DuckDBPyConnection,
    table: CheckedTable,
    keys: list[Key],
    columns: list[Column],
    closely: set[int],
    together: int = TOGETHER,
) -> Counts:
    """The counts of `keys` and of the checks of `columns`: check by check of those in `closely`, at
    a glance of the others.
    """
    checks = [
        check
        for check in table.checks
        if check.column in columns and check.column.number in closely
    ]
    unsure = [
        c.column
        for c in checks
        if c.type == "type-error" and not c.column.odd and c.column.refuse != "TRUE"
    ]
    glanced_at = [
        (column, list(cell_checks(column))) for column in columns if column.number not in closely
    ]
    glanced_at = [(column, own) for column, own in glanced_at if own]
    glances = [
        glanced_at[start : start + together] for start in range(0, len(glanced_at), together)
    ]
    shapes = ["count(*)", "count(*) FILTER (WHERE blank)", "0", "0"]
    if table.source.row_shapes:
        shapes[2:] = [
            f"count(*) FILTER (WHERE {table.short})",
            "sum(extras) FILTER (WHERE NOT blank)",
        ]
    asked = [(0, shape) for shape in shapes]
    asked += [
        (
            c.column.number,
            f"count(*) FILTER (WHERE {c.condition})" if c.condition != "FALSE" else "0",
        )
        for c in checks
    ]
    asked += [(0, failures(key)) for key in keys]
    asked += [
        (column.number, f"count(*) FILTER (WHERE {column.state_name} = {UNDECIDED})")
        for column in unsure
    ]
    right = [
        all_of([f"({surely_right(column, own)})" for column, own in glance]) for glance in glances
    ]
    asked += [
        (glance[0][0].number, f"count(*) FILTER (WHERE {all_right})")
        for glance, all_right in zip(glances, right, strict=True)
    ]
    rows, blank, short, extras, *rest = answers(database, table, asked)
    found = iter(rest)
    counts = Counts(rows, blank, short, extras)
    counts.checks = [(check, next(found)) for check in checks]
    counts.keys = [(key, next(found)) for key in keys]
    counts.odd = [column for column in unsure if next(found)]
    counts.unclear = {
        column.number for glance in glances if next(found) != rows for column, _ in glance
    }
    return counts


def answers(
    database: duckdb.DuckDBPyConnection, table: CheckedTable, asked: list[tuple[int, str]]
) -> list[int]:
    """The number that each SQL expression in `asked` gives; those of one column (the number before
    it) are asked together.
    """
    found = [0] * len(asked)
    for part in slices(sorted(range(len(asked)), key=lambda n: asked[n][0])):
        (row,) = database.execute(
            f"SELECT {', '.join(asked[n][1] for n in part)} FROM {table.cells} AS cells"
        ).fetchall()
        for n, number in zip(part, row, strict=True):
            found[n] = int(number or 0)
    return found


def slices(parts: list) -> list[list]:
    """`parts` in as many lists as statements are needed: what one takes grows with the square of
    what it counts.
    """
    return [parts[start : start + PER_STATEMENT] for start in range(0, len(parts), PER_STATEMENT)]


def failures(key: Key) -> str:
    """SQL: how many rows break a key."""
    if key.kind == "foreign":
        return f"count(*) FILTER (WHERE {key.dangling})"
    repeated = f"count(*) FILTER (WHERE {key.compared}) - count(DISTINCT {key.whole}) FILTER (WHERE {key.compared})"
    return (
        f"{repeated} + count(*) FILTER (WHERE {key.empty})" if key.kind == "primary" else repeated
    )


def recounted(
    database: duckdb.DuckDBPyConnection, table: CheckedTable, counts: Counts, keys: list[Key]
) -> Counts:
    """`counts` with those numbers taken again that depend on columns judged since; `keys` are the
    keys as they are now.
    """
    judged = {column.number for column in counts.odd}
    fresh_keys = [key for key in keys if judged & {column.number for column in key.columns}]
    fresh = count(
        database,
        table,
        fresh_keys,
        [column for column in table.columns if column.number in judged],
        judged,
    )
    counts.checks = [
        (check, n) for check, n in counts.checks if check.column.number not in judged
    ] + fresh.checks
    again = {key.number: n for key, n in fresh.keys}
    counts.keys = [
        (key, again.get(key.number, n)) for key, (_, n) in zip(keys, counts.keys, strict=True)
    ]
    return counts
