"""The command `pledgeline`: reads the arguments, runs the command they name, exits with its code.

Whatever goes wrong ends in a message and an exit code; nothing heavy is imported before it is known
what is asked.
"""

import argparse
from collections.abc import Sequence

from pledgeline import __version__
from pledgeline.cli.arguments import Parser
from pledgeline.cli.commands import register_commands
from pledgeline.cli.output import VALID, report_failure, write

DESCRIPTION = """\
Frictionless data packages: checked at the speed of a columnar engine, compared, and turned back to
any published version; or made, from records that people write in YAML."""
EPILOG = """\
any package:
  pledgeline validate                       check the datapackage.json of this folder
  pledgeline diff old/ new/                 compare two packages; which version that asks for
  pledgeline checkout 1.0.0 then/           rebuild a published version from the package of today
  pledgeline verify package-1.0.0.zip       check that an archive is what was published

a data set of your own, from records in YAML:
  pledgeline new stations                   a small working data set in a new folder
  pledgeline new-record stations            a template of a record, in the right file
  pledgeline build                          records -> CSV, Parquet and datapackage.json
  pledgeline release 1.0.0                  publish a version: every change recorded, an archive

exit codes:
  0 all is well   1 something is wrong or differs   2 could not run (the message is on stderr)
  130 interrupted

`pledgeline COMMAND --help` says the rest. In Python: pledgeline.open(path)["events"].to_pandas()
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns its exit code, and raises nothing."""
    try:
        code = run(arguments)
    except SystemExit as ended:  # argparse has printed help, version or what is wrong
        code = ended.code if isinstance(ended.code, int) else VALID
    except BaseException as error:
        code = report_failure(error)
    return write("", code)


def run(arguments: Sequence[str] | None) -> int:
    """Runs the command that is asked for; a failure ends in a message."""
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except Exception as error:
        return report_failure(error)


def parser() -> Parser:
    """The parser of all commands."""
    form = argparse.RawDescriptionHelpFormatter
    made = Parser(prog="pledgeline", description=DESCRIPTION, epilog=EPILOG, formatter_class=form)
    made.add_argument("--version", action="version", version=f"pledgeline {__version__}")
    made.set_defaults(parser=made)  # for the command that completes all others
    register_commands(made.add_subparsers(title="commands", metavar="COMMAND", required=True))
    return made
