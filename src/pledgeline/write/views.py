"""Views: tables that a SELECT makes from the other tables, typed by their own schema like any
table.
"""

import duckdb
import pyarrow as pa

from pledgeline.records.schemas import TableDefinition
from pledgeline.source.sandbox import database_in_memory
from pledgeline.write.tables import as_text, text_table, typed_table


def view_table(sql: str, tables: dict[str, pa.Table], view: TableDefinition) -> pa.Table:
    """The rows that `sql` selects from `tables`, in its order.

    Raises ValueError when the SELECT does not run, or gives other columns than the view's schema
    has.
    """
    database = database_in_memory()
    for name, table in tables.items():
        database.register(name, table)
    try:
        selected = database.sql(sql).to_arrow_table()
    except duckdb.Error as error:
        raise ValueError(str(error).splitlines()[0]) from error
    if selected.column_names != list(view.fields):
        raise ValueError(
            f"view {view.name} selects {selected.column_names}, its schema has {list(view.fields)}"
        )
    return typed_table(text_table(as_text(selected), view), view)
