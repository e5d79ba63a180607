"""Every constraint that a schema states has a case that breaks it; the cases are run in
test_every_constraint.py.
"""

import pytest
from support.breaking import CASES
from support.copies import REPOSITORY

from pledgeline.engine import check_package
from pledgeline.records.load import Records
from pledgeline.records.schemas import all_fields, read_schemas
from pledgeline.write.check import package_of
from pledgeline.write.tables import text_table

SCHEMAS = read_schemas(REPOSITORY)
STATED = ("required", "pattern", "minimum", "maximum", "minLength", "maxLength", "unique")


def stated(table: str) -> set[tuple[str, str, str]]:
    """What the schema of `table` asks for as a person wrote it: (table, field or columns of a key,
    constraint).
    """
    schema, asked = SCHEMAS[table], set()
    for field in schema["fields"]:
        name, constraints = field["name"], field.get("constraints", {})
        assert constraints.keys() <= set(STATED), (
            f"{table}.{name} has a constraint that no test here knows"
        )
        asked |= {
            (name, constraint) for constraint in constraints if constraints[constraint] is not False
        }
        asked |= {(name, "type")} if field["type"] != "string" or "format" in field else set()
        asked |= {(name, "enum")} if "codes" in field else set()
        if field.get("edtf"):
            asked |= {
                (f"{name}_start", "type"),
                (f"{name}_end", "type"),
                (f"{name}_precision", "enum"),
            }
    asked.add(("+".join(schema["primaryKey"]), "primaryKey"))
    asked |= {("+".join(key), "uniqueKeys") for key in schema.get("uniqueKeys", [])}
    asked |= {("+".join(key["fields"]), "foreignKeys") for key in schema.get("foreignKeys", [])}
    return {(table, *constraint) for constraint in asked}


def test_every_constraint_has_a_case():
    """Catches a constraint that was removed, or added without a cell that shows it at work, and a
    case that stands twice.
    """
    cases = [(case["table"], case["field"], case["constraint"]) for case in CASES]
    assert len(cases) == len(set(cases))
    assert set(cases) == {constraint for table in SCHEMAS for constraint in stated(table)}


@pytest.mark.parametrize("table", SCHEMAS)
def test_every_column_is_filled_somewhere(table: str, complete_records: Records):
    """Catches a column that no row fills, in which nothing could be broken."""
    rows = [row.cells for row in complete_records.rows[table]]
    assert len(rows) > 1
    columns = {column["name"] for column in all_fields(SCHEMAS[table])}
    assert columns == {name for row in rows for name in row}


def test_examples_are_valid(complete_records: Records):
    """Catches an example that its own field would refuse; what it refers to need not be in this
    package.
    """
    tables = complete_records.tables
    rows = {
        name: [{column: field["example"] for column, field in table.fields.items()}]
        for name, table in tables.items()
    }
    texts = {name: text_table(own, tables[name]) for name, own in rows.items()}
    for task in check_package(package_of(texts, tables), limit=1_000):
        assert [e for e in task.errors if e.constraint != "foreignKeys"] == [], task.name
