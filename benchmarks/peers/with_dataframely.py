"""dataframely: a schema with a primary key and rules; `filter` counts what fails each."""

import json
import sys
from pathlib import Path

import dataframely as dy
import polars as pl
from frames import IS_DATE, read

DESCRIPTOR = Path(sys.argv[1])
TEXT = DESCRIPTOR.stem == "csv"  # polars casts text to neither boolean nor date
ACTORS = read(DESCRIPTOR, "actors")["id"].implode()


class Events(dy.Schema):
    id = dy.String(primary_key=True, regex="^[a-z]+-[0-9]+$")
    actor = dy.String(nullable=False)
    kind = dy.Enum(["visit", "call", "summit"], nullable=False)
    day = dy.String(nullable=True, check=lambda _: IS_DATE) if TEXT else dy.Date(nullable=True)
    amount = dy.Float64(nullable=True, min=0)
    count = dy.Int64(nullable=True, min=0, max=1000)
    flag = dy.Enum(["true", "false"], nullable=True) if TEXT else dy.Bool(nullable=True)
    title = dy.String(nullable=False, min_length=1, max_length=200)
    note = dy.String(nullable=True)
    year = dy.Int64(nullable=True, min=1991, max=2030)

    @dy.rule()
    def actor_exists(cls) -> pl.Expr:
        return pl.col("actor").is_in(ACTORS)


if __name__ == "__main__":
    _, failure = Events.filter(read(DESCRIPTOR, "events"), cast=True)
    print(json.dumps(failure.counts()))
