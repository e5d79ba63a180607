"""Which way each shape of file and type of cell takes: none falls off the scan unseen.

The shapes are those that `benchmarks/shapes.py` measures.
"""

import sys

import pytest
from support.copies import REPOSITORY

from pledgeline.check import undecided
from pledgeline.source import csv_patch
from pledgeline.source import open as opening
from pledgeline.validation import validate

sys.path.append(str(REPOSITORY / "benchmarks"))
from shape_list import SHAPES, make

ROWS = 600
FEW = 100  # cells
CHUNK = 2_000  # bytes: so that these small files have as many pieces as large ones
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
    judged, pieces, exact = [], [], []
    insert, plain_piece, read_rows = undecided.insert, csv_patch.plain_piece, opening.read_rows

    def noted_insert(database, table, verdicts):
        judged.extend(verdicts)
        return insert(database, table, verdicts)

    def noted_piece(*asked):
        pieces.append(plain_piece(*asked))
        return pieces[-1]

    def noted_rows(*asked):
        exact.append(asked)
        return read_rows(*asked)

    monkeypatch.setattr(undecided, "insert", noted_insert)
    monkeypatch.setattr(csv_patch, "plain_piece", noted_piece)
    monkeypatch.setattr(csv_patch, "CHUNK", CHUNK)
    monkeypatch.setattr(opening, "read_rows", noted_rows)
    report = validate(make(name, ROWS, tmp_path / "shape"))
    assert report.tasks[0].rows or name == "a byte that is not UTF-8"
    assert not exact, "the rows went through Python"
    assert (len(judged) > FEW) == (name in JUDGED), f"{len(judged)} cells went through Python"
    parsed = [piece for piece in pieces if piece is None]
    assert len(parsed) <= 3, f"{len(parsed)} of {len(pieces)} pieces were parsed by Python"
