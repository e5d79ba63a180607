"""`pledgeline new`: a small working data set in a new folder."""

import argparse
from pathlib import Path

from pledgeline.cli.arguments import Subparsers, add_command
from pledgeline.cli.output import VALID, write
from pledgeline.text import counted

DESCRIPTION = """\
Writes a small working data set into a new folder: two tables of records with their sources, a code
list, a view, a rule, and what a repository needs. It builds, validates and can be released as it
stands; replace its subject, bicycle stations, by your own, file by file."""
EPILOG = """\
examples:
  pledgeline new my-data
  cd my-data && git init && pledgeline build
  git add . && git commit -m "A new data set" && pledgeline release 1.0.0

exit codes:  0 written   2 could not run, such as where the folder has something in it
"""


def register(subparsers: Subparsers) -> None:
    summary = "write a small working data set into a new folder"
    parser = add_command(
        subparsers, "new", run, summary=summary, description=DESCRIPTION, epilog=EPILOG
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="new or empty")


def run(options: argparse.Namespace) -> int:
    from pledgeline.write.new import new_data_set

    written = new_data_set(options.folder)
    lines = [f"{options.folder}: {counted(len(written), 'file')}, a data set that builds.", ""]
    lines += [f"  cd {options.folder} && git init && pledgeline build", ""]
    lines += ["README.md says what is where, CONTRIBUTING.md how to change it."]
    return write("\n".join(lines) + "\n", VALID)
