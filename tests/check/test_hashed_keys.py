"""Keys of a large table, whose hashes are counted, repeat where those of a small one do."""

import json
from pathlib import Path

import pytest

import pledgeline
from pledgeline.check import count
from pledgeline.check.keys import Key

SCHEMA = {
    "fields": [
        {"name": "id", "type": "integer"},
        {"name": "part", "type": "string"},
        {"name": "code", "type": "string", "constraints": {"unique": True}},
    ],
    "primaryKey": ["id", "part"],
    "uniqueKeys": [["part"]],
}
repeats, own_hash = count.repeats, Key.hash
LONG = "9" * 1_200  # Python decides whether it is an integer
ROWS = {
    "all keys differ": ["1,a,x", "2,b,y", "3,c,z"],
    "a primary key twice": ["1,a,x", "2,b,y", "1,a,z", "01,a,w"],
    "a unique key twice": ["1,a,x", "2,b,x", "3,c,x"],
    "keys without a part": ["1,,x", "1,,", "1,,", ",,y"],
    "each key twice": [f"{n % 20},p{n % 20},c{n % 20}" for n in range(40)],
    "a key of the wrong type twice": ["n,a,x", "n,a,y"],
    "a key twice that Python decides": [f"{LONG},a,x", "2,b,y", f"{LONG},a,z"],
}


def reported(folder: Path) -> tuple:
    (task,) = pledgeline.validate(folder).tasks
    return task.counts, task.keys, task.rows, task.errors


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize("hash", [own_hash, property(lambda key: "0")], ids=["hash", "all equal"])
def test_hashed_keys_repeat_where_keys_do(rows, hash, tmp_path, monkeypatch):
    """Catches keys that are equal and not found, and keys that only have the same hash."""
    (tmp_path / "t.csv").write_text("\n".join(["id,part,code", *ROWS[rows], ""]), "utf-8")
    resource = {"name": "t", "type": "table", "path": "t.csv", "schema": SCHEMA}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [resource]}), "utf-8")
    expected = reported(tmp_path)
    monkeypatch.setattr(count, "SMALL", 0)
    monkeypatch.setattr(count, "MANY_KEYS", 0)
    monkeypatch.setattr(Key, "hash", hash)
    counted = []
    monkeypatch.setattr(count, "repeats", lambda *asked: counted.append(asked) or repeats(*asked))
    assert reported(tmp_path) == expected
    assert bool(counted) == ("twice" in rows or hash is not own_hash)
