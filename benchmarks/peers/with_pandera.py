"""pandera.polars: a schema that coerces, validated lazily, so that it reports every failure."""

import json
import sys
from pathlib import Path

import pandera.polars as pa
import polars as pl
from frames import IS_DATE, read
from pandera.errors import SchemaErrors


def text_columns() -> dict[str, pa.Column]:
    """Columns that polars does not cast from text, so that their texts are checked instead."""
    dates = pa.Check(lambda data: data.lazyframe.select(IS_DATE))
    return {
        "day": pa.Column(pl.String, dates, nullable=True),
        "flag": pa.Column(pl.String, pa.Check.isin(["true", "false"]), nullable=True),
    }


def count(descriptor: Path) -> dict[str, int]:
    """Counts the failure cases by column and check."""
    actors = read(descriptor, "actors")["id"].to_list()
    typed = {
        "day": pa.Column(pl.Date, nullable=True),
        "flag": pa.Column(pl.Boolean, nullable=True),
    }
    schema = pa.DataFrameSchema(
        {
            "id": pa.Column(pl.String, pa.Check.str_matches("^[a-z]+-[0-9]+$"), unique=True),
            "actor": pa.Column(pl.String, pa.Check.isin(actors, name="actors")),
            "kind": pa.Column(pl.String, pa.Check.isin(["visit", "call", "summit"])),
            "amount": pa.Column(pl.Float64, pa.Check.ge(0), nullable=True, coerce=True),
            "count": pa.Column(pl.Int64, pa.Check.in_range(0, 1000), nullable=True, coerce=True),
            "title": pa.Column(pl.String, pa.Check.str_length(1, 200)),
            "note": pa.Column(pl.String, nullable=True),
            "year": pa.Column(pl.Int64, pa.Check.in_range(1991, 2030), nullable=True, coerce=True),
            **(typed if descriptor.stem == "parquet" else text_columns()),
        }
    )
    try:
        schema.validate(read(descriptor, "events"), lazy=True)
    except SchemaErrors as failed:
        cells = failed.failure_cases.filter(pl.col("index").is_not_null())
        found = cells.group_by("column", "check").len().rows()
        return {f"{column} {check[:40]}": number for column, check, number in found}
    return {}


if __name__ == "__main__":
    print(json.dumps(count(Path(sys.argv[1]))))
