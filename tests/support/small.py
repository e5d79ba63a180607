"""Small data packages as a stranger might have them, to compare and to turn back."""

import csv
import json
from pathlib import Path

FIELDS = [
    {"name": "id", "type": "string", "constraints": {"required": True}},
    {
        "name": "n",
        "type": "integer",
        "title": "Number",
        "constraints": {"minimum": 1, "maximum": 9},
    },
    {"name": "note", "type": "string"},
]
SCHEMA = {"fields": FIELDS, "primaryKey": ["id"]}
ROWS = [
    {"id": "a", "n": "1", "note": "one"},
    {"id": "b", "n": "2"},
    {"id": "c", "n": "3", "note": "three"},
]


def package(
    folder: Path, tables: dict[str, tuple[dict, list[dict]]] | None = None, **about
) -> Path:
    """A package under `folder` with CSV files of `tables` (name -> schema, rows).

    The default is one table of SCHEMA and ROWS.
    """
    folder.mkdir(parents=True, exist_ok=True)
    resources = []
    for name, (schema, rows) in (tables or {"things": (SCHEMA, ROWS)}).items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(
                file, [field["name"] for field in schema["fields"]], lineterminator="\n"
            )
            writer.writeheader()
            writer.writerows(rows)
        resources.append({"name": name, "type": "table", "path": f"{name}.csv", "schema": schema})
    content = {"name": "small", "version": "1.0.0", **about, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(content), "utf-8")
    return folder


def things(folder: Path, rows: list[dict] = ROWS, schema: dict = SCHEMA, **about) -> Path:
    """The package with its one table changed."""
    return package(folder, {"things": (schema, rows)}, **about)


def with_field(number: int, **properties) -> dict:
    """SCHEMA with properties of one field changed."""
    fields = [dict(field) for field in FIELDS]
    fields[number] |= properties
    return {**SCHEMA, "fields": fields}
