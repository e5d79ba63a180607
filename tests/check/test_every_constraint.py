"""A violation of every constraint of every published table is caught where it is.

It is caught in CSV, in Parquet and, as a build checks them, in tables in memory, and by that
constraint alone.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from support.breaking import CASES, Rows, broken

from pledgeline.engine import check_package
from pledgeline.records.load import Records
from pledgeline.records.schemas import TableDefinition
from pledgeline.report import Task
from pledgeline.standard.field import Field
from pledgeline.standard.types import FIELD_TYPES
from pledgeline.validation import validate
from pledgeline.write.check import package_of
from pledgeline.write.files import write_csv, write_parquet
from pledgeline.write.tables import text_table, typed_column

V2 = "https://datapackage.org/profiles/2.0/datapackage.json"
TYPES = {  # constraint -> the type of the errors that it makes; of all others "constraint-error"
    "type": "type-error",
    "unique": "unique-error",
    "uniqueKeys": "unique-error",
    "primaryKey": "primary-key",
    "foreignKeys": "foreign-key",
}
Place = tuple[str, int, tuple[str, ...]]  # an error's type, row and fields


def columns_of(case: dict) -> list[str]:
    return case["field"].split("+")


def writable(case: dict, table: TableDefinition) -> bool:
    """Whether Parquet can hold the case: a typed column takes no cell of another type."""
    return (
        case["constraint"] != "type"
        or FIELD_TYPES[table.fields[case["field"]]["type"]].arrow == "string"
    )


def groups(cases: list[dict], most: int) -> list[list[dict]]:
    """`cases` put together where they are in different columns; at most so many columns, so that no
    row gets blank.
    """
    made: list[list[dict]] = []
    for case in cases:
        for group in made:
            used = {name for other in group for name in columns_of(other)}
            if not used & set(columns_of(case)) and len(used) + len(columns_of(case)) <= most:
                group.append(case)
                break
        else:
            made.append([case])
    return made


def write(rows: Rows, table: TableDefinition, path: Path) -> dict:
    """A file, and the resource that describes it.

    Codes that are on no list are written as others are.
    """
    text, format = text_table(rows, table), path.suffix[1:]
    if format == "csv":
        write_csv(text, path)
    else:
        codes = {
            n
            for n, field in table.fields.items()
            if field["type"] == "string" and "enum" in field.get("constraints", {})
        }
        columns = {
            n: text[n].dictionary_encode()
            if n in codes
            else typed_column(text[n], Field.from_descriptor(f))
            for n, f in table.fields.items()
        }
        write_parquet(pa.table(columns), path)
    return {
        "name": path.stem,
        "type": "table",
        "path": path.name,
        "format": format,
        "schema": table.schema,
    }


def spoilt(
    records: Records, format: str
) -> Iterator[tuple[str, TableDefinition, Rows, set[Place]]]:
    """Tables with some cases in each: a name, the table, its rows, and the errors that must be
    found.
    """
    for name, table in records.tables.items():
        cases = [
            case
            for case in CASES
            if case["table"] == name and (format == "csv" or writable(case, table))
        ]
        for number, group in enumerate(groups(cases, len(table.fields) // 2)):
            rows, places = [row.cells for row in records.rows[name]], set()
            for case in group:
                rows, row_number = broken(rows, case)
                type = TYPES.get(case["constraint"], "constraint-error")
                places.add((type, row_number + 1, tuple(columns_of(case))))  # the header is row 1
            yield f"{name}-{number}", table, rows, places


def cases(records: Records, format: str) -> Iterator[tuple[str, TableDefinition, Rows, set[Place]]]:
    """The complete tables, in which nothing is wrong, and spoilt ones beside them."""
    for name, table in records.tables.items():
        yield name, table, [row.cells for row in records.rows[name]], set()
    yield from spoilt(records, format)


def check_places(tasks: list[Task], expected: dict[str, set[Place]]) -> None:
    """Asserts that each table has the expected errors, and none that touches no spoilt column."""
    for task in tasks:
        places, found = expected[task.name], {}
        for error in task.errors:
            place = error.type, error.row_number, error.field_names or (error.field_name,)
            found.setdefault(place, set()).add(error.constraint)
        assert places <= found.keys(), task.name
        # The keys of a spoilt table may be those that a foreign key of its own refers to.
        spoilt_columns = {name for *_, names in places for name in names}
        others = [names for type, _, names in found if type != "foreign-key"]
        assert all(spoilt_columns & set(names) for names in others), task.name


@pytest.mark.parametrize("format", ["csv", pytest.param("parquet", marks=pytest.mark.long)])
def test_every_violation_is_caught_where_it_is(
    format: str, complete_records: Records, tmp_path: Path
):
    """Catches a constraint that `validate` lets pass in one of the formats, and an error in a
    column where none was made.
    """
    resources, expected = [], {}
    for name, table, rows, places in cases(complete_records, format):
        resources.append(write(rows, table, tmp_path / f"{name}.{format}"))
        expected[name] = places
    path = tmp_path / "datapackage.json"
    path.write_text(json.dumps({"$schema": V2, "resources": resources}), "utf-8")
    report = validate(path)
    assert not report.errors
    check_places(report.tasks, expected)


@pytest.mark.long
def test_a_build_catches_what_validate_catches(complete_records: Records):
    """Catches a constraint that tables in memory are not held to as files are."""
    texts, tables, expected = {}, {}, {}
    for name, table, rows, places in cases(complete_records, "csv"):
        texts[name], tables[name], expected[name] = text_table(rows, table), table, places
    check_places(check_package(package_of(texts, tables), limit=1_000), expected)
