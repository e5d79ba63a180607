"""What `open` gives for cells that Arrow would read otherwise than the schema says."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

import pledgeline
from pledgeline.errors import InvalidPackage

READ = {
    "groups and a decimal comma": (
        {"type": "number", "decimalChar": ",", "groupChar": "."},
        ["1.234", "1.234,5", "7"],
        [1234.0, 1234.5, 7.0],
    ),
    "words around a number": ({"type": "number", "bareNumber": False}, ["$2.5", "3%"], [2.5, 3.0]),
    "exponents": ({"type": "number"}, ["1e3", "-2.5E-1", "INF"], [1000.0, -0.25, float("inf")]),
    "groups in a whole number": (
        {"type": "integer", "groupChar": ","},
        ["1,000", ""],
        [1000, None],
    ),
    "signs and zeros": ({"type": "integer"}, ["+5", "007", "-3"], [5, 7, -3]),
    "truth in other words": (
        {"type": "boolean", "trueValues": ["0"], "falseValues": ["1"]},
        ["0", "1"],
        [True, False],
    ),
    "days in another order": (
        {"type": "date", "format": "%d/%m/%Y"},
        ["03/02/2022"],
        [date(2022, 2, 3)],
    ),
}
REFUSED = {
    "a hexadecimal number": ({"type": "integer"}, "0x10"),
    "a decimal point where there is a comma": ({"type": "number", "decimalChar": ","}, "2.5"),
    "another word for true": ({"type": "boolean", "trueValues": ["yes"]}, "true"),
    "the year 0": ({"type": "date"}, "0000-01-01"),
    "a day in another form": ({"type": "date", "format": "%d/%m/%Y"}, "2022-02-03"),
}


def package(folder: Path, field: dict, cells: list[str]) -> Path:
    schema = {"fields": [{"name": "id", "type": "string"}, {"name": "f", **field}]}
    with (folder / "t.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["id", "f"], *([str(n), c] for n, c in enumerate(cells))])
    resource = {"name": "t", "type": "table", "path": "t.csv", "schema": schema}
    (folder / "datapackage.json").write_text(
        json.dumps({"name": "small", "resources": [resource]}), "utf-8"
    )
    return folder


@pytest.mark.parametrize("case", READ)
def test_a_cell_is_the_value_that_its_field_says(case: str, tmp_path: Path):
    """Catches a valid cell that is refused, or read as another value: 1.234 for 1,234."""
    field, cells, values = READ[case]
    root = package(tmp_path, field, cells)
    assert pledgeline.validate(root).valid
    assert pledgeline.open(root)["t"].to_arrow()["f"].to_pylist() == values


@pytest.mark.parametrize("case", REFUSED)
def test_a_cell_that_is_not_of_its_type_is_refused(case: str, tmp_path: Path):
    """Catches an invalid cell that Arrow can read, and that is taken for a value."""
    field, cell = REFUSED[case]
    root = package(tmp_path, field, [cell])
    assert not pledgeline.validate(root).valid
    with pytest.raises(InvalidPackage, match="t: f has"):
        pledgeline.open(root)["t"]


def test_whether_a_table_is_there_is_known_without_reading_it(tmp_path: Path):
    """Catches `"t" in package` that fails on a table that cannot be read."""
    opened = pledgeline.open(package(tmp_path, {"type": "integer"}, ["x"]))
    assert "t" in opened and "u" not in opened
