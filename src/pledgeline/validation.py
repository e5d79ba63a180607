"""Validates a data package, its descriptor and all that the engine checks, into one report."""

import os
import time
from pathlib import Path

from pledgeline.check.rules import folder_of_rules
from pledgeline.descriptor.load import read_package
from pledgeline.descriptor.named_profiles import Profiles
from pledgeline.engine import Engine, check_package
from pledgeline.errors import UnreadablePackage
from pledgeline.records.error_places import place_in_records
from pledgeline.report import Report
from pledgeline.source.watch import Progress
from pledgeline.text import without_secrets

LIMIT = 1000  # listed errors a resource, as frictionless-py


def validate(
    path: str | os.PathLike[str],
    *,
    rules: str | os.PathLike[str] | None = None,
    limit_errors: int = LIMIT,
    engine: Engine = "duckdb",
    profiles: Profiles | None = None,
    progress: Progress | None = None,
) -> Report:
    """The report on the package at `path`: its descriptor, or the folder that holds it.

    `rules` is a folder of rules in SQL to check beside the schemas; `limit_errors` is how many
    errors are listed for a resource (counts are exact all the same); `engine` is "duckdb", or
    "frictionless" to have frictionless-py check everything. `profiles` has the files that hold
    profiles and schemas which the descriptor names by address: nothing is fetched.

    `progress` is called as `progress(name, done, total)`: the resource that is being checked, how
    many bytes of the package's files are done, never fewer than before, and how many there are. It
    is called at each resource, several times a second within one, then from another thread, and at
    the end with `total` done.

    Raises UnreadablePackage where there is nothing at `path`, BrokenRule where a rule cannot be
    run or `rules` holds none, and UnknownEngine.

    >>> report = validate("datapackage.json", rules="validate/rules")
    >>> report.valid, report.count("error")
    (True, 0)
    """
    start = time.perf_counter()
    if not os.path.exists(path):
        raise UnreadablePackage(
            f"{without_secrets(os.fspath(path))}: there is no such file or folder"
        )
    folder = None if rules is None else folder_of_rules(rules)
    package, errors = read_package(Path(path), profiles)
    report = Report(os.fspath(path), errors=list(errors))
    if package:
        report.tasks = check_package(
            package, engine, limit=limit_errors, rules=folder, progress=progress
        )
        place_in_records(report.tasks, package.base)
    report.seconds = time.perf_counter() - start
    return report
