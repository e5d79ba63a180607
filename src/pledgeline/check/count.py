"""How often each check fails: one statement and one scan of the source for a whole table."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

import duckdb

from pledgeline.check.ask import Asked, answers, rows_where
from pledgeline.check.column import UNDECIDED, Column
from pledgeline.check.constraints import Check, cell_checks, surely_right
from pledgeline.check.keys import Key, repeats
from pledgeline.check.table import CheckedTable
from pledgeline.sql import all_of
from pledgeline.standard.package import Resource

SMALL = 4 << 20  # bytes of a file in which no sample is taken first
SAMPLE = 10_000  # rows that show which columns have to be counted check by check
PER_GROUP = 20  # columns that one number is counted for: a number each would take longer
KEYS_AT_ONCE, MOST_PARTS = 300_000, 4  # keys that are counted at once take some 20 MB
MANY_KEYS = 1_500_000  # of more, hashes are counted: that takes half the memory
MOST_SUSPECTS = 1_000  # rows that are kept apart because something in them may be wrong

Item = TypeVar("Item")
Group: TypeAlias = list[tuple[Column, list[Check]]]  # columns with their checks


@dataclass
class Counts:
    """What a scan found: rows, and how many of them break each check.

    `checks` has those of the columns that were counted check by check; in all other columns every
    cell is right, except for those in `unclear`.
    """

    rows: int
    blank: int
    short: int  # rows that are too short, and not blank
    extras: int  # cells beyond the last column
    size: int  # bytes of all cells, where the source knows them (see `Source.sized`)
    checks: list[tuple[Check, int]] = field(default_factory=list)
    keys: list[tuple[Key, int]] = field(default_factory=list)
    # numbers of columns counted in a group, one of which has a cell that is not surely right
    unclear: set[int] = field(default_factory=set)
    # columns with cells that SQL is not sure of, and that count as wrong
    undecided: list[Column] = field(default_factory=list)
    # SQL: conditions; each row with such a cell or of a wrong shape meets one, and few others do
    suspects: list[str] = field(default_factory=list)
    suspected: int = 0  # about how many rows that are
    # of the rows, see `twins.sum_of_hashes`; None where it is not known
    hashes: int | None = None

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
    """The counts of all checks of `table` and of `keys`.

    Most columns of most tables are right throughout, which one number can show for many columns.
    Those that are not so in the first rows are counted check by check at once; a group in which one
    column turns out later not to be so is counted check by check, in the rows where something may
    be wrong if these are few, else in a second scan. Raises duckdb.Error where the source cannot be
    scanned.
    """
    closely = {column.number for column in table.columns if column.accept == "FALSE"}
    if is_small(table.resource):  # its first rows are nearly all of it
        counts = count(database, table, keys, table.columns, closely, per_group=1)
    else:
        sample = table.first(SAMPLE)
        closely |= count(database, sample, [], table.columns, closely, per_group=1).unclear
        counts = count(database, table, keys, table.columns, closely)
    if 0 < counts.suspected <= MOST_SUSPECTS:
        unclear = [column for column in table.columns if column.number in counts.unclear]
        table.keep_suspects(database, counts.suspects, unclear, MOST_SUSPECTS)
    if counts.unclear:
        missed = [column for column in table.columns if column.number in counts.unclear]
        closer = count(database, table.suspects or table, [], missed, counts.unclear)
        counts.checks += closer.checks
        counts.undecided += closer.undecided
    return counts


def is_small(resource: Resource, size: int | None = None) -> bool:
    """Whether a resource has less than `size` bytes.

    By default, whether a sample would be nearly as large as the whole.
    """
    if resource.in_memory:
        return bool(resource.data.num_rows <= 2 * SAMPLE)
    if resource.compression or not resource.paths:
        return False
    files = all(path.is_file() for path in resource.paths)
    return files and sum(path.stat().st_size for path in resource.paths) < (
        SMALL if size is None else size
    )


def count(
    database: duckdb.DuckDBPyConnection,
    table: CheckedTable,
    keys: list[Key],
    columns: list[Column],
    closely: set[int],
    per_group: int = PER_GROUP,
) -> Counts:
    """The counts of `keys` and of the checks of `columns`.

    The columns whose numbers are in `closely` are counted check by check, of the others only
    whether every cell of a group of them is right.
    """
    numbers = {column.number for column in columns} & closely
    checks = [check for check in table.checks if check.column.number in numbers]
    unsure = [
        check.column
        for check in checks
        if check.type == "type-error"
        and not check.column.verdicts
        and check.column.refuse != "TRUE"
    ]
    others = [
        (column, list(cell_checks(column))) for column in columns if column.number not in closely
    ]
    named = [column for column in map(table.column, table.resource.schema.primary_key) if column]
    if table.source.rows:  # a column at a time
        per_group, named = 1, []
        table.find_filled(database)
    groups = slices([(c, own) for c, own in others if own and not c.codes], per_group)
    groups += [[(c, own)] for c, own in others if c.codes]
    hashed = table.source.lines > MANY_KEYS
    asked_of_keys = [list(asked_of_key(key, table.source.rows, hashed)) for key in keys]

    asked = [Asked(shape, rows=True) for shape in row_shapes(table)]
    asked += [
        Asked(rows_where(check.condition), (check.column,), check.joins, check.rows)
        for check in checks
    ]
    asked += [one for own in asked_of_keys for one in own]
    asked += [Asked(rows_where(f"{each.state_name} = {UNDECIDED}"), (each,)) for each in unsure]
    for group in groups:
        joins = sum(check.joins for _, own in group for check in own)
        own_columns = [column for column, _ in group]
        asked.append(Asked(unsure_of(group, named), (*own_columns, *named), joins))

    rows, blank, short, extras, size, *rest = answers(database, table, asked)
    found = iter(rest)
    counts = Counts(rows, blank, short, int(extras), int(size))
    if blank or short or extras:
        counts.suspects.append(wrong_shape(table))
        counts.suspected += blank + short + counts.extras
    counts.checks = [(check, next(found)) for check in checks]
    for key, numbers_of_key in zip(keys, asked_of_keys, strict=True):
        *before, last = [next(found) for _ in numbers_of_key]
        if last and hashed and key.kind != "foreign":
            last = repeats(database, table, key)
        counts.keys.append((key, sum(before) + last))
    counts.undecided = [column for column in unsure if next(found)]
    for group in groups:
        wrong, *hashes = next(found)
        if wrong:
            counts.unclear.update(column.number for column, _ in group)
            counts.suspects.append(
                f"{hash_of(group, named)} IN ({', '.join(map(str, hashes))})"
                if wrong <= len(hashes)
                else f"({right_of(group)}) IS NOT TRUE"
            )
            counts.suspected += wrong
    return counts


def row_shapes(table: CheckedTable) -> list[str]:
    """SQL: counts of rows, blank rows, short rows and surplus cells, and the bytes of all cells."""
    short, extras = "0", "0"
    if table.source.row_shapes:
        short, extras = rows_where(table.short), "sum(extras) FILTER (WHERE NOT blank)"
    size = "sum(size)" if table.source.sized else "0"
    return ["count(*)", rows_where("blank"), short, extras, size]


def wrong_shape(table: CheckedTable) -> str:
    """SQL: whether a row is blank, too short or too long."""
    return f"blank OR {table.short} OR extras > 0" if table.source.row_shapes else "blank"


def right_of(group: Group) -> str:
    """SQL: whether every cell of a row in the columns of `group` is surely right."""
    return all_of([f"({surely_right(column, own)})" for column, own in group])


def unsure_of(group: Group, named: list[Column]) -> str:
    """SQL: how many rows are not `right_of` the group, and the least and greatest of their hashes.

    Of one row or two, these hashes say which they are. Their numbers would cost more: the source
    would be read by one thread, in turn. So do aggregates of other kinds beside a count of distinct
    values: the database then keeps all rows.
    """
    unsure = f"CASE WHEN {right_of(group)} THEN NULL ELSE {hash_of(group, named)} END"
    return f"[count({unsure}), min({unsure}), max({unsure})]"


def hash_of(group: Group, named: list[Column]) -> str:
    """SQL: a number that few rows share: of the key `named`, or else of the cells of `group`."""
    cells = [column.cell for column in named or [column for column, _ in group]]
    return f"CAST(hash({', '.join(cells)}) >> 1 AS BIGINT)"


def slices(items: list[Item], size: int) -> list[list[Item]]:
    """`items` in lists of at most `size`.

    The time that one statement takes grows with the square of what it counts.
    """
    return [items[start : start + size] for start in range(0, len(items), size)]


def asked_of_key(key: Key, rows: int, hashed: bool) -> Iterator[Asked]:
    """Numbers whose sum is how many rows break a key.

    All distinct keys are kept until they are counted. Of a column of many `rows` that lies by
    itself, they are counted in parts, each in a further reading of that column. Elsewhere many keys
    are `hashed`: where no two hashes are equal, no two keys are; where some are, the last number is
    only an upper bound (see `repeats`).
    """
    if key.kind == "foreign":
        yield Asked(rows_where(key.dangling), key.columns, joins=1)
        return
    if key.kind == "primary":
        yield Asked(rows_where(key.incomplete), key.columns)
    parts = min(rows // KEYS_AT_ONCE + 1, MOST_PARTS)
    if parts == 1:
        # NULL is not counted; a FILTER would take half as long again
        own = f"CASE WHEN {key.compared} THEN {key.hash} END" if hashed else key.distinct
        yield Asked(f"count({own}) - count(DISTINCT {own})", key.columns, joins=1)
        return
    for part in range(parts):
        own = f"{key.compared} AND {key.hash} % {parts} = {part}"
        yield Asked(f"count(*) - count(DISTINCT {key.whole})", key.columns, joins=1, within=own)


def count_keys(
    database: duckdb.DuckDBPyConnection, table: CheckedTable, keys: list[Key]
) -> list[tuple[Key, int]]:
    """How many rows break each of `keys`."""
    asked = [list(asked_of_key(key, table.source.rows, hashed=False)) for key in keys]
    found = iter(answers(database, table, [one for own in asked for one in own]))
    return [(key, sum(next(found) for _ in own)) for key, own in zip(keys, asked, strict=True)]


def recounted(
    database: duckdb.DuckDBPyConnection, table: CheckedTable, counts: Counts, keys: list[Key]
) -> Counts:
    """`counts` after columns were decided, which counted as wrong; `keys` as they are now.

    The verdicts say how often they were given, so that only keys are counted again.
    """
    judged = {column.number for column in counts.undecided}
    before = {(check.column.number, check.constraint): n for check, n in counts.checks}
    counts.checks = [(check, n) for check, n in counts.checks if check.column.number not in judged]
    for check in table.checks:
        number, constraint = check.column.number, check.constraint
        if number in judged:
            tally, n = table.tallies[number], before[number, constraint]
            n += -tally.right if check.type == "type-error" else tally.broken[constraint]
            counts.checks.append((check, n))
    fresh_keys = [key for key in keys if judged & {column.number for column in key.columns}]
    again = {key.number: n for key, n in count_keys(database, table, fresh_keys)}
    counts.keys = [
        (key, again.get(key.number, n)) for key, (_, n) in zip(keys, counts.keys, strict=True)
    ]
    return counts
