"""Table Schemas as people write them, expanded into the standard form.

They are written in validate/schemas/*.yaml. Three things are written once and expanded here:
`codes: LIST` becomes `enum` and `categories` from the code list, `edtf: true` adds the three
columns that the date's bounds go to, and `derived: true` marks what the build fills in.
"""

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pledgeline.errors import InvalidRecords, Problem
from pledgeline.records.declarations import Declaration, read_declaration
from pledgeline.records.forms import Place
from pledgeline.standard.values import JsonObject
from pledgeline.text import quoted, suggestion

STANDARD = "https://datapackage.org/profiles/2.0/tableschema.json"
SCHEMAS = "validate/schemas"
TABLE = re.compile(r"[a-z][a-z0-9_]*")
OURS = {"codes", "edtf", "derived", "ordered"}  # keys of a field that only this module reads

PARQUET_SUFFIX = "-parquet"  # a table's CSV resource has its name, the Parquet one this after it

Written = dict[str, Any]  # a schema, or a field of one, as it is written or as it is published
CodeLists = dict[str, dict[str, str]]  # list -> code -> label, in the list's order


@dataclass(frozen=True)
class TableDefinition:
    """One table: its Table Schema (v2, expanded) and what hand-written records may fill."""

    name: str
    title: str
    description: str
    schema: JsonObject
    derived: frozenset[str] = frozenset()  # columns that the build fills in
    dates: tuple[str, ...] = ()  # columns that hold EDTF dates
    lists: dict[str, str] = dataclasses.field(default_factory=dict)  # column -> code list

    @property
    def fields(self) -> dict[str, JsonObject]:
        return {field["name"]: field for field in self.schema["fields"]}

    @property
    def key(self) -> list[str]:
        return list(self.schema["primaryKey"])


def read_schemas(root: Path) -> dict[str, JsonObject]:
    """Every schema under `root` as written, by table name (the file's).

    Raises InvalidRecords, with all that is wrong, when one cannot be used.
    """
    declared: dict[str, Declaration] = {}
    problems: list[Problem] = []
    for path in sorted((root / SCHEMAS).glob("*.yaml")):
        try:
            declared[path.stem] = read_declaration(path, root, "schema")
        except InvalidRecords as refused:
            problems += refused.problems
    if not declared and not problems:
        found, expected = "there is no schema (*.yaml)", "a schema for each table"
        fix = "write one, or run this in the folder of a data set (`pledgeline new` makes one)"
        problems.append(Problem(SCHEMAS, 1, 1, "missing-folder", found, expected, fix))
    schemas = {name: each.content for name, each in declared.items()}
    for name in declared:
        problems += schema_problems(name, declared[name])
    if not problems:  # else tables that are referred to may be missing for that reason alone
        problems = [
            p for name in declared for p in reference_problems(declared[name], name, schemas)
        ]
    if problems:
        raise InvalidRecords(problems)
    return schemas


def schema_problems(table: str, declared: Declaration) -> Iterator[Problem]:
    """What makes a written schema unusable; the standard's JSON profile checks the rest."""
    if not TABLE.fullmatch(table):
        found, expected = f"the table is called {quoted(table)}", "small letters, digits and _"
        yield declared.problem((), "bad-schema", found, expected, "rename the file")
    names = [column["name"] for column in all_fields(declared.content)]
    for number, name in enumerate(names):
        if name in names[:number]:
            found, expected = f"two fields have the name {name}", "a name of its own for each"
            own = [column["name"] for column in declared.content["fields"]]
            last = max((n for n, each in enumerate(own) if each == name), default=0)
            at: Place = ("fields", last, "name")
            yield declared.problem(at, "bad-schema", found, expected, "rename one of them")
    for at, column in key_columns(declared.content):
        if column not in names:
            found, expected = f"the key has the column {column}", f"one of {', '.join(names)}"
            fix = suggestion(column, names) or "correct it, or add the field"
            yield declared.problem(at, "bad-schema", found, expected, fix)


def key_columns(schema: JsonObject) -> Iterator[tuple[Place, str]]:
    """The columns of all keys of a schema, each with its place."""
    keys: list[tuple[Place, list[str]]] = [(("primaryKey",), schema["primaryKey"])]
    keys += [(("uniqueKeys", n), each) for n, each in enumerate(schema.get("uniqueKeys", []))]
    keys += [
        (("foreignKeys", n, "fields"), each["fields"])
        for n, each in enumerate(schema.get("foreignKeys", []))
    ]
    for place, columns in keys:
        for number, column in enumerate(columns):
            yield (*place, number), column


def reference_problems(
    declared: Declaration, table: str, schemas: dict[str, JsonObject]
) -> Iterator[Problem]:
    """The tables and columns that a foreign key refers to and no schema has."""
    for number, key in enumerate(declared.content.get("foreignKeys", [])):
        at, reference = ("foreignKeys", number, "reference"), key["reference"]
        target = reference["resource"] or table
        if target not in schemas:
            found, expected = f"the key refers to {target}", "tables of validate/schemas"
            fix = suggestion(target, schemas) or f"correct it, or write {SCHEMAS}/{target}.yaml"
            yield declared.problem((*at, "resource"), "bad-schema", found, expected, fix)
            continue
        columns = [column["name"] for column in all_fields(schemas[target])]
        for each in reference["fields"]:
            if each not in columns:
                found, expected = f"{target} has no column {each}", f"one of {', '.join(columns)}"
                fix = suggestion(each, columns) or "correct it"
                yield declared.problem((*at, "fields"), "bad-schema", found, expected, fix)
        if len(reference["fields"]) != len(key["fields"]):
            found, expected = "the two sides of the key have other numbers of columns", "as many"
            yield declared.problem(at, "bad-schema", found, expected, "add or remove columns")


def expand(name: str, written: JsonObject, lists: CodeLists) -> TableDefinition:
    """The table that a written schema means; `lists` has every code list that it names."""
    fields: list[JsonObject] = []
    for field in written["fields"]:
        fields.append(standard_field(field, lists))
        if field.get("edtf"):
            fields.extend(standard_field(bound, lists) for bound in bounds_of(field))
    schema = {"$schema": STANDARD, "fields": fields, "missingValues": [""]}
    for key in ("primaryKey", "uniqueKeys", "foreignKeys"):
        if key in written:
            schema[key] = written[key]
    dated = [field for field in written["fields"] if field.get("edtf")]
    derived = {field["name"] for field in written["fields"] if field.get("derived")}
    derived |= {bound["name"] for field in dated for bound in bounds_of(field)}
    return TableDefinition(
        name=name,
        title=written["title"],
        description=" ".join(written["description"].split()),
        schema=schema,
        derived=frozenset(derived),
        dates=tuple(field["name"] for field in dated),
        lists={f["name"]: f["codes"] for f in all_fields(written) if "codes" in f},
    )


def all_fields(written: JsonObject) -> list[JsonObject]:
    """The written fields with the bounds of their dates."""
    return [
        f
        for field in written["fields"]
        for f in (field, *(bounds_of(field) if field.get("edtf") else ()))
    ]


def standard_field(field: JsonObject, lists: CodeLists) -> JsonObject:
    """One field in Table Schema form, with the enumeration of its code list."""
    standard = {key: value for key, value in field.items() if key not in OURS}
    standard["description"] = " ".join(field["description"].split())
    if "codes" in field:
        number = int if field["type"] == "integer" else str
        codes = lists[field["codes"]]
        if not codes:  # the list is not there, which is a problem of its own
            return standard
        standard["constraints"] = {
            **field.get("constraints", {}),
            "enum": [number(code) for code in codes],
        }
        standard["categories"] = [
            {"value": number(code), "label": label} for code, label in codes.items()
        ]
        standard["categoriesOrdered"] = bool(field.get("ordered", False))
    return standard


def bounds_of(field: JsonObject) -> list[JsonObject]:
    """The three columns that follow an EDTF date column: first day, last day, precision."""
    name, title = field["name"], field["title"].lower()
    return [
        {
            "name": f"{name}_start",
            "title": f"First day of the {title}",
            "description": f"First day that `{name}` covers."
            " Empty when there is none or the start is open or unknown.",
            "type": "date",
            "example": "2022-02-21",
            "rdfType": "https://schema.org/startDate",
        },
        {
            "name": f"{name}_end",
            "title": f"Last day of the {title}",
            "description": f"Last day that `{name}` covers, inclusive."
            " Empty when there is none or the end is open or unknown.",
            "type": "date",
            "example": "2022-02-22",
            "rdfType": "https://schema.org/endDate",
        },
        {
            "name": f"{name}_precision",
            "title": f"Precision of the {title}",
            "description": f"The finest unit that `{name}` states;"
            " whether it is approximate (~) or uncertain (?) stays there.",
            "type": "string",
            "codes": "date_precision",
            "example": "day",
        },
    ]
