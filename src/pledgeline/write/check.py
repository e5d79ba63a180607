"""Rows of records checked as any package is checked, by the one engine, and typed for the files.

In: records. Out: typed tables, and every problem at its place in a record file.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from pledgeline.descriptor.package import check_references
from pledgeline.descriptor.schemas import check_schema
from pledgeline.engine import check_package
from pledgeline.errors import BrokenRule, InvalidRecords, Problem
from pledgeline.records.explain import FIRST_ROW, explain_errors
from pledgeline.records.load import Records
from pledgeline.records.schemas import TableDefinition
from pledgeline.report import Task
from pledgeline.standard.package import DataPackage, Resource
from pledgeline.standard.schema import Schema
from pledgeline.write.tables import in_key_order, text_table, typed_table


def check_records(
    records: Records, rules: Path | None
) -> tuple[dict[str, pa.Table], list[Problem]]:
    """The typed tables of `records`, and every problem met in reading or found by the checks.

    Puts the rows of `records` in key order, so that row n of a table is row n of its list. A cell
    that is not of its type is left out of the typed tables. Raises InvalidRecords where a schema or
    a rule cannot be used.
    """
    if broken := list(schema_problems(records.tables)):
        raise InvalidRecords([*records.problems, *broken])
    for name, rows in records.rows.items():
        table = records.tables[name]
        order = in_key_order([row.cells for row in rows], table.key, table.fields)
        records.rows[name] = [rows[i] for i in order]
    texts = {
        name: text_table((row.cells for row in rows), records.tables[name])
        for name, rows in records.rows.items()
    }
    try:
        tasks = check_package(package_of(texts, records.tables), limit=sys.maxsize, rules=rules)
    except BrokenRule as broken_rule:
        raise InvalidRecords([*records.problems, rule_problem(broken_rule)]) from broken_rule
    typed = {
        task.name: typed_table(without_untyped(texts[task.name], task), records.tables[task.name])
        for task in tasks
    }
    return typed, [*records.problems, *explain_errors(tasks, records)]


def package_of(texts: dict[str, pa.Table], tables: dict[str, TableDefinition]) -> DataPackage:
    """Tables in memory as a data package."""
    resources = tuple(
        Resource(
            name=name,
            place=name,
            data=text,
            schema=Schema.from_descriptor(tables[name].schema),
            descriptor={"name": name, "schema": tables[name].schema},
        )
        for name, text in texts.items()
    )
    return DataPackage(Path("datapackage.json"), Path("."), {}, "v2", resources)


def schema_problems(tables: dict[str, TableDefinition]) -> Iterable[Problem]:
    """What the standard has against the schemas, each at the schema's file."""
    schemas = {name: table.schema for name, table in tables.items()}
    names = {name: name for name in schemas}
    found = [(n, e) for n, schema in schemas.items() for e in check_schema(schema, "", "v2", n)]
    if not found:
        typed = {name: Schema.from_descriptor(schema) for name, schema in schemas.items()}
        found = list(check_references(names, typed))
    for name, error in found:
        where, expected = f"validate/schemas/{name}.yaml", "a schema that the standard allows"
        yield Problem(where, 1, 1, "broken-check", error.message, expected, error.fix)


def rule_problem(broken: BrokenRule) -> Problem:
    where = f"validate/rules/{broken.path.name}"
    fix = "see the other rules"
    return Problem(where, 1, 1, "broken-check", broken.reason, "a rule that runs", fix)


def without_untyped(text: pa.Table, task: Task) -> pa.Table:
    """`text` without the cells that are not of their type."""
    cells: dict[str, list[str | None]] = {}
    for error in task.errors:
        if error.constraint == "type" and error.field_name and error.row_number:
            values = cells.setdefault(error.field_name, text[error.field_name].to_pylist())
            values[error.row_number - FIRST_ROW] = None
    for name, values in cells.items():
        position = text.column_names.index(name)
        text = text.set_column(position, name, pa.array(values, pa.string()))
    return text
