"""What `pledgeline diff` costs on two versions of one table in each of the shapes of `shapes.py`.

In the later version, one field is changed in 1 % of the rows.

    python benchmarks/diff_shapes.py                   every shape, 300,000 rows
    python benchmarks/diff_shapes.py quoted zip        only the shapes with one of these words

The unit is CPU seconds of the whole process, the median of the runs; `times plain` is against the
plain shape of the same run.
"""

import json
import sys
import tempfile
from pathlib import Path

import cost
from shape_list import chosen, make, parser

HEAD = "| shape | CPU s | times plain | MB | fields changed |"


def compared(old: Path, new: Path, runs: int) -> tuple[float, float, str]:
    """The medians of the CPU seconds and peak megabytes, and how many changed fields are listed."""
    command = [sys.executable, "-m", "pledgeline", "diff", "--format", "json", old, new]
    run = cost.median(command, runs)
    refused = run.code == 2
    listed = "refused" if refused else f"{len(json.loads(run.output)['changes']):,}"
    return run.cpu, run.megabytes, listed


def main() -> None:
    options = parser(__doc__).parse_args()
    print(HEAD, "|---|---:|---:|---:|---:|", sep="\n", flush=True)
    plain = 0.0
    for name in chosen(options.words):
        with tempfile.TemporaryDirectory() as folder:
            old = make(name, options.rows, Path(folder) / "old")
            new = make(name, options.rows, Path(folder) / "new", changed=True)
            cpu, megabytes, listed = compared(old, new, options.runs)
        plain = plain or cpu
        cells = [name, f"{cpu:.2f}", f"{cpu / plain:.1f}", f"{megabytes:.0f}", listed]
        print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
