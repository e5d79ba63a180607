"""Every format on reports with nothing, with many errors, with warnings only, and with a stranger's
text in everything.
"""

import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest
from support.stand_in import HOSTILE, REPORTS, hostile, many, valid

from pledgeline.cli.formats import FORMATS, render
from pledgeline.cli.formats import groups as findings
from pledgeline.report import Error, Report, Task

# all but the line feed
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
COMMAND = re.compile(r"^\s*::|##", re.MULTILINE)  # what CI runners look for in a log


def junit(*reports: Report) -> ElementTree.Element:
    return ElementTree.fromstring(render("junit", reports))


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("report", REPORTS)
def test_every_format_writes_every_report_in_characters_that_steer_nothing(format, report):
    """Catches a terminal escape, a line break or half a surrogate pair that comes out as it came
    in, and a crash.
    """
    text = render(format, [report()])
    assert text.endswith("\n") and not CONTROL.search(text)
    text.encode("utf-8")


@pytest.mark.parametrize("format", FORMATS)
def test_a_stranger_gives_ci_runners_no_commands(format):
    """Catches a name, cell or message that a runner takes for `::error::`, `##[...]` or
    `##vso[...]`.
    """
    text = render(format, [hostile()])
    if format == "github":
        text = re.sub(
            r"^::(error|warning|notice) file=[^:,]*,(line=\d+,)?title=[^:,]*::",
            "",
            text,
            flags=re.MULTILINE,
        )
    assert not COMMAND.search(text)


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_shown_is_bounded(format):
    """Catches a cell of megabytes printed whole, where people read; JSON keeps what it is given."""
    task = Task(
        "t" * 10**6,
        "p" * 10**6,
        engine="e" * 10**6,
        errors=[Error("x" * 10**6, "c" * 10**6, "", 2, "n" * 10**6, cell="c" * 10**6)],
    )
    task.counts["error", "x" * 10**6] = 1
    text = render(format, [Report("d" * 10**6, [task])])
    assert "ccccc" in text
    assert len(text) > 10**6 if format == "json" else max(map(len, text.splitlines())) < 5000


@pytest.mark.parametrize("format", ["json", "junit"])
def test_what_programs_read_is_ascii(format):
    """Catches a report that is broken once it is written in another encoding than its reader
    expects.
    """
    report = Report("датапакет/datapackage.json", [Task("Əliyev", "ə.csv")])
    assert render(format, [report]).isascii() and render(format, [hostile()]).isascii()


def test_programs_read_names_in_any_letters():
    """Catches letters lost in the escape."""
    report = Report("datapackage.json", [Task("Əliyev", "ə.csv")])
    assert json.loads(render("json", [report]))["reports"][0]["tasks"][0]["name"] == "Əliyev"
    assert junit(report)[0][1].get("name") == "Əliyev"


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


def test_the_message_is_reported_once():
    """Catches row, field and cell given twice: before the message, and in it."""
    error = many().tasks[1].errors[0]
    assert findings.sentence(error) == 'row 2, field "strength": "high": type is "integer/default"'
    assert findings.sentence(replace(error, note="another note")) == error.message
    assert (
        findings.sentence(Error("blank-row", "a row of nothing", row_number=1200))
        == "row 1200: a row of nothing"
    )
    assert findings.sentence(Error("x", "", "", 2, "n")) == 'row 2, field "n": x'
    key = Error("foreign-key", "a 1, b 2 is not there", "", 3, field_names=("a", "b"))
    assert findings.sentence(key) == "row 3, fields a, b: a 1, b 2 is not there"
