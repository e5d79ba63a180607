"""`pledgeline fmt`: every record file in its one canonical form."""

import argparse
import sys

from pledgeline.cli.arguments import Subparsers, add_command, add_root
from pledgeline.cli.output import INVALID, VALID, write

DESCRIPTION = """\
Writes every file in data/records in its one canonical form: keys in the order of the schema, one
way to quote, long texts folded, comments kept. What a file says is never changed; one that cannot
be read is left alone and reported."""
EPILOG = """\
examples:
  pledgeline fmt             rewrite what is not in canonical form, and name each file
  pledgeline fmt --check     rewrite nothing, for CI

exit codes:
  0 all files are in canonical form   1 one is not (--check) or cannot be read   2 bad usage
"""


def register(subparsers: Subparsers) -> None:
    summary = "write record files in canonical form"
    parser = add_command(
        subparsers, "fmt", run, summary=summary, description=DESCRIPTION, epilog=EPILOG
    )
    parser.add_argument(
        "--check", action="store_true", help="only say which files are not in canonical form"
    )
    add_root(parser)


def run(options: argparse.Namespace) -> int:
    from pledgeline.errors import InvalidRecords
    from pledgeline.records.fmt import format_records

    try:
        changed, problems = format_records(options.root, check=options.check)
    except InvalidRecords as refused:
        changed, problems = [], refused.problems
    print(*sorted(problems), sep="\n", end="\n" if problems else "", file=sys.stderr)
    done = "not in canonical form; run `pledgeline fmt`" if options.check else "rewritten"
    lines = [f"{name}: {done}" for name in changed]
    if not changed and not problems:
        lines = ["Every record file is in canonical form."]
    code = INVALID if problems or (options.check and changed) else VALID
    return write("".join(f"{line}\n" for line in lines), code)
