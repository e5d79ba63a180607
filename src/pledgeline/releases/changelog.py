"""The changelog: for each version, what people wrote, then counts and the notable changes."""

import datetime
import re
from collections import Counter
from collections.abc import Iterable

from pledgeline.releases.change import ALL, SCHEMA, Change
from pledgeline.releases.formats import shown
from pledgeline.releases.schema_changes import PACKAGE, level
from pledgeline.standard.values import JsonObject
from pledgeline.text import markdown_cell

NOTABLE = 25  # a reader of a changelog wants no more; `changes` has all


def section(changes: Iterable[Change], usual: Iterable[str]) -> str:
    """Markdown.

    Notable is what changes the schema, what goes, and what changes for another reason than the
    `usual` ones.
    """
    changes, usual = list(changes), set(usual)
    counts: dict[str, Counter[str]] = {}
    for change in changes:
        if change.table != SCHEMA:
            counts.setdefault(change.table, Counter())[told_kind(change)] += 1
    lines = ["| table | rows added | rows gone | fields changed |", "|---|---:|---:|---:|"]
    lines += [
        f"| `{name}` | {n['added']:,} | {n['gone']:,} | {n['changed']:,} |"
        for name, n in sorted(counts.items())
    ]
    notable = [describe_change(change) for change in changes if is_notable(change, usual)]
    rest = (
        [f"- and {len(notable) - NOTABLE:,} more, in the table `changes`"]
        if len(notable) > NOTABLE
        else []
    )
    return "\n".join([*lines, "", *notable[:NOTABLE], *rest]).rstrip() + "\n"


def told_kind(change: Change) -> str:
    return "changed" if change.field != ALL else "added" if change.kind == "added" else "gone"


def is_notable(change: Change, usual: set[str]) -> bool:
    if change.table == SCHEMA:
        return change.field != "fields" and (change.key == PACKAGE or level(change) != "patch")
    return change.reason not in usual and (change.field != ALL or change.kind != "added")


def describe_change(change: Change) -> str:
    if change.table == SCHEMA:
        what = "" if change.field == ALL else f": `{change.field}`"
        return f"- schema, `{change.key.replace('|', '.')}`{what} {change.kind}"
    where = f"- `{change.table}`, {markdown_cell(shown(change.key))}"
    old, new = markdown_cell(shown(change.old)), markdown_cell(shown(change.new))
    values = "" if change.field == ALL else f": `{change.field}` {old} → {new}"
    return f"{where}{values} {change.kind}. {markdown_cell(change.reason)}"


def first_section(content: JsonObject) -> str:
    """Markdown: the tables of a first version, and their rows."""
    tables = [resource for resource in content["resources"] if resource["format"] == "csv"]
    lines = [
        "| table | rows |",
        "|---|---:|",
        *(f"| `{table['name']}` | {table['rows']:,} |" for table in tables),
    ]
    return "\n".join(lines) + "\n"


def entry(log: str, version: str) -> str:
    """What people wrote under the undated heading of `version`; empty without such a heading."""
    found = re.search(
        rf"^## {re.escape(version)}[ ]*\n(.*?)(?=^## |\Z)", log, re.MULTILINE | re.DOTALL
    )
    return found.group(1).strip() if found else ""


def published_entry(log: str, version: str) -> str:
    """All that `log` says of a published version; empty if it says nothing."""
    found = re.search(
        rf"^## {re.escape(version)} \(.*?\)[ ]*\n(.*?)(?=^## |\Z)", log, re.MULTILINE | re.DOTALL
    )
    return found.group(1).strip() if found else ""


def dated(log: str, version: str, day: datetime.date, changes: str) -> str:
    """`log` with the day in the heading of `version`, and `changes` under what people wrote."""
    written = entry(log, version)
    head, tail = log.split(written, 1)
    heading = rf"^## {re.escape(version)}[ ]*$"
    head = re.sub(heading, f"## {version} ({day.isoformat()})", head, flags=re.MULTILINE)
    rest = f"\n{tail.lstrip()}" if tail.strip() else ""
    return f"{head}{written}\n\n{changes.rstrip()}\n{rest}"
