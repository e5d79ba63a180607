"""Errors looked for in the few rows where something may be wrong are those of the whole table."""

import json
from pathlib import Path

import pytest

import pledgeline
from pledgeline.check import count, suspects

FIELDS = [
    {"name": "id", "type": "string"},
    {"name": "n", "type": "integer", "constraints": {"maximum": 9}},
    {"name": "code", "type": "string", "constraints": {"enum": ["x", "y"]}},
    {"name": "number", "type": "number", "constraints": {"maximum": 99}},
    {"name": "parent", "type": "string"},
]
SCHEMA = {
    "fields": FIELDS,
    "primaryKey": ["id"],
    "foreignKeys": [
        {"fields": ["parent"], "reference": {"resource": "", "fields": ["id"]}},
    ],
}
FAULTS = {
    "nothing": "",
    "a blank line": "\n",
    "a row of blank cells": ",,,,\n",
    "a short row": "k1,2\n",
    "a long row": "k1,2,x,3,,more,and more\n",
    "a wrong type": "k1,one,x,3,\n",
    "two wrong cells": "k1,10,z,3,\n",
    "a cell that Python decides": f"k1,2,x,{'9' * 1_200},\n",
    "no key": ",2,x,3,\n",
    "a key that is there already": "a1,2,x,3,\n",
    "a blank line and a key that is there already": "\na1,2,x,3,\n",
    "a wrong cell and a key that is there already": "k1,10,x,3,\na1,2,x,3,\n",
    "a row with a wrong cell and a key that is there already": "a1,10,x,3,\n",
    "a key that names nothing": "k1,2,x,3,none\n",
    "a key that names nothing, another in a wrong row": "k1,2,x,3,none\nk2,10,x,3,none\n",
    "many wrong cells": "".join(f"m{n},{n},x,3,a{n}\n" for n in range(20)),
}


def package(folder: Path, fault: str) -> Path:
    """A package of one table of right rows with a fault in their middle."""
    right = [f"a{n},{n % 10},x,{n}.5,a{max(n - 1, 0)}\n" for n in range(40)]
    text = "id,n,code,number,parent\n" + "".join(right[:20]) + FAULTS[fault] + "".join(right[20:])
    (folder / "t.csv").write_text(text, "utf-8")
    resource = {"name": "t", "type": "table", "path": "t.csv", "schema": SCHEMA}
    (folder / "datapackage.json").write_text(json.dumps({"resources": [resource]}), "utf-8")
    return folder


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("sampled", [False, True])
def test_the_errors_are_those_of_the_whole_table(fault, sampled, tmp_path, monkeypatch):
    """Catches an error outside of the rows that were kept apart, and one of a row read alone."""
    if sampled:  # as a large file is: its first rows say which columns are counted check by check
        monkeypatch.setattr(count, "SMALL", 0)
        monkeypatch.setattr(count, "SAMPLE", 5)
    found = []
    for most in (1_000, 0):
        monkeypatch.setattr(count, "MOST_SUSPECTS", most)
        (task,) = pledgeline.validate(package(tmp_path, fault)).tasks
        found.append((task.counts, task.keys, task.rows, task.errors))
    assert found[0] == found[1]
    assert bool(found[0][3]) == (fault != "nothing")


def test_few_wrong_rows_are_looked_for_once(tmp_path, monkeypatch):
    """Catches a second and a third scan of a table in which one row is wrong."""
    monkeypatch.setattr(count, "SMALL", 0)
    monkeypatch.setattr(count, "SAMPLE", 5)
    read, counted = [], count.count

    def noted(database, table, *asked, **options):
        read.append(table.source.relation)
        return counted(database, table, *asked, **options)

    monkeypatch.setattr(count, "count", noted)
    monkeypatch.setattr(suspects, "count", noted)
    pledgeline.validate(package(tmp_path, "two wrong cells"))
    whole = [each for each in read if "LIMIT" not in each and each != "suspects_0"]
    assert len(whole) == 1 and read.count("suspects_0") == 2
