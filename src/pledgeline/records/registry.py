"""The registry of ids: a table with a row for every id of a data set, live or retired, so that an
id is never given twice and never stops meaning something.
"""

from pledgeline.records.layout import registry_of
from pledgeline.records.load import Records
from pledgeline.records.rows import Row


def register_ids(records: Records) -> None:
    """Adds a row to the registry, where the data set has one, for every live id: at the place where
    the id is written.
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
