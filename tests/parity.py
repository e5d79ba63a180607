"""One package checked by both engines: what each finds, as (resource, type, row number, field name)."""

import json
from collections import Counter
from pathlib import Path

from frictionless import Package, system

from pledgeline.validation.validate import validate

PLAIN = {
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "lineTerminator": "\r\n",
    "header": True,
}


def write_package(root: Path, descriptor: dict, files: dict[str, bytes]) -> Path:
    """A package on disk; every CSV resource that declares no dialect gets a plain one, so that none is guessed."""
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    for resource in descriptor["resources"]:
        if str(resource.get("path", "")).endswith(".csv"):
            resource.setdefault("dialect", dict(PLAIN))
            resource.setdefault("encoding", "utf-8")
    path = root / "datapackage.json"
    path.write_text(json.dumps(descriptor), "utf-8")
    return path


def ours(path: Path) -> Counter:
    """What pledgeline finds."""
    report = validate(path, limit_errors=100_000)
    found = Counter((None, error.type, error.row_number, error.field_name) for error in report.errors)
    for task in report.tasks:
        found.update((task.name, e.type, e.row_number, e.field_name) for e in task.errors if e.severity == "error")
        assert sum(task.counts.values()) == len(task.errors), (task.counts, len(task.errors))
    return found


def theirs(path: Path) -> Counter:
    """What frictionless-py finds."""
    with system.use_context(trusted=True):
        report = Package(str(path)).validate(limit_errors=100_000)
    found = Counter()
    for name, errors in [(None, report.errors), *((task.name, task.errors) for task in report.tasks)]:
        for error in errors:
            described = error.to_descriptor()
            found[name, described["type"], described.get("rowNumber"), described.get("fieldName")] += 1
    return found
