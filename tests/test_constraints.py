"""Every constraint of every schema has a cell that breaks it, and is what finds that cell.

`broken_constraints.csv` lists a cell a constraint. A row of the fields' own examples, with that cell in it, must be found;
without the constraint in the schema it must not. So removing any constraint fails a test.
"""

import csv
import itertools
import re

import pytest
from copies import REPOSITORY

from pledgeline.checks.run import connect, register, run_schema_checks
from pledgeline.records.read import read_layout, read_records
from pledgeline.schema import read_schemas
from pledgeline.write.tables import text_table

TABLES = read_records(REPOSITORY, read_layout(REPOSITORY), read_schemas(REPOSITORY)).tables
with (REPOSITORY / "tests" / "broken_constraints.csv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))
KEYS = ("primaryKey", "uniqueKeys", "foreignKeys")


def constraints(table: str) -> set[tuple[str, str, str]]:
    """What the schema of `table` constrains, as (table, field or fields, constraint)."""
    schema = TABLES[table].schema
    found = {(table, field["name"], name) for field in schema["fields"] for name in field.get("constraints", {})}
    found |= {(table, field["name"], "type") for field in schema["fields"] if field["type"] != "string"}
    found.add((table, "+".join(schema["primaryKey"]), "primaryKey"))
    found |= {(table, "+".join(key), "uniqueKeys") for key in schema.get("uniqueKeys", [])}
    return found | {(table, "+".join(key["fields"]), "foreignKeys") for key in schema.get("foreignKeys", [])}


def example_row(table: str) -> dict[str, str]:
    return {name: field["example"] for name, field in TABLES[table].fields.items()}


def without(schema: dict, fields: str, constraint: str) -> dict:
    """`schema` without one constraint."""
    if constraint in KEYS:
        kept = [key for key in schema[constraint] if "+".join(key["fields"] if isinstance(key, dict) else key) != fields]
        return {name: value for name, value in schema.items() if name != constraint} | (
            {} if constraint == "primaryKey" else {constraint: kept}
        )
    changed = []
    for field in schema["fields"]:
        if field["name"] == fields and constraint == "type":
            field = {**field, "type": "string"}
        elif field["name"] == fields:
            field = {**field, "constraints": {k: v for k, v in field["constraints"].items() if k != constraint}}
        changed.append(field)
    return {**schema, "fields": changed}


def findings(table: str, schema: dict, rows: list[dict], known: list[dict]) -> set[tuple[str, str, str]]:
    """What the checks of `schema` find in `rows`, when every row that `known` refers to exists."""
    database = connect()
    targets: dict[str, list[dict]] = {}
    for key in TABLES[table].schema.get("foreignKeys", []):
        for row in known:
            there = dict(zip(key["reference"]["fields"], (row[name] for name in key["fields"]), strict=True))
            targets.setdefault(key["reference"]["resource"] or table, []).append(there)
    for name, there in targets.items():
        if name != table:
            register(database, name, text_table(there, TABLES[name]))
    register(database, table, text_table([*rows, *targets.get(table, [])], TABLES[table]))
    found = run_schema_checks(database, {table: schema})
    return {(table, "+".join(f.fields), f.constraint) for f in found if f.row_number <= len(rows)}


def broken_rows(case: dict[str, str]) -> list[dict]:
    """The example row with the case's cell in it; `=` means the same row twice, `x*301` three hundred and one x."""
    row = example_row(case["table"])
    if case["cell"] == "=":
        return [row, row]
    text = re.sub(r"(.)\*(\d+)$", lambda match: match[1] * int(match[2]), case["cell"])
    broken = {**row, **dict.fromkeys(case["field"].split("+"), text)}
    return [{name: cell for name, cell in broken.items() if cell}]


def test_every_constraint_has_a_cell_that_breaks_it():
    """Catches a constraint that was removed, or added without showing that it works."""
    cases = [(case["table"], case["field"], case["constraint"]) for case in CASES]
    assert len(cases) == len(set(cases))
    assert set(cases) == set(itertools.chain.from_iterable(map(constraints, TABLES)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['table']}-{case['field']}-{case['constraint']}")
def test_the_constraint_is_what_finds_the_cell(case):
    """Catches a check that does not find its cell, and a cell that something else finds too or instead."""
    table, fields, constraint = case["table"], case["field"], case["constraint"]
    schema, known = TABLES[table].schema, [example_row(table)]
    expected = (table, fields, constraint)
    found = findings(table, schema, broken_rows(case), known)
    assert expected in found
    assert expected not in findings(table, without(schema, fields, constraint), broken_rows(case), known)
    if constraint not in KEYS and constraint != "unique":
        about_the_cell = {finding for finding in found if finding[1] == fields} - {(table, fields, "enum")}
        assert about_the_cell <= {expected}


@pytest.mark.parametrize("table", TABLES)
def test_the_examples_in_a_schema_are_valid(table):
    """Catches an example that its own field would refuse."""
    row = example_row(table)
    assert findings(table, TABLES[table].schema, [row], [row]) == set()
