"""Tables compared by digests: the same changes as cell by cell, whatever columns the two have."""

import json

import pytest
from support.small import FIELDS, ROWS, SCHEMA, things

from pledgeline.errors import InvalidPackage
from pledgeline.releases import row_changes
from pledgeline.releases.diff import compare

NEW_FIELD = {"name": "x", "type": "string"}


def changes(old, new):
    with compare(old, new) as found:
        return [
            (change.key, change.field, change.old, change.new)
            for change in found.changes
            if change.table != "schema"
        ]


def test_a_file_that_changes_between_its_two_readings_is_refused(tmp_path, monkeypatch):
    """Catches rows listed as changed that were never compared: the file became another one."""
    old = things(tmp_path / "old")
    new = things(tmp_path / "new", [{**ROWS[0], "note": "uno"}, *ROWS[1:]])
    read_digests = row_changes.read_digests

    def exchanged(place, resource, *asked):
        digests = read_digests(place, resource, *asked)
        file = resource.paths[0]
        file.write_bytes(file.read_bytes().replace(b"uno", b"UNO"))
        return digests

    monkeypatch.setattr(row_changes, "read_digests", exchanged)
    with pytest.raises(InvalidPackage, match="things: its file changed while it was read"):
        changes(old, new)


@pytest.mark.parametrize("key", [{"primaryKey": ["id"]}, {}])
def test_an_added_column_counts_only_where_it_has_something(key, tmp_path):
    """Catches all rows listed since a column came, and a filled cell of it that is passed over."""
    old = things(tmp_path / "old", ROWS, {"fields": FIELDS, **key})
    rows = [{**ROWS[0], "x": "1"}, *ROWS[1:]]
    new = things(tmp_path / "new", rows, {"fields": [NEW_FIELD, *FIELDS], **key})
    there, back = changes(old, new), changes(new, old)
    if key:
        assert there == [("a", "x", None, "1")] and back == [("a", "x", "1", None)]
    else:
        assert [json.loads(cells) for *_, cells in there] == [{"x": "1", **ROWS[0]}]
        assert [json.loads(cells) for _, _, cells, _ in back] == [{"x": "1", **ROWS[0]}]


def test_columns_that_are_in_no_schema_are_compared(tmp_path):
    """Catches a change in a column that both files have and no schema describes."""
    schema = {**SCHEMA, "fieldsMatch": "subset"}
    old = things(tmp_path / "old", ROWS, schema)
    new = things(tmp_path / "new", ROWS, schema)
    for folder, cell in ((tmp_path / "old", "one"), (tmp_path / "new", "two")):
        (file,) = folder.rglob("*.csv")
        header, first, *rest = file.read_text().splitlines()
        rows = [f"{header},more", f"{first},{cell}", *(f"{row},same" for row in rest)]
        file.write_text("\n".join(rows) + "\n")
    assert changes(old, new) == [("a", "more", "one", "two")]
