"""What the checks find, told to the curator: at its place in a record file, with what to do."""

from collections.abc import Iterable
from difflib import get_close_matches

from pledgeline.checks.run import Finding
from pledgeline.problems import Problem, quoted
from pledgeline.records.read import Records
from pledgeline.records.rows import Row
from pledgeline.schema import Table

CODES = {  # constraint -> the code a curator sees; any other constraint is its own code
    "type": "wrong-type",
    "required": "missing-key",
    "enum": "unknown-code",
    "foreignKeys": "unknown-reference",
    "primaryKey": "duplicate-row",
    "uniqueKeys": "duplicate-row",
}


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
        same = [other for other in records.rows[finding.table] if key_of(other, finding) == key_of(row, finding)]
        first = same[0]
        code = "duplicate-id" if name == "id" else code
        found = f"{found}, which {first.path}:{first.line} already has"
        mend = "give this record another id" if name == "id" else "remove one of the two"
    elif finding.constraint == "foreignKeys":
        known = [other.cells.get("id", "") for other in records.rows[finding.target]]
        mend = suggestion(text or "", known) or f"add it to {finding.target}, or correct the id"
    line, column = row.place(name)
    return Problem(row.path, line, column, code, found, expected, mend, finding.severity)


def code_help(table: Table, field: str, text: str | None) -> tuple[str, str]:
    """What to expect and do where a code is not in its list."""
    listed, codes = table.lists[field], [str(code) for code in table.fields[field]["constraints"]["enum"]]
    where = f"data/records/codes/{listed}.yaml"
    return f"a code of {where}", suggestion(text or "", codes) or f"one of {', '.join(codes[:6])}{', ...' * (len(codes) > 6)}"


def suggestion(text: str, known: list[str]) -> str:
    near = get_close_matches(text, known, 1)
    return f"did you mean {quoted(near[0])}?" if near else ""


def key_of(row: Row, finding: Finding) -> list[str | None]:
    """What `row` has in the fields of a key that `finding` is about."""
    return [row.cells.get(name) for name in finding.fields]
