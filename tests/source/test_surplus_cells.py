"""Rows with cells too many are reported with each of these cells, whichever reader reads them."""

import csv
import io
import json

import duckdb
import pytest

import pledgeline
from pledgeline.source import csv_bytes, csv_patch, csv_scan

CELLS = ["", "x", 'a "q"', "1, 2", "é", "null", "[1]", "\\"]


def row(surplus: int) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(["1", "2", *(CELLS * 2)[:surplus]])
    return text.getvalue()


@pytest.mark.parametrize("blank", ["", "\n"], ids=["in place", "written again"])
@pytest.mark.parametrize("most", [1, csv_bytes.SURPLUS, 10])
@pytest.mark.parametrize("large", [False, True])
def test_each_cell_too_many_is_reported(blank, most, large, tmp_path, monkeypatch):
    """Catches cells that are lost, counted twice, or taken for the list of several."""
    if large:
        monkeypatch.setattr(csv_scan, "CHUNK", 0)
        monkeypatch.setattr(csv_patch, "CHUNK", 64)
    surplus = [0, *range(most + 1), 0]
    text = "a,b\n" + "".join(map(row, surplus)) + blank
    (tmp_path / "t.csv").write_text(text, "utf-8")
    fields = [{"name": name, "type": "integer"} for name in "ab"]
    resource = {"name": "t", "type": "table", "path": "t.csv", "schema": {"fields": fields}}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [resource]}), "utf-8")
    (task,) = pledgeline.validate(tmp_path).tasks
    found = [e for e in task.errors if e.type == "extra-cell"]
    expected = [
        (number, 3 + n, CELLS[n % len(CELLS)])
        for number, cells in enumerate(surplus, 2)
        for n in range(cells)
    ]
    assert [(e.row_number, e.field_number, e.cell) for e in found] == expected
    assert task.counts["error", "extra-cell"] == len(expected)
    assert task.rows == len(surplus) + bool(blank)


@pytest.mark.parametrize("width", [3, csv_scan.MANY, csv_scan.MANY + 1, 100])
def test_the_size_of_a_row_is_that_of_its_cells(width):
    """Catches a row of many columns whose bytes are counted otherwise: the proof rests on them."""
    cells = ["é", "", "x, y"]
    for given in range(len(cells) + 1):
        row = cells[:given] + [None] * (width - given)
        names = ", ".join(f"${n} AS c{n}" for n in range(1, width + 1))
        size = f"SELECT {csv_scan.size_of(width)} FROM (SELECT {names})"
        expected = sum(len(cell.encode()) + 1 for cell in cells[:given])
        assert duckdb.execute(size, row).fetchone() == (expected,)
