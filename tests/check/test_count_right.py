"""A small table that one statement shows to be right is found to be so by all other ways, too."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from support.messy_compare import write_together
from support.messy_package import messy
from support.parity import whole_report

import pledgeline
from pledgeline.engine import resource

FIELDS = [
    {"name": "id", "type": "string", "constraints": {"pattern": "[a-z][0-9]*"}},
    {"name": "n", "type": "integer", "constraints": {"maximum": 9}},
    {"name": "code", "type": "string", "constraints": {"enum": ["x", "y"]}},
    {"name": "day", "type": "date"},
    {"name": "parent", "type": "string"},
]
RIGHT = "a1,1,x,2020-01-01,\na2,2,y,,a1\n"
KEYS = {
    "primaryKey": ["id"],
    "uniqueKeys": [["n"], ["code", "day"]],
    "foreignKeys": [{"fields": ["parent"], "reference": {"resource": "", "fields": ["id"]}}],
}
FAULTS = {
    "a blank line": "\n",
    "a row of blank cells": ",,,,\n",
    "a short row": "a3,3,x\n",
    "a long row": "a3,3,x,2020-01-02,,more\n",
    "a wrong type": "a3,three,x,2020-01-02,\n",
    "a wrong bound": "a3,10,x,2020-01-02,\n",
    "a wrong code": "a3,3,z,2020-01-02,\n",
    "a wrong day": "a3,3,x,2020-02-30,\n",
    "a wrong pattern": "A3,3,x,2020-01-02,\n",
}
KEY_FAULTS = {
    "no key": ",3,x,2020-01-02,\n",
    "a key that is there already": "a1,3,x,2020-01-02,\n",
    "a number that is there already": "a3,1,x,2020-01-02,\n",
    "two cells that are there already": "a3,3,x,2020-01-01,\n",
    "a key that names nothing": "a3,3,x,2020-01-02,none\n",
}
RARE = {
    "an integer that is not canonical": "a3,+3,x,2020-01-02,\n",
    "an empty cell in a key": "a3,,x,2020-01-02,\na4,,y,2020-01-03,\n",
    "another right row": "a3,3,x,2020-01-02,a3\n",
}


def package(folder: Path, rows: str, keys: dict, format: str) -> Path:
    path = folder / f"t.{format}"
    (folder / "t.csv").write_text("id,n,code,day,parent\n" + rows, "utf-8")
    if format == "parquet":
        cells = [line.split(",") for line in rows.splitlines()]
        columns = [list(column) for column in zip(*cells, strict=True)]
        named = {field["name"]: column for field, column in zip(FIELDS, columns, strict=True)}
        pq.write_table(pa.table(named), path)
    described = {"name": "t", "type": "table", "path": path.name}
    described["schema"] = {"fields": FIELDS, **keys}
    (folder / "datapackage.json").write_text(json.dumps({"resources": [described]}), "utf-8")
    return folder / "datapackage.json"


ROWS = {**FAULTS, **KEY_FAULTS, **RARE}
# rows of Parquet have one length
TABLES = [("csv", rows) for rows in ROWS]
TABLES += [("parquet", rows) for rows, text in ROWS.items() if {text.count(",")} <= {4, 8}]


@pytest.mark.parametrize("keys", [{}, KEYS], ids=["without keys", "with keys"])
@pytest.mark.parametrize(("format", "rows"), TABLES)
def test_the_report_is_the_same_check_by_check(rows, keys, format, tmp_path, monkeypatch):
    """Catches a fault that the one condition for a whole row lets pass, and a wrong count."""
    path = package(tmp_path, RIGHT + ROWS[rows], keys, format)
    report = whole_report(path)
    monkeypatch.setattr(resource, "count_right", lambda *_: None)
    assert report == whole_report(path)
    assert report["valid"] == (rows in RARE or (rows in KEY_FAULTS and not keys))


def test_the_report_is_the_same_for_messy_packages(tmp_path, monkeypatch):
    """The same for tables of all types, dialects and faults."""
    path = write_together(tmp_path, {seed: messy(seed) for seed in range(30, 42)})
    report = whole_report(path)
    monkeypatch.setattr(resource, "count_right", lambda *_: None)
    assert report == whole_report(path)


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_a_right_table_is_not_counted_check_by_check(format, tmp_path, monkeypatch):
    """Catches a table that is right and yet takes the long way."""
    monkeypatch.delattr(resource, "counts_of")
    report = whole_report(package(tmp_path, RIGHT, KEYS, format))
    assert report["valid"] and report["tasks"][0]["stats"]["rows"] == 2


def test_twins_are_compared_by_the_hashes_of_that_statement(tmp_path):
    """Catches a sum of hashes that two different right tables share, and one that differs."""
    path = package(tmp_path, RIGHT, {}, "parquet")
    described = json.loads(path.read_text("utf-8"))["resources"][0]
    csv = {**described, "name": "c", "path": "t.csv"}
    path.write_text(json.dumps({"resources": [csv, described]}), "utf-8")
    assert pledgeline.validate(path).valid
    (tmp_path / "t.csv").write_text("id,n,code,day,parent\n" + RIGHT.replace("2,y", "3,y"), "utf-8")
    _, parquet = pledgeline.validate(path).tasks
    assert parquet.counts == {("error", "twin-error"): 2}
