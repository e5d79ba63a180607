"""One resource checked: its files, header, rows, cells and keys, into its task of the report."""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator

import duckdb

from pledgeline.check.columns import columns_of, with_codes
from pledgeline.check.count import Counts, count_keys, counts_of, is_small, recounted
from pledgeline.check.count_right import count_right
from pledgeline.check.count_stacks import count_stacks
from pledgeline.check.integrity import count_errors, file_errors
from pledgeline.check.keys import foreign_keys, unchecked_keys, unique_keys
from pledgeline.check.locate import located
from pledgeline.check.pattern import Patience
from pledgeline.check.stack import bytes_worth_it
from pledgeline.check.suspects import suspects_of
from pledgeline.check.table import CheckedTable
from pledgeline.report import NOT_CHECKED, Error, Task
from pledgeline.source.first_sound import first_sound
from pledgeline.source.header import read_header
from pledgeline.source.open import candidate_sources
from pledgeline.source.sandbox import Sandbox
from pledgeline.source.source import Source, Unreadable
from pledgeline.standard.package import Resource
from pledgeline.text import quoted


def references(resource: Resource) -> set[str]:
    """The names of the resources that `resource` refers to, its own included."""
    return {key.target(resource.name) for key in resource.schema.references}


def keyed_fields(resources: Iterable[Resource]) -> dict[str, set[str]]:
    """Of each resource, the fields that are compared as keys.

    These are the fields of its own keys, and those that foreign keys name.
    """
    keyed: dict[str, set[str]] = defaultdict(set)
    for resource in resources:
        schema = resource.schema
        keyed[resource.name].update(schema.primary_key, *schema.unique_keys)
        for key in schema.references:
            keyed[resource.name].update(key.fields)
            keyed[key.target(resource.name)].update(key.reference_fields)
    return keyed


def read_table(
    place: Sandbox,
    resource: Resource,
    tables: dict[str, CheckedTable],
    task: Task,
    number: int,
    keyed: set[str],
    patience: Patience,
    may_have_twin: bool = False,
) -> CheckedTable | None:
    """Reads one resource and counts what breaks its checks and keys.

    Foreign keys to tables that are not in `tables` are left for later. `keyed`: see `keyed_fields`;
    `patience` is what is left for the patterns of the package.
    None where it cannot be read; `task` then says why.
    """

    def check(source: Source) -> tuple[tuple[list[Error], CheckedTable], int, int]:
        header, fields = read_header(source, resource.schema, resource.dialect)
        task.labels = source.labels or []
        columns = columns_of(place.database, source, fields, keyed)
        columns = [with_codes(place.database, f"codes_{number}", each) for each in columns]
        table = CheckedTable(number, resource, source, columns, task, patience=patience)
        table.may_have_twin = may_have_twin
        worth = bytes_worth_it(len(columns)) if source.sized else 0
        if is_small(resource) or is_small(resource, worth):
            table.stack(place.database, keyed)
        table.counts = counted(place.database, table, tables)
        return (header, table), table.counts.rows, table.counts.size

    try:
        add_errors(task, list(file_errors(resource)))
        sources = candidate_sources(place, resource, f"r{number}")
        source, (header, table) = first_sound(sources, check)
    except Unreadable as error:
        add_errors(
            task, [Error(error.type, error.note, error.note, error.row_number, fix=error.fix)]
        )
        return None
    task.rows, task.fields = table.counts.rows, len(table.columns)
    add_errors(task, header)
    if source.labels == [] and not table.counts.rows:
        add_errors(
            task, [Error("source-error", "the source is empty", fix="write the header, at least")]
        )
    return table


def counted(
    database: duckdb.DuckDBPyConnection, table: CheckedTable, tables: dict[str, CheckedTable]
) -> Counts:
    """The counts of a table, of undecided cells after these have been decided.

    Where SQL takes cells for wrong, they are decided, and keys that they are part of counted again.
    """
    if table.stacks:
        counts = count_stacks(database, table)
        keys = [*unique_keys(table), *foreign_keys(database, table, tables)]
        counts.keys = count_keys(database, table, keys)
        return counts
    keys = [*unique_keys(table), *foreign_keys(database, table, tables)]
    counts = count_right(database, table, keys) or counts_of(database, table, keys)
    if counts.undecided:
        table.judge(database, counts.undecided)
        keys = [*unique_keys(table), *foreign_keys(database, table, tables)]
        counts = recounted(database, table, counts, keys)
    return counts


def finish_table(
    database: duckdb.DuckDBPyConnection,
    table: CheckedTable,
    tables: dict[str, CheckedTable],
    limit: int,
) -> None:
    """Counts the foreign keys that had to wait for their tables, and fills in the table's task."""
    counts, task = table.counts, table.task
    known = {key.number for key, _ in counts.keys}
    waiting = [key for key in foreign_keys(database, table, tables) if key.number not in known]
    counts.keys += count_keys(database, table, waiting)
    add_counts(database, task, table, counts, limit)
    add_errors(task, list(unchecked_keys(table, tables)))
    add_errors(task, list(unchecked_patterns(table)))
    add_errors(task, list(count_errors(table.resource, counts.rows, len(table.columns))))


def unchecked_patterns(table: CheckedTable) -> Iterator[Error]:
    """An error for each column that was not held to its pattern throughout."""
    for column in table.columns:
        if column.unchecked:
            pattern = quoted(column.field.constraints.pattern)
            found = f"the field {quoted(column.name)} was not held to its pattern {pattern}"
            found += f" throughout: {column.unchecked}"
            fix = "write a simpler pattern, without what looks ahead or refers back"
            yield Error(NOT_CHECKED, found, field_name=column.name, fix=fix, constraint="pattern")


def add_errors(
    task: Task, errors: list[Error], number: int | None = None, limit: int = sys.maxsize
) -> None:
    """Adds `number` errors of one kind to a task, and lists as many as there is room for.

    Without `number`, adds all of `errors`.
    """
    if number is None:
        task.counts.update((error.severity, error.type) for error in errors)
    elif errors:
        task.counts[errors[0].severity, errors[0].type] += number
    task.errors += errors[: max(limit - len(task.errors), 0)]


def add_counts(
    database: duckdb.DuckDBPyConnection, task: Task, table: CheckedTable, counts: Counts, limit: int
) -> None:
    """Adds the exact counts of the checks of rows and cells, and the first of their errors."""
    if counts.clean:
        return
    rows, keyed = suspects_of(database, table, counts)
    numbers = [("blank-row", counts.blank), ("extra-cell", counts.extras)]
    numbers += [(check.type, number) for check, number in counts.checks] + [
        (key.type, number) for key, number in counts.keys
    ]
    if counts.short:
        gaps = ", ".join(f"count(*) - count(c{n})" for n in range(1, table.source.width + 1))
        missing = f"SELECT {gaps} FROM {rows.cells()} AS cells WHERE {table.short}"
        numbers.append(("missing-cell", sum(database.execute(missing).fetchall()[0])))
    for type, number in numbers:
        if number:
            task.counts["error", type] += number
    task.errors += located(database, rows, keyed, counts, max(limit - len(task.errors), 0))


def keys_of_listed_rows(
    database: duckdb.DuckDBPyConnection, table: CheckedTable
) -> dict[int, tuple[str | None, ...]]:
    """The primary key, as text, of every row with a listed error; none where there is no key."""
    key = table.resource.schema.primary_key
    columns = [column for column in map(table.column, key) if column]
    numbers = sorted({error.row_number for error in table.task.errors if error.row_number})
    if not numbers or not key or len(columns) < len(key):
        return {}
    parts = ", ".join(column.as_text for column in columns)
    found: dict[int, tuple[str | None, ...]] = {}
    for rows in filter(None, (table.suspects, table)):
        if len(found) < len(numbers):
            keys = f"SELECT row_number, {parts} FROM {rows.values(columns)} AS cells"
            keys += f" WHERE row_number IN ({', '.join(map(str, numbers))})"
            found = {number: tuple(own) for number, *own in database.execute(keys).fetchall()}
    return found
