"""What a package or a table holds, in words for a terminal or a notebook."""

import html
import textwrap
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pledgeline.descriptor.normalize import normalize_schema
from pledgeline.standard.field import Field
from pledgeline.standard.schema import Schema
from pledgeline.text import printable

if TYPE_CHECKING:
    from pledgeline.read.table import Table

WIDTH = 110
NAMES = 24  # characters for the name of a table or field; a longer one pushes its line


class Description:
    """What a package or a table holds: printed, it is text; `to_dict` gives the same as values."""

    def __init__(self, content: dict[str, Any], lines: Iterable[str]):
        self._content = content
        # no text of a stranger's package may steer the terminal
        self._text = "\n".join(printable(line).rstrip() for line in lines)

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return self._text

    def _repr_html_(self) -> str:
        """The same text for a notebook."""
        return f"<pre>{html.escape(self._text)}</pre>"

    def to_dict(self) -> dict[str, Any]:
        """The description as plain values."""
        return self._content


def describe_package(about: dict[str, Any], tables: "Collection[Table]") -> Description:
    """What a package is: title, version, description, and each table with its number of rows."""
    content = {
        "name": about.get("name"),
        "title": about.get("title") or about.get("name") or "a data package",
        "version": about.get("version"),
        "description": about.get("description", ""),
        "tables": [
            {
                "name": table.name,
                "title": table.about.get("title") or table.about.get("description", ""),
                "rows": len(table),
            }
            for table in tables
        ],
    }
    return Description(content, package_lines(content))


def package_lines(content: dict[str, Any]) -> Iterator[str]:
    yield f"{content['title']}, version {content['version'] or 'not given'}"
    yield ""
    yield from wrapped(content["description"])
    yield ""
    for table in content["tables"]:
        yield from wrapped(table["title"], f"{table['name']:<{NAMES}}{table['rows']:>9,} rows  ")
    example = next((table["name"] for table in content["tables"]), "table")
    yield ""
    yield f'package["{example}"].describe() lists the fields of a table.'


def describe_table(name: str, about: dict[str, Any], rows: pa.Table) -> Description:
    """What a row is, the key, and each field: type, how many rows have a value, meaning, codes."""
    schema = Schema.from_descriptor(normalize_schema(about["schema"]))
    content = {
        "name": name,
        "description": about.get("description", ""),
        "rows": rows.num_rows,
        "primaryKey": list(schema.primary_key),
        "fields": [describe_field(field, rows) for field in schema.fields],
    }
    return Description(content, table_lines(content))


def describe_field(field: Field, rows: pa.Table) -> dict[str, Any]:
    """A field's name, type, meaning, number of values, and codes with their labels."""
    return {
        "name": field.name,
        "type": field.type,
        "description": field.descriptor.get("description", ""),
        "values": rows.num_rows - rows[field.name].null_count,
        "codes": {code.value: code.label or "" for code in field.categories},
    }


def table_lines(content: dict[str, Any]) -> Iterator[str]:
    yield f"{content['name']}: {content['rows']:,} rows"
    yield from wrapped(content["description"])
    yield ""
    if content["primaryKey"]:
        yield f"key: {', '.join(content['primaryKey'])}"
        yield ""
    for field in content["fields"]:
        gaps = "" if field["values"] == content["rows"] else f", {field['values']:,} filled"
        head = f"{field['name']:<{NAMES}}({field['type']}{gaps}) "
        yield from wrapped(field["description"], head)
        if field["codes"]:
            codes = "; ".join(f"{code} {label}".strip() for code, label in field["codes"].items())
            yield from wrapped(codes, " " * NAMES + "codes: ")


def wrapped(text: object, head: str = "") -> list[str]:
    """`text` in lines of WIDTH, `head` before the first, the others below the description."""
    return textwrap.wrap(
        " ".join(str(text).split()),
        WIDTH,
        initial_indent=head,
        subsequent_indent=" " * NAMES * bool(head),
    ) or [head]
