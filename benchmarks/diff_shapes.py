"""What `pledgeline diff` costs on two versions of one table in each of the shapes of `shapes.py`.

In the later version, one field is changed in 1 % of the rows.

    python benchmarks/diff_shapes.py                   every shape, 300,000 rows
    python benchmarks/diff_shapes.py quoted zip        only the shapes with one of these words

The unit is CPU seconds of the whole process, the median of the runs; `times plain` is against the
plain shape of the same run.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

import cost
from shape_list import SHAPES, make

HEAD = "| shape | CPU s | times plain | MB | fields changed |"


def compared(old: Path, new: Path, runs: int) -> tuple[float, float, str]:
    """The medians of the CPU seconds and peak megabytes, and how many changed fields are listed."""
    command = [sys.executable, "-m", "pledgeline", "diff", "--format", "json", old, new]
    run = cost.median(command, runs)
    refused = run.code == 2
    listed = "refused" if refused else f"{len(json.loads(run.output)['changes']):,}"
    return run.cpu, run.megabytes, listed


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("words", nargs="*", help="only shapes with one of these words")
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    names = [n for n in SHAPES if not options.words or any(w in n for w in options.words)]
    print(HEAD, "|---|---:|---:|---:|---:|", sep="\n", flush=True)
    plain = 0.0
    for name in dict.fromkeys(["plain", *names]):
        with tempfile.TemporaryDirectory() as folder:
            old = make(name, options.rows, Path(folder) / "old")
            new = make(name, options.rows, Path(folder) / "new", changed=True)
            cpu, megabytes, listed = compared(old, new, options.runs)
        plain = plain or cpu
        cells = [name, f"{cpu:.2f}", f"{cpu / plain:.1f}", f"{megabytes:.0f}", listed]
        print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
