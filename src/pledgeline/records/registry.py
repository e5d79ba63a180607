"""The registry of ids: a table with a row for every id of a data set, live or retired.

It keeps an id from being given twice, and from losing its meaning.
"""

from pledgeline.records.layout import registry_of
from pledgeline.records.load import Records
from pledgeline.records.rows import Row
from pledgeline.text import quoted


def register_ids(records: Records) -> None:
    """Adds a row to the registry for every live id, with the place where the id is written.

    A data set without a registry is left as it is.
    """
    registry = registry_of(records.layouts)
    if registry is None:
        return
    records.rows[registry] += [
        Row(
            registry,
            row.path,
            *row.place("id"),
            {"id": row.cells["id"], "table": name, "status": "live"},
            {"id": row.place("id")},
        )
        for name, rows in records.rows.items()
        for row in rows
        if name != registry and "id" in row.cells
    ]


def retired_help(records: Records, id: str) -> str:
    """What to write in place of an id that was merged or withdrawn; empty for any other.

    The record into which it was merged may have been merged in its turn.
    """
    registry = registry_of(records.layouts)
    rows = {row.cells.get("id"): row.cells for row in records.rows.get(registry or "", [])}
    status, successor, seen = "", id, set[str]()
    while successor in rows and successor not in seen:
        seen.add(successor)
        status = rows[successor].get("status", "")
        if status != "merged" or "replaced_by" not in rows[successor]:
            break
        successor = rows[successor]["replaced_by"]
    if status == "live" and successor != id:
        return f"{quoted(id)} was merged into {quoted(successor)}: write that"
    if status == "withdrawn":
        why = rows[successor].get("reason", "")
        said = f" ({quoted(why)})" if why else ""
        return f"{quoted(successor)} was withdrawn{said}: remove the reference, or name another"
    return ""
