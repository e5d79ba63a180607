"""The code lists among the records: what the enumerations of every schema are made of."""

from collections.abc import Iterator

from pledgeline.errors import Problem
from pledgeline.records.files import Unsure
from pledgeline.records.rows import Row
from pledgeline.records.schemas import CodeLists, all_fields
from pledgeline.standard.values import JsonObject
from pledgeline.text import quoted

CODES = "codes"  # the table of codes, where the data set has one: a file a list, a record a code


def code_lists(
    rows: list[Row], written: dict[str, JsonObject], unsure: Unsure
) -> tuple[CodeLists, list[Problem]]:
    """The code lists by name, and the names of lists that a schema names but no file holds.

    The latter are empty, so that reading can go on. A list with an invalid code is unsure:
    what names that code is not to be complained of as well.
    """
    lists: CodeLists = {}
    problems = []
    numbered = {
        f["codes"]
        for schema in written.values()
        for f in all_fields(schema)
        if "codes" in f and f["type"] == "integer"
    }
    for row in rows:
        name, code = row.cells["list"], row.cells.get("code", "")
        if name in numbered and not (code.isascii() and code.isdigit()):
            found = f"the code {quoted(code)} of the list {name} is not a number"
            unsure.names.add(name)
            problems.append(
                Problem(
                    row.path,
                    *row.place("code"),
                    "wrong-type",
                    found,
                    "a number, as its fields are integers",
                    "correct it",
                )
            )
        else:
            lists.setdefault(name, {})[code] = row.cells.get("label", "")
    for table, schema in written.items():
        for column in all_fields(schema):
            name = column.get("codes", "")
            if (
                name
                and not lists.setdefault(name, {})
                and name not in unsure.names
                and CODES not in unsure.tables
            ):
                found = f"{table}.{column['name']} takes its codes from the list {quoted(name)}"
                where = f"validate/schemas/{table}.yaml"
                problems.append(
                    Problem(
                        where,
                        1,
                        1,
                        "unknown-code-list",
                        found,
                        f"data/records/codes/{name}.yaml",
                        "write that file",
                    )
                )
    return lists, problems + list(unused(rows, written))


def unused(rows: list[Row], written: dict[str, JsonObject]) -> Iterator[Problem]:
    """A warning for each list that no field takes its codes from, at its first code."""
    used = {field.get("codes") for schema in written.values() for field in all_fields(schema)}
    first = {row.cells["list"]: row for row in reversed(rows)}
    for name, row in sorted(first.items()):
        if name not in used:
            found, expected = (
                f"no field takes its codes from the list {quoted(name)}",
                "a list that validate/schemas names",
            )
            fix = "name it there under `codes:`, or remove the file"
            yield Problem(row.path, 1, 1, "unused-code-list", found, expected, fix, "warning")
