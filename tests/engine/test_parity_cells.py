"""The verdict is frictionless-py's, in cases made by hand: cells of every type, and what stands
for no value.
"""

from pathlib import Path

import pytest
from support.parity import ID, as_csv, same, write_package
from support.parity_cells import CELLS, fields


@pytest.mark.parametrize("type", CELLS)
def test_cells_of_every_type_format_and_constraint(type: str, tmp_path: Path):
    """Catches a cell that one engine takes and the other does not; every cell stands twice, for the
    keys.
    """
    rows = [["id", "f"], *([number, cell] for number, cell in enumerate(CELLS[type] * 2))]
    resources = [
        {"name": f"t{number}", "path": "t.csv", "format": "csv", "schema": {"fields": [ID, field]}}
        for number, field in enumerate(fields(type))
    ]
    found = same(write_package(tmp_path, resources, {"t.csv": as_csv(rows)}))
    assert len({name for name, *_ in found}) >= len(resources) - (
        4 if type in ("any", "string", "list") else 1
    )


MISSING = {
    "of the schema": ({"missingValues": ["", "NA", "-"]}, {}),
    "with labels": ({"missingValues": [{"value": "NA", "label": "not asked"}, {"value": "-"}]}, {}),
    "none": ({"missingValues": []}, {}),
    "of the field": ({"missingValues": ["-"]}, {"missingValues": ["NA"]}),
    "that are numbers": ({"missingValues": ["1", "2.5"]}, {}),
}


@pytest.mark.parametrize("case", MISSING)
@pytest.mark.parametrize("type", ["string", "integer", "number", "boolean", "any"])
def test_missing_values(case: str, type: str, tmp_path: Path):
    """Catches a text that stands for no value and is taken for one, or the reverse, in cells and in
    keys.
    """
    about, own = MISSING[case]
    field = {"name": "n", "type": type, "constraints": {"required": True}, **own}
    schema = {"fields": [ID, field], "primaryKey": ["n"], **about}
    text = as_csv(
        [
            ["id", "n"],
            *([cell, cell] for cell in ["", "NA", "-", "1", "2.5", "1", "NA", "", "true", "NULL"]),
        ]
    )
    assert same(
        write_package(
            tmp_path,
            [{"name": "t", "path": "t.csv", "format": "csv", "schema": schema}],
            {"t.csv": text},
        )
    )
