"""Parquet on which frictionless-py, which reads it through pandas, is wrong: both findings."""

import io
from datetime import datetime, timedelta

import pyarrow as pa
import pyarrow.parquet as pq

from support.differing_cells import Difference


def column(
    values: pa.Array, ours: list[str], theirs: list[str], field: dict, **about
) -> Difference:
    """A column `f` after a column of numbers, so that no row is blank."""
    content = io.BytesIO()
    pq.write_table(pa.table({"id": pa.array(range(len(values))), "f": values}), content)
    schema = {"fields": [{"name": "id", "type": "integer"}, {"name": "f", **field}]}
    resource = {"path": "t.parquet", "format": "parquet", "schema": schema, **about}
    return Difference(resource, {"t.parquet": content.getvalue()}, ours, theirs)


def indexed() -> Difference:
    """A file that pandas wrote, with an index."""
    import pandas as pd

    content = io.BytesIO()
    pd.DataFrame({"id": ["a"]}, index=pd.Index([7], name="f")).to_parquet(content)
    schema = {"fields": [{"name": "id", "type": "string"}, {"name": "f", "type": "integer"}]}
    resource = {"path": "t.parquet", "format": "parquet", "schema": schema}
    wrong = ["incorrect-label id", "incorrect-label f", "type-error 2 id", "type-error 2 f"]
    return Difference(resource, {"t.parquet": content.getvalue()}, [], wrong)


NEEDED = {"constraints": {"required": True}}
PARQUET = {
    "parquet-lists": column(
        pa.array([[1], [2]]), [], ["type-error 2 f", "type-error 3 f"], {"type": "array"}
    ),
    "parquet-empty-integers": column(
        pa.array([1, None]), [], ["type-error 3 f"], {"type": "integer"}
    ),
    "parquet-empty-numbers": column(
        pa.array([1.5, None]), ["constraint-error 3 f"], [], {"type": "number", **NEEDED}
    ),
    "parquet-empty-moments": column(
        pa.array([datetime(2022, 2, 22), None]),
        ["constraint-error 3 f"],
        [],
        {"type": "datetime", **NEEDED},
    ),
    "parquet-durations": column(
        pa.array([timedelta(1)]), ["type-error 2 f"], [], {"type": "duration"}
    ),
    "parquet-hash": column(pa.array(["a"]), ["hash-count"], [], {"type": "string"}, hash="0" * 32),
    "parquet-index": indexed(),
}
