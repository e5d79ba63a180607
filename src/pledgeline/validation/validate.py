"""Validates a data package: descriptor, files, header, rows, cells, keys, twins and rules, into one report."""

import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from pledgeline.package.read import read_package
from pledgeline.package.resource import Package, Resource
from pledgeline.sources.source import Unreadable
from pledgeline.validation.count import Counts, count
from pledgeline.validation.header import read_header
from pledgeline.validation.integrity import count_errors, file_errors
from pledgeline.validation.keys import foreign_keys, unique_keys
from pledgeline.validation.locate import located
from pledgeline.validation.reading import FORMATS, PACKED, sources
from pledgeline.validation.report import Error, Report, Task
from pledgeline.validation.space import Space, space
from pledgeline.validation.table import Table, columns_of

LIMIT = 1000  # listed errors a resource, as frictionless-py
Progress = Callable[[str, int, int], None]


class CannotRun(Exception):
    """Validation could not be begun; the message says why, for people."""


def validate(
    path: str | Path,
    *,
    rules: Path | None = None,
    limit_errors: int = LIMIT,
    engine: str = "duckdb",
    progress: Progress | None = None,
) -> Report:
    """The report on the package at `path` (its descriptor, or the folder that holds it).

    `rules` is a folder of SQL rules to check beside the schemas; `limit_errors` how many errors are listed a resource (counts
    are exact all the same); `engine` "duckdb", or "frictionless" to have frictionless-py check everything. `progress` is
    called with a resource's name, its number from 0 and the number of resources. Raises CannotRun.
    """
    start, path = time.perf_counter(), Path(path)
    if not path.exists():
        raise CannotRun(f"{path}: there is no such file or folder")
    package, errors = read_package(path)
    report = Report(str(path), errors=list(errors))
    if package:
        if engine == "frictionless":
            from pledgeline.validation.fallback import check_all

            report.tasks = check_all(package, limit_errors, progress)
        else:
            report.tasks = check_package(package, limit_errors, rules, progress)
    report.seconds = time.perf_counter() - start
    return report


def check_package(package: Package, limit: int, rules: Path | None, progress: Progress | None) -> list[Task]:
    """A task for every resource of `package`, in the descriptor's order."""
    tasks = {resource.name: Task(resource.name, resource.place, resource.format) for resource in package.resources}
    ours, theirs = readable(package.resources)
    done = 0
    with space(path for resource in ours for path in resource.paths) as place:
        tables: dict[str, Table] = {}
        for resource in referred_first(ours):
            if progress:
                progress(resource.name, done, len(tasks))
            begun = time.perf_counter()
            check_table(place, resource, tables, tasks[resource.name], limit, done)
            tasks[resource.name].seconds = time.perf_counter() - begun
            done += 1
    if theirs:
        from pledgeline.validation.fallback import check_some

        check_some(package, theirs, tasks, limit)
    return list(tasks.values())


def readable(resources: tuple[Resource, ...]) -> tuple[list[Resource], dict[str, str]]:
    """The resources that are read here, and the names of those that frictionless-py reads with the reason why.

    A resource that refers to one of the latter goes with it, since its keys are looked up there.
    """
    theirs = {r.name: f'the format "{r.format or "unknown"}" is not read here' for r in resources if r.format not in FORMATS}
    theirs |= {r.name: f'the compression "{r.compression}" is not read here' for r in resources if r.compression not in PACKED}
    while more := {
        r.name: f'it refers to "{there}"' for r in resources if r.name not in theirs for there in references(r) & set(theirs)
    }:
        theirs |= more
    return [resource for resource in resources if resource.name not in theirs], theirs


def references(resource: Resource) -> set[str]:
    """The names of the other resources that `resource` refers to."""
    keys = (resource.schema or {}).get("foreignKeys") or []
    return {key["reference"].get("resource") or resource.name for key in keys} - {resource.name}


def referred_first(resources: list[Resource]) -> list[Resource]:
    """`resources` so that, where no circle forbids it, what is referred to comes before what refers."""
    ordered, waiting = [], {resource.name: resource for resource in resources}
    while waiting:
        free = [r for r in waiting.values() if not references(r) & set(waiting)] or [next(iter(waiting.values()))]
        ordered += free
        for resource in free:
            del waiting[resource.name]
    return ordered


def check_table(place: Space, resource: Resource, tables: dict[str, Table], task: Task, limit: int, number: int) -> None:
    """Checks one resource, and adds it to `tables` for those that refer to it."""
    tell(task, list(file_errors(resource)))
    try:
        for source in sources(place, resource, f"r{number}"):
            task.labels = source.labels or []
            header, fields = read_header(source.labels, resource.schema, resource.dialect)
            columns = columns_of(place.database, resource, source, fields)
            table = Table(number, resource, source, columns, task)
            try:
                counts = counted(place.database, table, tables)
                break
            except (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException):
                raise  # the statement is at fault, not the source
            except duckdb.Error as error:
                refusal = error
        else:
            raise Unreadable("source-error", str(refusal).splitlines()[0])
    except Unreadable as error:
        tell(task, [Error(error.type, error.note, error.note, error.row_number)])
        return
    task.rows, task.fields = counts.rows, len(columns)
    tell(task, header)
    tell_counts(place.database, task, table, counts, limit)
    tell(task, list(count_errors(resource, counts.rows)))
    tables[resource.name] = table


def counted(database: duckdb.DuckDBPyConnection, table: Table, tables: dict[str, Table]) -> Counts:
    """The final counts of a table: counted again once its odd cells, if there are any, are judged.

    A column of which SQL is never sure is judged at once. A table that refers to itself is first counted without these keys.
    """
    table.judge(database, [column for column in table.columns if column.accept == "FALSE"])
    circular = table.resource.name in {
        key["reference"].get("resource") or table.resource.name
        for key in (table.resource.schema or {}).get("foreignKeys") or []
    }
    while True:
        keys = list(unique_keys(table)) + ([] if circular else list(foreign_keys(database, table, tables)))
        counts = count(database, table, keys)
        if not counts.odd:
            break
        table.judge(database, counts.odd)
    if circular:
        keys = list(unique_keys(table)) + list(foreign_keys(database, table, tables | {table.resource.name: table}))
        counts = count(database, table, keys)
    return counts


def tell(task: Task, errors: list[Error]) -> None:
    """Adds errors that are all listed."""
    task.errors += errors
    task.counts.update((error.severity, error.type) for error in errors)


def tell_counts(database: duckdb.DuckDBPyConnection, task: Task, table: Table, counts: Counts, limit: int) -> None:
    """Adds the exact counts of the checks of rows and cells, and the first of their errors."""
    if counts.clean:
        return
    numbers = [("blank-row", counts.blank), ("extra-cell", counts.extras)]
    numbers += [(check.type, number) for check, number in counts.checks] + [(key.type, number) for key, number in counts.keys]
    if counts.short:
        gaps = " + ".join(f"CAST(c{n} IS NULL AS INTEGER)" for n in range(1, table.source.width + 1))
        missing = f"SELECT sum({gaps}) FROM {table.cells} AS cells WHERE NOT blank AND c{table.source.width} IS NULL"
        numbers.append(("missing-cell", int(database.execute(missing).fetchone()[0])))
    for type, number in numbers:
        if number:
            task.counts["error", type] += number
    task.errors += located(database, table, counts, max(limit - len(task.errors), 0))
