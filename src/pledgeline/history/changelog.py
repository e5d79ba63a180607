"""The changes of a version as a section of the changelog: counts a table, then the notable ones in words."""

from collections import Counter
from collections.abc import Iterable

from pledgeline.compare.change import ALL, SCHEMA, Change
from pledgeline.compare.schemas import PACKAGE, level
from pledgeline.compare.show import cut, markdown_cell

NOTABLE = 25  # a reader of a changelog wants no more; `changes` has all


def section(changes: Iterable[Change], usual: Iterable[str]) -> str:
    """Markdown. Notable is what changes the schema, what goes, and what has a reason other than the `usual` ones."""
    changes, usual = list(changes), set(usual)
    counts: dict[str, Counter] = {}
    for change in changes:
        if change.table != SCHEMA:
            counts.setdefault(change.table, Counter())[told_kind(change)] += 1
    lines = ["| table | rows added | rows gone | fields changed |", "|---|---:|---:|---:|"]
    lines += [f"| `{name}` | {n['added']:,} | {n['gone']:,} | {n['changed']:,} |" for name, n in sorted(counts.items())]
    notable = [words(change) for change in changes if is_notable(change, usual)]
    rest = [f"- and {len(notable) - NOTABLE:,} more, in the table `changes`"] if len(notable) > NOTABLE else []
    return "\n".join([*lines, "", *notable[:NOTABLE], *rest]).rstrip() + "\n"


def told_kind(change: Change) -> str:
    return "changed" if change.field != ALL else "added" if change.kind == "added" else "gone"


def is_notable(change: Change, usual: set[str]) -> bool:
    if change.table == SCHEMA:
        return change.field != "fields" and (change.key == PACKAGE or level(change) != "patch")
    return change.reason not in usual


def words(change: Change) -> str:
    if change.table == SCHEMA:
        what = "" if change.field == ALL else f": `{change.field}`"
        return f"- schema, `{change.key.replace('|', '.')}`{what} {change.kind}"
    where = f"- `{change.table}`, {markdown_cell(cut(change.key))}"
    values = f": `{change.field}` {markdown_cell(cut(change.old))} → {markdown_cell(cut(change.new))}"
    return f"{where}{'' if change.field == ALL else values} {change.kind}. {markdown_cell(change.reason)}"
