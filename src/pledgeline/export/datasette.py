"""What Datasette shows beside the tables of a package in SQLite:
https://docs.datasette.io/en/stable/metadata.html.
"""

from typing import Any

from pledgeline.export.common import column_in_words, tables_of

# the column that stands for a row where another table refers to it
LABELS = ("title", "name", "label")


def datasette(content: dict[str, Any]) -> dict[str, Any]:
    """The metadata file, as JSON has it."""
    licence, source = content["licenses"][0], (content.get("sources") or [{}])[0]
    tables = {resource["name"]: about(resource) for resource in tables_of(content)}
    return {
        "title": f"{content['title']}, {content['version']}",
        "description": content["description"],
        "license": licence["title"],
        "license_url": licence["path"],
        **{
            f"source{suffix}": source[key]
            for suffix, key in (("", "title"), ("_url", "path"))
            if key in source
        },
        "databases": {content["name"]: {"tables": tables}},
    }


def about(resource: dict[str, Any]) -> dict[str, Any]:
    """One table for Datasette: its description, its columns', and the column that labels its rows.

    Units are part of the descriptions: Datasette's own `units` are those of physics.
    """
    fields = resource["schema"]["fields"]
    label = [name for name in LABELS if name in {field["name"] for field in fields}]
    return {
        "title": resource["title"],
        "description": resource["description"],
        "columns": {field["name"]: column_in_words(field) for field in fields},
        **({"label_column": label[0]} if label else {}),
    }
