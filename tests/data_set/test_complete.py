"""A package of invented records in which every table and column is filled: what the real records do
not use yet works too.
"""

import frictionless
import pandas
import pytest
from support.copies import whole

from pledgeline.records.fmt import format_records
from pledgeline.write.build import build


@pytest.mark.long
def test_it_builds_and_frictionless_finds_it_valid(complete):
    """Catches a table that only works while it is empty, such as assessments and retired ids."""
    content, warnings = build(complete)
    assert [warning.code for warning in warnings] == ["unused-code-list"] and whole(complete)
    empty = [r["name"] for r in content["resources"] if r["rows"] == 0 and r["format"] == "csv"]
    assert empty == ["changes", "releases"]
    report = frictionless.validate(str(complete / "datapackage.json"))
    assert report.valid and not report.warnings


def test_the_tracker_shows_the_latest_assessment(complete_built):
    """Catches a view that shows an older assessment, or another commitment's."""
    tracker = pandas.read_parquet(
        complete_built / "data/parquet/commitment_tracker.parquet"
    ).set_index("commitment")
    assessments = pandas.read_parquet(complete_built / "data/parquet/assessments.parquet")
    latest = (
        assessments.sort_values(["as_of_end", "id"], ascending=[True, False])
        .groupby("commitment")
        .last()
    )
    assert len(latest) > 0
    for commitment, row in latest.iterrows():
        assert tracker.loc[commitment, "latest_status"] == row["status"]
    assert tracker["latest_status"].notna().sum() == len(latest)


def test_ordered_codes_are_ordered_in_pandas(complete_built):
    """Catches an ordered code list that sorts by alphabet."""
    confidence = pandas.read_parquet(complete_built / "data/parquet/assessments.parquet")[
        "confidence"
    ]
    assert list(confidence.cat.categories) == ["low", "medium", "high"] and confidence.cat.ordered


def test_its_records_are_in_canonical_form(complete):
    """Catches invented records that drift from the form of the real ones."""
    assert format_records(complete, check=True) == ([], [])


def test_a_warning_does_not_stop_a_build(complete):
    """Catches a warning that is lost, or that keeps the package from being built."""
    rule = complete / "validate/rules/always.sql"
    rule.write_text(
        "-- warning: nothing\n-- fix: nothing\n"
        "SELECT 'events' AS resource, 1 AS row_number, 'title' AS field\n"
    )
    _, warnings = build(complete)
    assert {warning.code for warning in warnings} == {"always", "unused-code-list"} and whole(
        complete
    )
    assert any(": always (warning): " in str(warning) for warning in warnings)


def test_a_code_list_that_no_field_uses_is_reported(complete_built):
    """Catches a list whose file has another name than the schema means, and that therefore checks
    nothing.
    """
    assert (
        (complete_built / "warnings.txt")
        .read_text("utf-8")
        .startswith("data/records/codes/ferry_class.yaml:1:1: unused-code-list (warning): ")
    )
