"""Validates a data package: descriptor, files, header, rows, cells, keys, twins and rules, into one
report.
"""

import time
from collections.abc import Callable
from pathlib import Path

from pledgeline.check.rules import rule_errors
from pledgeline.check.table import CheckedTable
from pledgeline.check.twins import pairs, twin_errors
from pledgeline.descriptor.load import read_package
from pledgeline.engine.resource import finish_table, keyed_fields, read_table, references
from pledgeline.errors import UnreadablePackage
from pledgeline.records.trace import trace_to_records
from pledgeline.report import Error, Report, Task
from pledgeline.source.open import FORMATS, PACKED
from pledgeline.source.sandbox import sandbox
from pledgeline.standard.package import DataPackage, Resource

LIMIT = 1000  # listed errors a resource, as frictionless-py
Progress = Callable[[str, int, int], None]


def validate(
    path: str | Path,
    *,
    rules: Path | None = None,
    limit_errors: int = LIMIT,
    engine: str = "duckdb",
    progress: Progress | None = None,
) -> Report:
    """The report on the package at `path` (its descriptor, or the folder that holds it).

    `rules` is a folder of SQL rules to check beside the schemas; `limit_errors` how many errors are
    listed a resource (counts are exact all the same); `engine` "duckdb", or "frictionless" to have
    frictionless-py check everything. `progress` is called with a resource's name, its number from 0
    and the number of resources. Raises UnreadablePackage.
    """
    start, path = time.perf_counter(), Path(path)
    if not path.exists():
        raise UnreadablePackage(f"{path}: there is no such file or folder")
    package, errors = read_package(path)
    report = Report(str(path), errors=list(errors))
    if package:
        if engine == "frictionless":
            from pledgeline.engine.frictionless import check_all

            report.tasks = check_all(package, limit_errors, progress)
        else:
            report.tasks = check_package(package, limit_errors, rules, progress)
    report.seconds = time.perf_counter() - start
    return report


def check_package(
    package: DataPackage, limit: int, rules: Path | None, progress: Progress | None
) -> list[Task]:
    """A task for every resource of `package`, in the descriptor's order."""
    tasks = {
        resource.name: Task(resource.name, resource.place, resource.format)
        for resource in package.resources
    }
    ours, theirs = readable(package.resources)
    keyed = keyed_fields(ours)
    done = 0
    with sandbox(path for resource in ours for path in resource.paths) as place:
        tables: dict[str, CheckedTable] = {}
        for resource in referred_first(ours):
            if progress:
                progress(resource.name, done, len(tasks))
            begun = time.perf_counter()
            if table := read_table(
                place, resource, tables, tasks[resource.name], done, keyed[resource.name]
            ):
                tables[resource.name] = table
            tasks[resource.name].seconds = time.perf_counter() - begun
            done += 1
        for table in tables.values():
            begun = time.perf_counter()
            finish_table(place.database, table, tables, limit)
            table.task.seconds += time.perf_counter() - begun
        for csv, parquet in pairs(tables):
            number, errors = twin_errors(place.database, csv, parquet, limit)
            add(tasks[parquet.resource.name], "error", "twin-error", number, errors, limit)
        if rules:
            for name, number, errors in rule_errors(place.database, tables, rules, limit):
                add(tasks[name], errors[0].severity, errors[0].type, number, errors, limit)
        trace_to_records(place.database, tables, tasks, package.base)
    if theirs:
        from pledgeline.engine.frictionless import check_some

        check_some(package, theirs, tasks, limit)
    return list(tasks.values())


def add(task: Task, severity: str, type: str, number: int, errors: list[Error], limit: int) -> None:
    """Adds `number` errors of one type to a task, and lists as many of them as there is room for."""
    if number:
        task.counts[severity, type] += number
        task.errors += errors[: max(limit - len(task.errors), 0)]


def readable(resources: tuple[Resource, ...]) -> tuple[list[Resource], dict[str, str]]:
    """The resources that are read here, and the names of those that frictionless-py reads with the
    reason why.

    A resource that refers to one of the latter goes with it, since its keys are looked up there.
    """
    theirs = {
        r.name: f'the format "{r.format or "unknown"}" is not read here'
        for r in resources
        if r.format not in FORMATS
    }
    theirs |= {
        r.name: f'the compression "{r.compression}" is not read here'
        for r in resources
        if r.compression not in PACKED
    }
    while more := {
        r.name: f'it refers to "{there}"'
        for r in resources
        if r.name not in theirs
        for there in references(r) & set(theirs)
    }:
        theirs |= more
    return [resource for resource in resources if resource.name not in theirs], theirs


def referred_first(resources: list[Resource]) -> list[Resource]:
    """`resources` so that, where no circle forbids it, what is referred to comes before what
    refers.
    """
    ordered, waiting = [], {resource.name: resource for resource in resources}
    while waiting:
        free = [r for r in waiting.values() if not references(r) & waiting.keys() - {r.name}] or [
            next(iter(waiting.values()))
        ]
        ordered += free
        for resource in free:
            del waiting[resource.name]
    return ordered
