"""Views: tables that a SELECT makes from the other tables, typed by their own schema like any table."""

import pyarrow as pa

from pledgeline.checks.run import connect, register
from pledgeline.schema import Table
from pledgeline.write.tables import as_text, text_table, typed_table


def view_table(sql: str, tables: dict[str, pa.Table], view: Table) -> pa.Table:
    """The rows that `sql` selects from `tables`, in its order. Raises ValueError when its columns are not the schema's."""
    database = connect()
    for name, table in tables.items():
        register(database, name, table)
    selected = database.sql(sql).to_arrow_table()
    if selected.column_names != list(view.fields):
        raise ValueError(f"view {view.name} selects {selected.column_names}, its schema has {list(view.fields)}")
    return typed_table(text_table(as_text(selected), view), view)
