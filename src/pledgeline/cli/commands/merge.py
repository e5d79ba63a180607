"""`pledgeline merge`: two ids of one thing become one."""

import argparse

from pledgeline.cli.arguments import Subparsers, add_command, add_root
from pledgeline.cli.output import VALID, refuse, write

DESCRIPTION = """\
Merges the record OLD into NEW, of the same table: every reference to OLD is moved to NEW, the
record of OLD is taken out with the rows nested in it, and the registry of ids says that OLD was
merged, and why. An id is never given twice: OLD still resolves to NEW."""
EPILOG = """\
examples:
  pledgeline merge harbour-2 harbour --reason "Two ids had been given to one station."
  git diff && pledgeline fmt && pledgeline build

What only the record of OLD says is lost, but for git: look at the difference before you commit.

exit codes:  0 merged   1 the records cannot be read, nothing was written   2 could not run
"""


def register(subparsers: Subparsers) -> None:
    summary = "merge two ids of one thing"
    parser = add_command(
        subparsers, "merge", run, summary=summary, description=DESCRIPTION, epilog=EPILOG
    )
    parser.add_argument("old", metavar="OLD")
    parser.add_argument("new", metavar="NEW")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why, in a sentence")
    add_root(parser)


def run(options: argparse.Namespace) -> int:
    from pledgeline.errors import InvalidRecords
    from pledgeline.records.merge import merge_ids

    try:
        done = merge_ids(options.root, options.old, options.new, options.reason)
    except InvalidRecords as refused:
        return refuse(refused.problems, f"{refused}: nothing was written.")
    return write("\n".join([*done, "", "Next: pledgeline fmt, pledgeline build"]) + "\n", VALID)
