"""A difference as text, Markdown, JSON, or CSV in the form of the table `changes`."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Literal, get_args

from pledgeline.releases.change import ALL, COLUMNS, SCHEMA, Change
from pledgeline.releases.schema_changes import level
from pledgeline.text import markdown_cell, printable, shortened

if TYPE_CHECKING:
    from pledgeline.releases.diff import Difference

Format = Literal["text", "json", "csv", "markdown"]
FORMATS: tuple[Format, ...] = get_args(Format)
LONGEST = 60  # characters of a value that are shown to people


def render_difference(difference: Difference, format: Format, limit: int) -> Iterator[str]:
    """The difference in one of FORMATS, piece by piece; its changes are read once.

    `limit` is how many changes a table text and Markdown list; JSON and CSV have all.
    """
    match format:
        case "text":
            return as_text(difference, limit)
        case "markdown":
            return as_markdown(difference, limit)
        case "json":
            return as_json(difference)
        case "csv":
            return as_csv(difference)


def as_text(difference: Difference, limit: int) -> Iterator[str]:
    yield f"{difference.old or 'no version'} -> {difference.new or 'no version'}\n"
    for table, changes in by_table(difference.changes):
        yield f"\n{printable(table)}\n"
        yield from (f"  {change_line(change)}\n" for change in islice(changes, limit))
        if rest := sum(1 for _ in changes):
            yield f"  and {rest:,} more (--limit, or --format csv)\n"
    yield "\n" + "\n".join(tally(difference)) + "\n" if difference.counts else ""
    yield verdict(difference) + "\n"


def as_markdown(difference: Difference, limit: int) -> Iterator[str]:
    found = [
        (table, list(islice(changes, limit)), sum(1 for _ in changes))
        for table, changes in by_table(difference.changes)
    ]
    yield f"**{verdict(difference)}**\n\n"
    if difference.counts:
        yield "| table | rows added | rows gone | fields changed |\n|---|---:|---:|---:|\n"
        for table, counts in counts_by_table(difference).items():
            yield (
                f"| {markdown_cell(table)} | {counts['added']:,} | {counts['gone']:,}"
                f" | {counts['changed']:,} |\n"
            )
    for table, changes, rest in found:
        yield f"\n<details><summary>{markdown_cell(table)}</summary>\n\n"
        yield "| row | field | old | new |\n|---|---|---|---|\n"
        for change in changes:
            cells = (change.key, change.field, change.old, change.new)
            yield "| " + " | ".join(markdown_cell(shown(cell)) for cell in cells) + " |\n"
        yield f"\n{f'and {rest:,} more' if rest else ''}\n</details>\n"


def as_json(difference: Difference) -> Iterator[str]:
    versions = f'"old": {json.dumps(difference.old)}, "new": {json.dumps(difference.new)}'
    yield f'{{{versions}, "changes": ['
    for number, change in enumerate(difference.changes):
        yield ("," if number else "") + "\n" + json.dumps(change_dict(change), ensure_ascii=False)
    counts = json.dumps(counts_by_table(difference), ensure_ascii=False)
    yield f'\n], "bump": {json.dumps(difference.bump)}, "counts": {counts}}}\n'


def change_dict(change: Change) -> dict[str, Any]:
    """A change as plain values; one of the schema has its level, too."""
    names = [name for name in COLUMNS if name not in ("version", "reason")]
    grade = {"level": level(change)} if change.table == SCHEMA else {}
    return {name: getattr(change, name) for name in names} | grade


def as_csv(difference: Difference) -> Iterator[str]:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for change in difference.changes:
        writer.writerow([difference.new or "", *(getattr(change, name) for name in COLUMNS[1:])])
        if text.tell() > 1 << 16:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def by_table(changes: Iterable[Change]) -> Iterator[tuple[str, Iterator[Change]]]:
    """The changes of each table, which come one after the other."""
    return groupby(changes, key=lambda change: change.table)


def change_line(change: Change) -> str:
    """One change on one line."""
    if change.field == ALL:
        retired = "" if change.kind in ("added", "removed") else f" ({change.kind})"
        return f"{'+' if change.kind == 'added' else '-'} {printable(shown(change.key))}{retired}"
    grade = f" ({level(change)})" if change.table == SCHEMA else ""
    return printable(
        f"~ {shown(change.key)}  {change.field}: {shown(change.old)} -> {shown(change.new)}{grade}"
    )


def shown(value: str | None) -> str:
    """A value at a length that people read; `(none)` where there is none."""
    return "(none)" if value is None else shortened(value, LONGEST)


def counts_by_table(difference: Difference) -> dict[str, Counter[str]]:
    """The rows that were added and that are gone, and the fields that changed, by table."""
    found: dict[str, Counter[str]] = {}
    for (table, kind, row), number in difference.counts.items():
        found.setdefault(table, Counter())[
            "changed" if not row else "added" if kind == "added" else "gone"
        ] += number
    return found


def tally(difference: Difference) -> Iterator[str]:
    width = max(map(len, counts_by_table(difference)))
    yield f"{'table':<{width}}  rows added  rows gone  fields changed"
    for table, counts in counts_by_table(difference).items():
        yield (
            f"{printable(table):<{width}}  {counts['added']:>10,}  {counts['gone']:>9,}"
            f"  {counts['changed']:>14,}"
        )


def verdict(difference: Difference) -> str:
    """What version the changes ask for, and whether the new package has one that is high enough."""
    bump = difference.bump
    if bump is None:
        return "Only the list of versions differs." if difference else "Nothing differs."
    summary = f"The changes ask for a {bump} version"
    least = difference.least
    if least is None or difference.new is None:
        return f"{summary}."
    enough = difference.high_enough
    tail = "" if enough else ", which is too low"
    return f"{summary}: at least {least}; it is {difference.new}{tail}."
