"""The report as SARIF, for what shows findings beside the code."""

import json
import re

from support.stand_in import REPORTS, hostile, many

from pledgeline.cli.formats import render
from pledgeline.report import Report


def sarif(*reports: Report) -> dict:
    return json.loads(render("sarif", reports))["runs"][0]


def test_sarif_has_a_rule_for_every_type_and_a_place_for_every_result():
    """Catches results without a rule, a file or a line, which code scanning refuses."""
    for report in REPORTS:
        run = sarif(report())
        rules = run["tool"]["driver"]["rules"]
        assert len({rule["id"] for rule in rules}) == len(rules)
        for rule in rules:
            assert (
                rule["shortDescription"]["text"]
                and rule["fullDescription"]["text"]
                and rule["help"]["text"]
            )
        for result in run["results"]:
            assert (
                rules[result["ruleIndex"]]["id"] == result["ruleId"] and result["message"]["text"]
            )
            assert result["level"] in ("error", "warning", "note")
            (place,) = result["locations"]
            assert re.fullmatch(
                r"[\w/.%~-]+", place["physicalLocation"]["artifactLocation"]["uri"], re.ASCII
            )
            assert place["physicalLocation"]["region"]["startLine"] >= 1


def test_sarif_points_at_the_record_or_at_the_row():
    """Catches a finding that opens the built table where the hand-written record is known."""
    places = {}
    for result in sarif(many())["results"]:
        physical = result["locations"][0]["physicalLocation"]
        places.setdefault(
            result["ruleId"], (physical["artifactLocation"]["uri"], physical["region"]["startLine"])
        )
    assert places == {
        "type-error": ("pack/data/records/pact.yaml", 32),
        "foreign-key": ("pack/data/commitments.csv", 12),
        "package-error": ("pack/datapackage.json", 1),
        "stale": ("pack/data/commitments.csv", 4),
    }


def test_sarif_keeps_the_exact_counts_within_the_size_that_is_accepted(monkeypatch):
    """Catches an upload refused for its size, and the loss of errors to warnings."""
    monkeypatch.setattr("pledgeline.cli.formats.sarif.MOST", 12)
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
