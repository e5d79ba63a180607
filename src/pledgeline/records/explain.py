"""What the checks find, told to the curator: at its place in a record file, with what
to do.
"""

from collections.abc import Iterable
from dataclasses import replace

from pledgeline.check.run import Finding
from pledgeline.errors import Problem
from pledgeline.records.load import Records
from pledgeline.records.rows import Row, places_of_errors
from pledgeline.records.schemas import TableDefinition
from pledgeline.text import quoted, suggestion

CODES = {  # constraint -> the code a curator sees; any other constraint is its own code
    "type": "wrong-type",
    "required": "missing-key",
    "enum": "unknown-code",
    "foreignKeys": "unknown-reference",
    "primaryKey": "duplicate-row",
    "uniqueKeys": "duplicate-row",
}

SLIPS = 3  # an id that is unknown in more places than this was hardly mistyped each time
ID_KEY = ("primaryKey", ("id",))


def explain_findings(findings: Iterable[Finding], records: Records) -> Iterable[Problem]:
    """Each finding as a problem: one a cell, and none that follows from what could not be read or
    has no id.
    """
    met = places_of_errors(records.problems)
    findings = sorted(
        findings, key=lambda finding: finding.severity
    )  # no warning takes the place of an error
    problems: dict[tuple, Problem] = {}
    twice = {
        records.rows[f.table][f.row_number - 1].cells["id"]
        for f in findings
        if (f.constraint, f.fields) == ID_KEY
    }
    unknown: dict[tuple, list[Problem]] = {}  # by the id or ids that no record has
    for finding in findings:
        row = records.rows[finding.table][finding.row_number - 1]
        if follows(finding, row, records) or repeats(finding, row, twice):
            continue
        problem = tell(finding, row, records)
        place = (problem.path, problem.line, problem.column)
        if place in met:
            continue
        if finding.constraint == "foreignKeys":
            met.add(place)
            unknown.setdefault(tuple(key_of(row, finding)), []).append(problem)
            continue
        written = place[1:] in row.places.values()
        problems.setdefault(place if written else (*place, problem.code, finding.field), problem)
    return [
        *problems.values(),
        *(problem for explain_findings in unknown.values() for problem in once(explain_findings)),
    ]


def once(explain_findings: list[Problem]) -> list[Problem]:
    """References to one unknown id: each of a few, which may be slips; of more, whose record is
    missing, only the first.
    """
    if len(explain_findings) <= SLIPS:
        return explain_findings
    first = min(explain_findings)
    found = f"{first.found}, and so in {len(explain_findings) - 1} more places"
    return [
        replace(
            first,
            found=found,
            fix="bring its record back (is a file missing?), or correct every place",
        )
    ]


def follows(finding: Finding, row: Row, records: Records) -> bool:
    """Whether a finding only follows from what could not be read, or from a record that has no id."""
    table = records.tables[finding.table]
    if finding.constraint == "foreignKeys":
        named = set(key_of(row, finding))
        return finding.target in records.unsure.tables or not records.unsure.names.isdisjoint(
            named - {None}
        )
    if finding.constraint == "enum":
        return (
            "codes" in records.unsure.tables or table.lists[finding.field] in records.unsure.names
        )
    return finding.constraint == "rule" and "id" in table.fields and "id" not in row.cells


def repeats(finding: Finding, row: Row, twice: set[str]) -> bool:
    """Whether a row only doubles another because the record that it stands in has the id of another
    record.
    """
    inherited = {row.cells.get(name) for name in finding.fields if name not in row.places}
    return finding.constraint in ("primaryKey", "uniqueKeys") and not inherited.isdisjoint(twice)


def tell(finding: Finding, row: Row, records: Records) -> Problem:
    """One finding in words, at the cell if it was written (of a key, its last written part), else
    at the record.
    """
    table = records.tables[finding.table]
    name = next((field for field in reversed(finding.fields) if field in row.places), finding.field)
    text = row.cells.get(name)
    code = CODES.get(
        finding.constraint, finding.constraint if finding.constraint != "rule" else finding.type
    )
    found = (
        f"{finding.table}.{name} is {quoted(text)}"
        if text is not None
        else f"this record of {row.table} has no {name}"
    )
    if len(finding.fields) > 1:
        found = f"({', '.join(finding.fields)}) is ({', '.join(map(str, key_of(row, finding)))})"
    expected, fix = (
        finding.expected,
        finding.fix or f"write it like {table.fields[name].get('example', 'the others')}",
    )
    if finding.constraint == "required":
        fix = f"add `{name}: ...`"
    elif finding.constraint == "enum":
        expected, fix = code_help(table, name, text)
    elif finding.constraint in ("primaryKey", "uniqueKeys"):
        code = "duplicate-id" if name == "id" else code
        first = next(
            other
            for other in records.rows[finding.table]
            if key_of(other, finding) == key_of(row, finding)
        )
        found = f"{found}, which {first.path}:{first.line} already has"
        fix = "give this record another id" if name == "id" else "remove one of the two"
    elif finding.constraint == "foreignKeys":
        known = [other.cells.get("id", "") for other in records.rows[finding.target]]
        fix = suggestion(text or "", known) or f"add it to {finding.target}, or correct it"
    line, column = row.place(name)
    return Problem(row.path, line, column, code, found, expected, fix, finding.severity)


def code_help(table: TableDefinition, field: str, text: str | None) -> tuple[str, str]:
    """What to expect and do where a code is not in its list."""
    listed, codes = (
        table.lists[field],
        [str(code) for code in table.fields[field]["constraints"]["enum"]],
    )
    where = f"data/records/codes/{listed}.yaml"
    return f"a code of {where}", suggestion(
        text or "", codes
    ) or f"one of {', '.join(codes[:6])}{', ...' * (len(codes) > 6)}"


def key_of(row: Row, finding: Finding) -> list[str | None]:
    """What `row` has in the fields of a key that `finding` is about."""
    return [row.cells.get(name) for name in finding.fields]
