"""The dictionary of a package in Markdown: every table, column and code in words, with counts."""

from collections import Counter
from collections.abc import Iterator, Mapping

import pyarrow as pa

from pledgeline.export.common import column_in_words, tables_of
from pledgeline.standard.values import JsonObject
from pledgeline.text import markdown_cell


def dictionary(content: JsonObject, tables: Mapping[str, pa.Table]) -> str:
    """Each of `tables` as the descriptor `content` has it, with counts of values and codes."""
    described = tables_of(content)
    lines = [f"# Dictionary: {content['title']}, {content['version']}", ""]
    made = "A machine writes this page from `datapackage.json` and the tables"
    lines += [f"{made}: what is wrong here is fixed there.", ""]
    lines += ["| table | rows | columns |", "|---|---:|---:|"]
    lines += [
        f"| [`{t['name']}`](#{t['name']}) | {t['rows']:,} | {len(t['schema']['fields'])} |"
        for t in described
    ]
    for table in described:
        rows = tables[table["name"]]
        lines += [
            "",
            f"## {table['name']}",
            "",
            markdown_cell(table["description"]),
            "",
            *keys(table["schema"]),
            "",
        ]
        lines += [
            "| column | type | filled | what it says | constraints |",
            "|---|---|---:|---|---|",
        ]
        lines += [column(field, rows[field["name"]]) for field in table["schema"]["fields"]]
        for field in table["schema"]["fields"]:
            lines += codes(field, rows[field["name"]])
    return "\n".join([*lines, ""])


def keys(schema: JsonObject) -> Iterator[str]:
    yield f"Key: {', '.join(f'`{name}`' for name in schema['primaryKey'])}."
    for key in schema.get("foreignKeys", []):
        target = key["reference"]["resource"] or "the same table"
        yield f"{', '.join(f'`{name}`' for name in key['fields'])} refers to `{target}`."


def column(field: JsonObject, cells: pa.ChunkedArray) -> str:
    said = {
        name: value
        for name, value in field.get("constraints", {}).items()
        if name not in ("enum", "pattern")
    }
    limits = "; ".join(
        f"{name} {value}" if value is not True else name for name, value in said.items()
    )
    words = markdown_cell(column_in_words(field))
    filled = len(cells) - cells.null_count
    return (
        f"| `{field['name']}` | {field['type']} | {filled:,} | {words} | {markdown_cell(limits)} |"
    )


def codes(field: JsonObject, cells: pa.ChunkedArray) -> Iterator[str]:
    """A table of a field's codes, in the order of their list, with the number of rows of each."""
    if "categories" not in field:
        return
    counts = Counter(cells.to_pylist())
    yield from ("", f"`{field['name']}`:", "", "| code | label | rows |", "|---|---|---:|")
    for each in field["categories"]:
        yield f"| `{each['value']}` | {markdown_cell(each['label'])} | {counts[each['value']]:,} |"
