"""The report for people: short where all is well, a line a resource, the verdict last."""

import re

from support.stand_in import many, nothing, valid, warnings_only

from pledgeline.cli.formats import render
from pledgeline.report import Error, Report, Task


def test_text_has_a_line_for_each_resource_and_the_verdict_last():
    """Catches a resource left out, and a verdict that does not count the descriptor's error."""
    lines = render("text", [many()]).splitlines()
    assert lines[0] == "pack/datapackage.json"
    assert lines[2].split() == ["ok", "events", "3", "rows", "0.1", "s"]
    assert lines[3].split() == [
        "FAIL",
        "commitments",
        "31,204",
        "rows",
        "0.4",
        "s",
        "1,205",
        "errors,",
        "1",
        "warning",
    ]
    assert (
        lines[-1]
        == "INVALID: 1,206 errors, 1 warning; 1 of 2 resources invalid, 31,207 rows, 0.6 s"
    )


def test_text_shows_the_first_errors_of_each_type_and_how_many_more_there_are():
    """Catches counts that end where the listing ends, and a finding without place, record or
    advice.
    """
    text = render("text", [many()])
    shown = text.split("commitments: 1,204 type-error")[1].split("\n\n")[0].splitlines()
    assert shown[1:3] == [
        '  - row 2, field "strength": "high": type is "integer/default"',
        "    from data/records/pact.yaml:32",
    ]
    assert shown[-2:] == ["  and 1,201 more", "  fix: write a number from 0 to 4"]
    assert sum(line.startswith("  - ") for line in shown) == 3
    assert (
        "commitments: 1 foreign-key, in data/commitments.csv\n"
        '  - row 12, field "instrument": no such instrument' in text
    )
    assert "the descriptor: 1 package-error" in text
    assert text.index("package-error") < text.index("foreign-key") < text.index("stale (warning)")


def test_text_on_nothing_wrong_is_short():
    """Catches advice where there is nothing to fix, and a package without resources taken for an
    invalid one.
    """
    assert render("text", [nothing()]) == "datapackage.json\n\nvalid: 0 resources, 0 rows, 0.0 s\n"
    broken = Report("p.json", errors=[Error("x", "no JSON")])
    assert render("text", [broken]).startswith(
        "p.json\n\nthe descriptor: 1 x, in p.json\n  - no JSON\n\nINVALID: 1 error;"
    )
    assert render("text", [valid()]).splitlines()[-1] == "valid: 1 resource, 3 rows, 0.2 s"
    assert (
        render("text", [warnings_only()]).splitlines()[-1]
        == "valid: 1 warning; 1 resource, 9 rows, 0.0 s"
    )


def test_text_fits_a_terminal():
    """Catches lines of ordinary reports that a terminal of 100 columns breaks, and long words that
    are lost in wrapping.
    """
    report = many()
    report.tasks[1].errors.insert(
        0, Error("foreign-key", "long " * 60 + "end-of-message", row_number=1)
    )
    text = render("text", [report])
    assert max(map(len, text.splitlines())) <= 100 and "end-of-message" in text


def test_text_of_several_packages_ends_with_the_verdict_on_all():
    """Catches a reader who sees only the last package's verdict."""
    assert render("text", [valid(), many(), valid()]).splitlines()[-1] == "1 of 3 packages invalid"


def test_text_has_colour_only_when_asked():
    """Catches escapes in a log, and colour that hides words."""
    plain, coloured = render("text", [many()]), render("text", [many()], colour=True)
    assert "\x1b" not in plain and re.sub(r"\x1b\[\d+m", "", coloured) == plain != coloured


def test_a_resource_that_another_engine_read_says_so():
    """Catches a slow resource that nobody can explain."""
    task = Task("sheet", "sheet.xlsx", engine="frictionless")
    assert "by frictionless" in render("text", [Report("datapackage.json", [task])])


def test_a_resource_that_is_no_table_says_so():
    """Catches a picture that looks like a table without rows."""
    task = Task("logo", "logo.png", "png", type="file")
    assert "no table" in render("text", [Report("datapackage.json", [task])])
    assert task.to_dict()["type"] == "file"
