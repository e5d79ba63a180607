"""Rows checked as tables, and each finding told as a problem at its place in a record file."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

import pyarrow as pa

from pledgeline.checks.run import Finding, connect, register, run_rules, run_schema_checks
from pledgeline.problems import Problem, quoted
from pledgeline.records.read import Records
from pledgeline.records.rows import Row
from pledgeline.schema import Table
from pledgeline.write.tables import in_key_order, text_table, typed_table

CODES = {  # constraint -> the code a curator sees; any other constraint is its own code
    "type": "wrong-type",
    "required": "missing-key",
    "enum": "unknown-code",
    "foreignKeys": "unknown-reference",
    "primaryKey": "duplicate-row",
    "uniqueKeys": "duplicate-row",
}


def check_records(records: Records, rules: Path) -> tuple[dict[str, pa.Table], list[Problem]]:
    """The typed tables of `records`, rows in key order, and every problem: those met in reading and those the checks find.

    A table in which a check found something is typed without the cells at fault, so that the rules can still run.
    """
    tables = records.tables
    for name, rows in records.rows.items():
        order = in_key_order([row.cells for row in rows], tables[name].key, tables[name].fields)
        records.rows[name] = [rows[i] for i in order]
    texts = {name: text_table((row.cells for row in rows), tables[name]) for name, rows in records.rows.items()}

    database = connect()
    for name, text in texts.items():
        register(database, name, text)
    findings = list(run_schema_checks(database, {name: table.schema for name, table in tables.items()}))
    for finding in findings:
        if finding.type == "type-error":
            texts[finding.table] = without_cell(texts[finding.table], finding)

    typed = {name: typed_table(text, tables[name]) for name, text in texts.items()}
    for name, table in typed.items():
        database.unregister(name)
        register(database, name, table)
    findings += run_rules(database, rules)
    return typed, [*records.problems, *told(findings, records)]


def without_cell(text: pa.Table, finding: Finding) -> pa.Table:
    values = text[finding.field].to_pylist()
    values[finding.row_number - 1] = None
    return text.set_column(text.column_names.index(finding.field), finding.field, pa.array(values, pa.string()))


def told(findings: Iterable[Finding], records: Records) -> Iterable[Problem]:
    """Each finding as a problem, one a place, without those that follow from what could not be read."""
    met = {(problem.path, problem.line, problem.column) for problem in records.problems}
    problems: dict[tuple, Problem] = {}
    for finding in findings:
        row = records.rows[finding.table][finding.row_number - 1]
        text = row.cells.get(finding.field)
        if finding.constraint == "foreignKeys" and text in records.unsure_ids:
            continue
        if finding.constraint == "enum" and records.tables[finding.table].lists[finding.field] in records.unsure_ids:
            continue
        problem = tell(finding, row, text, records)
        if (problem.path, problem.line, problem.column) not in met:
            problems.setdefault((problem.path, problem.line, problem.column, problem.code), problem)
    return problems.values()


def tell(finding: Finding, row: Row, text: str | None, records: Records) -> Problem:
    """One finding in words, at the cell if it was written, else at the record."""
    table, name = records.tables[finding.table], finding.field
    code = CODES.get(finding.constraint, finding.constraint if finding.constraint != "rule" else finding.type)
    found = f"{finding.table}.{name} is {quoted(text)}" if text is not None else f"this record of {row.table} has no {name}"
    expected, mend = finding.expected, finding.mend or "correct the value"
    if finding.constraint == "required":
        mend = f"add `{name}: ...`"
    elif finding.constraint == "enum":
        expected, mend = code_help(table, name, text)
    elif finding.constraint in ("primaryKey", "uniqueKeys"):
        first = first_with(finding, row, records)
        code = "duplicate-id" if name == "id" else code
        found = f"{found}, which {first.path}:{first.line} already has"
        mend = "give this record another id" if name == "id" else "remove one of the two"
    elif finding.constraint == "foreignKeys":
        target = finding.expected.rsplit(" ", 1)[1]
        known = [other.cells.get("id", "") for other in records.rows.get(target, [])]
        mend = suggestion(text or "", known) or f"add it to {target}, or correct the id"
    line, column = row.place(name)
    return Problem(row.path, line, column, code, found, expected, mend)


def code_help(table: Table, field: str, text: str | None) -> tuple[str, str]:
    """What to expect and do where a code is not in its list."""
    listed, codes = table.lists[field], [str(code) for code in table.fields[field]["constraints"]["enum"]]
    where = f"data/records/codes/{listed}.yaml"
    return f"a code of {where}", suggestion(text or "", codes) or f"one of {', '.join(codes[:6])}{', ...' * (len(codes) > 6)}"


def suggestion(text: str, known: list[str]) -> str:
    near = get_close_matches(text, known, 1)
    return f"did you mean {quoted(near[0])}?" if near else ""


def first_with(finding: Finding, row: Row, records: Records) -> Row:
    """The earliest row that has the same key as `row`."""
    table = records.tables[finding.table]
    keys = [table.key] if finding.constraint == "primaryKey" else table.schema["uniqueKeys"]
    key = next(key for key in keys if key[0] == finding.field)
    same = [other for other in records.rows[finding.table] if all(other.cells.get(k) == row.cells.get(k) for k in key)]
    return same[0]
