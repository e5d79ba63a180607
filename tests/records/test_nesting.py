"""Wrong dashes and indentation in a record file: one error in plain words, at its place."""

import pytest
from support.fresh import edit, fresh

from pledgeline.errors import InvalidRecords
from pledgeline.records.tree import begins_again
from pledgeline.write.build import build

TOWN = "data/records/stations/town.yaml"
CITED = "    - {source: town-plan-2023, locator: page 4}\n"
LINES = "    - source: town-plan-2023\n      locator: page 4\n"
MORE = "      source: town-plan-2023\n      locator: page 9\n"


def problems(root, old, new, path=TOWN):
    """What the build says of a data set after one edit."""
    edit(root if root.exists() else fresh(root), path, old, new)
    with pytest.raises(InvalidRecords) as refused:
        build(root)
    return refused.value.problems


FORGOTTEN = {  # the edit -> the place of the entry
    "of a record": ("- id: market", "  id: market", "8:3"),
    "of a record, not indented": ("- id: market", "id: market", "8:1"),
    "of a nested row": (CITED, LINES + MORE, "9:7"),
    "of a nested row, less indented": (CITED, LINES + "    source: x\n    locator: y\n", "9:5"),
    "of a row on one line": (CITED, CITED + CITED.replace("- {", "  {"), "8:7"),
    "without a space": ("- id: market", "-id: market", "8:1"),
}


@pytest.mark.parametrize("case", FORGOTTEN)
def test_a_forgotten_dash_is_one_error(case, tmp_path):
    """Catches an error for every key of an entry, each of which asks to remove the key."""
    old, new, place = FORGOTTEN[case]
    (problem,) = problems(tmp_path / "s", old, new)
    assert f"{problem.line}:{problem.column}" == place
    assert "dash" in problem.found and "remove" not in problem.fix


def test_several_forgotten_dashes_are_an_error_each(tmp_path):
    """Catches the second entry taken for more keys of the first."""
    path = "data/records/codes/record_status.yaml"
    root = fresh(tmp_path / "s")
    edit(root, path, "- code: merged", "  code: merged")
    found = problems(root, "- code: withdrawn", "  code: withdrawn", path)
    assert [(each.code, each.line) for each in found] == [("missing-dash", 4), ("missing-dash", 7)]


def test_a_key_written_twice_is_no_forgotten_dash(tmp_path):
    """Catches a slip within one entry taken for a new one."""
    (problem,) = problems(tmp_path / "s", "  docks: 24\n", "  docks: 24\n  docks: 25\n")
    assert (problem.code, problem.line) == ("duplicate-key", 6)


@pytest.mark.parametrize(
    "keys, at",
    [
        ("id name kind id name", 3),
        ("id name kind id", 3),
        ("id name kind name kind", 3),
        ("id name kind kind", 0),
        ("id name kind name note docks place", 0),
        ("id id name", 0),
        ("id name", 0),
        ("", 0),
    ],
)
def test_where_keys_begin_again(keys, at):
    """Catches an entry divided at a key that is merely repeated."""
    assert begins_again(keys.split()) == at


WRONG = {  # the edit -> the place, and the indentation that is asked for
    "a key too deep": ("  kind: street", "   kind: street", "3:4", "2 spaces (like the keys"),
    "a key not deep enough": ("  kind: street", " kind: street", "3:2", "2 spaces (like the keys"),
    "a key at the margin": ("  kind: street", "kind: street", "3:1", "2 spaces (like the keys"),
    "a key below a value": ("  docks: 24", "  docks: 24\n    note: x", "6:5", "2 spaces (like the"),
    "an entry too deep": ("- id: market", " - id: market", "8:2", "0 spaces (like the entries"),
    "an entry among keys": (CITED, LINES + "      - source: x\n", "9:7", "4 spaces (like the"),
    "a list not below its key": (
        "  cite:\n    -",
        "  cite:\n -",
        "7:2",
        "more than 2 spaces (below",
    ),
    "after a folded text": (
        "  kind: street",
        "  note: >-\n    Of two\n      lines: so\n   kind: street",
        "6:4",
        "2 spaces (like the keys from line 1",
    ),
    "no space after a colon": ("docks: 24", "docks:24", "5:3", "`key: value`"),
    "a brace that stays open": (CITED, CITED.replace("}", ""), "8:5", "YAML"),
}
WORDS = ("block", "mapping", "expected '", "scalar", "token", "this is not YAML (")


@pytest.mark.parametrize("case", WRONG)
def test_wrong_nesting_is_reported_in_plain_words(case, tmp_path):
    """Catches the words of the YAML parser, and a place where nothing is wrong."""
    old, new, place, expected = WRONG[case]
    (problem,) = problems(tmp_path / "s", old, new)
    assert f"{problem.line}:{problem.column}" == place and expected in problem.expected
    assert not [word for word in WORDS if word in str(problem)], problem


@pytest.mark.parametrize(
    "old, new, fix",
    [
        (
            "  cite:\n    - {",
            "  cite:\n- {",
            "indent it below `cite:`, whose entries have this key",
        ),
        (CITED, LINES + "      docks: 24\n", "indent it like the keys of stations"),
    ],
)
def test_a_key_on_another_level_is_sent_to_its_own(old, new, fix, tmp_path):
    """Catches good lines that are to be removed, since they are indented wrongly."""
    found = [each for each in problems(tmp_path / "s", old, new) if each.code == "unknown-key"]
    assert found and all(fix in each.fix for each in found)
