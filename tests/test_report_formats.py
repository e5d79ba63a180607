"""Every format on reports with nothing, with many errors, with warnings only, and with a stranger's text in everything."""

import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from urllib.parse import unquote

import pytest
from stand_in import HOSTILE, REPORTS, hostile, many, nothing, valid, warnings_only

from pledgeline.formats import FORMATS, findings, github, render
from pledgeline.formats.places import location
from pledgeline.validation.report import Error, Report, Task

CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")  # all but the line feed
COMMAND = re.compile(r"^\s*::|##", re.MULTILINE)  # what CI runners look for in a log


def sarif(*reports: Report) -> dict:
    return json.loads(render("sarif", reports))["runs"][0]


def junit(*reports: Report) -> ElementTree.Element:
    return ElementTree.fromstring(render("junit", reports))


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("report", REPORTS)
def test_every_format_writes_every_report_in_characters_that_steer_nothing(format, report):
    """Catches a terminal escape, a line break or half a surrogate pair that comes out as it came in, and a crash."""
    text = render(format, [report()])
    assert text.endswith("\n") and not CONTROL.search(text)
    text.encode("utf-8")


@pytest.mark.parametrize("format", FORMATS)
def test_a_stranger_gives_ci_runners_no_commands(format):
    """Catches a name, cell or message that a runner takes for `::error::`, `##[...]` or `##vso[...]`."""
    text = render(format, [hostile()])
    if format == "github":
        text = re.sub(r"^::(error|warning|notice) file=[^:,]*,(line=\d+,)?title=[^:,]*::", "", text, flags=re.MULTILINE)
    assert not COMMAND.search(text)


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_shown_is_bounded(format):
    """Catches a cell of megabytes printed whole, where people read; JSON keeps what it is given."""
    task = Task("t" * 10**6, "p" * 10**6, engine="e" * 10**6, errors=[Error("x" * 10**6, "m" * 10**6, cell="c" * 10**6)])
    task.counts["error", "x" * 10**6] = 1
    text = render(format, [Report("d" * 10**6, [task])])
    assert "ccccc" in text
    assert len(text) > 10**6 if format == "json" else max(map(len, text.splitlines())) < 5000


@pytest.mark.parametrize("format", ["json", "junit"])
def test_what_programs_read_is_ascii(format):
    """Catches a report that is broken once it is written in another encoding than its reader expects."""
    report = Report("датапакет/datapackage.json", [Task("Əliyev", "ə.csv")])
    assert render(format, [report]).isascii() and render(format, [hostile()]).isascii()


def test_programs_read_names_in_any_letters():
    """Catches letters lost in the escape."""
    report = Report("datapackage.json", [Task("Əliyev", "ə.csv")])
    assert json.loads(render("json", [report]))["reports"][0]["tasks"][0]["name"] == "Əliyev"
    assert junit(report)[0][1].get("name") == "Əliyev"


# Text


def test_text_has_a_line_for_each_resource_and_the_verdict_last():
    """Catches a resource left out, and a verdict that does not count the descriptor's error."""
    lines = render("text", [many()]).splitlines()
    assert lines[0] == "pack/datapackage.json"
    assert lines[2].split() == ["ok", "events", "3", "rows", "0.1", "s"]
    assert lines[3].split() == ["FAIL", "commitments", "31,204", "rows", "0.4", "s", "1,205", "errors,", "1", "warning"]
    assert lines[-1] == "INVALID: 1,206 errors, 1 warning; 1 of 2 resources invalid, 31,207 rows, 0.6 s"


def test_text_shows_the_first_errors_of_each_type_and_how_many_more_there_are():
    """Catches counts that end where the listing ends, and a finding without place, record or advice."""
    text = render("text", [many()])
    shown = text.split("commitments: 1,204 type-error")[1].split("\n\n")[0].splitlines()
    assert shown[1:3] == ['  - row 2, strength, "high": type is "integer/default"', "    from data/records/pact.yaml:32"]
    assert shown[-2:] == ["  and 1,201 more", "  mend: write a number from 0 to 4"]
    assert sum(line.startswith("  - ") for line in shown) == 3
    assert 'commitments: 1 foreign-key, in data/commitments.csv\n  - row 12, instrument, "pakt": no such instrument' in text
    assert "the descriptor: 1 package-error" in text
    assert text.index("package-error") < text.index("foreign-key") < text.index("stale (warning)")


def test_text_on_nothing_wrong_is_short():
    """Catches advice where there is nothing to mend, and a package without resources taken for an invalid one."""
    assert render("text", [nothing()]) == "datapackage.json\n\nvalid: 0 resources, 0 rows, 0.0 s\n"
    broken = Report("p.json", errors=[Error("x", "no JSON")])
    assert render("text", [broken]).startswith("p.json\n\nthe descriptor: 1 x, in p.json\n  - no JSON\n\nINVALID: 1 error;")
    assert render("text", [valid()]).splitlines()[-1] == "valid: 1 resource, 3 rows, 0.2 s"
    assert render("text", [warnings_only()]).splitlines()[-1] == "valid: 1 warning; 1 resource, 9 rows, 0.0 s"


def test_text_fits_a_terminal():
    """Catches lines of ordinary reports that a terminal of 100 columns breaks, and long words that are lost in wrapping."""
    report = many()
    report.tasks[1].errors.insert(0, Error("foreign-key", "long " * 60 + "end-of-message", row_number=1))
    text = render("text", [report])
    assert max(map(len, text.splitlines())) <= 100 and "end-of-message" in text


def test_text_of_several_packages_ends_with_the_verdict_on_all():
    """Catches a reader who sees only the last package's verdict."""
    assert render("text", [valid(), many(), valid()]).splitlines()[-1] == "1 of 3 packages invalid"


def test_text_has_colour_only_when_asked():
    """Catches escapes in a log, and colour that hides words."""
    plain, coloured = render("text", [many()]), render("text", [many()], colour=True)
    assert "\x1b" not in plain and re.sub(r"\x1b\[\d+m", "", coloured) == plain != coloured


def test_a_resource_that_another_engine_read_says_why():
    """Catches a slow resource that nobody can explain."""
    task = Task("sheet", "sheet.xlsx", engine="frictionless", why="DuckDB reads no xlsx")
    assert "by frictionless (DuckDB reads no xlsx)" in render("text", [Report("datapackage.json", [task])])


# JSON


def test_json_is_the_report_with_the_verdict_on_all():
    """Catches a JSON that says less than the report, and a verdict of the last package only."""
    found = json.loads(render("json", [many(), valid()]))
    assert list(found) == ["version", "valid", "reports"] and found["valid"] is False
    assert found["reports"] == [many().to_dict(), valid().to_dict()]
    assert found["reports"][0]["tasks"][1]["stats"]["counts"]["type-error"] == 1204


def test_json_has_no_numbers_that_json_lacks():
    """Catches NaN and Infinity, which most parsers refuse."""
    found = json.loads(render("json", [hostile()]), parse_constant=pytest.fail)
    assert found["reports"][0]["stats"]["seconds"] is None
    names = [task["name"] for task in found["reports"][0]["tasks"]]
    assert names == [text.replace("\ud800", r"\ud800") for text in HOSTILE]


# JUnit


def test_junit_has_a_suite_a_package_and_a_case_a_resource():
    """Catches counts that do not add up, and errors that fail no case or are not told in it."""
    root = junit(many(), warnings_only())
    assert root.tag == "testsuites" and [suite.get("name") for suite in root] == ["pack/datapackage.json", "datapackage.json"]
    for suite in (root, *root):
        assert int(suite.get("tests")) == len(suite.findall(".//testcase"))
        assert int(suite.get("failures")) == len(suite.findall(".//failure")) and suite.get("errors") == "0"
    assert [case.get("name") for case in root[0]] == ["descriptor", "events", "commitments"]
    failure = root[0][2].find("failure")
    assert failure.get("message") == "1,205 errors: 1,204 type-error, 1 foreign-key" and failure.get("type") == "type-error"
    assert '- row 2, strength, "high": type is "integer/default"\n  from data/records/pact.yaml:32' in failure.text
    assert "- and 1,194 more" in failure.text and "foreign-key" in failure.text and "stale" not in failure.text
    assert root[0][0].find("failure") is not None and root[0][1].find("failure") is None


def test_junit_takes_no_warning_for_a_failure():
    """Catches a CI that fails on what may stay."""
    (suite,) = junit(warnings_only())
    assert suite.get("failures") == "0" and "an event that was expected" in suite[1].find("system-out").text


def test_junit_follows_the_common_schema():
    """Catches elements and attributes that no JUnit reader knows, and elements that a stranger's text opens or closes."""
    allowed = {
        "testsuites": {"name", "tests", "failures", "errors", "time"},
        "testsuite": {"name", "tests", "failures", "errors", "skipped", "time"},
        "testcase": {"name", "classname", "time"},
        "failure": {"type", "message"},
        "system-out": set(),
    }
    inside = {"testsuites": {"testsuite"}, "testsuite": {"testcase"}, "testcase": {"failure", "system-out"}}
    for report in REPORTS:
        for element in junit(report()).iter():
            assert set(element.attrib) == allowed[element.tag]
            assert {child.tag for child in element} <= inside.get(element.tag, set())
    names = [case.get("name") for case in junit(hostile())[0]]
    assert "]]></testcase></failure>&<!--" in names and len(names) == 1 + len(HOSTILE)


# SARIF


def test_sarif_has_a_rule_for_every_type_and_a_place_for_every_result():
    """Catches results without a rule, a file or a line, which code scanning refuses."""
    for report in REPORTS:
        run = sarif(report())
        rules = run["tool"]["driver"]["rules"]
        assert len({rule["id"] for rule in rules}) == len(rules)
        for rule in rules:
            assert rule["shortDescription"]["text"] and rule["fullDescription"]["text"] and rule["help"]["text"]
        for result in run["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"] and result["message"]["text"]
            assert result["level"] in ("error", "warning", "note")
            (place,) = result["locations"]
            assert re.fullmatch(r"[\w/.%~-]+", place["physicalLocation"]["artifactLocation"]["uri"], re.ASCII)
            assert place["physicalLocation"]["region"]["startLine"] >= 1


def test_sarif_points_at_the_record_or_at_the_row():
    """Catches a finding that opens the built table where the hand-written record is known."""
    places = {}
    for result in sarif(many())["results"]:
        physical = result["locations"][0]["physicalLocation"]
        places.setdefault(result["ruleId"], (physical["artifactLocation"]["uri"], physical["region"]["startLine"]))
    assert places == {
        "type-error": ("pack/data/records/pact.yaml", 32),
        "foreign-key": ("pack/data/commitments.csv", 12),
        "package-error": ("pack/datapackage.json", 1),
        "stale": ("pack/data/commitments.csv", 4),
    }


def test_sarif_keeps_the_exact_counts_within_the_size_that_is_accepted(monkeypatch):
    """Catches an upload refused for its size, and the loss of errors to warnings."""
    monkeypatch.setattr("pledgeline.formats.sarif.MOST", 12)
    run = sarif(many())
    assert len(run["results"]) == 12 and {result["level"] for result in run["results"]} == {"error"}
    assert run["properties"] == {"errors": 1206, "warnings": 1}


def test_sarif_of_several_packages_is_one_run():
    """Catches several runs of one tool, which code scanning refuses."""
    assert len(json.loads(render("sarif", [many(), many()]))["runs"]) == 1
    assert len(sarif(many(), many())["results"]) == 2 * len(sarif(many())["results"])


def test_sarif_makes_no_link_of_data():
    """Catches a cell that becomes a link in the viewer."""
    assert all("](" not in result["message"]["text"] for result in sarif(hostile())["results"])


# GitHub


def test_github_annotates_the_first_of_each_type_first():
    """Catches ten annotations (all that are shown) of one type while others go unseen."""
    lines = render("github", [many()]).splitlines()
    assert lines[0] == "::error file=pack/datapackage.json,title=1 package-error in the descriptor::the licence is missing"
    assert lines[1] == (
        "::error file=pack/data/records/pact.yaml,line=32,title=1%2C204 type-error in commitments::"
        'row 2, strength, "high": type is "integer/default" (write a number from 0 to 4)'
    )
    assert "foreign-key" in lines[2] and "type-error" in lines[3]
    assert lines[-2].startswith("::warning file=pack/data/commitments.csv,line=4,title=1 stale in commitments::")
    assert lines[-1].startswith("package pack/datapackage.json: INVALID: 1,206 errors")


def test_github_escapes_as_documented():
    """Catches data that ends a property or a command."""
    assert github.in_data("100%\r\n::x, y") == "100%25%0D%0A::x, y"
    assert unquote(github.in_property("a:b,c%\n")) == "a:b,c%\n" and not set(":,\n") & set(github.in_property("a:b,c%\n"))
    error = Error("x", "50% of a,b::c")
    task = Task("::a,b", "a,b.csv", counts={("error", "x"): 1}, errors=[error])
    (line, _) = render("github", [Report("p%:,/datapackage.json", [task])]).splitlines()
    assert line == "::error file=p%25%3A%2C/a%2Cb.csv,title=1 x in %3A%3Aa%2Cb::50%25 of a,b::c"


# Places


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
        assert location(Report(package), Task("t", place), Error("x", "y", row_number=row)) == expected


def test_a_package_named_by_an_absolute_path_is_placed_from_here(tmp_path, monkeypatch):
    """Catches absolute paths, which mean nothing to a service that reads the report elsewhere."""
    monkeypatch.chdir(tmp_path)
    report = Report(str(tmp_path / "pack" / "datapackage.json"))
    assert location(report, Task("t", "a.csv"), Error("x", "y", row_number=2)) == ("pack/a.csv", 2)
    error = Error("x", "y", record="data/records/a.yaml:12")
    assert location(report, None, error) == ("pack/data/records/a.yaml", 12)
    assert location(report, None, replace(error, record="data/records/a.yaml")) == ("pack/data/records/a.yaml", None)


# Words


def test_the_message_is_told_once():
    """Catches row, field and cell told twice: before the message, and in it."""
    error = many().tasks[1].errors[0]
    assert findings.sentence(error) == 'row 2, strength, "high": type is "integer/default"'
    assert findings.sentence(replace(error, note="another note")).endswith(error.message)
    assert findings.sentence(Error("blank-row", "a row of nothing", row_number=1200)) == "row 1,200: a row of nothing"
    assert findings.sentence(Error("x", "", field_number=3)) == "field 3: x"
    ours = 'row 3, field "n": "three" is not a whole number'
    assert findings.sentence(Error("type-error", ours, "a whole number", 3, "n", 2, "three")) == ours
