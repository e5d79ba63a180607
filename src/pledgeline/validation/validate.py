"""Validates a data package: descriptor, files, header, rows, cells, keys, twins and rules, into one report."""

import time
from collections.abc import Callable
from pathlib import Path

from pledgeline.package.read import read_package
from pledgeline.package.resource import Package, Resource
from pledgeline.validation.check import keyed_fields, read_table, references, tell_table
from pledgeline.validation.reading import FORMATS, PACKED
from pledgeline.validation.report import Error, Report, Task
from pledgeline.validation.rules import BrokenRule, rule_errors
from pledgeline.validation.space import Space, space
from pledgeline.validation.table import Table
from pledgeline.validation.trace import trace
from pledgeline.validation.twins import pairs, twin_errors

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
    keyed = keyed_fields(ours)
    done = 0
    with space(path for resource in ours for path in resource.paths) as place:
        tables: dict[str, Table] = {}
        for resource in referred_first(ours):
            if progress:
                progress(resource.name, done, len(tasks))
            begun = time.perf_counter()
            if table := read_table(place, resource, tables, tasks[resource.name], done, keyed[resource.name]):
                tables[resource.name] = table
            tasks[resource.name].seconds = time.perf_counter() - begun
            done += 1
        for table in tables.values():
            begun = time.perf_counter()
            tell_table(place.database, table, tables, limit)
            table.task.seconds += time.perf_counter() - begun
        for csv, parquet in pairs(tables):
            number, errors = twin_errors(place.database, csv, parquet, limit)
            add(tasks[parquet.resource.name], "error", "twin-error", number, errors, limit)
        if rules:
            check_rules(place, tables, tasks, rules, limit)
        trace(place.database, tables, tasks, package.base)
    if theirs:
        from pledgeline.validation.fallback import check_some

        check_some(package, theirs, tasks, limit)
    return list(tasks.values())


def check_rules(place: Space, tables: dict[str, Table], tasks: dict[str, Task], rules: Path, limit: int) -> None:
    """Adds what the package's own rules find. Raises CannotRun for a rule that cannot be run."""
    try:
        for resource, number, errors in rule_errors(place.database, tables, rules, limit):
            add(tasks[resource], errors[0].severity, errors[0].type, number, errors, limit)
    except BrokenRule as error:
        raise CannotRun(str(error)) from error


def add(task: Task, severity: str, type: str, number: int, errors: list[Error], limit: int) -> None:
    """Adds `number` errors of one type to a task, and lists as many of them as there is room for."""
    if number:
        task.counts[severity, type] += number
        task.errors += errors[: max(limit - len(task.errors), 0)]


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


def referred_first(resources: list[Resource]) -> list[Resource]:
    """`resources` so that, where no circle forbids it, what is referred to comes before what refers."""
    ordered, waiting = [], {resource.name: resource for resource in resources}
    while waiting:
        free = [r for r in waiting.values() if not references(r) & waiting.keys() - {r.name}] or [next(iter(waiting.values()))]
        ordered += free
        for resource in free:
            del waiting[resource.name]
    return ordered
