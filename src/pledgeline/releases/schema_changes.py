"""What a descriptor says, as rows: compared, published and undone like any table.

The row `.` has the package's own properties, the row `TABLE` those of a table (with its fields in
order), the row `TABLE|FIELD` those of a field; a constraint is a property such as
`constraints.minimum`. Changes give values as JSON.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from pledgeline.releases.change import ALL, SCHEMA, Change, joined, kind_of, marked
from pledgeline.standard.values import JsonObject

Rows: TypeAlias = dict[str, JsonObject]  # key -> property -> value
PACKAGE = "."
# Of the package: what is compared elsewhere, or is about its files.
OF_FILES = {"resources", "$schema", "version", "created", "profile"}
OF_TABLES = ("title", "description")  # of a resource: about the table, not about its file
# They refuse no value.
WORDS = {"title", "description", "example", "rdfType", "unit", "categories", "categoriesOrdered"}
FLOORS = {"minimum", "exclusiveMinimum", "minLength"}  # a higher one allows less
CEILINGS = {"maximum", "exclusiveMaximum", "maxLength"}  # a lower one allows less
KEYS = {"primaryKey", "foreignKeys", "uniqueKeys"}
LEVELS = ("patch", "minor", "major")


def schema_rows(about: JsonObject, tables: Mapping[str, JsonObject]) -> Rows:
    """The rows of a package: its own properties `about`, and descriptors by table in `tables`."""
    rows: Rows = {PACKAGE: {name: value for name, value in about.items() if name not in OF_FILES}}
    for name, resource in tables.items():
        schema = resource.get("schema") or {}
        rest = {key: value for key, value in schema.items() if key not in ("fields", "$schema")}
        said = {key: resource[key] for key in OF_TABLES if key in resource}
        fields = schema.get("fields", [])
        rows[joined([name])] = {**said, "fields": [field["name"] for field in fields], **rest}
        for field in fields:
            flat = {
                f"constraints.{key}": value for key, value in field.get("constraints", {}).items()
            }
            own = {key: value for key, value in field.items() if key not in ("name", "constraints")}
            rows[joined([name, field["name"]])] = {**own, **flat}
    return rows


def in_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def from_schema_rows(rows: Rows) -> tuple[JsonObject, dict[str, JsonObject]]:
    """The inverse of `schema_rows`: the properties of the package, and those of each table.

    A table's `schema` is among its properties.
    """
    tables: dict[str, JsonObject] = {}
    for key, row in rows.items():
        if key != PACKAGE and "fields" in row:
            fields = [field_of(name, rows[f"{key}|{joined([name])}"]) for name in row["fields"]]
            rest = {
                name: value for name, value in row.items() if name not in (*OF_TABLES, "fields")
            }
            about = {name: row[name] for name in OF_TABLES if name in row}
            tables[key] = {**about, "schema": {**rest, "fields": fields}}
    return rows.get(PACKAGE, {}), tables


def field_of(name: str, row: JsonObject) -> JsonObject:
    """A field of a Table Schema from its row."""
    constraints = {
        key.partition(".")[2]: value for key, value in row.items() if key.startswith("constraints.")
    }
    own = {key: value for key, value in row.items() if not key.startswith("constraints.")}
    return {"name": name, **own, **({"constraints": constraints} if constraints else {})}


def schema_changes(old: Rows, new: Rows) -> list[Change]:
    """The differences between two descriptors, as changes of the table SCHEMA."""
    changes = []
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key), new.get(key)
        if before is None or after is None:
            kind = "added" if before is None else "removed"
            one, other = (None if row is None else in_json(row) for row in (before, after))
            changes.append(Change(SCHEMA, key, ALL, kind, one, other))
            continue
        for name in sorted(before.keys() | after.keys()):
            one, other = (in_json(row[name]) if name in row else None for row in (before, after))
            if one != other:
                changes.append(Change(SCHEMA, key, marked(name), kind_of(one, other), one, other))
    return changes


def level(change: Change) -> str:
    """The level of a schema change, by the version recipe of the Data Package standard.

    https://datapackage.org/recipes/data-package-version/: what breaks a use is major (a table or
    field removed or renamed, the order or type of fields changed, a constraint tightened), what
    adds to it is minor, other words are patch.
    """
    old, new = (json.loads(text) if text is not None else None for text in (change.old, change.new))
    if change.field == ALL:
        return "minor" if change.kind == "added" else "major"
    if change.key == PACKAGE or change.field in WORDS:
        return "patch"
    if change.field == "fields":  # that a field came or went is a change of its own
        before, after = old or [], new or []
        kept = [name for name in before if name in after]
        return "patch" if kept == [name for name in after if name in before] else "major"
    if change.field in ("type", "format"):
        return "major"
    if change.field in KEYS:
        return "major" if new else "minor"
    if change.field.startswith("constraints."):
        return "major" if tightened(change.field.partition(".")[2], old, new) else "minor"
    return "major" if change.field == "missingValues" else "minor"


def tightened(constraint: str, old: Any, new: Any) -> bool:
    """Whether a changed constraint allows less than before.

    One that cannot be compared, such as a pattern, counts as tightened.
    """
    if new is None or new is False:
        return False
    if old is None or old is False:
        return True
    if constraint == "enum":
        return not set(map(str, old)) <= set(map(str, new))
    if (
        constraint in FLOORS | CEILINGS
        and isinstance(old, int | float)
        and isinstance(new, int | float)
    ):
        return (new > old) == (constraint in FLOORS)
    return True


def highest(levels: Iterable[str]) -> str | None:
    """The highest of LEVELS; None where nothing differs."""
    return max(levels, key=LEVELS.index, default=None)
