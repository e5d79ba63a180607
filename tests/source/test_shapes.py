"""Which way each shape of file and type of cell takes: none falls off the scan unseen.

The shapes are those that `benchmarks/shapes.py` measures.
"""

import pytest
from support.shapes import SHAPES, make, noted_ways

from pledgeline.check import undecided
from pledgeline.validation import validate

ROWS = 600
FEW = 100  # cells
# Cells of these shapes are judged in Python, each distinct value once.
JUDGED = {
    "GeoJSON": "its schema is that of GeoJSON",
    "pattern that RE2 does not know": "the database has no such engine",
    "pattern of letters of all scripts": "the engines differ in what a letter is",
}


@pytest.mark.long
@pytest.mark.parametrize("name", SHAPES)
def test_the_way_of_a_shape(name, tmp_path, monkeypatch):
    """Catches a shape that no scan reads, or whose ordinary cells Python judges one by one."""
    judged = []
    insert = undecided.insert

    def noted_insert(database, table, verdicts):
        judged.extend(verdicts)
        return insert(database, table, verdicts)

    monkeypatch.setattr(undecided, "insert", noted_insert)
    ways = noted_ways(monkeypatch)
    report = validate(make(name, ROWS, tmp_path / "shape"))
    assert report.tasks[0].rows or name == "a byte that is not UTF-8"
    ways.check()
    assert (len(judged) > FEW) == (name in JUDGED), f"{len(judged)} cells went through Python"
