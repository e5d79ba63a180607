"""What we are measured against, each as a process of its own.

Usage: `python benchmarks/engines.py ENGINE DESCRIPTOR`. `frictionless` is frictionless-py with no
limit of errors, since at its default of 1,000 it stops reading; it prints how many it found. `bare`
is the floor: the same engine as ours reading every cell as text, and checking nothing.
"""

import sys
from pathlib import Path


def frictionless(path: Path) -> int:
    from frictionless import Package

    return Package(str(path)).validate(limit_errors=1_000_000_000).stats["errors"]


def bare(path: Path) -> int:
    import duckdb

    file = path.with_name(f"events.{path.stem}")
    names = [name for name, *_ in duckdb.execute(f"DESCRIBE SELECT * FROM '{file}'").fetchall()]
    cells = ", ".join(f"sum(length(CAST({name} AS VARCHAR)))" for name in names)
    reader = f"read_csv('{file}', all_varchar = true)" if path.stem == "csv" else f"'{file}'"
    duckdb.execute(f"SELECT {cells} FROM {reader}").fetchall()
    return 0


if __name__ == "__main__":
    engine, path = sys.argv[1:]
    print({"frictionless": frictionless, "bare": bare}[engine](Path(path)))
