"""`pledgeline validate`: checks data packages and prints the reports."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from pledgeline.cli.arguments import Subparsers, add_command, folder, natural
from pledgeline.cli.formats import FORMATS, render
from pledgeline.cli.output import (
    COULD_NOT_RUN,
    INTERRUPTED,
    INVALID,
    VALID,
    colour,
    report_failure,
    write,
)
from pledgeline.text import printable

if TYPE_CHECKING:
    from pledgeline.report import Report

DESCRIPTION = """\
Checks a Frictionless data package: its descriptor, its files, and every row against its Table
Schemas. All errors are counted, the first ones listed."""
EPILOG = """\
examples:
  pledgeline validate
      the datapackage.json of this folder
  pledgeline validate a/datapackage.json b/datapackage.json --rules checks
      two packages, with your own rules in SQL
  pledgeline validate --format sarif > report.sarif
      a report for code scanning

A rule is a file in DIR, named CODE.sql: a line `-- error: what is expected` (or `-- warning: ...`),
a line `-- fix: what to do`, and a SELECT of (resource, row_number, field) of what is wrong.

exit codes:
  0    valid; there may be warnings
  1    invalid
  2    could not run: bad usage, no such file, ... (the message is on stderr), or nothing is wrong
       but some of it was not checked, being beyond the bounds (the report says what)
  130  interrupted
"""


def register(subparsers: Subparsers) -> None:
    summary = "check data packages"
    parser = add_command(
        subparsers, "validate", run, summary=summary, description=DESCRIPTION, epilog=EPILOG
    )
    parser.add_argument(
        "paths",
        nargs="*",
        default=["datapackage.json"],
        metavar="PATH",
        help="descriptors (default: datapackage.json)",
    )
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="text",
        help="form of the report on stdout (default: text)",
    )
    parser.add_argument(
        "--rules",
        type=folder_of_rules,
        metavar="DIR",
        help="folder of rules in SQL to check as well",
    )
    parser.add_argument(
        "--profile",
        type=address_and_file,
        action="append",
        default=[],
        metavar="ADDRESS=FILE",
        help="the local file that holds a profile or schema which the descriptor names by address",
    )
    parser.add_argument(
        "--limit-errors",
        type=natural,
        default=1000,
        metavar="N",
        help="list at most N errors a resource (default: 1000); the counts stay exact",
    )
    parser.add_argument(
        "--engine",
        choices=("duckdb", "frictionless"),
        default="duckdb",
        help="duckdb, or frictionless-py as a second opinion (default: duckdb)",
    )


def run(options: argparse.Namespace) -> int:
    reports, code = [], VALID
    for path in options.paths:
        try:
            report = report_on(path, options)
        except Exception as error:
            code = report_failure(error, path)
            if code == INTERRUPTED:
                return code
        else:
            reports.append(report)
            code = max(code, exit_code(report))
    return write(render(options.format, reports, colour()) if reports else "", code)


def exit_code(report: "Report") -> int:
    """What the command ends with after one report."""
    if report.valid:
        return VALID
    return COULD_NOT_RUN if report.unfinished else INVALID


def report_on(path: str, options: argparse.Namespace) -> "Report":
    """The report on one package, with a progress bar while it is made."""
    if "://" not in path and not os.path.exists(path):
        raise FileNotFoundError(None, "no such file", path)

    from pledgeline.cli.progress import progress
    from pledgeline.validation import validate

    with progress() as begun:
        return validate(
            path,
            rules=options.rules,
            limit_errors=options.limit_errors,
            engine=options.engine,
            profiles=dict(options.profile),
            progress=begun,
        )


def folder_of_rules(text: str) -> Path:
    """A folder with rules in it: one without would silently check nothing."""
    path = folder(text)
    if not any(path.glob("*.sql")):
        raise argparse.ArgumentTypeError(f"{printable(text)}: no rule (*.sql) in it")
    return path


def address_and_file(text: str) -> tuple[str, Path]:
    """`ADDRESS=FILE`, of a file that is there."""
    address, equals, name = text.rpartition("=")
    if not equals or not address:
        raise argparse.ArgumentTypeError(f"{printable(text)}: expected ADDRESS=FILE")
    if not Path(name).is_file():
        raise argparse.ArgumentTypeError(f"{printable(name)}: no such file")
    return address, Path(name)
