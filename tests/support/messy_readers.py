"""`validate`, `open` and `diff` on the package of a seed: where they do not agree with each other.

Of a valid table, `open` gives the rows that `validate` counted, in the types of the schema and with
the values that frictionless-py reads; of one that cannot be read whole, it gives nothing. `diff`
finds nothing between a package and itself, nor between it and the same rows written plainly, and
exactly the edit of one cell or row.
"""

import csv
import io
import shutil
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pyarrow as pa
from frictionless import Package as Theirs

import pledgeline
from pledgeline.errors import InvalidPackage
from pledgeline.report import Task
from support.messy_package import Messy, messy
from support.messy_schema import GOOD
from support.parity import PLAIN, write_package

ARROW = {
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
LOST = {"source-error", "encoding-error", "extra-cell", "missing-cell", "byte-count"}
EDITED = ("string", "integer", "date", "boolean")  # types whose values are one text each


def package_of(seed: int) -> Messy:
    """A package that is less messy than others, so that much of it is valid."""
    return messy(seed, mess=Random(seed).choice((0, 0, 0, 2)))


def disagreements(seed: int) -> list[str]:
    """What the three say of the package of `seed` that cannot all be true."""
    made = package_of(seed)
    with tempfile.TemporaryDirectory(prefix="pledgeline-") as place:
        path = write_package(Path(place) / "old", made.resources, made.files)
        report = pledgeline.validate(path)
        package = pledgeline.open(path)
        theirs = Theirs(str(path))
        found, readable = [], []
        for task in report.tasks:
            if task.name not in package:
                continue  # a twin
            try:
                table = package[task.name]
            except InvalidPackage as refused:
                if task.valid:
                    found.append(f"{task.name} is valid, and open() refuses it: {refused}")
                continue
            readable.append(task.name)
            found += [f"{task.name}: {wrong}" for wrong in differing_rows(task, table, theirs)]
        if len(readable) == len(package):
            found += differing_copies(Random(seed), path, made.resources, report.valid)
    return found


def differing_rows(task: Task, table: pledgeline.Table, theirs: Theirs) -> list[str]:
    """Where the rows that `open` gives are not those that were validated."""
    rows, schema = table.to_arrow(), table.about["schema"]
    kinds = {each["name"]: each["type"] for each in schema["fields"]}
    wrong = {
        error.type
        for error in task.errors
        if (
            error.type in LOST and (task.rows or error.row_number or error.type == "byte-count")
        )  # an empty file loses nothing
        or (error.type == "type-error" and kinds.get(error.field_name or "") in ARROW)
    }
    if wrong:
        return [f"open() reads what has {', '.join(sorted(wrong))}"]
    if rows.num_rows != task.rows:
        return [f"open() reads {rows.num_rows} rows, {task.rows} were validated"]
    found = []
    for field in schema["fields"]:
        kind, own = field["type"], rows.schema.field(field["name"]).type
        coded = pa.types.is_dictionary(own) and kind == "string"
        if not coded and own != ARROW.get(kind, own):
            found.append(f"{field['name']} of the type {kind} is {own}")
    if task.valid:
        for number, (mine, other) in enumerate(
            zip(rows.to_pylist(), theirs.get_table_resource(task.name).read_rows(), strict=True), 2
        ):
            for name, value in mine.items():
                expected = other[name]
                if not same_value(value, expected):
                    found.append(f"row {number}, {name}: {value!r}, expected {expected!r}")
    return found


def same_value(mine: object, theirs: object) -> bool:
    """Whether two libraries mean the same; values that Arrow has no type for stay texts."""
    if isinstance(theirs, Decimal):
        return float(theirs) == mine or (theirs.is_nan() and mine != mine)
    if isinstance(mine, str) and not isinstance(theirs, str):
        return theirs is not None
    return mine == theirs and isinstance(mine, date) == isinstance(theirs, date)


def differing_copies(draw: Random, path: Path, resources: list[dict], valid: bool) -> list[str]:
    """What `diff` says of a package and copies of it that is not what was done to the copy."""
    try:
        found = list(pledgeline.diff(path, path).changes)
    except InvalidPackage as refused:
        return [f"valid, and diff() refuses it: {refused}"] if valid else []
    if found:
        return [f"differs from itself: {found}"]
    plain = [
        each
        for each in resources
        if each.get("dialect", {}).keys() == PLAIN.keys()
        and each["dialect"]["header"]
        and str(each["path"]).endswith(".csv")
    ]
    if not plain or not valid:
        return []
    resource = draw.choice(plain)
    with (path.parent / resource["path"]).open(encoding=resource["encoding"], newline="") as file:
        head, *rows = csv.reader(
            io.StringIO(file.read().removeprefix("\ufeff"), newline=""), **signs(resource)
        )
    wrong = []
    if found := changes(path, resource, [head, *rows]):
        wrong.append(f"differs from its rows written plainly: {found}")
    fields = [each for each in resource["schema"]["fields"] if is_edited(each, resource)]
    if rows and fields:
        at, field = draw.randrange(len(rows)), draw.choice(fields)
        column = head.index(field["name"]) if field["name"] in head else None
        if column is None:
            return wrong
        value = draw.choice([each for each in GOOD[field["type"]] if each != rows[at][column]])
        missing = resource["schema"].get("missingValues", [""])
        new = None if value in missing else value
        same = rows[at][column] in missing and new is None
        edited = [list(row) for row in rows]
        edited[at][column] = value
        found = changes(path, resource, [head, *edited])
        keyed = "primaryKey" in resource["schema"]
        kinds = sorted(change.kind for change in found)
        what = f"{field['name']} of row {at + 2} made {value!r}"
        if same or (field["type"] == "boolean" and rows[at][column] == value):
            return wrong
        if keyed and (len(found) != 1 or (found[0].field, found[0].new) != (field["name"], new)):
            wrong.append(f"{what}: {found}")
        if not keyed and kinds != ["added", "removed"]:
            wrong.append(f"{what}: {found}")
    if rows:
        at = draw.randrange(len(rows))
        found = changes(path, resource, [head, *rows[:at], *rows[at + 1 :]])
        if [(change.table, change.kind) for change in found] != [(resource["name"], "removed")]:
            wrong.append(f"row {at + 2} taken out: {found}")
    return wrong


def is_edited(field: dict, resource: dict) -> bool:
    """Whether any other good value may be put into a field, and is written in one way alone."""
    key = resource["schema"].get("primaryKey", [])
    return field["type"] in EDITED and field["name"] not in key and field.keys() <= {"name", "type"}


def signs(resource: dict) -> dict[str, str]:
    """The characters by which Python reads and writes a resource."""
    dialect = resource["dialect"]
    return {"delimiter": dialect["delimiter"], "quotechar": dialect["quoteChar"]}


def changes(path: Path, resource: dict, rows: list[list[str]]) -> list:
    """What `diff` finds between the package and a copy with other rows in one resource."""
    copy = path.parent.with_name("new")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(path.parent, copy)
    with (copy / resource["path"]).open("w", encoding=resource["encoding"], newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n", **signs(resource)).writerows(
            rows
        )
    return list(pledgeline.diff(path, copy).changes)
