"""datapackage.json: every table as CSV and as Parquet, in a profile every reader accepts.

v2 `$schema` everywhere, and `profile` on CSV for the readers that still ask for it; `bytes` on CSV
only, because frictionless-py misreads it on Parquet.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from pledgeline.records.schemas import PARQUET_SUFFIX, TableDefinition
from pledgeline.standard.values import JsonObject
from pledgeline.write.files import sha256

PROFILES = "https://datapackage.org/profiles/2.0/"
# format -> suffix of the resource's name, media type, and what else its readers ask for
FORMATS = {
    "csv": ("", "text/csv", {"profile": "tabular-data-resource", "encoding": "utf-8"}),
    "parquet": (PARQUET_SUFFIX, "application/vnd.apache.parquet", {}),
}


def descriptor(
    about: JsonObject, tables: Iterable[TableDefinition], counts: dict[str, int], folder: Path
) -> JsonObject:
    """The package's descriptor: `about` (title, licences, ...) and its resources.

    There is one for each table and format found in `folder`. `counts` has the rows of each table;
    the files are `folder`/FORMAT/TABLE.FORMAT.
    """
    tables = list(tables)
    resources = [
        resource(t, counts[t.name], format, folder, about) for format in FORMATS for t in tables
    ]
    return {"$schema": PROFILES + "datapackage.json", **about, "resources": resources}


def resource(
    table: TableDefinition, rows: int, format: str, folder: Path, about: JsonObject
) -> JsonObject:
    """One table in one format."""
    suffix, mediatype, extras = FORMATS[format]
    path = folder / format / f"{table.name}.{format}"
    licences = about.get("licenses", [])[:1]  # the first is that of the data
    return {
        "$schema": PROFILES + "dataresource.json",
        "name": resource_name(table.name, suffix),
        "type": "table",
        "title": table.title,
        "description": table.description,
        "path": f"data/{format}/{table.name}.{format}",
        "format": format,
        "mediatype": mediatype,
        **extras,
        **({"bytes": path.stat().st_size} if format == "csv" else {}),
        "hash": sha256(path),
        "rows": rows,
        **({"licenses": licences} if licences else {}),  # the standard allows no empty list
        "schema": referring(table.schema, suffix),
    }


def resource_name(table: str, suffix: str) -> str:
    """`commitment_actors` as the name of a resource: the same in every format but for a suffix."""
    return table + suffix


def referring(schema: JsonObject, suffix: str) -> JsonObject:
    """`schema` with foreign keys that point at tables of the same format."""
    if "foreignKeys" not in schema:
        return schema
    keys = [
        {
            **key,
            "reference": {
                **key["reference"],
                "resource": key["reference"]["resource"] and key["reference"]["resource"] + suffix,
            },
        }
        for key in schema["foreignKeys"]
    ]
    return {**schema, "foreignKeys": keys}


def write_descriptor(content: JsonObject, path: Path) -> None:
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", "utf-8")
