"""The registry of ids: a table with a row for every id of a data set, live or retired.

It keeps an id from being given twice, and from losing its meaning.
"""

from pledgeline.records.layout import registry_of
from pledgeline.records.load import Records
from pledgeline.records.rows import Row


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
