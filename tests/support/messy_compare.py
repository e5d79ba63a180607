"""Both engines on the package of a seed: what they do not agree on.

Packages of many seeds are checked together, since opening a database takes longer than checking a
table. What differs by design is left out by `settle` and by `allow`, and documented in
docs/differences-from-frictionless.md.
"""

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import frictionless
from frictionless import Package

from pledgeline.report import Report
from pledgeline.validation import validate
from support.messy_package import Messy, messy
from support.parity import ALL, findings, settle, their_findings, write_package


def compare(seed: int) -> list[str]:
    """What only one of the engines finds in the package of `seed`."""
    return compare_together([seed]).get(seed, [])


def compare_together(seeds: Iterable[int]) -> dict[int, list[str]]:
    """The same of several packages at once: the differences of each seed that has any."""
    made = {seed: messy(seed) for seed in seeds}
    with tempfile.TemporaryDirectory(prefix="pledgeline-") as folder:
        path = write_together(Path(folder), made)
        try:
            their_report = Package(str(path)).validate(limit_errors=ALL)
        except Exception as error:
            if len(made) == 1:
                return {seed: [f"frictionless-py fails: {error!r}"] for seed in made}
            return {seed: found for seed in made if (found := compare(seed))}
        report = validate(path, limit_errors=ALL)
        mine, other = findings(report), their_findings(their_report)
        settle(path, report, mine, other)
        allow_line_ends(report, mine, other)
        allow_bytes_of_unread(report, mine, other)
        count_rows(report, their_report, mine, other)
    for seed, package in made.items():  # frictionless-py does not know twins
        for name, number in package.lacking.items():
            other[f"{seed}-{name}", "twin-error", None, None] += number
    different: dict[int, list[str]] = defaultdict(list)
    for who, found in (("ours", mine - other), ("theirs", other - mine)):
        for key, number in found.items():
            seed = int(str(key[0]).split("-", 1)[0]) if key[0] else min(made)
            different[seed].append(f"only {who}: {number} x {key}")
    return dict(different)


def count_rows(
    report: Report, their_report: frictionless.Report, mine: Counter, other: Counter
) -> None:
    """Adds to the findings of each engine how many rows a table has, where both have read it."""
    for task, their_task in zip(report.tasks, their_report.tasks, strict=True):
        rows = their_task.stats.get("rows")
        if None not in (task.rows, rows):
            mine[task.name, "rows", task.rows, None] = 1
            other[task.name, "rows", rows, None] = 1


def allow_bytes_of_unread(report: Report, mine: Counter, other: Counter) -> None:
    """Takes out that the `bytes` of a file that cannot be read are wrong: only ours says so, see
    `bytes-of-what-cannot-be-read` in docs/differences-from-frictionless.md.
    """
    for task in report.tasks:
        key = (task.name, "byte-count", None, None)
        if task.rows is None:
            mine[key] = min(mine[key], other[key])


def allow_line_ends(report: Report, mine: Counter, other: Counter) -> None:
    """Takes out patterns that only ours finds broken, by a cell with a line end after what the
    pattern asks for: `a-line-end-after-a-pattern` in docs/differences-from-frictionless.md.
    """
    for task in report.tasks:
        for error in task.errors:
            key = (task.name, error.type, error.row_number, error.field_name)
            if error.constraint == "pattern" and (error.cell or "").endswith("\n"):
                mine[key] = min(mine[key], other[key])


def write_together(folder: Path, packages: dict[int, Messy]) -> Path:
    """One package of the resources of all, whose names and files begin with their seed."""
    resources, files = [], {}
    for seed, made in packages.items():
        files |= {f"{seed}-{name}": content for name, content in made.files.items()}
        resources += [renamed(each, seed) for each in made.resources]
    return write_package(folder, resources, files)


def renamed(resource: dict, seed: int) -> dict:
    """A resource whose name, files and references begin with the seed."""
    paths = resource["path"]
    keys = [
        {**key, "reference": {**key["reference"], "resource": f"{seed}-{name}" if name else ""}}
        for key in resource["schema"].get("foreignKeys", [])
        for name in [key["reference"]["resource"]]
    ]
    schema = {**resource["schema"], **({"foreignKeys": keys} if keys else {})}
    return {
        **resource,
        "name": f"{seed}-{resource['name']}",
        "path": f"{seed}-{paths}" if isinstance(paths, str) else [f"{seed}-{p}" for p in paths],
        "schema": schema,
    }
