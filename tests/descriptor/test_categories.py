"""`categories` as the standard has them.

They are in version 2 only, each once, with every value of the field.
"""

import json
from pathlib import Path

import pytest

import pledgeline
from pledgeline.report import Report

V2 = "https://datapackage.org/profiles/2.0/datapackage.json"


def report(
    root: Path, field: dict, cells: str = "M", others: tuple = (), version: str = V2
) -> Report:
    (root / "a.csv").write_text("g\n" + "".join(f"{cell}\n" for cell in cells))
    schema = {"fields": [{"name": "g", "type": "string", **field}]}
    content = {"resources": [{"name": "a", "path": "a.csv", "schema": schema}, *others]}
    (root / "datapackage.json").write_text(json.dumps({**content, "$schema": version}))
    return pledgeline.validate(root)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ({"categories": ["M"], "constraints": {"enum": ["M", "F"]}}, '"F" is not among'),
        ({"categories": [{"value": "M", "label": "x"}, {"value": "F", "label": "x"}]}, 'label "x"'),
        ({"categories": ["M", "M"]}, 'value "M"'),
        ({"categories": {"table": "codes"}}, "or an object with `resource`"),
    ],
)
def test_categories_that_contradict_themselves_are_refused(field, wrong, tmp_path):
    """Catches categories of which no reader could say what they mean."""
    found = report(tmp_path, field)
    assert any(wrong in error.message for error in found.errors), found.errors


def test_version_1_has_no_categories(tmp_path):
    """Catches a property of another version enforced."""
    assert not report(tmp_path, {"categories": ["F"]}).valid
    assert report(tmp_path, {"categories": ["F"]}, version="").valid


def test_categories_in_a_table_are_looked_up_there(tmp_path):
    """Catches an object of categories taken for the list of its keys."""
    (tmp_path / "codes.csv").write_text("value,label\nM,male\nF,female\n")
    fields = [{"name": name, "type": "string"} for name in ("value", "label")]
    codes = {"name": "codes", "path": "codes.csv", "schema": {"fields": fields}}
    field = {"categories": {"resource": "codes"}}
    assert report(tmp_path, field, "MF", (codes,)).valid
    found = report(tmp_path, field, "MX", (codes,))
    (error,) = found.tasks[0].errors
    assert (error.type, error.row_number, error.field_name) == ("constraint-error", 3, "g")


def test_a_key_to_a_table_that_cannot_be_read_is_reported(tmp_path):
    """Catches a table called right whose keys nobody could look up."""
    gone = {"name": "codes", "path": "gone.csv"}
    found = report(tmp_path, {"categories": {"resource": "codes"}}, "M", (gone,))
    (warning,) = found.tasks[0].errors
    assert warning.severity == "warning" and "was not checked" in warning.message
