"""Which resources hold one table in several formats: one definition for all who ask."""

import json
from pathlib import Path

import pytest

from pledgeline.descriptor.load import read_package
from pledgeline.read.fetch import read_descriptor
from pledgeline.standard.twins import one_resource_per_table

FIELDS = [{"name": "id", "type": "string"}, {"name": "n", "type": "integer"}]
FIRST = {"name": "things", "path": "csv/things.csv", "schema": {"fields": FIELDS}}
OTHER = {"name": "other", "path": "parquet/things.parquet", "schema": {"fields": FIELDS}}
CASES = {
    "a file of the same name, in another format": ({}, True),
    "a file of another name": ({"path": "parquet/others.parquet"}, False),
    "the same format": ({"path": "parquet/things.csv"}, False),
    "other fields": ({"schema": {"fields": FIELDS[:1]}}, False),
    "fields in another order": ({"schema": {"fields": FIELDS[::-1]}}, False),
    "another type": (
        {"schema": {"fields": [FIELDS[0], {"name": "n", "type": "number"}]}},
        False,
    ),
    "other words": ({"schema": {"fields": [FIELDS[0], {**FIELDS[1], "title": "N"}]}}, True),
    "several files": ({"path": ["parquet/things.parquet", "parquet/others.parquet"]}, False),
}


@pytest.mark.parametrize("case", CASES)
def test_a_table_is_taken_once(case, tmp_path: Path):
    """Catches two formats taken for two tables, or two tables taken for one: on the disk, and
    before the files are fetched.
    """
    change, twins = CASES[case]
    descriptor = {"resources": [FIRST, OTHER | change]}
    path = tmp_path / "datapackage.json"
    path.write_text(json.dumps(descriptor), "utf-8")
    for name in ("csv/things.csv", "parquet/things.parquet", "parquet/others.parquet"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("id,n\n", "utf-8")
    (tmp_path / "parquet/things.csv").write_text("id,n\n", "utf-8")
    package, errors = read_package(path)
    assert package is not None and not errors
    expected = ["things"] if twins else ["things", "other"]
    assert list(one_resource_per_table(package)) == expected
    fetched = read_descriptor("https://example.org/", path)["resources"]
    assert [resource["name"] for resource in fetched] == expected


@pytest.mark.parametrize("fields", [None, 1, [1], [{"type": ["a"]}], [{"name": {}}]])
def test_a_stranger_s_schema_is_no_reason_to_fail(fields, tmp_path: Path):
    """Catches a traceback where the fields are no fields; that is found when the files are here."""
    path = tmp_path / "datapackage.json"
    resources = [each | {"schema": {"fields": fields}} for each in (FIRST, OTHER)]
    path.write_text(json.dumps({"resources": resources}), "utf-8")
    assert read_descriptor("https://example.org/", path)["resources"]
