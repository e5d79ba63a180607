"""The published package: complete, the same in both formats, fresh, and right for every reader we
name.
"""

import csv
import json
from pathlib import Path

import dplib
import duckdb
import frictionless
import jsonschema
import pandas
import polars
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from support.copies import REPOSITORY, copy_package, run_build, whole

from pledgeline.write.tables import as_text

DESCRIPTOR = json.loads((REPOSITORY / "datapackage.json").read_text("utf-8"))
RESOURCES = {resource["name"]: resource for resource in DESCRIPTOR["resources"]}
TABLES = [name for name, resource in RESOURCES.items() if resource["format"] == "csv"]


def rows_of_csv(table: str) -> list[dict]:
    with (REPOSITORY / f"data/csv/{table}.csv").open(encoding="utf-8", newline="") as file:
        return [{name: cell for name, cell in row.items() if cell} for row in csv.DictReader(file)]


@pytest.mark.parametrize("table", TABLES)
def test_csv_and_parquet_hold_the_same_rows(table):
    """Catches a value that one format has and the other lacks or writes otherwise."""
    parquet = pq.read_table(REPOSITORY / f"data/parquet/{table}.parquet")
    assert rows_of_csv(table) == as_text(parquet)
    assert len(parquet) == RESOURCES[table]["rows"] == RESOURCES[f"{table}-parquet"]["rows"]


@pytest.mark.parametrize("table", TABLES)
def test_parquet_is_typed_and_carries_the_schema_words(table):
    """Catches a column that lost its type, its codes or its description on the way into Parquet."""
    schema = pq.read_schema(REPOSITORY / f"data/parquet/{table}.parquet")
    expected = {
        "string": pa.string(),
        "integer": pa.int64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }
    for field in RESOURCES[table]["schema"]["fields"]:
        column, words = schema.field(field["name"]), schema.field(field["name"]).metadata
        coded = field["type"] == "string" and "enum" in field.get("constraints", {})
        assert (
            pa.types.is_dictionary(column.type) if coded else column.type == expected[field["type"]]
        )
        assert (
            words[b"title"].decode() == field["title"]
            and words[b"description"].decode() == field["description"]
        )
        assert words.get(b"unit", b"").decode() == field.get("unit", "")
    assert schema.metadata[b"title"].decode() == RESOURCES[table]["title"]


def test_codes_keep_all_of_their_list_in_its_order():
    """Catches categories that lose the codes no row uses, or sort by alphabet in a reader."""
    modality = pandas.read_parquet(REPOSITORY / "data/parquet/commitments.parquet")["modality"]
    listed = [
        row["code"]
        for row in sorted(rows_of_csv("codes"), key=lambda row: int(row["position"]))
        if row["list"] == "modality"
    ]
    assert list(modality.cat.categories) == listed and not modality.cat.ordered
    confidence = pq.read_schema(REPOSITORY / "data/parquet/assessments.parquet").field("confidence")
    assert confidence.type.ordered


def test_pandas_polars_and_duckdb_read_the_types():
    """Catches integers with gaps that become floats, dates that become text, codes that become
    text.
    """
    path = REPOSITORY / "data/parquet/instruments.parquet"
    in_pandas = pandas.read_parquet(path)
    assert (str(in_pandas["provision_count"].dtype), str(in_pandas["date_derived"].dtype)) == (
        "Int64",
        "boolean",
    )
    in_csv = pandas.read_csv(REPOSITORY / "data/csv/instruments.csv")["provision_count"].sum()
    assert (
        in_pandas["kind"].dtype == "category" and in_pandas["provision_count"].sum() == in_csv > 0
    )
    in_polars = polars.read_parquet(path).schema
    assert in_polars["provision_count"] == polars.Int64 and in_polars["date_start"] == polars.Date
    assert in_polars["kind"] == polars.Categorical or isinstance(in_polars["kind"], polars.Enum)
    in_duckdb = dict(
        duckdb.sql(f"SELECT column_name, column_type FROM (DESCRIBE FROM '{path}')").fetchall()
    )
    assert (in_duckdb["provision_count"], in_duckdb["date_start"], in_duckdb["date_derived"]) == (
        "BIGINT",
        "DATE",
        "BOOLEAN",
    )


@pytest.mark.long
def test_frictionless_reads_every_row_and_finds_no_error_and_no_warning():
    """Catches a package that its users' tool would refuse, or pass without reading its rows."""
    report = frictionless.validate(str(REPOSITORY / "datapackage.json"))
    assert report.valid and not report.errors and not report.warnings
    assert [task.name for task in report.tasks] == list(RESOURCES)
    assert not [warning for task in report.tasks for warning in task.warnings]
    assert {task.name: task.stats.get("rows", 0) for task in report.tasks} == {
        name: resource["rows"] for name, resource in RESOURCES.items()
    }


def test_the_descriptor_passes_the_published_profiles():
    """Catches a descriptor that frictionless accepts and the v2 standard does not."""
    profiles = Path(dplib.__file__).parent / "profiles" / "2.0"
    parts = [("datapackage", DESCRIPTOR)]
    parts += [("dataresource", resource) for resource in RESOURCES.values()]
    parts += [("tableschema", resource["schema"]) for resource in RESOURCES.values()]
    for profile, part in parts:
        validator = jsonschema.Draft7Validator(
            json.loads((profiles / f"{profile}.json").read_text("utf-8"))
        )
        assert [error.message for error in validator.iter_errors(part)] == []


def test_the_descriptor_says_what_a_catalogue_needs():
    """Catches a missing licence, source, coverage or key."""
    for key in (
        "title",
        "description",
        "version",
        "keywords",
        "licenses",
        "contributors",
        "sources",
        "temporal",
        "spatial",
    ):
        assert DESCRIPTOR[key], key
    assert {licence["name"] for licence in DESCRIPTOR["licenses"]} == {"CC-BY-4.0", "MIT"}
    for name, resource in RESOURCES.items():
        assert resource["schema"]["primaryKey"], name
        for key in resource["schema"].get("foreignKeys", []):
            target = key["reference"]["resource"] or name
            assert RESOURCES[target]["format"] == resource["format"]


@pytest.mark.long
def test_the_published_files_are_what_the_records_make(tmp_path):
    """Catches an edit of a generated file, or records changed without `make build`."""
    root = copy_package(tmp_path)
    assert run_build(root).returncode == 0
    assert whole(root) and whole(REPOSITORY)
    for table in TABLES:
        assert (root / f"data/csv/{table}.csv").read_bytes() == (
            REPOSITORY / f"data/csv/{table}.csv"
        ).read_bytes()
        fresh, kept = (
            pq.read_table(at / f"data/parquet/{table}.parquet") for at in (root, REPOSITORY)
        )
        assert fresh.equals(kept, check_metadata=True)
