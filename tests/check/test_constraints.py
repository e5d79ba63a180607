"""Every constraint that a schema states is enforced: a cell that breaks it is found, and by that
constraint alone.
"""

from collections.abc import Callable

import pytest
from support.breaking import CASES, Rows, broken
from support.copies import REPOSITORY

from pledgeline.check.run import Finding, connect, register, run_schema_checks
from pledgeline.records.load import Records
from pledgeline.records.schemas import all_fields, read_schemas
from pledgeline.write.tables import text_table

SCHEMAS = read_schemas(REPOSITORY)
STATED = ("required", "pattern", "minimum", "maximum", "minLength", "maxLength", "unique")
KEYS = ("primaryKey", "uniqueKeys", "foreignKeys")
Check = Callable[[str, Rows, dict], list[Finding]]


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


def without(schema: dict, fields: str, constraint: str) -> dict:
    """`schema` with one constraint taken out."""
    if constraint == "primaryKey":
        return {key: value for key, value in schema.items() if key != constraint}
    if constraint in KEYS:
        kept = [
            key
            for key in schema[constraint]
            if "+".join(key["fields"] if isinstance(key, dict) else key) != fields
        ]
        return {**schema, constraint: kept}
    field = next(field for field in schema["fields"] if field["name"] == fields)
    if constraint == "type":
        freed = {
            **{key: value for key, value in field.items() if key != "format"},
            "type": "string",
        }
    else:
        freed = {
            **field,
            "constraints": {
                name: value for name, value in field["constraints"].items() if name != constraint
            },
        }
    return {**schema, "fields": [freed if other is field else other for other in schema["fields"]]}


@pytest.fixture(scope="session")
def texts(complete_records: Records) -> dict[str, Rows]:
    """The cells of every row of the complete package, by table."""
    return {name: [row.cells for row in rows] for name, rows in complete_records.rows.items()}


@pytest.fixture(scope="session")
def check(complete_records: Records, texts: dict[str, Rows]):
    """What the checks of a schema find when one table has other rows, beside the complete tables."""
    tables = complete_records.tables
    database, unchanged = (
        connect(),
        {name: text_table(rows, tables[name]) for name, rows in texts.items()},
    )
    database.execute(
        "SET threads = 1"
    )  # tables this small are only slowed down by sharing them out
    for name, table in unchanged.items():
        register(database, name, table)

    def found(name: str, rows: Rows, schema: dict) -> list[Finding]:
        register(database, name, text_table(rows, tables[name]))
        findings = list(run_schema_checks(database, {name: schema}))
        register(database, name, unchanged[name])
        return findings

    yield found
    database.close()


def test_every_constraint_has_a_case():
    """Catches a constraint that was removed, or added without a cell that shows it at work, and a
    case that stands twice.
    """
    cases = [(case["table"], case["field"], case["constraint"]) for case in CASES]
    assert len(cases) == len(set(cases))
    assert set(cases) == {constraint for table in SCHEMAS for constraint in stated(table)}


@pytest.mark.parametrize("table", SCHEMAS)
def test_unbroken_rows_are_found_right(
    table: str, check: Check, complete_records: Records, texts: dict[str, Rows]
):
    """Catches a check that finds fault with good rows, and a column that no row fills, in which
    nothing could be broken.
    """
    assert len(texts[table]) > 1
    assert {column["name"] for column in all_fields(SCHEMAS[table])} == {
        name for row in texts[table] for name in row
    }
    assert check(table, texts[table], complete_records.tables[table].schema) == []


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case['table']}-{case['field']}-{case['constraint']}"
)
def test_the_constraint_finds_its_cell(
    case, check: Check, complete_records: Records, texts: dict[str, Rows]
):
    """Catches a constraint that is stated and not checked, or checked at another place, and a cell
    that others refuse too.
    """
    table, columns, constraint = case["table"], case["field"], case["constraint"]
    schema = complete_records.tables[table].schema
    rows, number = broken(texts[table], case)
    place = (number, tuple(columns.split("+")))

    findings = check(table, rows, schema)
    at_place = {
        finding.constraint for finding in findings if (finding.row_number, finding.fields) == place
    }
    assert at_place - ({"enum"} if constraint == "type" else set()) == {
        constraint
    }  # no number is no code of a list either
    freed = check(table, rows, without(schema, columns, constraint))
    assert constraint not in {
        finding.constraint for finding in freed if (finding.row_number, finding.fields) == place
    }


@pytest.mark.parametrize("table", SCHEMAS)
def test_examples_are_valid(table: str, check: Check, complete_records: Records):
    """Catches an example that its own field would refuse; what it refers to need not be in this
    package.
    """
    fields = complete_records.tables[table].fields
    findings = check(
        table,
        [{name: field["example"] for name, field in fields.items()}],
        complete_records.tables[table].schema,
    )
    assert [finding for finding in findings if finding.constraint != "foreignKeys"] == []
