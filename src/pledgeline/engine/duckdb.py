"""The checks run by DuckDB in this process: every table is read once, what it refers to first."""

import time
from pathlib import Path

from pledgeline.check.integrity import file_errors
from pledgeline.check.pattern import Patience
from pledgeline.check.rules import rule_errors
from pledgeline.check.table import CheckedTable
from pledgeline.check.twins import pairs, possible_twins, twin_errors
from pledgeline.engine.resource import (
    add_errors,
    finish_table,
    keyed_fields,
    keys_of_listed_rows,
    read_table,
    references,
)
from pledgeline.report import Error, Task
from pledgeline.source.open import FORMATS, is_readable
from pledgeline.source.sandbox import sandbox
from pledgeline.source.watch import Progress, watching
from pledgeline.standard.package import DataPackage, Resource


def check_package(
    package: DataPackage, limit: int, rules: Path | None, progress: Progress | None
) -> list[Task]:
    """See `pledgeline.engine.check_package`."""
    tasks = {r.name: Task(r.name, r.place, r.format) for r in package.resources}
    ours = [each for each in package.resources if is_readable(each)]
    others = [each for each in package.resources if not is_readable(each)]
    keyed, twins, patience = keyed_fields(ours), possible_twins(ours), Patience()
    with (
        sandbox(path for resource in ours for path in resource.paths) as place,
        watching(progress, package.resources, place.database) as watch,
    ):
        for each in others:
            watch.begin(each)
            check_unread(each, tasks[each.name])
        tables: dict[str, CheckedTable] = {}
        for done, resource in enumerate(referred_first(ours)):
            task, begun = tasks[resource.name], time.perf_counter()
            watch.begin(resource)
            own, twin = keyed[resource.name], resource.name in twins
            if table := read_table(place, resource, tables, task, done, own, patience, twin):
                tables[resource.name] = table
            task.seconds = time.perf_counter() - begun
        for table in tables.values():
            begun = time.perf_counter()
            finish_table(place.database, table, tables, limit)
            table.task.seconds += time.perf_counter() - begun
        for csv, parquet in pairs(tables):
            number, errors = twin_errors(place.database, csv, parquet, limit)
            add_errors(parquet.task, errors, number, limit)
        if rules:
            for name, number, errors in rule_errors(place.database, tables, rules, limit):
                add_errors(tasks[name], errors, number, limit)
        for table in tables.values():
            table.task.keys = keys_of_listed_rows(place.database, table)
    return list(tasks.values())


def check_unread(resource: Resource, task: Task) -> None:
    """The whole task of a resource whose rows are not read: no table, or one of no known format.

    Of a picture, a text or a map, the descriptor says its size and its hash, and no more can be
    checked.
    """
    add_errors(task, list(file_errors(resource)))
    if not resource.is_table:
        task.type = "file"
        return
    known = resource.format in FORMATS
    kind = f'compression "{resource.compression}"' if known else f'format "{resource.format}"'
    wrong = f"the {kind if known or resource.format else 'format'} of the table is not read"
    fix = "keep the table as CSV or Parquet"
    type = "compression-error" if known else "format-error"
    add_errors(task, [Error(type, wrong, wrong, fix=fix)])


def referred_first(resources: list[Resource]) -> list[Resource]:
    """`resources` in an order in which what is referred to comes first, as far as circles allow."""
    ordered: list[Resource] = []
    waiting = {resource.name: resource for resource in resources}
    while waiting:
        free = [
            each for each in waiting.values() if not references(each) & waiting.keys() - {each.name}
        ]
        for resource in free or [next(iter(waiting.values()))]:
            ordered.append(resource)
            del waiting[resource.name]
    return ordered
