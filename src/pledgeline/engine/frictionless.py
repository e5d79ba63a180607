"""frictionless-py as a second opinion, where the user asks for it.

It reads more than the standard defines (other files, addresses, commands of its own), so it gets a
new descriptor with only what the standard defines, in a process of its own without network and
within bounds (see `source.process`).
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pledgeline.descriptor.paths import UnsafePath, resolve_inside
from pledgeline.errors import BrokenRule, EngineFailed, MissingExtra
from pledgeline.report import Error, Task
from pledgeline.source.process import Bounds, ProcessFailed, values_from
from pledgeline.source.watch import Progress, size_of
from pledgeline.standard.package import DataPackage, Resource
from pledgeline.standard.values import JsonObject, as_list, as_object
from pledgeline.text import printable, quoted, shortened

PROFILES = "https://datapackage.org/profiles/2.0/"
BOUNDS = Bounds(memory=4 << 30, seconds=3_600)
LONGEST = 1_000  # characters of what it says
NOT_INSTALLED = re.compile(r'Please install "(frictionless\[\w+\])"')
# What it is given: properties that the standard defines and that say what the data is
# (https://datapackage.org/standard/), and the two of frictionless-py's that we read as well.
PACKAGE = ["name", "id", "title", "description", "version", "created", "keywords", "licenses"]
RESOURCE = [
    "name",
    "title",
    "description",
    "format",
    "mediatype",
    "encoding",
    "data",
    "compression",
    "innerpath",
]
SCHEMA = ["title", "description", "primaryKey", "uniqueKeys", "missingValues", "fieldsMatch"]
FIELD = [
    "name",
    "type",
    "format",
    "title",
    "description",
    "example",
    "rdfType",
    "missingValues",
    "trueValues",
    "falseValues",
    "decimalChar",
    "groupChar",
    "bareNumber",
    "itemType",
    "delimiter",
    "categories",
    "categoriesOrdered",
]
CONSTRAINTS = [
    "required",
    "unique",
    "enum",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
]
DIALECT = [
    "header",
    "headerRows",
    "headerJoin",
    "headerCase",
    "commentRows",
    "commentChar",
    "skipBlankRows",
]
CSV = [
    "delimiter",
    "lineTerminator",
    "quoteChar",
    "doubleQuote",
    "escapeChar",
    "nullSequence",
    "skipInitialSpace",
]


def check_package(
    package: DataPackage, limit: int, rules: Path | None, progress: Progress | None
) -> list[Task]:
    """See `pledgeline.engine.check_package`.

    Raises EngineFailed where frictionless-py gives no report within its bounds, and MissingExtra
    where a library that it needs is not installed.
    """
    if rules:
        raise BrokenRule(
            rules,
            "frictionless-py runs no rules in SQL; leave them out, or use the engine duckdb",
        )
    tasks = {r.name: Task(r.name, r.place, r.format, "frictionless") for r in package.resources}
    asked = {
        "package": without_others(package.descriptor, PACKAGE)
        | profile(package.version, "package"),
        "resources": [
            rebuilt(package.base, resource) | profile(package.version, "resource")
            for resource in package.resources
        ],
        "base": str(package.base),
        "limit": limit,
    }
    sizes = [size_of(resource) for resource in package.resources] if progress else []
    done = 0
    if progress and tasks:
        progress(next(iter(tasks)), 0, sum(sizes))
    try:
        for found in values_from("pledgeline.engine.frictionless_alone:reports", asked, BOUNDS):
            add_findings(tasks[found["name"]], found)
            done += 1
            if progress:
                progress(list(tasks)[min(done, len(tasks) - 1)], sum(sizes[:done]), sum(sizes))
    except ProcessFailed as error:
        raise EngineFailed(
            f"frictionless-py gives no report: {printable(str(error))}; use the engine duckdb"
        ) from None
    return list(tasks.values())


def profile(version: str, kind: str) -> JsonObject:
    """The standard's own profile, which frictionless-py ships, in place of any other."""
    return {"$schema": PROFILES + f"data{kind}.json"} if version == "v2" else {}


def rebuilt(base: Path, resource: Resource) -> JsonObject:
    """The descriptor of a resource for frictionless-py. Raises EngineFailed for an unsafe path."""
    own = resource.descriptor
    described = without_others(own, RESOURCE)
    if resource.paths:
        paths = [own["path"]] if isinstance(own["path"], str) else own["path"]
        try:
            for path in paths:
                resolve_inside(base, path, directory=True)
        except UnsafePath as error:
            raise EngineFailed(f"{resource.name}: {error.wrong}; {error.fix}") from None
        described["path"] = own["path"]
    described |= {
        name: value
        for name, value in (
            ("bytes", resource.bytes),
            ("hash", resource.hash),
            ("rows", resource.rows),
            ("fields", resource.fields),
        )
        if value is not None
    }
    if resource.is_table:
        described["type"] = "table"
    if resource.schema:
        described["schema"] = rebuilt_schema(resource.schema.to_descriptor())
    if dialect := resource.dialect.to_descriptor():
        described["dialect"] = rebuilt_dialect(dialect, resource)
    return described


def rebuilt_schema(schema: JsonObject) -> JsonObject:
    """A schema with what the standard defines."""
    described = without_others(schema, SCHEMA)
    described["fields"] = [
        without_others(field, FIELD)
        | (
            {"constraints": without_others(as_object(field["constraints"]), CONSTRAINTS)}
            if "constraints" in field
            else {}
        )
        for field in as_list(schema["fields"])
    ]
    if keys := as_list(schema.get("foreignKeys")):
        described["foreignKeys"] = [
            {
                "fields": key["fields"],
                "reference": without_others(key["reference"], ("resource", "fields")),
            }
            for key in keys
        ]
    return described


def rebuilt_dialect(dialect: JsonObject, resource: Resource) -> JsonObject:
    """A dialect in frictionless-py's form, which nests what is of one format."""
    described = without_others(dialect, DIALECT)
    sheet: JsonObject = {"sheet": resource.dialect.sheet}
    rows: JsonObject = {}
    if resource.dialect.property:
        rows["property"] = resource.dialect.property
    if resource.dialect.item_keys:
        rows["keys"] = list(resource.dialect.item_keys)
    nested = {"csv": without_others(dialect, CSV), "excel": sheet, "ods": sheet, "json": rows}
    kind = {"tsv": "csv", "xlsx": "excel", "xls": "excel", "jsonl": "json", "ndjson": "json"}
    name = kind.get(resource.format, resource.format)
    return described | ({name: nested[name]} if nested.get(name) else {})


def without_others(part: JsonObject, names: Iterable[str]) -> JsonObject:
    """A part of a descriptor with the properties in `names` alone."""
    return {name: part[name] for name in names if name in part}


def add_findings(task: Task, found: JsonObject) -> None:
    """Fills in a task with what frictionless-py found. Raises MissingExtra."""
    task.labels, task.seconds = found["labels"], found["seconds"]
    task.rows, task.fields, task.bytes = found["rows"], found["fields"], found["bytes"]
    for described in found["errors"]:
        if missing := NOT_INSTALLED.search(described["note"]):
            needed = missing[1]
            raise MissingExtra(
                f"frictionless-py needs a library for {quoted(task.name)}: pip install '{needed}'"
            )
        error = as_ours(described)
        task.errors.append(error)
        task.counts[error.severity, error.type] += 1


def as_ours(described: JsonObject) -> Error:
    """An error of frictionless-py in our report's form."""
    note, cell = shortened(described["note"], LONGEST), described.get("cell")
    row_number: int | None = described.get("rowNumber")
    found = shortened(described["message"], LONGEST)
    if row_number is not None and note:  # its message names the place once more
        found = f"{quoted(cell)}: {note}" if cell else note
    names: list[Any] = described.get("fieldNames") or []
    return Error(
        described["type"],
        found,
        note,
        row_number,
        described.get("fieldName"),
        described.get("fieldNumber"),
        tuple(map(str, names)),
        cell,
    )
