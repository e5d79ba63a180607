"""From a row of a built table back to the hand-written record that it was built from."""

from dataclasses import replace
from pathlib import Path

import duckdb

from pledgeline.check.table import CheckedTable
from pledgeline.report import Task

LAYOUT = Path("validate/records.yaml")  # a package that has it is built from records


def trace_to_records(
    database: duckdb.DuckDBPyConnection,
    tables: dict[str, CheckedTable],
    tasks: dict[str, Task],
    root: Path,
) -> None:
    """Gives every listed error of a row the place of its record, found by the row's primary key.

    Does nothing in a package that is not built from records, or whose records cannot be read.
    """
    broken = {
        name: table
        for name, table in tables.items()
        if any(error.row_number for error in tasks[name].errors)
    }
    if not broken or not (root / LAYOUT).is_file():
        return
    from pledgeline.errors import InvalidRecords
    from pledgeline.records.load import read_records
    from pledgeline.write.descriptor import FORMATS

    try:
        records = read_records(root)
    except (InvalidRecords, OSError):
        return
    suffix, _, _ = FORMATS["parquet"]
    for name, table in broken.items():
        key = (table.resource.schema or {}).get("primaryKey") or []
        written = records.rows.get(name.removesuffix(suffix), [])
        by_key = {tuple(row.cells.get(part) for part in key): row for row in written}
        found = {
            number: by_key.get(values) for number, values in keys(database, table, key, tasks[name])
        }
        tasks[name].errors = [
            replace(error, record=place(row, error.field_name))
            if (row := found.get(error.row_number))
            else error
            for error in tasks[name].errors
        ]


def keys(
    database: duckdb.DuckDBPyConnection, table: CheckedTable, key: list[str], task: Task
) -> list[tuple[int, tuple]]:
    """The row number and the primary key, as text, of every row with a listed error."""
    columns = [table.column(name) for name in key]
    if not key or not all(columns):
        return []
    numbers = sorted({error.row_number for error in task.errors if error.row_number})
    parts = ", ".join(column.as_text for column in columns)
    rows = f"SELECT row_number, {parts} FROM {table.values} AS cells WHERE row_number IN ({', '.join(map(str, numbers))})"
    return [(number, tuple(values)) for number, *values in database.execute(rows).fetchall()]


def place(row, field: str | None) -> str:
    """`path:line` of a record, of the field itself where the record has it."""
    line, _ = row.place(field) if field in row.places else (row.line, row.column)
    return f"{row.path}:{line}"
