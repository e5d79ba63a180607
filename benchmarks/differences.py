"""Measures `pledgeline diff` and public tools on the same two versions of a table.

One field is changed in 1 % of the rows.

    make bench                                   after the validation benchmark
    python benchmarks/differences.py [ROWS] --others PYTHON     one with csv-diff and datacompy

CPU seconds and peak memory of the whole process; each tool must find the same number of changed
rows.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import cost
import duckdb

from data import make

CSV_DIFF = """
import sys
from csv_diff import compare, load_csv
old, new = (load_csv(open(path, newline=""), key="id") for path in sys.argv[1:])
print(len(compare(old, new)["changed"]))
"""
DATACOMPY = """
import sys
import datacompy, pandas
old, new = (pandas.read_csv(path, dtype=str) for path in sys.argv[1:])
compared = datacompy.PandasCompare(old, new, join_columns="id")
print(len(compared.intersect_rows) - compared.count_matching_rows())
"""
OURS = """
import sys
from pledgeline.releases.diff import compare
with compare(*sys.argv[1:]) as found:
    print(sum(1 for change in found.changes if change.field == "note"))
"""


def changed(source: Path, target: Path) -> None:
    """Writes the table anew with every hundredth note changed."""
    note = (
        "CASE WHEN CAST(split_part(id, '-', 2) AS BIGINT) % 100 = 0"
        " THEN note || ' (changed)' ELSE note END AS note"
    )
    read = f"read_csv('{source}', all_varchar = true)"
    duckdb.execute(
        f"COPY (SELECT * REPLACE ({note}) FROM {read}) TO '{target}' (FORMAT csv, HEADER)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", nargs="?", type=int, default=1_000_000, metavar="ROWS")
    parser.add_argument(
        "--others",
        metavar="PYTHON",
        help="the Python that has the other tools (default: none is measured)",
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        old = make(Path(name) / "old", options.rows, False, ("csv",))["csv"]
        new = make(Path(name) / "new", options.rows, False, ("csv",))["csv"]
        changed(old.with_name("events.csv"), new.with_name("events.csv"))
        pledgeline = [sys.executable, "-m", "pledgeline", "diff", "--format", "json", old, new]
        runs = {
            "pledgeline diff": pledgeline,
            "pledgeline (count)": [sys.executable, "-c", OURS, old, new],
        }
        if options.others:
            files = [old.with_name("events.csv"), new.with_name("events.csv")]
            runs |= {
                "csv-diff": [options.others, "-c", CSV_DIFF, *files],
                "datacompy": [options.others, "-c", DATACOMPY, *files],
            }
        print("| tool | rows | CPU s | MB | rows changed |", "|---|---:|---:|---:|---:|", sep="\n")
        for tool, command in runs.items():
            run = cost.measure(command)
            printed = run.output.strip() or "failed"
            listed = printed if len(printed) < 20 else "all listed"
            print(
                f"| {tool} | {options.rows:,} | {run.cpu:.1f} | {run.megabytes:.0f} | {listed} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
