"""Views: tables that a SELECT makes from other tables, typed by their own schemas.

A view is a file scripts/views/NAME.sql or views/NAME.sql; one may select from another.
"""

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import duckdb
import pyarrow as pa

from pledgeline.errors import InvalidRecords, Problem
from pledgeline.records.schemas import TableDefinition
from pledgeline.source.sandbox import database_in_memory
from pledgeline.text import relative_path
from pledgeline.write.tables import as_text, text_table, typed_table

FOLDERS = ("scripts/views", "views")


def view_files(root: Path) -> dict[str, Path]:
    """The files of all views of the data set under `root`, by name."""
    return {path.stem: path for folder in FOLDERS for path in sorted((root / folder).glob("*.sql"))}


def add_views(
    root: Path, tables: dict[str, pa.Table], definitions: Mapping[str, TableDefinition]
) -> None:
    """Puts the rows of every view into `tables`, a view that others select from before these.

    Raises InvalidRecords for a view that has no schema, does not run, gives other columns than its
    schema, or selects from itself.
    """
    files = view_files(root)
    texts: dict[str, str] = {}
    for name, path in files.items():
        where = relative_path(path, root)
        if name not in definitions:
            found, expected = f"the view {name} has no schema", f"validate/schemas/{name}.yaml"
            raise refused(where, found, expected, "write it, or rename the view")
        try:
            texts[name] = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            found = f"the file cannot be read ({error})"
            raise refused(where, found, "UTF-8 text", "save it as UTF-8") from error
    for name in in_order(texts, files, root):
        where, columns = relative_path(files[name], root), f"validate/schemas/{name}.yaml"
        try:
            tables[name] = view_table(texts[name], tables, definitions[name])
        except ValueError as error:
            expected = f"the columns of {columns}"
            raise refused(where, str(error), expected, "correct the SELECT") from error


def in_order(texts: Mapping[str, str], files: Mapping[str, Path], root: Path) -> list[str]:
    """The views, each after those that it selects from."""
    with database_in_memory() as database:
        graph = {name: selected_from(database, sql) & texts.keys() for name, sql in texts.items()}
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = " -> ".join(error.args[1])
        where = relative_path(files[error.args[1][0]], root)
        found, fix = f"the views select from each other: {circle}", "take one of them out"
        raise refused(
            where, found, "views that select from tables or earlier views", fix
        ) from error


def selected_from(database: duckdb.DuckDBPyConnection, sql: str) -> set[str]:
    """The tables that a SELECT names; none if it cannot be parsed, which running it reports."""
    try:
        return set(database.get_table_names(sql))
    except duckdb.Error:
        return set()


def view_table(sql: str, tables: Mapping[str, pa.Table], view: TableDefinition) -> pa.Table:
    """The rows that `sql` selects from `tables`, in its order.

    Raises ValueError when the SELECT does not run, or gives other columns or values than the view's
    schema has.
    """
    database = database_in_memory()
    for name, table in tables.items():
        database.register(name, table)
    try:
        selected = database.sql(sql)
        if selected is None:
            raise ValueError(f"view {view.name} is not a SELECT")
        rows = selected.to_arrow_table()
    except duckdb.Error as error:
        raise ValueError(str(error).splitlines()[0]) from error
    if rows.column_names != list(view.fields):
        raise ValueError(
            f"view {view.name} selects {rows.column_names}, its schema has {list(view.fields)}"
        )
    return typed_table(text_table(as_text(rows), view), view)


def refused(path: str, found: str, expected: str, fix: str) -> InvalidRecords:
    return InvalidRecords([Problem(path, 1, 1, "broken-view", found, expected, fix)])
