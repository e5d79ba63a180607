"""The report as annotations of GitHub, and the files and lines that a finding is placed in."""

from dataclasses import replace
from urllib.parse import unquote

import pytest
from support.stand_in import many

from pledgeline.cli.formats import github, render
from pledgeline.cli.formats.locations import location
from pledgeline.report import Error, Report, Task


def test_github_annotates_the_first_of_each_type_first():
    """Catches ten annotations (all that are shown) of one type while others go unseen."""
    lines = render("github", [many()]).splitlines()
    assert (
        lines[0] == "::error file=pack/datapackage.json,title=1 package-error in the descriptor"
        "::the licence is missing"
    )
    assert lines[1] == (
        "::error file=pack/data/records/pact.yaml,line=32,title=1%2C204 type-error in commitments::"
        'row 2, field "strength": "high": type is "integer/default" (write a number from 0 to 4)'
    )
    assert "foreign-key" in lines[2] and "type-error" in lines[3]
    assert lines[-2].startswith(
        "::warning file=pack/data/commitments.csv,line=4,title=1 stale in commitments::"
    )
    assert lines[-1].startswith("package pack/datapackage.json: INVALID: 1,206 errors")


def test_github_escapes_as_documented():
    """Catches data that ends a property or a command."""
    assert github.in_data("100%\r\n::x, y") == "100%25%0D%0A::x, y"
    assert unquote(github.in_property("a:b,c%\n")) == "a:b,c%\n" and not set(":,\n") & set(
        github.in_property("a:b,c%\n")
    )
    error = Error("x", "50% of a,b::c")
    task = Task("::a,b", "a,b.csv", counts={("error", "x"): 1}, errors=[error])
    (line, _) = render("github", [Report("p%:,/datapackage.json", [task])]).splitlines()
    assert line == "::error file=p%25%3A%2C/a%2Cb.csv,title=1 x in %3A%3Aa%2Cb::50%25 of a,b::c"


@pytest.mark.parametrize(
    "place,row,expected",
    [
        ("data/a.csv", 7, ("pack/data/a.csv", 7)),
        ("data/a.csv", None, ("pack/data/a.csv", None)),
        ("data/a.parquet", 7, ("pack/data/a.parquet", None)),
        ("data/a.csv.gz", 7, ("pack/data/a.csv.gz", None)),
        ("<inline>", 7, ("pack/datapackage.json", None)),
        ("a.csv, b.csv", 7, ("pack/datapackage.json", None)),
        ("https://example.org/a.csv", 7, ("pack/datapackage.json", None)),
        ("a.csv (multipart)", 7, ("pack/datapackage.json", None)),
        ("a.zip -> a.csv", 7, ("pack/datapackage.json", None)),
        ("", 7, ("pack/datapackage.json", None)),
    ],
)
def test_a_finding_is_placed_in_a_file_that_can_be_opened(place, row, expected):
    """Catches lines in files that have none, and paths that name no file."""
    for package in ("pack/datapackage.json", "pack", "./pack/"):
        assert (
            location(Report(package), Task("t", place), Error("x", "y", row_number=row)) == expected
        )


def test_a_package_named_by_an_absolute_path_is_placed_from_here(tmp_path, monkeypatch):
    """Catches absolute paths, which mean nothing to a service that reads the report elsewhere."""
    monkeypatch.chdir(tmp_path)
    report = Report(str(tmp_path / "pack" / "datapackage.json"))
    assert location(report, Task("t", "a.csv"), Error("x", "y", row_number=2)) == ("pack/a.csv", 2)
    error = Error("x", "y", record="data/records/a.yaml:12")
    assert location(report, None, error) == ("pack/data/records/a.yaml", 12)
    assert location(report, None, replace(error, record="data/records/a.yaml")) == (
        "pack/data/records/a.yaml",
        None,
    )
