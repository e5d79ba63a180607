"""A curator who breaks a record learns where, what is wrong, and how to fix it.

Nothing is written and nothing is lost.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.broken_records import CITE, EDITS, VISIT, is_alone
from support.copies import copy_article, once_a_run
from support.edits import EVENTS, edit, packages, spoil

from pledgeline.errors import InvalidRecords
from pledgeline.write.build import build


def complaints(root) -> list[str]:
    """What a build of `root` is refused for, one line a problem."""
    with pytest.raises(InvalidRecords) as refusal:
        build(root)
    return [str(problem) for problem in refusal.value.problems]


# A build each: of every kind of defect the quick suite has the first.
LONG = [code for code in EDITS if "." in code and code.split(".")[0] in EDITS]


@once_a_run
def refused(folder: Path) -> None:
    """What builds of packages that share defects are refused for, and the places they must name."""
    shared = {code: EDITS[code] for code in EDITS if not is_alone(code) and code not in LONG}
    found = [*refusals(folder / "shared", shared)]
    assert not list(folder.rglob("data/csv")), "something was written"
    (folder / "reported.json").write_text(json.dumps(found), "utf-8")


def report_of(code: str, folder: Path) -> tuple[str, list[str], int]:
    """The place that a defect is at, what is said of its package, and how many defects that has."""
    if is_alone(code) or code in LONG:
        ((places, reported),) = refusals(folder, {code: EDITS[code]})
        assert not list(folder.rglob("data/csv")), "something was written"
        return places[code], reported, 1
    for places, reported in json.loads((refused() / "reported.json").read_text("utf-8")):
        if code in places:
            return places[code], reported, len(places)
    raise AssertionError(f"{code} is in no package")


@pytest.mark.parametrize(
    "code", [pytest.param(code, marks=pytest.mark.long if code in LONG else ()) for code in EDITS]
)
def test_a_broken_record_is_reported_at_its_place(code, tmp_path):
    """Catches a defect that passes, is reported elsewhere or without a fix, or by its effects."""
    place, reported, defects = report_of(code, tmp_path)
    mine = [
        line for line in reported if line.startswith(place) and f": {code.split('.')[0]}: " in line
    ]
    assert len(mine) == 1, reported
    assert "; expected " in mine[0] and mine[0].count("; ") >= 2
    # a code of the wrong type, or with the name of another, is gone as well
    most = 3 if code in ("wrong-type.code", "duplicate-row.code") else 2
    assert len(reported) <= most * defects


def test_a_warning_does_not_hide_what_is_wrong_with_the_value(tmp_path):
    """Catches an unknown code that passes because a comment follows it."""
    root = copy_article(tmp_path)
    place = edit(root, EVENTS, "  kind: visit\n", "  kind: §a vist #1\n")
    reported = [line for line in complaints(root) if line.startswith(place)]
    assert len(reported) == 2 and ": unknown-code: " in reported[1]


LONELY = [
    *("empty-value.date", "empty-value.dates", "empty-value.cite", "empty-value.cites"),
    *("wrong-shape.date", "wrong-shape.cite"),
]
OTHERS = ["control-character.date", "duplicate-row", "yaml-syntax.open-quote"]


def refusals(folder: Path, cases: dict) -> Iterator[tuple[dict[str, str], list[str]]]:
    """The places that cases have in packages which they share, and what these are refused for."""
    article = copy_article(folder / "article")
    for number, package in enumerate(packages(article, {c: [e] for c, e in cases.items()})):
        root = copy_article(folder / str(number))
        yield spoil(root, package), complaints(root)


@pytest.mark.long
def test_what_is_written_wrongly_is_not_called_missing_too(tmp_path):
    """Catches "has no date" beside the very date that is reported to be malformed."""
    cases = {code: EDITS[code] for code in [*LONELY, *OTHERS] if not is_alone(code)}
    found = [*refusals(tmp_path / "shared", cases)]
    for code in [*LONELY, *OTHERS]:
        if is_alone(code):
            found += refusals(tmp_path / code, {code: EDITS[code]})
    assert sorted(code for places, _ in found for code in places) == sorted([*LONELY, *OTHERS])
    for places, reported in found:
        assert len(reported) == len(places), reported
        assert all(any(line.startswith(place) for line in reported) for place in places.values())


MEANT = {  # what was meant -> the edit
    "RUS": (EVENTS, "{actor: UKR, role: recipient}", "{actor: rus, role: recipient}"),
    "visit": (EVENTS, VISIT, VISIT.replace("kind: visit", "kind: Visit")),
    "place": (EVENTS, "  place: Moscow\n", "  Place: Moscow\n"),
    "jamestown-2022": (EVENTS, CITE, CITE.replace("jamestown", "Jamestown")),
}


def test_what_was_probably_meant_is_asked_whatever_its_case(tmp_path):
    """Catches a suggestion that a capital letter keeps from being made."""
    for places, reported in refusals(tmp_path, MEANT):
        for meant in places:
            assert any(line.endswith(f'did you mean "{meant}"?') for line in reported), meant


def test_a_record_with_an_id_of_another_is_reported_once(tmp_path):
    """Catches its citations reported as duplicates: they seem to be the other record's."""
    root = copy_article(tmp_path)
    place = edit(root, *EDITS["duplicate-id"])
    reported = complaints(root)
    assert [line for line in reported if "duplicate-row" in line] == [] and any(
        line.startswith(place) for line in reported
    )
