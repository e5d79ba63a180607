"""The dictionary of a package or a table as lines for a terminal."""

import textwrap
from collections.abc import Collection, Iterable

import pyarrow as pa

from pledgeline.text import printable

WIDTH = 110
NAMES = 24  # characters for the name of a table or column; longer ones push their line


def package_words(about: dict, tables: Collection) -> str:
    """What a package is: title, version, description, and a line a table with its rows."""
    head = f"{about.get('title') or about.get('name') or 'a data package'}, version {about.get('version', 'not given')}"
    lines = [head, "", *wrapped(about.get("description", "")), ""]
    for table in tables:
        title = table.about.get("title") or table.about.get("description", "")
        lines += wrapped(title, f"{table.name:<{NAMES}}{len(table):>9,} rows  ")
    example = next((table.name for table in tables), "table")
    return printable_lines(
        [*lines, "", f'package["{example}"].describe() prints the columns of a table.']
    )


def table_words(name: str, about: dict, rows: pa.Table) -> str:
    """What a row is, the keys, and every column: type, how many rows have a value, meaning and
    codes.
    """
    lines = [f"{name}: {rows.num_rows:,} rows", *wrapped(about.get("description", "")), ""]
    key = about["schema"].get("primaryKey")
    lines += [f"key: {', '.join([key] if isinstance(key, str) else key)}", ""] if key else []
    for field in about["schema"]["fields"]:
        filled = rows.num_rows - rows[field["name"]].null_count
        gaps = "" if filled == rows.num_rows else f", {filled:,} filled"
        lines += wrapped(
            field.get("description", ""), f"{field['name']:<{NAMES}}({field['type']}{gaps}) "
        )
        codes = [
            f"{c['value']} {c['label']}" if isinstance(c, dict) else str(c)
            for c in field.get("categories", [])
        ]
        if codes:
            lines += wrapped("; ".join(codes), " " * NAMES + "codes: ")
    return printable_lines(lines)


def wrapped(text: str, head: str = "") -> list[str]:
    return textwrap.wrap(
        " ".join(str(text).split()),
        WIDTH,
        initial_indent=head,
        subsequent_indent=" " * NAMES * bool(head),
    ) or [head]


def printable_lines(lines: Iterable[str]) -> str:
    """Lines in which no text of a stranger's package steers the terminal."""
    return "\n".join(printable(line).rstrip() for line in lines)
