"""`pledgeline export`: the built package as SQLite, Excel, iCalendar and Atom."""

import argparse

from pledgeline.cli.arguments import Subparsers, add_command, add_root
from pledgeline.cli.output import INVALID, VALID, refuse, say, write

DESCRIPTION = """\
Writes the built package in the forms of other tools into exports/: a SQLite database, what
Datasette shows beside it, a workbook, and where data/package.yaml declares them under `exports`, a
calendar of dated rows and a feed of what each version added."""
EPILOG = """\
examples:
  pledgeline build && pledgeline export
  pledgeline export --root stations

The workbook, the calendar and the feed need libraries of their own:
pip install 'pledgeline[export]'

exit codes:  0 written   1 not written (the message is on stderr)   2 a library is missing
"""
WHOLE = "the files in exports/ are complete, but may be of an earlier build"


def register(subparsers: Subparsers) -> None:
    summary = "write the package as SQLite, Excel, iCalendar, Atom"
    parser = add_command(
        subparsers, "export", run, summary=summary, description=DESCRIPTION, epilog=EPILOG
    )
    add_root(parser)


def run(options: argparse.Namespace) -> int:
    from pledgeline.errors import InvalidRecords, UnreadablePackage
    from pledgeline.export.export import EXPORTS, export

    try:
        return write("".join(f"{line}\n" for line in export(options.root)), VALID)
    except InvalidRecords as refused:
        return refuse(refused.problems, f"{refused}: {WHOLE}.")
    except (UnreadablePackage, ValueError) as error:
        return say(str(error), INVALID)
    except OSError as error:
        where = error.filename2 or error.filename or options.root / EXPORTS
        why = f"could not be written ({error.strerror}); make room for it and run this again"
        return say(f"{where}: {why}: {WHOLE}", INVALID)
