"""`pledgeline new-record`: a template of a record, in the right file."""

import argparse

from pledgeline.cli.arguments import Subparsers, add_command, add_root
from pledgeline.cli.output import VALID, refuse, write

DESCRIPTION = """\
Adds a template of a record of TABLE: the keys that it must have, to be filled in, and those that it
may have as comments, each with its codes or what it means. Until it is filled in, `pledgeline
build` names each key that is still empty."""
EPILOG = """\
examples:
  pledgeline new-record stations                        at the end of the only file of stations
  pledgeline new-record inspections --file 2026         in data/records/inspections/2026.yaml
  pledgeline new-record citations --under harbour       nested in the record with that id

exit codes:  0 added, its place is printed   1 the records cannot be read   2 could not run
"""


def register(subparsers: Subparsers) -> None:
    summary = "add a template of a record to the right file"
    parser = add_command(
        subparsers, "new-record", run, summary=summary, description=DESCRIPTION, epilog=EPILOG
    )
    parser.add_argument("table", metavar="TABLE", help="a table of validate/records.yaml")
    parser.add_argument("--file", metavar="NAME", help="the file, where the table has several")
    parser.add_argument("--under", metavar="ID", help="the record in which to nest it")
    add_root(parser)


def run(options: argparse.Namespace) -> int:
    from pledgeline.errors import InvalidRecords
    from pledgeline.records.new_record import add_record

    try:
        place = add_record(options.root, options.table, options.file, options.under)
    except InvalidRecords as refused:
        return refuse(refused.problems, f"{refused}: nothing was added.")
    return write(
        f"{place}: fill in the keys, then `pledgeline fmt` and `pledgeline build`\n", VALID
    )
