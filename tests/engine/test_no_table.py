"""A resource that is no table: its file is checked, and the report says that it has none."""

import hashlib
from pathlib import Path

import pytest
from support.parity import write_package

import pledgeline

CONTENT = b"anything but a table"
SUM = hashlib.sha1(CONTENT).hexdigest()
NAMES = ["a.png", "a.pdf", "LICENSE", "a.txt", "a.zip", "a.topojson", "a.json", "a.geojson"]
NAMES += ["a.tar.bz2", "a.md", "a.html", "a.sqlite", "a.png.gz", "a.yaml"]


def of(tmp_path: Path, name: str, **properties) -> pledgeline.report.Task:
    own = {"name": "a", "path": name, **properties}
    return pledgeline.validate(write_package(tmp_path, [own], {name: CONTENT})).tasks[0]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_is_no_table_is_valid(name: str, tmp_path: Path):
    """Catches a picture that is an invalid table, or one that seems to have been read."""
    task = of(tmp_path, name, bytes=len(CONTENT), hash=f"sha1:{SUM}")
    assert task.valid and not task.errors and task.rows is None
    assert task.to_dict()["type"] == "file"


@pytest.mark.parametrize("name", NAMES)
def test_its_size_and_hash_are_checked_all_the_same(name: str, tmp_path: Path):
    """Catches another file in its place."""
    task = of(tmp_path, name, bytes=1, hash="sha1:" + "0" * 40)
    assert sorted(error.type for error in task.errors) == ["byte-count", "hash-count"]


@pytest.mark.parametrize("name", [name for name in NAMES if "json" not in name])
@pytest.mark.parametrize(
    "properties",
    [{"type": "table"}, {"schema": {"fields": [{"name": "id", "type": "integer"}]}}],
    ids=["type", "schema"],
)
def test_a_table_that_cannot_be_read_is_an_error_that_says_so(name, properties, tmp_path: Path):
    """Catches a table passed over since nothing reads its format: a false "valid"."""
    (error,) = of(tmp_path, name, **properties).errors
    assert error.type in ("format-error", "compression-error") and "not read" in error.message


def test_it_is_left_out_where_tables_are_opened_and_compared(tmp_path: Path):
    """Catches a picture in a list of tables, and a comparison that a picture ends."""
    table = {"name": "t", "path": "t.csv", "format": "csv"}
    table["schema"] = {"fields": [{"name": "id", "type": "integer"}], "primaryKey": ["id"]}
    files = {"t.csv": b"id\n1\n", "a.png": CONTENT}
    path = write_package(tmp_path, [table, {"name": "a", "path": "a.png"}], files)
    assert list(pledgeline.open(path)) == ["t"]
    assert not pledgeline.diff(path, path)


@pytest.mark.parametrize("data", [{"a": 1}, "some text"])
def test_inline_data_that_is_no_list_of_rows_is_no_table(data: object, tmp_path: Path):
    """Catches an object of JSON that is called a broken table."""
    path = write_package(tmp_path, [{"name": "a", "data": data}], {})
    (task,) = pledgeline.validate(path).tasks
    assert task.valid and task.type == "file"


def test_a_key_to_a_file_that_is_no_table_is_not_passed_over(tmp_path: Path):
    """Catches foreign keys that nobody looked up, in a table that is called valid."""
    schema = {"fields": [{"name": "id", "type": "integer"}]}
    schema["foreignKeys"] = [{"fields": ["id"], "reference": {"resource": "a", "fields": ["id"]}}]
    table = {"name": "t", "path": "t.csv", "format": "csv", "schema": schema}
    files = {"t.csv": b"id\n1\n", "a.png": CONTENT}
    path = write_package(tmp_path, [table, {"name": "a", "path": "a.png"}], files)
    report = pledgeline.validate(path)
    assert not report.valid or report.count("warning")
