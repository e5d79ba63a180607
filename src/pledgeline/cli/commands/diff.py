"""`pledgeline diff`: what differs between two packages, or a published version and today."""

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pledgeline.cli.arguments import Subparsers, add_command, natural
from pledgeline.cli.output import INVALID, VALID, write

DESCRIPTION = """\
Shows what differs between two data packages: their schemas, their rows by primary key, field by
field, and the least version (major, minor or patch) that the changes ask for by the Data Package
recipe for versions. Where a version is compared, the tables `releases` and `changes`, which record
versions, are left out."""
EPILOG = """\
OLD and NEW are each a folder, a datapackage.json, an archive (.zip), or a published version of the
package in --package. Without NEW, the package as it stands is compared; without OLD, with its last
published version: what the next release will record.

examples:
  pledgeline diff                                  the last published version and the package today
  pledgeline diff 1.0.0                            an earlier version and the package today
  pledgeline diff old/ new/                        two packages
  pledgeline diff --format markdown base/ head/    for a pull request
  pledgeline diff --format csv 1.0.0 1.1.0         every change as a row

exit codes:  0 nothing differs   1 something differs   2 could not run
"""


def register(subparsers: Subparsers) -> None:
    summary = "compare two packages or versions"
    parser = add_command(
        subparsers, "diff", run, summary=summary, description=DESCRIPTION, epilog=EPILOG
    )
    parser.add_argument("old", nargs="?", metavar="OLD", help="(default: the last version)")
    parser.add_argument("new", nargs="?", metavar="NEW", help="(default: the package in --package)")
    parser.add_argument(
        "--format",
        choices=("text", "json", "csv", "markdown"),
        default="text",
        help="(default: text)",
    )
    parser.add_argument(
        "--limit",
        type=natural,
        default=20,
        metavar="N",
        help="show N changes a table in text and Markdown (default: 20)",
    )
    parser.add_argument(
        "--package",
        default=".",
        metavar="PATH",
        help="the package that versions belong to (default: here)",
    )


def run(options: argparse.Namespace) -> int:
    from pledgeline.records.history import HISTORY
    from pledgeline.releases.diff import compare
    from pledgeline.releases.formats import render_difference

    old, new = options.old or last_version(options.package), options.new or options.package
    with ExitStack() as stack:
        before = stack.enter_context(package_or_version(old, options.package))
        after = stack.enter_context(package_or_version(new, options.package))
        # The tables that record versions differ between any two, and say nothing new.
        without = HISTORY if is_version(old) or is_version(new) else ()
        found = stack.enter_context(compare(before, after, without=without))
        for piece in render_difference(found, options.format, options.limit):
            if code := write(piece, VALID):
                return code
        return INVALID if found.counts else VALID


def last_version(package: str) -> str:
    """The last published version of `package`. Raises UnknownVersion where there is none."""
    from pledgeline.errors import UnknownVersion
    from pledgeline.read.package import open_package
    from pledgeline.records.history import published_versions

    known = published_versions(Path(package)) or open_package(package).versions
    if not known:
        raise UnknownVersion(f"{package}: no version is published yet; name two packages instead")
    return known[-1]


def is_version(text: str) -> bool:
    """Whether an argument means a version: one that is not a path."""
    from pledgeline.versions import VERSION

    return bool(VERSION.fullmatch(text)) and not os.path.exists(text)


@contextmanager
def package_or_version(text: str, package: str) -> Iterator[Path]:
    """The path of the package that an argument names: a path, or a version of `package`.

    A version exists as long as the context lasts.
    """
    from pledgeline.releases.unpack import package_at

    if not is_version(text):
        with package_at(text) as path:
            yield path
        return
    from pledgeline.releases.published import write_version

    with tempfile.TemporaryDirectory(prefix="pledgeline-") as folder:
        write_version(package, text, Path(folder))
        yield Path(folder)
