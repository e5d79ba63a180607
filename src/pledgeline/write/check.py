"""Rows checked as tables: by their schemas while they are text, by the package's rules once they
are typed.
"""

from pathlib import Path

import pyarrow as pa

from pledgeline.check.run import (
    BrokenCheck,
    Finding,
    connect,
    register,
    run_rules,
    run_schema_checks,
)
from pledgeline.errors import InvalidRecords, Problem
from pledgeline.records.explain import explain_findings
from pledgeline.records.load import Records
from pledgeline.write.tables import in_key_order, text_table, typed_table


def check_records(records: Records, rules: Path) -> tuple[dict[str, pa.Table], list[Problem]]:
    """The typed tables of `records` and every problem: those met in reading and those the checks
    find.

    Puts the rows of `records` in key order, so that row n of a table is row n of its list. A table
    with cells that are not of their type is typed without them, so that the rules can still run.
    """
    tables = records.tables
    for name, rows in records.rows.items():
        order = in_key_order([row.cells for row in rows], tables[name].key, tables[name].fields)
        records.rows[name] = [rows[i] for i in order]
    texts = {
        name: text_table((row.cells for row in rows), tables[name])
        for name, rows in records.rows.items()
    }

    database = connect()
    for name, text in texts.items():
        register(database, name, text)
    try:
        findings = list(
            run_schema_checks(database, {name: table.schema for name, table in tables.items()})
        )
        for finding in findings:
            if finding.type == "type-error":
                texts[finding.table] = without_cell(texts[finding.table], finding)
        typed = {name: typed_table(text, tables[name]) for name, text in texts.items()}
        for name, table in typed.items():
            database.unregister(name)
            register(database, name, table)
        findings += run_rules(database, rules)
    except BrokenCheck as broken:
        where = f"validate/{broken.folder}/{broken.name}"
        found, expected = broken.reason, "a check that runs"
        problem = Problem(
            where, 1, 1, "broken-check", found, expected, f"see the other {broken.folder}"
        )
        raise InvalidRecords([*records.problems, problem]) from broken
    return typed, [*records.problems, *explain_findings(findings, records)]


def without_cell(text: pa.Table, finding: Finding) -> pa.Table:
    """`text` with the cell of `finding` empty."""
    values = text[finding.field].to_pylist()
    values[finding.row_number - 1] = None
    return text.set_column(
        text.column_names.index(finding.field), finding.field, pa.array(values, pa.string())
    )
