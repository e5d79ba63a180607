"""The report as JUnit, for what shows test results."""

import xml.etree.ElementTree as ElementTree

from support.stand_in import HOSTILE, REPORTS, hostile, many, warnings_only

from pledgeline.cli.formats import render
from pledgeline.report import Report


def junit(*reports: Report) -> ElementTree.Element:
    return ElementTree.fromstring(render("junit", reports))


def test_junit_has_a_suite_a_package_and_a_case_a_resource():
    """Catches counts that do not add up, and errors that fail no case or are missing from it."""
    root = junit(many(), warnings_only())
    assert root.tag == "testsuites" and [suite.get("name") for suite in root] == [
        "pack/datapackage.json",
        "datapackage.json",
    ]
    for suite in (root, *root):
        assert int(suite.get("tests")) == len(suite.findall(".//testcase"))
        assert (
            int(suite.get("failures")) == len(suite.findall(".//failure"))
            and suite.get("errors") == "0"
        )
    assert [case.get("name") for case in root[0]] == ["descriptor", "events", "commitments"]
    failure = root[0][2].find("failure")
    assert (
        failure.get("message") == "1,205 errors: 1,204 type-error, 1 foreign-key"
        and failure.get("type") == "type-error"
    )
    assert (
        '- row 2, field "strength": "high": type is "integer/default"\n'
        "  from data/records/pact.yaml:32" in failure.text
    )
    assert (
        "- and 1,194 more" in failure.text
        and "foreign-key" in failure.text
        and "stale" not in failure.text
    )
    assert root[0][0].find("failure") is not None and root[0][1].find("failure") is None


def test_junit_takes_no_warning_for_a_failure():
    """Catches a CI that fails on what may stay."""
    (suite,) = junit(warnings_only())
    assert (
        suite.get("failures") == "0"
        and "an event that was expected" in suite[1].find("system-out").text
    )


def test_junit_follows_the_common_schema():
    """Catches elements and attributes that no JUnit reader knows, and elements that a stranger's
    text opens or closes.
    """
    allowed = {
        "testsuites": {"name", "tests", "failures", "errors", "time"},
        "testsuite": {"name", "tests", "failures", "errors", "skipped", "time"},
        "testcase": {"name", "classname", "time"},
        "failure": {"type", "message"},
        "system-out": set(),
    }
    inside = {
        "testsuites": {"testsuite"},
        "testsuite": {"testcase"},
        "testcase": {"failure", "system-out"},
    }
    for report in REPORTS:
        for element in junit(report()).iter():
            assert set(element.attrib) == allowed[element.tag]
            assert {child.tag for child in element} <= inside.get(element.tag, set())
    names = [case.get("name") for case in junit(hostile())[0]]
    assert "]]></testcase></failure>&<!--" in names and len(names) == 1 + len(HOSTILE)
