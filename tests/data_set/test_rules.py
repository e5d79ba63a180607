"""Every rule of validate/rules has a record that breaks it, and is reported at that record.

A case is some edits (file, text in it, text put in its place); § marks where the message must
point.
"""

import json
from pathlib import Path

import pytest
from support import broken_rules_events, broken_rules_instruments
from support.broken_rules_events import VISIT
from support.copies import REPOSITORY, copy_article, once_a_run
from support.edits import EVENTS, edit, packages, spoil

from pledgeline.errors import InvalidRecords
from pledgeline.write.build import build

DISTURBED = {  # by records that other cases break: each has a package of its own
    "assessment-before-instrument",
    "assessment-on-later-event",
    "commitment-of-unread-provision",
    "interpretation-before-its-object",
    "occurred-after-reading",
}
EDITS = broken_rules_events.EDITS | broken_rules_instruments.EDITS


def test_every_rule_has_a_record_that_breaks_it():
    """Catches a rule that nothing shows to work."""
    assert not broken_rules_events.EDITS.keys() & broken_rules_instruments.EDITS.keys()
    rules = {path.stem for path in (REPOSITORY / "validate" / "rules").glob("*.sql")}
    assert {case.split(".")[0] for case in EDITS} == rules


@once_a_run
def reports_of_rules(folder: Path) -> None:
    """Why builds of packages that break the rules are refused, and the places to be named."""
    shared = {case: edits for case, edits in EDITS.items() if case not in DISTURBED}
    (folder / "packages").mkdir(parents=True)
    found = reports(shared, folder / "packages")
    (folder / "reported.json").write_text(json.dumps(found), "utf-8")


def reports(cases: dict, folder: Path) -> dict[str, tuple[str, list[str]]]:
    """Of each case its place, and what the build of its package is refused for."""
    found = {}
    for number, package in enumerate(packages(copy_article(folder / "article"), cases)):
        root = copy_article(folder / str(number))
        places = spoil(root, package)
        with pytest.raises(InvalidRecords) as refusal:
            build(root)
        reported = [str(problem) for problem in refusal.value.problems]
        found |= {case: (place, reported) for case, place in places.items()}
    return found


@pytest.mark.parametrize(
    "case",
    [pytest.param(each, marks=pytest.mark.long if each in DISTURBED else ()) for each in EDITS],
)
def test_a_record_that_breaks_a_rule_is_reported(case, tmp_path):
    """Catches a rule that finds nothing, reports another record, or has the wrong severity."""
    if case in DISTURBED:
        found = reports({case: EDITS[case]}, tmp_path)
    else:
        found = json.loads((reports_of_rules() / "reported.json").read_text("utf-8"))
    place, reported = found[case]
    rule = case.split(".")[0]
    text = (REPOSITORY / f"validate/rules/{rule}.sql").read_text("utf-8")
    severity = text.removeprefix("-- ").split(":")[0]
    code = rule if severity == "error" else f"{rule} (warning)"
    assert any(line.startswith(f"{place}{code}: ") for line in reported), (place, reported)


def test_a_far_off_year_that_a_note_names_is_meant(tmp_path):
    """Catches a warning that a historian of older times could never be rid of."""
    root = copy_article(tmp_path)
    edit(root, EVENTS, VISIT, VISIT.replace("date: 2022-02-22", "date: 1648-10"))
    edit(root, EVENTS, "The article gives neither", "1648 is right. The article gives neither")
    assert build(root)[1] == []


def test_no_warning_hides_an_error_at_its_place(tmp_path):
    """Catches a build that passes because a warning hides an error at the same cell."""
    root = copy_article(tmp_path)
    signing = "  date: 2022-02-22\n  date_basis: signed\n"
    place = edit(root, EVENTS, signing, signing.replace("date: 2022", "date: §0202"))
    with pytest.raises(InvalidRecords) as refusal:
        build(root)
    assert [
        str(problem).startswith(f"{place}signing-on-another-day: ")
        for problem in refusal.value.problems
    ] == [True]
