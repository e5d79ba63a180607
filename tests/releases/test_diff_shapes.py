"""Versions in each shape of file and type of cell: the same changes, and no slow way to them.

The shapes are those that `benchmarks/diff_shapes.py` measures.
"""

import re

import pytest
from support.shapes import SHAPES, make, noted_ways

from pledgeline.errors import InvalidPackage
from pledgeline.releases.diff import compare
from pledgeline.releases.digests import DigestedTable

ROWS = 600
CHANGED = [50, 150, 250, 350, 450, 550]
UNEVEN = "has more or fewer cells"
# Files with these faults are refused, since their rows cannot be known for sure.
REFUSED = {
    "a blank line at the end": UNEVEN,
    "a blank line in the middle": UNEVEN,
    "a blank line after every tenth row": UNEVEN,
    "an unended quote in the middle": UNEVEN,
    "an unended quote near the end": UNEVEN,
    "text after a closing quote": 'two rows have the key "event-7"',
    "a blank before a quote": UNEVEN,
    "one row too short": UNEVEN,
    "one row too long": UNEVEN,
    "one row much too long": UNEVEN,
    "a delimiter at the end of every row": "has no field in the schema|has no label",
    "a byte that is not UTF-8": "byte 0xf6 .*is not UTF-8",
}
QUICK = ("plain", "mixed line ends", "blanks after delimiters", "one row too long", "Parquet")
CASES = [pytest.param(n, marks=() if n in QUICK else pytest.mark.long) for n in SHAPES]


@pytest.mark.parametrize("name", CASES)
def test_the_changes_of_a_shape(name, tmp_path, monkeypatch):
    """Catches a change that is missed or made up in one shape, and a shape that is not scanned, or
    whose equal rows are compared one by one.
    """
    rows = ROWS * 20 if name == "200 columns" else ROWS  # a twentieth is made
    old = make(name, rows, tmp_path / "old")
    new = make(name, rows, tmp_path / "new", changed=True)
    ways, asked = noted_ways(monkeypatch), []
    read_rows = DigestedTable.read_rows

    def noted_rows(table, database, numbers):
        asked.extend(database.execute(numbers).fetchall())
        return read_rows(table, database, numbers)

    monkeypatch.setattr(DigestedTable, "read_rows", noted_rows)
    with compare(old, new) as found:
        if name in REFUSED:
            with pytest.raises(InvalidPackage, match=REFUSED[name]):
                list(found.changes)
        else:
            changes = list(found.changes)
            numbers = [re.search(r"[0-9]+(?=(\.50?)?$)", change.key)[0] for change in changes]
            assert sorted(map(int, numbers)) == CHANGED
            assert {(change.field, change.kind) for change in changes} == {("year", "modified")}
            assert len(asked) == 2 * len(CHANGED)
    ways.check(files=2)
