"""Tables of many columns, and of columns without a type of their own, are checked like others."""

import csv
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pledgeline.validation import validate


def package(folder: Path, fields: list[dict], *paths: str) -> Path:
    """A package of the same fields in each of the files at `paths`."""
    resources = [
        {"name": f"t{n}", "type": "table", "path": path, "schema": {"fields": fields}}
        for n, path in enumerate(paths)
    ]
    (folder / "datapackage.json").write_text(
        json.dumps({"name": "wide", "resources": resources}), "utf-8"
    )
    return folder


def test_hundreds_of_boolean_columns_fit_into_the_memory_there_is(tmp_path: Path):
    """Catches a join for every column: some ten megabytes each, so that 250 columns of two rows
    were too much for a machine.
    """
    fields = [{"name": f"c{n}", "type": "boolean"} for n in range(250)]
    rows = [[field["name"] for field in fields], ["true"] * 250, ["maybe", *["false"] * 249]]
    with (tmp_path / "t.csv").open("w", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    (error,) = validate(package(tmp_path, fields, "t.csv")).tasks[0].errors
    assert (error.type, error.row_number, error.field_name) == ("type-error", 3, "c0")


def test_twins_without_a_type_have_the_same_number_of_rows(tmp_path: Path):
    """Catches a traceback where no column is compared, since none has a type."""
    (tmp_path / "t.csv").write_text("a\nx\ny\n")
    pq.write_table(pa.table({"a": ["x"]}), tmp_path / "t.parquet")
    report = validate(package(tmp_path, [{"name": "a", "type": "any"}], "t.csv", "t.parquet"))
    assert [error.type for error in report.tasks[1].errors] == ["twin-error"]
