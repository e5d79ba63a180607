"""`pledgeline checkout`: a published version, rebuilt from the package of today."""

import argparse
from pathlib import Path

from pledgeline.cli.arguments import Subparsers, add_command
from pledgeline.cli.output import VALID, write

DESCRIPTION = """\
Rebuilds a published version of a package from the package of today: undoes the changes recorded in
its table `changes`, checks every table against the hashes in `releases`, and writes CSV, Parquet
and datapackage.json into DIR, which must be new or empty."""
EPILOG = """\
examples:
  pledgeline checkout 1.0.0 then/
  pledgeline checkout 1.0.0 then/ --package package-1.2.0.zip

exit codes:  0 rebuilt as published   2 could not run (the message is on stderr)
"""


def register(subparsers: Subparsers) -> None:
    summary = "rebuild a published version"
    parser = add_command(
        subparsers, "checkout", run, summary=summary, description=DESCRIPTION, epilog=EPILOG
    )
    parser.add_argument("version", metavar="VERSION")
    parser.add_argument("folder", metavar="DIR", type=Path)
    parser.add_argument(
        "--package", default=".", metavar="PATH", help="the package of today (default: here)"
    )


def run(options: argparse.Namespace) -> int:
    from pledgeline.read.package import open_package

    content = open_package(options.package).at(options.version).checkout(options.folder)
    tables = len(content["resources"]) // 2
    made = f"version {options.version}, {tables} tables, as their published hashes say"
    return write(f"{options.folder}: {made}\n", VALID)
