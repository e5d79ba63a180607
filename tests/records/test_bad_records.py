"""A curator who breaks a record is told where, what, and how to fix it; nothing is written and
nothing is lost.

In a case, § marks the place that the message must point at; the case's id is the code that it must
carry.
"""

import json
import tempfile
from pathlib import Path

import pytest
from support.copies import copy_article, once_a_run
from support.edits import EVENTS, MOSCOW, SOURCES, edit, packages, spoil

from pledgeline.errors import InvalidRecords, Problem
from pledgeline.records.text import read_text
from pledgeline.records.tree import parse
from pledgeline.write.build import build

CITE = "  cite:\n    - {source: jamestown-2022, locator: paragraph 2}\n"
VISIT = "- id: aliyev-visit-moscow-2022\n  kind: visit\n"

# code (and, after a dot, the variant) -> file, text in it, text put in its place
EDITS = {
    "yaml-syntax": (EVENTS, VISIT, "- id: aliyev-visit-moscow-2022\n  kind: [visit\n"),
    "yaml-syntax.open-quote": (EVENTS, "  place: Moscow\n", '  place: §"Moscow\n'),
    "yaml-syntax.open-apostrophe": (EVENTS, "  place: Moscow\n", "  place: §'Moscow\n"),
    "yaml-syntax.colon": (EVENTS, "  place: Moscow\n", "  place: Moscow§: the city\n"),
    "yaml-syntax.second-document": (EVENTS, VISIT, "§---\n" + VISIT),
    "unknown-key": (EVENTS, VISIT, "- id: aliyev-visit-moscow-2022\n  §knd: visit\n"),
    "unknown-key.derived": (EVENTS, VISIT, VISIT + "  §date_start: 2022-02-22\n"),
    "missing-key": (EVENTS, VISIT, "- §id: aliyev-visit-moscow-2022\n"),
    "unknown-code": (EVENTS, VISIT, "- id: aliyev-visit-moscow-2022\n  kind: §vist\n"),
    "unknown-code.number": (MOSCOW, "    strength: 1\n", "    strength: §5\n"),
    "duplicate-id": (EVENTS, VISIT, "- id: §eu-relations-reinvigorated-2022\n  kind: visit\n"),
    "duplicate-id.other-table": (EVENTS, VISIT, "- id: §european-union\n  kind: visit\n"),
    "duplicate-row": (
        MOSCOW,
        "{actor: ilham-aliyev, role: signatory}",
        "{actor: RUS, role: §party}",
    ),
    "duplicate-key": (EVENTS, VISIT, VISIT + "  §kind: meeting\n"),
    "unknown-reference": (
        EVENTS,
        "- {actor: UKR, role: recipient}",
        "- {actor: §UKA, role: recipient}",
    ),
    "unknown-reference.source": (
        EVENTS,
        "{source: azertag-2022-02-22,",
        "{source: §azertac-2022-02-22,",
    ),
    "impossible-date": (EVENTS, "  date: 2022-02-24\n", "  date: §2022-02-30\n"),
    "impossible-date.month": (EVENTS, "  date: 2022-02-24\n", "  date: §2022-13/..\n"),
    "boundless-date": (EVENTS, "  date: 2022-02-24\n", "  date: §../..\n"),
    "date-format": (EVENTS, "  date: 2022-02-24\n", "  date: §24.02.2022\n"),
    "date-format.level-2": (
        EVENTS,
        "  date: 2022-02-24\n",
        '  date: §"{2022-02-24, 2022-02-25}"\n',
    ),
    "reversed-date": (EVENTS, "  date: 2022-02-24\n", "  date: §2022-02-24/2022-02-22\n"),
    "wrong-type.integer": (MOSCOW, "provision_count: 43", "provision_count: §1_000"),
    "wrong-type.boolean": (MOSCOW, "date_derived: false", "date_derived: §NO"),
    "wrong-type.date": (SOURCES, "read_on: 2026-11-23", "read_on: §2026-11-31"),
    "pattern": (EVENTS, "- id: aliyev-visit-moscow-2022", "- id: §Aliyev_Visit"),
    "pattern.number": (EVENTS, "- id: aliyev-visit-moscow-2022", "- id: §2022"),
    "maxLength": (EVENTS, "- id: aliyev-visit-moscow-2022", f"- id: §{'a' * 65}"),
    "minimum": (MOSCOW, "provision_count: 43", "provision_count: §0"),
    "wrong-shape.value": (EVENTS, VISIT, "- id: aliyev-visit-moscow-2022\n  kind: §[visit]\n"),
    "wrong-shape.list": (EVENTS, "- {actor: UKR, role: recipient}", "- §UKR"),
    "empty-value": (EVENTS, VISIT, "- id: aliyev-visit-moscow-2022\n  kind:§\n"),
    "empty-value.null": (EVENTS, VISIT, "- id: aliyev-visit-moscow-2022\n  kind: §~\n"),
    "tab": (EVENTS, VISIT, "- id: aliyev-visit-moscow-2022\n§\tkind: visit\n"),
    "tab.inside": (EVENTS, VISIT, "- id: aliyev-visit-moscow-2022\n  kind: visit §\t# note\n"),
    "line-ending": (EVENTS, "  kind: visit\n", "  kind: visit§\r\n"),
    "line-ending.old-mac": (EVENTS, VISIT, "- id: aliyev-visit-moscow-2022§\r  kind: visit\n"),
    "control-character": (EVENTS, VISIT, "- id: aliyev-visit-moscow-2022\n  kind: vi§\x07sit\n"),
    "control-character.escape": (EVENTS, "  place: Moscow\n", '  place: §"Mos\\u0000cow"\n'),
    "control-character.tab": (EVENTS, "  place: Moscow\n", '  place: §"Moscow,\\tRussia"\n'),
    "control-character.key": (EVENTS, "  place: Moscow\n", '  §"pl\\u0007ace": Moscow\n'),
    "control-character.line": (EVENTS, "  place: Moscow\n", '  place: §"Moscow,\\nRussia"\n'),
    "control-character.block": (
        EVENTS,
        "  place: Moscow\n",
        "  place: §|-\n    Moscow,\n    Russia\n",
    ),
    "invisible-character": (EVENTS, "  place: Moscow\n", "  place: Mos§\u202ecow\n"),
    "invisible-character.escape": (EVENTS, "  place: Moscow\n", '  place: §"Mos\\u200bcow"\n'),
    "invisible-character.comment": (EVENTS, "  kind: visit\n", "  # a§\u2066b\n  kind: visit\n"),
    "invisible-character.indent": (EVENTS, "  kind: visit\n", "§\u00a0\u00a0kind: visit\n"),
    "invisible-character.line": (EVENTS, "  place: Moscow\n", "  place: Moscow,§\u2028 Russia\n"),
    "invisible-character.next-line": (EVENTS, "  place: Moscow\n", "  place: Moscow§\x85\n"),
    "invisible-character.joiner": (EVENTS, "  place: Moscow\n", "  place: Mos§\u200dcow\n"),
    "not-nfc": (EVENTS, "  place: Moscow\n", "  place: §Cafe\u0301\n"),
    "alias": (EVENTS, VISIT, "- id: aliyev-visit-moscow-2022\n  kind: &k visit\n  title: *k\n"),
    "tag": (
        EVENTS,
        VISIT,
        "- id: aliyev-visit-moscow-2022\n  kind: §!!python/name:os.system visit\n",
    ),
    "too-deep": (EVENTS, VISIT, VISIT + "  note: " + "[" * 5000 + "]" * 5000 + "\n"),
    "unknown-code-list": (
        "validate/schemas/events.yaml",
        "codes: event_kind",
        "codes: event_kinds",
    ),
    "yaml-syntax.schema": ("validate/schemas/events.yaml", "primaryKey: [id]", "primaryKey: [id"),
    "bad-schema": (
        "validate/schemas/events.yaml",
        "type: string\n    codes: event_kind",
        "type: sting\n    codes: event_kind",
    ),
    "bad-schema.missing": ("validate/schemas/events.yaml", "primaryKey: [id]\n", ""),
    "broken-check": ("validate/rules/no-promisor.sql", "FROM commitments", "FROM promises"),
    "broken-check.pattern": ("validate/schemas/events.yaml", "(?:-[a-z0-9]+", "(?:-[a-z0-9+"),
    "bad-schema.reference": (
        "validate/schemas/events.yaml",
        "resource: instruments",
        "resource: instrumentz",
    ),
    "bad-schema.twice": ("validate/schemas/events.yaml", "  - name: kind\n", "  - name: id\n"),
    "unknown-table": ("validate/records.yaml", "relations: {files", "relationz: {files"),
    "broken-view": ("scripts/views/timeline.sql", "FROM events", "FROM evnts"),
    "broken-view.columns": ("scripts/views/timeline.sql", "events.date,", "events.date AS day,"),
    "empty-value.quoted": (EVENTS, VISIT, VISIT + '  summary: §" "\n'),
    "empty-value.date": (EVENTS, "  date: 2022-02-24\n", "  date:§\n"),
    "empty-value.dates": (EVENTS, "  date: 2022-02-24\n", "  date: §[]\n"),
    "empty-value.cite": (EVENTS, CITE, "  cite:§\n"),
    "empty-value.cites": (EVENTS, CITE, "  cite: §[]\n"),
    "wrong-shape.date": (EVENTS, "  date: 2022-02-24\n", "  date: §[2022-02-24]\n"),
    "wrong-shape.id": (EVENTS, VISIT, "- id: §[aliyev-visit-moscow-2022]\n  kind: visit\n"),
    "wrong-shape.cite": (EVENTS, CITE, "  cite: §jamestown-2022\n"),
    "control-character.date": (EVENTS, "  date: 2022-02-24\n", '  date: §"2022-02-24\\0"\n'),
    "empty-value.list": (EVENTS, VISIT, VISIT + "  summary: §[]\n"),
    "stray-space": (EVENTS, "  place: Moscow\n", '  place: §" Moscow"\n'),
    "stray-space.block": (EVENTS, VISIT, VISIT + "  summary: §|\n    one\n    two\n"),
    "byte-order-mark": (EVENTS, "-", "\ufeff-"),
    "duplicate-row.code": (
        "data/records/codes/event_kind.yaml",
        "- code: summit",
        "- code: §visit",
    ),
    "broken-check.comment": (
        "validate/rules/no-promisor.sql",
        "-- error: somebody who promises\n",
        "\n",
    ),
    "wrong-type.code": ("data/records/codes/strength.yaml", "- code: 1", "- code: §one"),
    "missing-key.package": ("data/package.yaml", "version: ", "edition: "),
    "yaml-syntax.package": ("data/package.yaml", "keywords:", "keywords: ]"),
}


HIDING = ("yaml-syntax", "tab", "too-deep")
CHANGING = ("duplicate-key", "empty-value.quoted", "empty-value.list", "wrong-type.code")


def complaints(root) -> list[str]:
    """What a build of `root` is refused for, one line a problem."""
    with pytest.raises(InvalidRecords) as refusal:
        build(root)
    return [str(problem) for problem in refusal.value.problems]


def problems_of(text: str) -> list[Problem]:
    """What is wrong in one file that holds `text`, before it is read as records."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.yaml"
        path.write_bytes(text.encode())
        read, found = read_text(path, Path(folder))
    return sorted(found + parse(read, "file.yaml")[1])


@once_a_run
def refused(folder: Path) -> None:
    """What builds of packages with all these defects are refused for, and the places they must
    name.
    """
    article = copy_article(folder / "article")
    cases = {code: [edit] for code, edit in EDITS.items()}
    shared = {code: edits for code, edits in cases.items() if not is_alone(code)}
    made = packages(article, shared)
    made += [
        p for code in cases if code not in shared for p in packages(article, {code: cases[code]})
    ]
    found = []
    for number, package in enumerate(made):
        root = copy_article(folder / str(number))
        places = spoil(root, package)
        found.append([places, complaints(root)])
        assert not (root / "data" / "csv").exists()
    (folder / "told.json").write_text(json.dumps(found), "utf-8")


def is_alone(code: str) -> bool:
    """Whether a defect needs a package of its own: all others would go unseen beside it, or they
    would change what is said of it.
    """
    file, *_ = EDITS[code]
    return not file.startswith("data/records/") or code.startswith(HIDING) or code in CHANGING


def told_of(code: str) -> tuple[str, list[str], int]:
    """The place that a defect is at, what is said of its package, and how many defects that has."""
    for places, told in json.loads((refused() / "told.json").read_text("utf-8")):
        if code in places:
            return places[code], told, len(places)
    raise AssertionError(f"{code} is in no package")


@pytest.mark.parametrize("code", EDITS)
def test_a_broken_record_is_told_at_its_place(code):
    """Catches a defect that passes, is told elsewhere than where it stands, without what to do, or
    by its consequences.
    """
    place, told, defects = told_of(code)
    mine = [line for line in told if line.startswith(place) and f": {code.split('.')[0]}: " in line]
    assert len(mine) == 1, told
    assert "; expected " in mine[0] and mine[0].count("; ") >= 2
    assert len(told) <= (3 if code == "wrong-type.code" else 2) * defects  # that code is gone, too


UNSEEN = [
    "\u00ad",
    "\u00a0",
    "\u2009",
    "\u3000",
    "\u200b",
    "\u200e",
    "\u202a",
    "\u2060",
    "\u2066",
    "\u2800",
    "\ufeff",
    "\U000e0041",
]


@pytest.mark.parametrize("character", UNSEEN, ids=lambda character: f"U+{ord(character):04X}")
@pytest.mark.parametrize(
    "spelt", [str, lambda character: f"\\U{ord(character):08x}"], ids=["raw", "escape"]
)
def test_no_character_hides(character, spelt):
    """Catches a character that nobody sees, and one that is not named."""
    found = problems_of(f'- title: "a{spelt(character)}b"\n')
    assert [problem.code for problem in found] == ["invisible-character"]
    assert f"U+{ord(character):04X}" in found[0].found and found[0].line == 1


@pytest.mark.parametrize(
    "word", ["می\u200cخواهم", "क्\u200dष", "Çankırı", "İlham Əliyev", "Єнакієве", "東京"]
)
def test_what_spells_a_word_is_let_stand(word):
    """Catches a title in its own language that is refused: Persian and Hindi need their joiners."""
    assert problems_of(f"- title: {word}\n") == []


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85"])
def test_a_line_that_only_yaml_counts_does_not_move_the_others(character):
    """Catches problems told one line too far down, after a character that no editor takes for a
    line's end.
    """
    found = problems_of(f"- title: a{character}b\n- title: ~\n")
    assert [(problem.code, problem.line, problem.column) for problem in found] == [
        ("invisible-character", 1, 11),
        ("empty-value", 2, 10),
    ]


def test_lines_that_end_in_cr_are_lines():
    """Catches a file with the line ends of an old Macintosh in which every problem stands on line
    1.
    """
    found = problems_of("- title: a\r- title: ~\r")
    assert [(problem.code, problem.line) for problem in found] == [
        ("line-ending", 1),
        ("empty-value", 2),
    ]


@pytest.mark.parametrize(
    "line",
    ["title: Decree on water #12", "title: Decree #12", "title: a b # c", "title: a\n    b  # c"],
)
def test_a_text_that_a_comment_cuts_off_is_told(line):
    """Catches a title that silently loses what follows its #."""
    (problem,) = problems_of(f"- id: x\n  {line}\n")
    assert (problem.code, problem.severity, problem.line, problem.column) == (
        "cut-by-comment",
        "warning",
        2,
        10,
    )


@pytest.mark.parametrize(
    "line",
    [
        "kind: visit  # c",
        'title: "a b"  # c',
        "title: C#minor a",
        "title: >-  # c\n    a #b",
        "# a b #c",
    ],
)
def test_a_comment_that_is_meant_is_let_stand(line):
    """Catches an alarm at every comment."""
    assert problems_of(f"- id: x\n  {line}\n") == []


def test_a_warning_does_not_hide_what_is_wrong_with_the_value(tmp_path):
    """Catches an unknown code that passes because a comment follows it."""
    root = copy_article(tmp_path)
    place = edit(root, EVENTS, "  kind: visit\n", "  kind: §a vist #1\n")
    told = [line for line in complaints(root) if line.startswith(place)]
    assert len(told) == 2 and ": unknown-code: " in told[1]


LONELY = [
    "empty-value.date",
    "empty-value.dates",
    "empty-value.cite",
    "empty-value.cites",
    "wrong-shape.date",
    "wrong-shape.cite",
]


@pytest.mark.parametrize(
    "code", [*LONELY, "control-character.date", "duplicate-row", "yaml-syntax.open-quote"]
)
def test_what_is_written_wrongly_is_not_called_missing_too(code, tmp_path):
    """Catches "has no date" beside the very date that is told to be of the wrong shape."""
    root = copy_article(tmp_path)
    place = edit(root, *EDITS[code])
    (line,) = complaints(root)
    assert line.startswith(place)


MEANT = {  # what was meant -> the edit
    "RUS": (EVENTS, "{actor: UKR, role: recipient}", "{actor: rus, role: recipient}"),
    "visit": (EVENTS, VISIT, VISIT.replace("kind: visit", "kind: Visit")),
    "place": (EVENTS, "  place: Moscow\n", "  Place: Moscow\n"),
    "jamestown-2022": (EVENTS, CITE, CITE.replace("jamestown", "Jamestown")),
}


@pytest.mark.parametrize("meant", MEANT)
def test_what_was_probably_meant_is_asked_whatever_its_case(meant, tmp_path):
    """Catches a suggestion that a capital letter keeps from being made."""
    root = copy_article(tmp_path)
    edit(root, *MEANT[meant])
    assert any(line.endswith(f'did you mean "{meant}"?') for line in complaints(root))


def test_a_record_with_an_id_of_another_is_told_once(tmp_path):
    """Catches its citations told as double, too, since they seem to be the other record's."""
    root = copy_article(tmp_path)
    place = edit(root, *EDITS["duplicate-id"])
    told = complaints(root)
    assert [line for line in told if "duplicate-row" in line] == [] and any(
        line.startswith(place) for line in told
    )
