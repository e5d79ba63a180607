"""One package checked by both engines: the findings of each.

A finding is (resource, type, row number, field name).
"""

import csv
import io
import json
from collections import Counter
from pathlib import Path

import frictionless
from frictionless import Package

from pledgeline.report import Report
from pledgeline.validation import validate

# Declared in full, since frictionless-py guesses what is not (see
# docs/differences-from-frictionless.md).
PLAIN = {
    "header": True,
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "lineTerminator": "\r\n",
}
ALL = 1_000_000_000  # no limit of errors: frictionless-py stops reading at its own
V2 = "https://datapackage.org/profiles/2.0/datapackage.json"
ID = {"name": "id", "type": "string"}


def as_csv(rows: list[list], **dialect) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n", **dialect).writerows(rows)
    return buffer.getvalue().encode()


TABLE = as_csv([["id", "n"], ["a", "1"], ["b", "x"], ["c", "3"]]).decode()


def write_package(root: Path, resources: list[dict], files: dict[str, bytes], **about) -> Path:
    """A package on disk; CSV resources without a dialect and encoding get plain ones."""
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    for resource in resources:
        if resource.get("format") == "csv":
            resource.setdefault("dialect", dict(PLAIN))
            resource.setdefault("encoding", "utf-8")
    path = root / "datapackage.json"
    path.write_text(
        json.dumps({"$schema": V2, "name": "parity", **about, "resources": resources}), "utf-8"
    )
    return path


def whole_report(path: Path) -> dict:
    """Our report on a package, without what differs from run to run."""
    report = validate(path, limit_errors=ALL).to_dict()
    for part in (report, *report["tasks"]):
        del part["stats"]["seconds"]
    return report


def ours(path: Path) -> Counter:
    """What pledgeline finds."""
    return findings(validate(path, limit_errors=ALL))


def findings(report: Report) -> Counter:
    """What a report of ours lists; its exact counts must agree with the list."""
    found: Counter = Counter(
        (None, error.type, error.row_number, error.field_name) for error in report.errors
    )
    for task in report.tasks:
        assert task.engine == "duckdb", task.why
        assert task.count("error") == sum(error.severity == "error" for error in task.errors)
        found.update(
            (task.name, e.type, e.row_number, e.field_name)
            for e in task.errors
            if e.severity == "error"
        )
    return found


def theirs(path: Path) -> Counter:
    """What frictionless-py finds."""
    return their_findings(Package(str(path)).validate(limit_errors=ALL))


def their_findings(report: frictionless.Report) -> Counter:
    """What a report of frictionless-py lists."""
    found: Counter = Counter()
    for name, errors in [
        (None, report.errors),
        *((task.name, task.errors) for task in report.tasks),
    ]:
        for error in errors:
            described = error.to_descriptor()
            found[
                name, described["type"], described.get("rowNumber"), described.get("fieldName")
            ] += 1
    return found


def odd_keys(path: Path, report: Report, mine: Counter) -> set[tuple[str, int]]:
    """The resources and rows in which the two read a primary key otherwise.

    To frictionless-py a part that is missing or of another type is None, like any other None; here
    no part may be missing, and one of another type is an error of its own (see
    docs/differences-from-frictionless.md, `primary-key-part-empty` and `primary-key-part-wrong`).
    """
    resources = json.loads(path.read_text("utf-8"))["resources"]
    keys = {
        each["name"]: [each["schema"]["primaryKey"]]
        if isinstance(each["schema"]["primaryKey"], str)
        else each["schema"]["primaryKey"]
        for each in resources
        if isinstance(each.get("schema"), dict) and each["schema"].get("primaryKey")
    }
    wrong = {
        (name, row)
        for name, type, row, field in mine
        if type == "type-error" and field in keys.get(name, ())
    }
    empty = {
        (task.name, error.row_number)
        for task in report.tasks
        for error in task.errors
        if error.type == "primary-key" and "is empty in" in error.found and len(keys[task.name]) > 1
    }
    return wrong | empty


def rows_with_wrong_foreign_keys(path: Path, mine: Counter) -> set[tuple[str, int]]:
    """The resources and rows with a type error in a field of a foreign key of theirs."""
    fields: dict[str, set[str]] = {}
    for each in json.loads(path.read_text("utf-8"))["resources"]:
        schema = each.get("schema")
        for key in schema.get("foreignKeys", []) if isinstance(schema, dict) else []:
            own = [key["fields"]] if isinstance(key["fields"], str) else key["fields"]
            fields.setdefault(each["name"], set()).update(own)
    return {
        (name, row)
        for name, type, row, field in mine
        if type == "type-error" and field in fields.get(name, ())
    }


def referring_to_unread(path: Path, report: Report) -> set[str]:
    """The tables with a foreign key to another table that cannot be read.

    frictionless-py finds nothing in them but the other table's error; here they are checked (see
    docs/differences-from-frictionless.md, `foreign-key-to-what-cannot-be-read`).
    """
    unread = {task.name for task in report.tasks if task.rows is None}
    return {
        each["name"]
        for each in json.loads(path.read_text("utf-8"))["resources"]
        for key in (each.get("schema") or {}).get("foreignKeys", [])
        if key["reference"]["resource"] in unread - {each["name"]}
    }


def same(path: Path) -> Counter:
    """What both find; fails with what only one of them does."""
    report = validate(path, limit_errors=ALL)
    mine, other = findings(report), theirs(path)
    settle(path, report, mine, other)
    assert mine == other, (
        f"only ours: {sorted(map(str, mine - other))};"
        f" only theirs: {sorted(map(str, other - mine))}"
    )
    return mine


def settle(path: Path, report: Report, mine: Counter, other: Counter) -> None:
    """Takes what differs by design out of what the two find (see
    docs/differences-from-frictionless.md).
    """
    referring = referring_to_unread(path, report)
    for found in (mine, other):
        for key in [key for key in found if key[0] in referring]:
            del found[key]
    for name, row in odd_keys(path, report, mine):
        for found in (mine, other):
            found.pop((name, "primary-key", row, None), None)
    # Ours finds none there: `foreign-key-part-wrong` in docs/differences-from-frictionless.md.
    for name, row in rows_with_wrong_foreign_keys(path, mine):
        other.pop((name, "foreign-key", row, None), None)
    for found in (mine, other):  # only ours has the row of a wrong byte
        for name, type, row, field in list(found):
            if type == "encoding-error":
                number = found.pop((name, type, row, field))
                found[name, type, None, None] += number
    unread = {task for task, kind, *_ in mine if kind == "source-error"}
    for task, kind, *place in [
        key for key in other if unread and key[0] and key[1] in ("error", "metadata-error")
    ]:
        # frictionless-py's names for a table that it cannot read as labels stand twice, and for
        # those that refer to it
        count = other.pop((task, kind, *place))
        if task in unread:
            other[task, "source-error", *place] += count
