"""frictionless-py in place of our own engine: for other formats, and where the user asks for it.

It runs as it comes, in this process, on the descriptor as we have read and checked it: no part of
it is fetched, and its paths lie inside the package.
"""

from pathlib import Path
from typing import Any

from pledgeline.engine import Progress
from pledgeline.errors import BrokenRule
from pledgeline.report import Error, Task
from pledgeline.standard.package import DataPackage, Resource
from pledgeline.standard.values import JsonObject
from pledgeline.text import quoted

READ = {
    "xlsx",
    "xls",
    "ods",
    "json",
    "jsonl",
    "ndjson",
    "geojson",
    "html",
    "xml",
    "yaml",
    "markdown",
    "md",
}
# of one file in such a format: they are read whole, and packed ones unpack to much more
MOST_BYTES = 50 << 20
PROPERTIES = ("row_number", "field_name", "field_number", "cell")


def check_package(
    package: DataPackage, limit: int, rules: Path | None, progress: Progress | None
) -> list[Task]:
    """See `pledgeline.engine.check_package`; all resources are checked by frictionless-py."""
    if rules:
        raise BrokenRule(
            rules,
            "frictionless-py runs no rules in SQL; leave them out, or use the engine duckdb",
        )
    tasks = {r.name: Task(r.name, r.place, r.format) for r in package.resources}
    check_some(package, dict.fromkeys(tasks, "asked for"), tasks, limit, progress)
    return list(tasks.values())


def check_some(
    package: DataPackage,
    names: dict[str, str],
    tasks: dict[str, Task],
    limit: int,
    progress: Progress | None = None,
) -> None:
    """Has frictionless-py check the resources in `names`, and fills in their `tasks`.

    `names` has the reason for each.
    """
    import frictionless

    usable = [
        resource
        for resource in package.resources
        if resource.name not in names or is_safe(resource, tasks)
    ]
    described = {
        key: value
        for key, value in package.descriptor.items()
        if key not in ("resources", "profile", "$schema")
    }
    described["resources"] = [without_profiles(resource.descriptor) for resource in usable]
    opened = frictionless.Package.from_descriptor(described, basepath=str(package.base))
    for done, name in enumerate(names):
        task = tasks[name]
        task.engine = "frictionless"
        if name not in {resource.name for resource in usable}:
            continue
        if progress:
            progress(name, done, len(names))
        try:
            report = opened.get_resource(name).validate(limit_errors=limit)
        except Exception as error:  # what its parsers raise on broken files is of many kinds
            note = f"frictionless-py cannot read it ({type(error).__name__}: {error})"
            task.errors.append(Error("source-error", note, note))
            task.counts["error", "source-error"] += 1
            continue
        for found in report.tasks:
            task.labels, task.seconds = found.labels, found.stats["seconds"]
            stats = found.stats
            task.rows, task.fields = stats.get("rows"), stats.get("fields")
            task.bytes = stats.get("bytes")
        errors = [
            as_ours(error)
            for error in [
                *report.errors,
                *(error for part in report.tasks for error in part.errors),
            ]
        ]
        task.errors += errors
        task.counts.update((error.severity, error.type) for error in errors)


def is_safe(resource: Resource, tasks: dict[str, Task]) -> bool:
    """Whether a resource may be given to frictionless-py; if not, an error in its task says so."""
    large = sum(path.stat().st_size for path in resource.paths) > MOST_BYTES
    known = resource.format in READ | {"csv", "tsv", "parquet", "inline"}
    if known and not (large and resource.format in READ):
        return True
    note = (
        f"the file is larger than {MOST_BYTES:,} bytes"
        if known
        else f'the format "{resource.format or "unknown"}" is not read'
    )
    tasks[resource.name].errors.append(
        Error("format-error", note, note, fix="keep the table as CSV or Parquet")
    )
    tasks[resource.name].counts["error", "format-error"] += 1
    return False


def without_profiles(descriptor: JsonObject) -> JsonObject:
    """A resource's descriptor without profiles, which frictionless-py might fetch.

    A resource with a schema is a table.
    """
    kept = {key: value for key, value in descriptor.items() if key not in ("profile", "$schema")}
    if isinstance(kept.get("schema"), dict):
        kept["type"] = "table"
        kept["schema"] = {key: value for key, value in kept["schema"].items() if key != "$schema"}
    return kept


def as_ours(error: Any) -> Error:
    """An error of frictionless-py in our report's form."""
    row_number, field_name, field_number, cell = (getattr(error, name, None) for name in PROPERTIES)
    names = tuple(getattr(error, "field_names", None) or ())
    found = error.message
    if row_number is not None and error.note:  # its message names the place once more
        found = f"{quoted(str(cell))}: {error.note}" if cell else error.note
    return Error(error.type, found, error.note, row_number, field_name, field_number, names, cell)
