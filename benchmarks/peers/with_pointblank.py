"""pointblank on polars: a plan of steps, interrogated; the failing units of each step."""

import json
import sys
from pathlib import Path

import pointblank as pb
import polars as pl
from frames import IS_DATE, read

NUMBERS = {"amount": pl.Float64, "count": pl.Int64, "year": pl.Int64}


def typed(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col(n).cast(dtype, strict=False) for n, dtype in NUMBERS.items())


def count(descriptor: Path) -> dict[str, int]:
    """Counts the failing units of each step."""
    checks = (
        pb.Validate(read(descriptor, "events"))
        .col_vals_not_null(["id", "actor", "kind", "title"])
        .rows_distinct("id")
        .col_vals_regex("id", "^[a-z]+-[0-9]+$")
        .col_vals_in_set("actor", read(descriptor, "actors")["id"].to_list())
        .col_vals_in_set("kind", ["visit", "call", "summit"])
        .col_vals_expr(pl.col("title").str.len_chars().is_between(1, 200))
        .col_vals_ge("amount", 0, na_pass=True, pre=typed)
        .col_vals_between("count", 0, 1000, na_pass=True, pre=typed)
        .col_vals_between("year", 1991, 2030, na_pass=True, pre=typed)
    )
    if descriptor.stem == "csv":  # in Parquet, every cell has the type of its column
        for name, dtype in NUMBERS.items():
            fits = pl.col(name).is_null() | pl.col(name).cast(dtype, strict=False).is_not_null()
            checks = checks.col_vals_expr(fits)
        checks = checks.col_vals_expr(IS_DATE).col_vals_in_set("flag", ["true", "false"])
    steps = json.loads(checks.interrogate().get_json_report())
    return {f"{step['i']} {step['assertion_type']}": step["n_failed"] for step in steps}


if __name__ == "__main__":
    print(json.dumps(count(Path(sys.argv[1]))))
