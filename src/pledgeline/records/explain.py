"""What the checks find in tables of records, explained at its place in a record file."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from pledgeline.errors import Problem
from pledgeline.records.load import Records
from pledgeline.records.registry import retired_help
from pledgeline.records.rows import Row, places_of_errors
from pledgeline.records.schemas import TableDefinition
from pledgeline.report import Error, Task
from pledgeline.standard.values import JsonObject
from pledgeline.text import quoted, suggestion

CODES = {  # constraint -> the code a curator sees; any other constraint is its own code
    "type": "wrong-type",
    "required": "missing-key",
    "enum": "unknown-code",
    "foreignKeys": "unknown-reference",
    "primaryKey": "duplicate-row",
    "uniqueKeys": "duplicate-row",
}
UNIQUE_KEYS = ("primaryKey", "uniqueKeys")
FIRST_ROW = 2  # the number of a table's first row, as in a file whose row 1 is the header
SHOWN = 12  # codes in a message; of a longer list those most like what was written
ALIKE, LIKE_LABEL = 0.5, 0.8  # how like a code, or its label, as difflib measures it
BOOLEANS = {
    "true": ("yes", "y", "on", "t", "1", "true"),
    "false": ("no", "n", "off", "f", "0", "false"),
}
GROUPED = re.compile(r"-?[0-9]{1,3}([ ,.'\u2019\u00a0\u202f][0-9]{3})+")  # 1,204
FEW = 3  # an id that is unknown in more places than this was hardly mistyped each time


def explain_errors(tasks: Iterable[Task], records: Records) -> list[Problem]:
    """Each listed error of a table as a problem of a record, at most one a cell.

    Errors that only follow from what could not be read, or from a record without an id, are left
    out. Row n of a table is row n of its list in `records`.
    """
    found = [(task.name, error) for task in tasks for error in task.errors]
    found.sort(key=lambda each: each[1].severity)  # no warning takes the place of an error
    taken = places_of_errors(records.problems)
    repeated_ids = {
        row_of(table, error, records).cells.get("id")
        for table, error in found
        if error.constraint == "primaryKey" and error.field_names == ("id",)
    }
    problems: dict[tuple[Any, ...], Problem] = {}
    unknown: dict[tuple[str | None, ...], list[Problem]] = {}  # by the id or ids that no record has
    for table, error in found:
        row = row_of(table, error, records)
        if follows(table, error, row, records) or repeats(error, row, repeated_ids):
            continue
        problem = explain(table, error, row, records)
        place = (problem.path, problem.line, problem.column)
        if place in taken:
            continue
        if error.constraint == "foreignKeys":
            taken.add(place)
            unknown.setdefault(key_of(row, error), []).append(problem)
            continue
        written = place[1:] in row.places.values()
        problems.setdefault(place if written else (*place, problem.code, problem.found), problem)
    return [*problems.values(), *(p for same in unknown.values() for p in report_once(same))]


def row_of(table: str, error: Error, records: Records) -> Row:
    return records.rows[table][(error.row_number or FIRST_ROW) - FIRST_ROW]


def fields_of(error: Error) -> tuple[str, ...]:
    """The fields that an error is about: those of a key, or the one of a cell."""
    return error.field_names or (error.field_name or "",)


def key_of(row: Row, error: Error) -> tuple[str | None, ...]:
    """What `row` has in the fields that `error` is about."""
    return tuple(row.cells.get(name) for name in fields_of(error))


def report_once(problems: list[Problem]) -> Iterator[Problem]:
    """References to one unknown id: each one if there are few, else only the first."""
    if len(problems) <= FEW:
        yield from problems
        return
    first = min(problems)
    found = f"{first.found}, and so in {len(problems) - 1} more places"
    fix = "bring its record back (is a file missing?), or correct every place"
    yield replace(first, found=found, fix=fix)


def follows(table: str, error: Error, row: Row, records: Records) -> bool:
    """Whether an error only follows from what could not be read, or from a record without an id."""
    definition, unsure = records.tables[table], records.unsure
    if error.constraint == "foreignKeys":
        named = set(key_of(row, error)) - {None}
        return error.target in unsure.tables or not unsure.names.isdisjoint(named)
    if error.constraint == "enum":
        return "codes" in unsure.tables or definition.lists[error.field_name or ""] in unsure.names
    return error.constraint == "rule" and "id" in definition.fields and "id" not in row.cells


def repeats(error: Error, row: Row, repeated_ids: set[str | None]) -> bool:
    """Whether a row doubles another only because its record has the id of another record."""
    inherited = {row.cells.get(name) for name in fields_of(error) if name not in row.places}
    return error.constraint in UNIQUE_KEYS and not inherited.isdisjoint(repeated_ids)


def explain(table: str, error: Error, row: Row, records: Records) -> Problem:
    """One error as a problem, at the cell if it was written, else at the record.

    For a key, the cell is its last written part.
    """
    definition, names = records.tables[table], fields_of(error)
    if error.type == "blank-row":
        found, fix = f"a record of {table} has no value", "write its keys, or remove it"
        return Problem(row.path, row.line, row.column, "empty-record", found, "its keys", fix)
    if error.constraint == "primaryKey" and None in key_of(row, error):  # an empty part
        names = (next(name for name in names if name not in row.cells),)
        error = replace(error, constraint="required", field_names=(), expected="a value")
    name = next((each for each in reversed(names) if each in row.places), names[0])
    text = row.cells.get(name)
    code = CODES.get(error.constraint, error.constraint)
    found = f"{table}.{name} is {quoted(text)}" if text is not None else f"{table} has no {name}"
    if len(names) > 1:
        found = f"({', '.join(names)}) is ({', '.join(map(str, key_of(row, error)))})"
    expected = error.expected
    field = definition.fields.get(name, {})
    fix = value_help(field, text or "")
    match error.constraint:
        case "rule":
            code, fix = error.type, error.fix
            if name in referring(definition):
                fix = retired_help(records, text or "") or fix
        case "required":
            fix = f"add `{name}: ...`"
        case "enum":
            expected = f"a code of data/records/codes/{definition.lists[name]}.yaml"
            fix = code_help(field, text or "")
        case "primaryKey" | "uniqueKeys":
            own = key_of(row, error)
            first = next(each for each in records.rows[table] if key_of(each, error) == own)
            found = f"{found}, which {first.path}:{first.line} already has"
            code = "duplicate-id" if name == "id" else code
            fix = "give this record another id" if name == "id" else "remove one of the two"
        case "foreignKeys":
            known = [each.cells.get("id", "") for each in records.rows[error.target]]
            fix = (
                retired_help(records, text or "")
                or suggestion(text or "", known)
                or f"add it to {error.target}, or correct it"
            )
    return Problem(row.path, *row.place(name), code, found, expected, fix, error.severity)


def referring(table: TableDefinition) -> set[str]:
    """The columns of `table` that refer to others."""
    return {column for key in table.schema.get("foreignKeys", []) for column in key["fields"]}


def value_help(field: JsonObject, text: str) -> str:
    """What to write where a value is not of its type: what the text means, where that is plain."""
    if field.get("type") == "boolean":
        meant = {word: value for value, words in BOOLEANS.items() for word in words}
        plain = meant.get(text.lower().strip())
        return f"write `{plain}`" if plain else "write `true` or `false`, whichever is the case"
    if field.get("type") == "integer" and GROUPED.fullmatch(text):
        return f"write {re.sub('[^0-9-]', '', text)}"
    return f"write it like {field.get('example', 'the others')}"


def code_help(field: JsonObject, text: str) -> str:
    """What to write where a code is not in its list: the code meant, those like it, or all."""
    codes = [str(code) for code in field["constraints"]["enum"]]
    labels = {each["label"]: str(each["value"]) for each in field.get("categories", [])}
    if near := suggestion(text, codes):
        return near
    if meant := get_close_matches(text, labels, 1, LIKE_LABEL):
        return f"did you mean {quoted(labels[meant[0]])} ({meant[0]})?"
    if len(codes) <= SHOWN:
        return f"one of {', '.join(codes)}"
    alike = [code for code in codes if text and (text in code or code in text)]
    alike += [each for each in get_close_matches(text, codes, SHOWN, ALIKE) if each not in alike]
    all_codes = f"that file has all {len(codes)} with their definitions"
    return f"perhaps {', '.join(alike[:SHOWN])}; {all_codes}" if alike else all_codes
