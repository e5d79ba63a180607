"""One table of ten columns in many shapes of file and types of cell, and what each costs.

No shape that people's tools write should be much dearer than the plain one.

    python benchmarks/shapes.py                   every shape, 300,000 rows, beside frictionless-py
    python benchmarks/shapes.py quoted zip        only the shapes with one of these words
    python benchmarks/shapes.py --rows 1000000 --alone       without frictionless-py

The unit is CPU seconds of the whole process, the median of three; `times plain` is against the
plain shape of the same run. frictionless-py reads a tenth of the rows, once; `~` marks what is
projected from that to all rows.
"""

import json
import sys
import tempfile
from pathlib import Path

import cost
from shape_list import chosen, make, parser

ENGINES = Path(__file__).with_name("engines.py")
HEAD = "| shape | CPU s | times plain | MB | errors | frictionless CPU s | its errors |"


def ours(path: Path, runs: int) -> tuple[float, float, int]:
    """The medians of our CPU seconds and peak megabytes, and the number of errors."""
    command = [sys.executable, "-m", "pledgeline", "validate", "--format", "json", path]
    run = cost.median(command, runs)
    return run.cpu, run.megabytes, json.loads(run.output)["reports"][0]["stats"]["errors"]


def starting() -> float:
    """The CPU seconds that frictionless-py takes to start: those for ten rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = make("plain", 10, Path(folder) / "ten")
        return cost.median([sys.executable, ENGINES, "frictionless", path]).cpu


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--alone", action="store_true", help="without frictionless-py")
    options = arguments.parse_args()
    print(HEAD, "|---|---:|---:|---:|---:|---:|---:|", sep="\n", flush=True)
    start = 0.0 if options.alone else starting()
    plain = 0.0
    for name in chosen(options.words):
        with tempfile.TemporaryDirectory() as folder:
            path = make(name, options.rows, Path(folder) / "all")
            cpu, megabytes, errors = ours(path, options.runs)
            plain = plain or cpu
            theirs = ["", ""]
            if not options.alone:
                path = make(name, options.rows // 10, Path(folder) / "tenth")
                run = cost.measure([sys.executable, ENGINES, "frictionless", path])
                projected = start + 10 * (run.cpu - start)
                theirs = [f"~{projected:.0f}", f"{run.output.strip()} (a tenth)"]
        cells = [name, f"{cpu:.2f}", f"{cpu / plain:.1f}", f"{megabytes:.0f}", f"{errors:,}"]
        print(f"| {' | '.join([*cells, *theirs])} |", flush=True)


if __name__ == "__main__":
    main()
