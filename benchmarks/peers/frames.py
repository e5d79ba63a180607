"""The package as polars data frames, for the peers that check those."""

from pathlib import Path

import polars as pl

DAY = pl.col("day")
IS_DATE = DAY.is_null() | DAY.str.to_date("%Y-%m-%d", strict=False).is_not_null()


def read(descriptor: Path, table: str) -> pl.DataFrame:
    """Reads a table: a CSV file as text, since a typed reader stops at the first wrong cell."""
    file = descriptor.with_name(f"{table}.{descriptor.stem}")
    if descriptor.stem == "csv":
        return pl.read_csv(file, infer_schema=False)
    return pl.read_parquet(file)
