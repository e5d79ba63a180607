"""JSON Schemas of the record files, with which an editor completes keys and codes while one types.

In: the layout and the tables. Out: a schema a table that has files of its own; those of the
declarations are written beside them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pledgeline.records.forms import FORMS, form
from pledgeline.records.layout import Layout
from pledgeline.records.load import Records
from pledgeline.records.schemas import TableDefinition

FOLDER = "validate/editor"
DRAFT = "http://json-schema.org/draft-07/schema#"
TEXT = ["string", "number", "boolean"]  # what an editor takes a text for, such as 2019


def editor_schemas(records: Records) -> Iterator[tuple[str, dict[str, Any]]]:
    """The name of each file below FOLDER, and the schema in it."""
    for name, layout in records.layouts.items():
        record = record_schema(layout, records.tables)
        many = {"type": "array", "items": {"$ref": "#/definitions/record"}}
        yield (
            f"{name}.json",
            {
                "$schema": DRAFT,
                "title": f"data/records/{layout.files}",
                "description": records.tables[name].description,
                "anyOf": [many, {"$ref": "#/definitions/record"}],
                "definitions": {"record": record},
            },
        )
    for name in FORMS:
        yield f"_{name}.json", form(name)


def record_schema(layout: Layout, tables: Mapping[str, TableDefinition]) -> dict[str, Any]:
    """One record: its own keys, and those under which other tables' rows are nested."""
    table = tables[layout.table]
    properties = {name: key_schema(table, name) for name in written_keys(layout, table)}
    for key, inside in layout.nested.items():
        rows = {"type": "array", "items": record_schema(inside, tables)}
        properties[key] = {"description": tables[inside.table].description, **rows}
    required = required_keys(layout, table)
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        **({"required": required} if required else {}),
    }


def written_keys(layout: Layout, table: TableDefinition) -> list[str]:
    """The columns that people write: not those that the build, the file or the nesting fills."""
    given = {layout.parent, layout.stem, layout.order}
    return [name for name in table.fields if name not in table.derived | given]


def required_keys(layout: Layout, table: TableDefinition) -> list[str]:
    """The keys that a record cannot do without: the key's parts and what is required."""
    return [
        name
        for name in written_keys(layout, table)
        if name not in layout.defaults
        and (name in table.key or table.fields[name].get("constraints", {}).get("required"))
    ]


def key_schema(table: TableDefinition, name: str) -> dict[str, Any]:
    """What may follow one key."""
    field = table.fields[name]
    schema: dict[str, Any] = {"title": field["title"], "description": field["description"]}
    constraints, kind = field.get("constraints", {}), field["type"]
    if "enum" in constraints:
        labels = {each["value"]: each["label"] for each in field.get("categories", [])}
        schema["enum"] = constraints["enum"]
        schema["enumDescriptions"] = [labels.get(each, "") for each in constraints["enum"]]
    elif kind in ("integer", "number", "boolean"):
        schema["type"] = kind
        bounds = {key: constraints[key] for key in ("minimum", "maximum") if key in constraints}
        schema |= {key: value for key, value in bounds.items() if not isinstance(value, str)}
    else:
        schema["type"] = TEXT
        if "maxLength" in constraints:
            schema["maxLength"] = constraints["maxLength"]
    if "example" in field:
        schema["examples"] = [field["example"]]
    return schema
