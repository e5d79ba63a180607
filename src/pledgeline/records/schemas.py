"""TableDefinition Schemas as people write them (validate/schemas/*.yaml), expanded into the
standard form.

Three things are written once and expanded here: `codes: LIST` becomes `enum` and `categories` from
the code list, `edtf: true` adds the three columns that the date's bounds go to, and `derived: true`
marks what the build fills in.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pledgeline.errors import InvalidRecords, Problem
from pledgeline.records.declarations import read_declaration
from pledgeline.standard.types import FIELD_TYPES

STANDARD = "https://datapackage.org/profiles/2.0/tableschema.json"
OURS = {"codes", "edtf", "derived", "ordered"}  # keys of a field that only this module reads

PARQUET_SUFFIX = "-parquet"  # a table's CSV resource has its name, the Parquet one this after it

CodeLists = dict[str, dict[str, str]]  # list -> code -> label, in the list's order


@dataclass(frozen=True)
class TableDefinition:
    """One table: its TableDefinition Schema (v2, expanded) and what hand-written records may fill."""

    name: str
    title: str
    description: str
    schema: dict
    derived: frozenset[str] = frozenset()  # columns that the build fills in
    dates: tuple[str, ...] = ()  # columns that hold EDTF dates
    lists: dict[str, str] = dataclasses.field(default_factory=dict)  # column -> code list

    @property
    def fields(self) -> dict[str, dict]:
        return {field["name"]: field for field in self.schema["fields"]}

    @property
    def key(self) -> list[str]:
        return self.schema["primaryKey"]


def read_schemas(root: Path) -> dict[str, dict]:
    """Every schema under `root` as written, by table name (the file's).

    Raises InvalidRecords when one cannot be used.
    """
    schemas = {
        path.stem: read_declaration(path, root)
        for path in sorted((root / "validate" / "schemas").glob("*.yaml"))
    }
    problems = [
        problem for name, schema in schemas.items() for problem in schema_problems(name, schema)
    ]
    if problems:
        raise InvalidRecords(problems)
    return schemas


def schema_problems(table: str, schema: dict) -> Iterator[Problem]:
    """What keeps a written schema from being used at all; the finer points are the standard's JSON
    profile's.
    """

    def problem(found: str, expected: str) -> Problem:
        return Problem(
            f"validate/schemas/{table}.yaml",
            1,
            1,
            "bad-schema",
            found,
            expected,
            "see the other schemas",
        )

    for key in sorted({"title", "description", "primaryKey", "fields"} - schema.keys()):
        yield problem(f"the schema has no {key}", "title, description, primaryKey and fields")
    names = [field.get("name") for field in schema.get("fields") or []]
    for name in sorted({str(name) for name in names if names.count(name) > 1}):
        yield problem(f"two fields have the name {name}", "a name of its own for each")
    for number, field in enumerate(schema.get("fields") or [], 1):
        missing = sorted({"name", "title", "description", "type"} - set(field))
        if missing:
            yield problem(
                f"field {number} has no {', '.join(missing)}", "name, title, description and type"
            )
        elif field["type"] not in FIELD_TYPES:
            yield problem(f"{field['name']} has the type {field['type']}", " | ".join(FIELD_TYPES))


def expand(name: str, written: dict, lists: CodeLists) -> TableDefinition:
    """The table that a written schema means.

    Raises KeyError when it names a code list that does not exist.
    """
    fields: list[dict] = []
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


def all_fields(written: dict) -> list[dict]:
    """The written fields with the bounds of their dates."""
    return [
        f
        for field in written["fields"]
        for f in (field, *(bounds_of(field) if field.get("edtf") else ()))
    ]


def standard_field(field: dict, lists: CodeLists) -> dict:
    """One field in TableDefinition Schema form, with the enumeration of its code list."""
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


def bounds_of(field: dict) -> list[dict]:
    """The three columns that follow an EDTF date column: first day, last day, precision."""
    name, title = field["name"], field["title"].lower()
    return [
        {
            "name": f"{name}_start",
            "title": f"First day of the {title}",
            "description": f"First day that `{name}` covers. Empty when there is none or the start is open or unknown.",
            "type": "date",
            "example": "2022-02-21",
            "rdfType": "https://schema.org/startDate",
        },
        {
            "name": f"{name}_end",
            "title": f"Last day of the {title}",
            "description": f"Last day that `{name}` covers, inclusive. Empty when there is none or the end is open or unknown.",
            "type": "date",
            "example": "2022-02-22",
            "rdfType": "https://schema.org/endDate",
        },
        {
            "name": f"{name}_precision",
            "title": f"Precision of the {title}",
            "description": f"The finest unit that `{name}` states; whether it is approximate (~) or uncertain (?) stays there.",
            "type": "string",
            "codes": "date_precision",
            "example": "day",
        },
    ]
