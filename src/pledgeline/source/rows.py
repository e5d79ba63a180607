"""Rows that come through Python, put into a table of the database.

Slower than a scan, but it reads everything.
"""

import json
from collections.abc import Iterator
from typing import Any

import duckdb

from pledgeline.source.source import ROWS_PER_BATCH, Rows, Source

BATCH_BYTES = 32 << 20  # about what the rows that pass through Python at a time may take
CELL_BYTES = 60  # what a cell takes in Python beside its text


def read_rows(
    database: duckdb.DuckDBPyConnection,
    name: str,
    rows: Rows,
    labels: list[str],
    width: int,
    marked: bool = False,
) -> Source:
    """`rows` (number, cells) as the table `name` with `width` columns."""
    names = [f"c{n}" for n in range(1, width + 1)]
    columns = "".join(f"{column} VARCHAR, " for column in names)
    database.execute(
        f"CREATE OR REPLACE TABLE {name} (row_number BIGINT, {columns}extras BIGINT, extra VARCHAR)"
    )
    import pyarrow as pa  # only here: most sources are scanned without it

    schema = pa.schema(
        [
            ("row_number", pa.int64()),
            *((column, pa.string()) for column in names),
            ("extras", pa.int64()),
            ("extra", pa.string()),
        ]
    )
    inserted = 0
    for batch in batches(rows, width):
        inserted += len(batch[0])
        arrays = [pa.array(c, t) for c, t in zip(batch, schema.types, strict=True)]
        database.register("batch", pa.Table.from_arrays(arrays, schema=schema))
        database.execute(f"INSERT INTO {name} SELECT * FROM batch")
        database.unregister("batch")
    return Source(
        name,
        labels,
        ["VARCHAR"] * width,
        row_shapes=True,
        marked=marked,
        agrees=lambda rows, size: rows == inserted,
    )


def batches(rows: Rows, width: int) -> Iterator[list[list[Any]]]:
    """`rows` by columns, some thousands at a time."""
    batch: list[tuple[Any, ...]] = []
    size = 0
    padding = [None] * width
    for number, cells in rows:
        surplus = len(cells) - width
        size += sum(map(len, cells)) + CELL_BYTES * width
        extra = json.dumps(cells[width:]) if surplus > 0 else None
        cells = cells[:width] if surplus >= 0 else [*cells, *padding[:-surplus]]
        batch.append((number, *cells, max(surplus, 0), extra))
        if len(batch) == ROWS_PER_BATCH or size > BATCH_BYTES:
            yield by_column(batch)
            batch, size = [], 0
    if batch:
        yield by_column(batch)


def by_column(batch: list[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*batch, strict=True)]
