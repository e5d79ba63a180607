"""The command `pledgeline`: reads arguments, has packages validated, prints their reports, and
exits with the verdict.

Whatever goes wrong ends in a message and an exit code; nothing heavy is imported before it is known
what is asked.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from pledgeline import __version__
from pledgeline.cli.arguments import Parser
from pledgeline.cli.formats import FORMATS, render
from pledgeline.cli.output import INTERRUPTED, INVALID, VALID, colour, report_failure, write
from pledgeline.cli.versions_commands import add_commands, attempt
from pledgeline.text import printable

ABOUT = """\
Frictionless data packages at the speed of a columnar engine: checked, compared, turned back to what was published."""

ABOUT_EPILOG = """\
examples:
  pledgeline validate                            check the datapackage.json of this folder
  pledgeline diff old/ new/                      what differs between two packages, and which version that asks for
  pledgeline checkout 1.0.0 then/                a published version, made again from the package of today
  pledgeline verify package-1.0.0.zip            whether an archive is what was published
  pledgeline completion bash > ~/.local/share/bash-completion/completions/pledgeline

exit codes:
  0 all is well   1 something is wrong or differs   2 could not run (the message is on stderr)   130 interrupted

`pledgeline COMMAND --help` says the rest. In Python: pledgeline.open(path)["events"].to_pandas()
"""

DESCRIPTION = """\
Checks a Frictionless data package: its descriptor, its files, and every row against the Table Schemas,
at the speed of a columnar engine; all errors are counted, the first ones listed."""

EPILOG = """\
examples:
  pledgeline validate                                   the datapackage.json of this folder
  pledgeline validate a/datapackage.json b/datapackage.json --rules checks
                                                        two packages, with your own rules in SQL
  pledgeline validate --format sarif > report.sarif     a report for code scanning

A rule is a file in DIR, named CODE.sql: a line `-- error: what is expected` (or `-- warning: ...`), a line
`-- fix: what to do`, and a SELECT of (resource, row_number, field) of what is wrong.

exit codes:
  0    valid; there may be warnings
  1    invalid
  2    could not run: bad usage, no such file, ... (the message is on stderr)
  130  interrupted
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns its exit code, and raises nothing."""
    try:
        code = run(arguments)
    except (
        SystemExit
    ) as ended:  # argparse has printed help, version or what is wrong in the arguments
        code = ended.code or VALID
    except BaseException as error:
        code = report_failure(error)
    return write("", code)


def run(arguments: Sequence[str] | None) -> int:
    options = parser().parse_args(arguments)
    return attempt(options)


def run_validate(options: argparse.Namespace) -> int:
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
            code = max(code, VALID if report.valid else INVALID)
    return write(render(options.format, reports, colour()) if reports else "", code)


def report_on(path: str, options: argparse.Namespace):
    """The report on one package, with a bar while it is made."""
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
            progress=begun,
        )


def parser() -> argparse.ArgumentParser:
    raw = {"formatter_class": argparse.RawDescriptionHelpFormatter}
    form = {**raw, "description": DESCRIPTION, "epilog": EPILOG}
    command = Parser(prog="pledgeline", description=ABOUT, epilog=ABOUT_EPILOG, **raw)
    command.add_argument("--version", action="version", version=f"pledgeline {__version__}")
    commands = command.add_subparsers(title="commands", metavar="COMMAND", required=True)
    check = commands.add_parser(
        "validate", help="check data packages (pledgeline validate --help: its options)", **form
    )
    add = check.add_argument
    add(
        "paths",
        nargs="*",
        default=["datapackage.json"],
        metavar="PATH",
        help="descriptors (default: datapackage.json)",
    )
    add(
        "--format",
        choices=FORMATS,
        default="text",
        help="form of the report on stdout (default: text)",
    )
    add(
        "--rules",
        type=folder_of_rules,
        metavar="DIR",
        help="folder of rules in SQL to check as well",
    )
    add(
        "--limit-errors",
        type=natural,
        default=1000,
        metavar="N",
        help="list at most N errors a resource (default: 1000); the counts stay exact",
    )
    add(
        "--engine",
        choices=("duckdb", "frictionless"),
        default="duckdb",
        help="duckdb, or frictionless-py where it is installed, as a second opinion (default: duckdb)",
    )
    check.set_defaults(run=run_validate)
    add_commands(commands)
    completion = commands.add_parser(
        "completion", help="print what completes the command in a shell", **raw
    )
    completion.add_argument("shell", choices=("bash", "zsh", "fish"))
    completion.set_defaults(run=run_completion)
    return command


def run_completion(options: argparse.Namespace) -> int:
    import shtab

    return write(shtab.complete(parser(), options.shell) + "\n", VALID)


def folder_of_rules(text: str) -> Path:
    """A folder with rules in it: one without is a slip of the pen, and would silently check
    nothing.
    """
    folder = Path(text)
    if not folder.is_dir():
        raise argparse.ArgumentTypeError(f"{printable(text)}: no such folder")
    if not any(folder.glob("*.sql")):
        raise argparse.ArgumentTypeError(f"{printable(text)}: no rule (*.sql) in it")
    return folder


def natural(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{printable(text)}: not a number from 0")
    return int(text)


def command() -> NoReturn:
    """The command's process: ends with `main`'s code at once, since taking libraries down takes
    longer than a small table.
    """
    code = main()
    with suppress(OSError, AttributeError, ValueError):  # nobody may listen to stderr any more
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    command()
