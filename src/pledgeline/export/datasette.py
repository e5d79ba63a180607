"""What Datasette shows beside the tables of a package in SQLite:
https://docs.datasette.io/en/stable/metadata.html.
"""

from typing import Any

from pledgeline.export.common import column_in_words, dataset_licence, tables_of, web_address

# the column that stands for a row where another table refers to it
LABELS = ("title", "name", "label")


def datasette(content: dict[str, Any]) -> dict[str, Any]:
    """The metadata file, as JSON has it."""
    licence, source = dataset_licence(content), (content.get("sources") or [{}])[0]
    links = {"license_url": licence.get("path"), "source_url": web_address(source.get("path"))}
    tables = {resource["name"]: about(resource) for resource in tables_of(content)}
    return {
        "title": f"{content['title']}, {content['version']}",
        "description": content["description"],
        "license": licence["title"],
        **({"source": source["title"]} if "title" in source else {}),
        **{key: address for key, address in links.items() if address},
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
