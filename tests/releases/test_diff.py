"""Two packages compared: every change is reported once, in place, with the version required."""

import json

import pytest
from support.small import FIELDS, ROWS, SCHEMA, package, things, with_field

from pledgeline.errors import InvalidPackage
from pledgeline.releases.change import joined
from pledgeline.releases.diff import compare

BOUNDS = {"minimum": 1, "maximum": 9}
# what was done -> the new schema, (key, field, kind) of the gravest change, and how grave it is
SCHEMAS = {
    "a field is gone": (
        {**SCHEMA, "fields": FIELDS[:2]},
        ("things|note", "all", "removed"),
        "major",
    ),
    "a field is new": (
        {**SCHEMA, "fields": [*FIELDS, {"name": "x", "type": "any"}]},
        ("things|x", "all", "added"),
        "minor",
    ),
    "a field has another name": (
        with_field(2, name="remark"),
        ("things|note", "all", "removed"),
        "major",
    ),
    "fields change places": (
        {**SCHEMA, "fields": FIELDS[::-1]},
        ("things", "fields", "modified"),
        "major",
    ),
    "a type": (with_field(1, type="number"), ("things|n", "type", "modified"), "major"),
    "a format": (with_field(2, format="email"), ("things|note", "format", "added"), "major"),
    "a constraint is new": (
        with_field(2, constraints={"maxLength": 9}),
        ("things|note", "constraints.maxLength", "added"),
        "major",
    ),
    "a constraint is gone": (
        with_field(1, constraints={"minimum": 1}),
        ("things|n", "constraints.maximum", "removed"),
        "minor",
    ),
    "a higher floor": (
        with_field(1, constraints={**BOUNDS, "minimum": 2}),
        ("things|n", "constraints.minimum", "modified"),
        "major",
    ),
    "a lower floor": (
        with_field(1, constraints={**BOUNDS, "minimum": 0}),
        ("things|n", "constraints.minimum", "modified"),
        "minor",
    ),
    "a lower ceiling": (
        with_field(1, constraints={**BOUNDS, "maximum": 5}),
        ("things|n", "constraints.maximum", "modified"),
        "major",
    ),
    "no key": ({"fields": FIELDS}, ("things", "primaryKey", "removed"), "minor"),
    "another missing value": (
        {**SCHEMA, "missingValues": ["", "-"]},
        ("things", "missingValues", "added"),
        "major",
    ),
}


def found(old, new):
    with compare(old, new) as reported:
        changes = list(reported.changes)
        return changes, reported


@pytest.mark.parametrize("case", SCHEMAS)
def test_a_change_of_a_schema_has_its_level(case, tmp_path):
    """Catches a schema change that is missed, or asks for another version than the recipe of the
    standard does.
    """
    schema, change, level = SCHEMAS[case]
    rows = [
        {name: cell for name, cell in row.items() if name in [f["name"] for f in schema["fields"]]}
        for row in ROWS
    ]
    changes, reported = found(things(tmp_path / "old"), things(tmp_path / "new", rows, schema))
    assert change in [(c.key, c.field, c.kind) for c in changes if c.table == "schema"]
    if case not in ("a field is gone", "no key"):
        assert reported.bump == level
    assert reported.bump == ("major" if case == "a field is gone" else level)


def test_words_are_a_patch(tmp_path):
    """Catches a corrected title that asks for a new minor version."""
    _, reported = found(
        things(tmp_path / "old"), things(tmp_path / "new", schema=with_field(1, title="Count"))
    )
    assert reported.bump == "patch" and reported.least == "1.0.1" and not reported.high_enough


def test_rows_are_reported_field_by_field(tmp_path):
    """Catches a missed row, a field reported twice, and an empty cell taken for a missing one."""
    rows = [
        {"id": "a", "n": "1", "note": "uno"},
        {"id": "b", "n": "2", "note": "two"},
        {"id": "d", "n": "4"},
    ]
    changes, reported = found(
        things(tmp_path / "old"), things(tmp_path / "new", rows, version="1.1.0")
    )
    assert [(c.key, c.field, c.kind, c.old, c.new) for c in changes] == [
        ("a", "note", "modified", "one", "uno"),
        ("b", "note", "added", None, "two"),
        ("c", "all", "removed", json.dumps(ROWS[2]), None),
        ("d", "all", "added", None, '{"id": "d", "n": "4"}'),
    ]
    assert reported.bump == "minor" and reported.least == "1.1.0" and reported.high_enough


def test_what_others_refer_to_may_not_go(tmp_path):
    """Catches a removed row that breaks the references of those who use the data, and yet is no
    major change.
    """
    key = {"fields": ["thing"], "reference": {"resource": "things", "fields": ["id"]}}
    parts = {
        "fields": [{"name": "thing", "type": "string"}],
        "primaryKey": ["thing"],
        "foreignKeys": [key],
    }
    old = package(tmp_path / "old", {"things": (SCHEMA, ROWS), "parts": (parts, [{"thing": "a"}])})
    new = package(tmp_path / "new", {"things": (SCHEMA, ROWS[:2]), "parts": (parts, [])})
    changes, reported = found(old, new)
    assert [(c.table, c.key, c.kind) for c in changes] == [
        ("things", "c", "removed"),
        ("parts", "a", "removed"),
    ]
    assert reported.bump == "major"


def test_equal_values_in_other_forms_do_not_differ(tmp_path):
    """Catches 1 and 01, or the order of rows and columns, reported as changes."""
    rows = [
        {"id": "c", "n": "3", "note": "three"},
        {"id": "b", "n": "02"},
        {"id": "a", "n": "+1", "note": "one"},
    ]
    changes, reported = found(things(tmp_path / "old"), things(tmp_path / "new", rows))
    assert changes == [] and reported.bump is None


def test_tables_without_a_key_are_compared_by_their_rows(tmp_path):
    """Catches equal rows counted once, where one of three went."""
    schema = {"fields": FIELDS}
    old = things(tmp_path / "old", [ROWS[0], ROWS[0], ROWS[1]], schema)
    changes, _ = found(old, things(tmp_path / "new", [ROWS[0], ROWS[1]], schema))
    assert [(c.kind, json.loads(c.old)) for c in changes] == [("removed", ROWS[0])]


def test_a_table_that_comes_or_goes_is_reported_with_its_rows(tmp_path):
    """Catches a whole table that is passed over."""
    old = package(tmp_path / "old", {"things": (SCHEMA, ROWS)})
    new = package(tmp_path / "new", {"others": (SCHEMA, ROWS[:1])})
    changes, reported = found(old, new)
    assert [(c.table, c.kind) for c in changes if c.table != "schema"] == [
        ("things", "removed")
    ] * 3 + [("others", "added")]
    assert reported.bump == "major" and reported.least == "2.0.0"


def test_a_key_that_stands_twice_is_refused(tmp_path):
    """Catches rows compared with whichever other row has the same key."""
    twice = things(tmp_path / "new", [*ROWS, ROWS[0]])
    with pytest.raises(InvalidPackage, match='things: two rows have the key "a"'):
        found(things(tmp_path / "old"), twice)


def test_parts_of_a_key_stay_apart():
    """Catches two keys of several parts that are joined to one text."""
    assert joined(["a|b", "c"]) != joined(["a", "b|c"]) and joined(["a\\", "b"]) != joined(
        ["a", "\\b"]
    )


def test_points_that_are_groups_are_no_decimal_points(tmp_path):
    """Catches 1.200 and 1.2 taken for one number where they are 1,200 and no number."""
    schema = with_field(1, type="number", constraints={}, decimalChar=",", groupChar=".")
    old = things(tmp_path / "old", [{"id": "a", "n": "1.200"}], schema)
    new = things(tmp_path / "new", [{"id": "a", "n": "1.2"}], schema)
    with compare(old, new) as found:
        assert [(change.field, change.old, change.new) for change in found.changes] == [
            ("n", "1.200", "1.2")
        ]
