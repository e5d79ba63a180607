"""A stranger's package whose own history is broken or hostile: refused, with nothing written."""

import csv
import json
from pathlib import Path

import pytest
from support.small import ROWS, SCHEMA, package
from support.stations import published_stations

import pledgeline
from pledgeline.errors import InvalidPackage, NotAsPublished, TargetExists, UnknownVersion

SCHEMA_ROW = json.dumps({"fields": [], "title": "x"})
CHANGES = {  # what is put in place of a cell of the first row of `changes`
    "a table that is not there": {"table": "nowhere"},
    "a row that is not there": {"key": "nobody"},
    "a row that went, without its cells": {
        "kind": "removed",
        "field": "all",
        "old": "[",
        "new": "",
    },
    "cells that are no object": {"kind": "removed", "field": "all", "old": "3", "new": ""},
    "a schema that is none": {"table": "schema", "key": "stations|docks", "field": "type"},
    "a schema of another kind": {"table": "schema", "key": "stations", "field": "fields"},
    "a table with a path for a name": {
        "table": "schema",
        "key": "../../stolen",
        "field": "all",
        "kind": "removed",
        "old": SCHEMA_ROW,
    },
    "JSON without an end": {"table": "schema", "key": ".", "field": "title", "old": "[" * 100_000},
}
VERSIONS = {
    "a version that is none": ("changes", {"version": "one"}, "not a version"),
    "a release that is none": ("releases", {"version": "1.x"}, "not a version"),
    "a row without a version": ("releases", {"version": ""}, "has no version"),
    "a row without a hash": ("releases", {"rows_hash": ""}, "has no rows_hash"),
}


def change_first_row(path: Path, cells: dict[str, str]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0] |= cells
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("case", CHANGES)
def test_changes_that_do_not_fit_are_refused(case, tmp_path):
    """Catches a traceback, or a version made of whatever `changes` says."""
    path = published_stations(tmp_path)
    assert pledgeline.open(path).at("1.0.0").version == "1.0.0"
    change_first_row(path / "changes.csv", CHANGES[case])
    with pytest.raises(NotAsPublished, match=r"version 1\.0\.0 cannot be made again"):
        pledgeline.open(path).at("1.0.0")


@pytest.mark.parametrize("case", VERSIONS)
def test_a_list_of_versions_that_cannot_be_read_is_refused(case, tmp_path):
    """Catches a traceback where versions are put in order."""
    table, cells, reported = VERSIONS[case]
    path = published_stations(tmp_path)
    change_first_row(path / f"{table}.csv", cells)
    with pytest.raises(NotAsPublished, match=reported):
        _ = pledgeline.open(path).versions


def test_a_package_that_lists_no_versions_says_so(tmp_path):
    """Catches a KeyError for a package like most."""
    with pytest.raises(UnknownVersion, match="lists no versions"):
        pledgeline.open(package(tmp_path)).at("1.0.0")


@pytest.mark.parametrize("name", ["../../stolen", "/tmp/stolen", "a/b", ".hidden", "..", "x" * 300])
def test_no_table_is_written_outside_of_the_folder(name, tmp_path):
    """Catches a table whose name is a path, which the standard's first version allows."""
    path = package(tmp_path / "package", {"things": (SCHEMA, ROWS)})
    descriptor = json.loads((path / "datapackage.json").read_text("utf-8"))
    descriptor["resources"][0]["name"] = name
    (path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    with pytest.raises(InvalidPackage, match=r"cannot be the name of a file|validate it first"):
        pledgeline.open(path).checkout(tmp_path / "deep/er/folder")
    assert [each.name for each in tmp_path.iterdir()] == ["package"]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    """Catches files that are overwritten."""
    path = published_stations(tmp_path)
    with pytest.raises(TargetExists, match="no empty folder"):
        pledgeline.checkout(path, "1.0.0", path)
