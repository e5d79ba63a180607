"""Ids that were retired between two packages: what diff and release make of them, and of the rows
that hang on them.
"""

import pytest
from support.small import package

import pledgeline
from pledgeline.releases.reasons import explain_changes


def schema(*names, key=("id",), **references):
    keys = [
        {"fields": [field], "reference": {"resource": table, "fields": ["id"]}}
        for field, table in references.items()
    ]
    fields = [{"name": name, "type": "string"} for name in names]
    referring = {"foreignKeys": keys} if keys else {}
    return {"fields": fields, "primaryKey": list(key), **referring}


TABLES = {
    "ships": schema("id", "name"),
    "crew": schema("ship", "sailor", key=("ship", "sailor"), ship="ships"),
    "notes": schema("about", "text", key=("about", "text"), about="register"),
    "voyages": schema("id", "ship", ship="ships"),
    "harbours": schema("ship", "place", key=("ship", "place")),  # refers to nothing
    "register": schema("id", "table", "status", "replaced_by", "reason"),
}
REGISTERED = [
    {"id": "elsa", "table": "ships", "status": "live"},
    {"id": "rose", "table": "ships", "status": "live"},
    {"id": "first", "table": "voyages", "status": "live"},
]
OLD = {
    "ships": [{"id": "elsa", "name": "Elsa"}, {"id": "rose", "name": "Rose"}],
    "crew": [{"ship": "rose", "sailor": "Ann"}, {"ship": "elsa", "sailor": "Bo"}],
    "notes": [{"about": "rose", "text": "Fast."}],
    "voyages": [{"id": "first", "ship": "elsa"}],
    "harbours": [{"ship": "rose", "place": "Hull"}],
    "register": REGISTERED,
}


def made(folder, version="1.0.0", **rows):
    tables = {name: (TABLES[name], (OLD | rows)[name]) for name in TABLES}
    return package(folder, tables, version=version)


@pytest.fixture
def old(tmp_path):
    return made(tmp_path / "old")


def retired(status, reason="One ship."):
    gone = {"id": "rose", "table": "ships", "status": status, "reason": reason}
    return [REGISTERED[0], gone, REGISTERED[2]]


WITHOUT_ROSE = {
    "ships": OLD["ships"][:1],
    "crew": OLD["crew"][1:],
    "notes": [],
}


@pytest.mark.parametrize("status", ["merged", "withdrawn"])
def test_an_id_that_was_retired_asks_for_a_minor_version(status, old, tmp_path):
    """Catches a merge that diff calls a removal, and release does not."""
    new = made(tmp_path / "new", register=retired(status), **WITHOUT_ROSE)
    found = pledgeline.diff(old, new)
    assert (found.bump, found.least) == ("minor", "1.1.0")
    kinds = {(each.table, each.key): each.kind for each in found.changes if each.field == "all"}
    assert kinds[("ships", "rose")] == status and kinds[("crew", "rose|Ann")] == "removed"
    assert f"- rose ({status})" in str(found)


def test_rows_go_with_the_id_that_they_refer_to(old, tmp_path):
    """Catches reasons asked once more for rows that hang on a retired id, by its table or by the
    registry; and rows that go beside it, for reasons of their own.
    """
    rows = WITHOUT_ROSE | {"crew": [], "harbours": []}
    new = made(tmp_path / "new", register=retired("merged"), **rows)
    changes, wrong = explain_changes(pledgeline.diff(old, new).changes, [], "1.1.0")
    reasons = {(each.table, each.key, each.field): each.reason for each in changes}
    assert reasons[("crew", "rose|Ann", "all")] == "One ship."
    assert reasons[("notes", "rose|Fast.", "all")] == "One ship."
    assert reasons[("register", "rose", "status")] == "One ship."
    assert [line.split(":")[0] for line in wrong] == ["crew, elsa|Bo", "harbours, rose|Hull"]


def test_a_reason_of_its_own_comes_first(old, tmp_path):
    """Catches what people wrote of a row replaced by the reason of the id it hung on."""
    new = made(tmp_path / "new", register=retired("merged"), **WITHOUT_ROSE)
    own = {"table": "crew", "record": "rose", "reason": "Ann left before."}
    changes, wrong = explain_changes(pledgeline.diff(old, new).changes, [own], "1.1.0")
    assert wrong == []
    reasons = {each.table: each.reason for each in changes}
    assert reasons["crew"] == "Ann left before." and reasons["ships"] == "One ship."


def test_an_id_is_not_gone_with_another(old, tmp_path):
    """Catches a record that vanishes without a successor, since one that it names was retired."""
    register = [REGISTERED[0] | {"status": "withdrawn", "reason": "None."}, REGISTERED[1]]
    new = made(
        tmp_path / "new",
        ships=OLD["ships"][1:],
        crew=OLD["crew"][:1],
        voyages=[],
        register=register,
    )
    wrong = explain_changes(pledgeline.diff(old, new).changes, [], "2.0.0")[1]
    assert [line.split(":")[0] for line in wrong] == ["voyages, first", "register, first"]


def test_an_id_retired_before_explains_nothing(tmp_path):
    """Catches the reason of an earlier version given for rows that go in this one."""
    rows = {"ships": OLD["ships"][:1], "register": retired("merged"), "crew": OLD["crew"][1:]}
    old = made(tmp_path / "old", **rows)
    new = made(tmp_path / "new", **rows, notes=[])
    wrong = explain_changes(pledgeline.diff(old, new).changes, [], "1.1.0")[1]
    assert [line.split(":")[0] for line in wrong] == ["notes, rose|Fast."]


def test_an_id_that_nothing_retires_asks_for_a_major_version(old, tmp_path):
    """Catches a row that others refer to, gone without a word, taken for a merge."""
    register = [REGISTERED[0], REGISTERED[2]]
    new = made(tmp_path / "new", register=register, **WITHOUT_ROSE)
    assert pledgeline.diff(old, new).bump == "major"


def test_the_lists_of_versions_ask_for_none(tmp_path):
    """Catches two archives of which diff asks for more than the release that made them: their
    tables `releases` and `changes` differ always. Other tables of these names count.
    """
    lists = {
        "releases": schema("version", "table", "rows", "rows_hash", key=("version", "table")),
        "changes": schema("version", "table", "key", "field", "kind", key=("version", "table")),
    }
    release = {"version": "1.0.0", "table": "ships", "rows": "2", "rows_hash": "x"}
    change = {"version": "1.0.0", "table": "ships", "key": "a", "field": "name", "kind": "modified"}
    ships = (TABLES["ships"], OLD["ships"])

    def pair(lists, **rows):
        folders = tmp_path / f"old-{len(list(tmp_path.iterdir()))}", tmp_path / "new"
        old = {name: (lists[name], []) for name in lists}
        new = {name: (lists[name], rows[name]) for name in lists}
        return [
            package(folders[0], {"ships": ships} | old),
            package(folders[1], {"ships": ships} | new),
        ]

    found = pledgeline.diff(*pair(lists, releases=[release], changes=[change]))
    assert found and found.bump is None and "Only the list of versions differs" in str(found)
    music = {"releases": schema("id", "name"), "changes": lists["changes"]}
    song = {"id": "a", "name": "b"}
    assert pledgeline.diff(*pair(music, releases=[song], changes=[change])).bump == "minor"
