"""Hand-written DuckDB checks: `python by_hand.py DESCRIPTOR` prints the faults by kind as JSON."""

import json
import sys
from pathlib import Path

import duckdb

CHECKS = Path(__file__).with_name("checks.sql")


def count(descriptor: Path) -> dict[str, int]:
    """Counts the faults of a package of `benchmarks/data.py` by kind."""
    database = duckdb.connect()
    for table in ("events", "actors"):
        file = descriptor.with_name(f"{table}.{descriptor.stem}")
        text = f"read_csv('{file}', header = true, delim = ',', quote = '\"', all_varchar = true)"
        reader = text if descriptor.stem == "csv" else f"read_parquet('{file}')"
        database.execute(f"CREATE VIEW {table} AS SELECT * FROM {reader}")
    found = database.execute(CHECKS.read_text("utf-8"))
    return dict(zip((column[0] for column in found.description), found.fetchone(), strict=True))


if __name__ == "__main__":
    print(json.dumps(count(Path(sys.argv[1]))))
