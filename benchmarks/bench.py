"""Measures validation against frictionless-py and against a bare scan, on one machine.

All are measured in one run, which prints one table.

    make bench                             everything: some forty minutes, 5 GB of disk
    python benchmarks/bench.py --quick     10,000 rows and 100,000 rows only

Times are wall time of the whole process, the best of three (of one where a run takes more than 20
s); memory is its peak.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import cost

from data import make

ENGINES = Path(__file__).with_name("engines.py")
LARGE = 20_000_000
HEAD = (
    "| rows | format | bad rows | ours s | MB | bare scan s | times bare | frictionless s"
    " | times as fast | errors, both |"
)


def measure(engine: str, path: Path) -> tuple[float, float, int]:
    """Seconds, peak megabytes and the number of errors found."""
    command = [sys.executable, ENGINES, engine, path]
    if engine == "ours":
        command = [sys.executable, "-m", "pledgeline", "validate", "--format", "json", path]
    best = (float("inf"), 0.0, 0)
    for _ in range(3):
        run = cost.measure(command)
        best = min(best, (run.seconds, run.megabytes, found(run.output)))
        if run.seconds > cost.LONG:
            break
    return best


def found(output: str) -> int:
    """How many errors an engine printed: a number, or a report of ours."""
    printed = json.loads(output)
    return printed if isinstance(printed, int) else printed["reports"][0]["stats"]["errors"]


def line(rows: int, format: str, bad: bool, path: Path, against: bool) -> str:
    """One line of the table."""
    seconds, megabytes, errors = measure("ours", path)
    floor, _, _ = measure("bare", path)
    cells = [
        f"{rows:,}",
        format,
        "10 %" if bad else "none",
        f"{seconds:.2f}",
        f"{megabytes:.0f}",
        f"{floor:.2f}",
    ]
    cells.append(f"{seconds / floor:.1f}")
    if against:
        theirs, _, others = measure("frictionless", path)
        cells += [
            f"{theirs:.2f}",
            f"{theirs / seconds:.1f}",
            f"{errors:,}" if errors == others else f"{errors:,} / {others:,}",
        ]
    else:
        cells += ["", "", f"{errors:,}"]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="small tables only")
    parser.add_argument(
        "--folder", type=Path, help="where to write the tables (default: a temporary folder)"
    )
    options = parser.parse_args()
    sizes = [1_000, 10_000, 100_000] if options.quick else [1_000, 10_000, 100_000, 1_000_000]
    tools = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "frictionless", "pyarrow"))
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {tools}\n")
    print(HEAD, "|---:|---|---|---:|---:|---:|---:|---:|---:|---:|", sep="\n", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = options.folder or Path(name)
        for rows in sizes:
            for bad in (False, True):
                for format, path in make(folder, rows, bad).items():
                    print(line(rows, format, bad, path, against=True), flush=True)
        if not options.quick:
            for bad in (False, True):
                for format in ("csv", "parquet"):
                    path = make(folder, LARGE, bad, (format,))[format]
                    print(line(LARGE, format, bad, path, against=False), flush=True)
                    for file in path.parent.glob("events.*"):
                        file.unlink()


if __name__ == "__main__":
    main()
