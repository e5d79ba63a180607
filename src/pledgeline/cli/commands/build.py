"""`pledgeline build`: from records in YAML to a data package."""

import argparse
import sys
import time
from typing import Any

from pledgeline.cli.arguments import Subparsers, add_command, add_root
from pledgeline.cli.output import INVALID, VALID, refuse, say, write
from pledgeline.text import counted

DESCRIPTION = """\
Reads data/records, checks every record against the schemas and rules in validate/, and writes
data/csv, data/parquet, datapackage.json and the citation files. The same records give the same
bytes. What is wrong is listed, all of it, as FILE:LINE:COLUMN, and then nothing is written."""
EPILOG = """\
examples:
  pledgeline build                     the data set in this folder
  pledgeline build --root stations     another one

`pledgeline new DIR` makes a data set to begin with.

exit codes:  0 built; there may be warnings   1 refused, nothing was written   2 bad usage
"""
AS_IT_WAS = "nothing was written, the package is as it was."


def register(subparsers: Subparsers) -> None:
    summary = "make the package of the records in this folder"
    parser = add_command(
        subparsers, "build", run, summary=summary, description=DESCRIPTION, epilog=EPILOG
    )
    add_root(parser)


def run(options: argparse.Namespace) -> int:
    from pledgeline.errors import InvalidRecords
    from pledgeline.write.build import build
    from pledgeline.write.publish import Unfinished

    began = time.perf_counter()
    try:
        content, warnings = build(options.root)
    except InvalidRecords as refused:
        return refuse(refused.problems, f"{refused}: {AS_IT_WAS}")
    except Unfinished as error:
        return say(f"{error.filename}: {error.strerror}", INVALID)
    except OSError as error:
        where, why = (
            error.filename or options.root,
            f"could not be read or written ({error.strerror})",
        )
        return say(f"{where}: {why}; the package is as it was.", INVALID)
    print(*warnings, sep="\n", end="\n\n" if warnings else "", file=sys.stderr)
    return write(summary(content, options, time.perf_counter() - began), VALID)


def summary(content: dict[str, Any], options: argparse.Namespace, seconds: float) -> str:
    """The build in a few lines: tables, rows, sizes, seconds, where to begin reading."""
    from pledgeline.records.package import PACKAGE, read_package

    tables = [resource for resource in content["resources"] if resource["format"] == "csv"]
    rows = counted(sum(table["rows"] for table in tables), "row")
    lines = [f"{content['name']} {content['version']}", ""]
    lines += [f"  {t['name']:<20}{t['rows']:>7,} rows{t['bytes']:>11,} bytes" for t in tables]
    lines += ["", f"  {counted(len(tables), 'table')}, {rows}, {seconds:.1f} s", ""]
    start = read_package(options.root / PACKAGE, options.root).exports.start
    named = " and ".join(f"data/csv/{name}.csv" for name in start)
    lines += [f"{f'Start with {named}; ' if start else ''}datapackage.json describes every table."]
    return "\n".join(lines) + "\n"
