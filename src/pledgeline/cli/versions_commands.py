"""The commands on versions: `pledgeline diff`, `checkout` and `verify`.

Each returns its exit code.
"""

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pledgeline.cli.output import INVALID, VALID, report_failure, write

DIFF = """\
Shows what differs between two data packages: their schemas, their rows by primary key, field by field, and the least
version (major, minor or patch) that the changes ask for by the Data Package recipe for versions. Between two versions of
one package the tables `releases` and `changes`, which tell of versions, are left out."""
DIFF_EPILOG = """\
OLD and NEW are each a folder, a datapackage.json, an archive (.zip), or a published version of the package in --package.

examples:
  pledgeline diff old/ new/                        two packages
  pledgeline diff 1.0.0 .                          a published version of this package against the package as it is
  pledgeline diff --format markdown base/ head/    for a pull request
  pledgeline diff --format csv 1.0.0 1.1.0         every change as a row

exit codes:  0 nothing differs   1 something differs   2 could not run
"""
CHECKOUT = """\
Rebuilds a published version of a package from the package of today: undoes the changes that its table `changes` tells,
checks every table against the hashes in `releases`, and writes CSV, Parquet and datapackage.json into DIR."""
VERIFY = """\
Checks an archive, as a zip or unpacked, against its SHA256SUMS, its descriptor and schemas, and the hashes of its rows,
and names whatever differs. Nothing is written but to a temporary folder; an unsafe zip is refused."""
CODES = "exit codes:  0 {good}   1 {bad}   2 could not run"


def add_commands(commands) -> None:
    """Adds the three commands to a parser's subparsers."""
    raw = {"formatter_class": argparse.RawDescriptionHelpFormatter}
    diff = commands.add_parser(
        "diff",
        help="what differs between two packages",
        description=DIFF,
        epilog=DIFF_EPILOG,
        **raw,
    )
    diff.add_argument("old", metavar="OLD")
    diff.add_argument("new", metavar="NEW")
    diff.add_argument(
        "--format",
        choices=("text", "json", "csv", "markdown"),
        default="text",
        help="(default: text)",
    )
    diff.add_argument(
        "--limit",
        type=int,
        default=20,
        metavar="N",
        help="show N changes a table in text and Markdown (20)",
    )
    diff.add_argument(
        "--package",
        default=".",
        metavar="PATH",
        help="the package that versions are of (default: here)",
    )
    diff.set_defaults(run=run_diff)

    back = commands.add_parser(
        "checkout", help="rebuild a published version", description=CHECKOUT, **raw
    )
    back.add_argument("version", metavar="VERSION")
    back.add_argument("folder", metavar="DIR", type=Path)
    back.add_argument(
        "--package", default=".", metavar="PATH", help="the package of today (default: here)"
    )
    back.set_defaults(run=run_checkout)

    codes = CODES.format(good="as published", bad="something differs")
    verify = commands.add_parser(
        "verify", help="check a published archive", description=VERIFY, epilog=codes, **raw
    )
    verify.add_argument("path", metavar="FILE", help="the zip, or the folder it was unpacked to")
    verify.set_defaults(run=run_verify)


def run_diff(options: argparse.Namespace) -> int:
    from pledgeline.releases.diff import compare
    from pledgeline.releases.formats import render_difference
    from pledgeline.releases.snapshot import HISTORY

    sides = options.old, options.new
    with ExitStack() as stack:
        old, new = (
            stack.enter_context(package_or_version(side, options.package)) for side in sides
        )
        # Between versions of one package the tables that tell of versions differ always, and say
        # nothing new.
        found = stack.enter_context(
            compare(old, new, without=HISTORY if all(map(is_version, sides)) else ())
        )
        for piece in render_difference(found, options.format, options.limit):
            if code := write(piece, VALID):
                return code
        return INVALID if found.counts else VALID


def is_version(text: str) -> bool:
    """Whether an argument means a version: one that is no path too."""
    from pledgeline.versions import VERSION

    return bool(VERSION.fullmatch(text)) and not os.path.exists(text)


@contextmanager
def package_or_version(text: str, package: str) -> Iterator[Path]:
    """Where the package lies that an argument means: a path, or a version of `package`, which is
    made for the while.
    """
    from pledgeline.releases.unpack import package_at

    if not is_version(text):
        with package_at(text) as path:
            yield path
        return
    from pledgeline.read.package import open_package

    with tempfile.TemporaryDirectory(prefix="pledgeline-") as folder:
        open_package(package).at(text).checkout(folder)
        yield Path(folder)


def run_checkout(options: argparse.Namespace) -> int:
    from pledgeline.read.package import open_package

    content = open_package(options.package).at(options.version).checkout(options.folder)
    tables = len(content["resources"]) // 2
    return write(
        f"{options.folder}: version {options.version}, {tables} tables, as their published hashes say\n",
        VALID,
    )


def run_verify(options: argparse.Namespace) -> int:
    from pledgeline.releases.verify import verify
    from pledgeline.text import counted, printable

    wrong = verify(options.path)
    if not wrong:
        return write(f"{printable(options.path)}: as published\n", VALID)
    lines = "".join(f"{printable(options.path)}: {printable(line)}\n" for line in wrong)
    total = counted(len(wrong), "difference")
    return write(f"{lines}\n{total} from what was published\n", INVALID)


def attempt(options: argparse.Namespace) -> int:
    """Runs the command that was asked for; whatever it raises ends in a message."""
    try:
        return options.run(options)
    except Exception as error:
        return report_failure(error)
