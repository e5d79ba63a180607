"""The tables of a package in one SQLite file, with their keys.

Written with apsw, which brings the SQLite library along: the file names the version of the library
that wrote it, and Python's own is another on every machine.
"""

import datetime
import errno
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import apsw
import pyarrow as pa

from pledgeline.sql import identifier
from pledgeline.standard.values import JsonObject

TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}  # all others are text


def write_sqlite(
    tables: Mapping[str, pa.Table], schemas: dict[str, JsonObject], path: Path
) -> None:
    """Writes all `tables`; days are ISO texts, booleans 0 and 1, as SQLite's functions expect.

    Raises ValueError where a row breaks a key, and OSError; what was written until then is removed.
    SQLite enforces foreign keys for a connection that asks for it
    (https://www.sqlite.org/foreignkeys.html): this one does, and other
    programs must, too.
    """
    try:
        write(tables, schemas, path)
    except (ValueError, apsw.Error) as error:
        path.unlink(missing_ok=True)
        if isinstance(error, apsw.Error):
            raise OSError(errno.EIO, str(error), str(path)) from error
        raise


def write(tables: Mapping[str, pa.Table], schemas: dict[str, JsonObject], path: Path) -> None:
    """The same, whatever is left behind and whatever SQLite raises."""
    with closing(apsw.Connection(str(path))) as database:
        database.execute("PRAGMA foreign_keys = ON")
        database.execute("BEGIN")
        # Looked at when all rows are there, for a row may refer to a later one, and two tables to
        # each other.
        database.execute("PRAGMA defer_foreign_keys = ON")
        for name in tables:
            database.execute(
                f"CREATE TABLE {identifier(name)} ({', '.join(parts(name, schemas[name]))})"
            )
        for name, table in tables.items():
            fill(database, name, table, schemas[name])
        if broken := database.execute("PRAGMA foreign_key_check").fetchall():
            raise ValueError(first_of(broken))
        database.execute("COMMIT")


def fill(database: apsw.Connection, name: str, table: pa.Table, schema: JsonObject) -> None:
    """The rows of one table, and an index for each reference.

    Datasette uses the indexes to count and list what refers to a row.
    """
    marks = ", ".join("?" * table.num_columns)
    rows = zip(
        *([value(cell) for cell in column.to_pylist()] for column in table.columns), strict=True
    )
    try:
        database.executemany(f"INSERT INTO {identifier(name)} VALUES ({marks})", rows)
    except apsw.ConstraintError as error:
        raise ValueError(f"table {name}: a row breaks the schema ({error})") from error
    for columns in referring(schema):
        if columns != schema["primaryKey"][: len(columns)]:  # those the key's own index finds
            index = identifier(f"{name}_{'_'.join(columns)}")
            database.execute(f"CREATE INDEX {index} ON {identifier(name)} ({names(columns)})")


def parts(table: str, schema: JsonObject) -> Iterator[str]:
    """The columns and keys of a table in SQL."""
    for field in schema["fields"]:
        required = " NOT NULL" if field.get("constraints", {}).get("required") else ""
        yield f"{identifier(field['name'])} {TYPES.get(field['type'], 'TEXT')}{required}"
    yield f"PRIMARY KEY ({names(schema['primaryKey'])})"
    for key in schema.get("foreignKeys", []):
        target = key["reference"]["resource"] or table  # "" is the table itself
        columns, others = names(key["fields"]), names(key["reference"]["fields"])
        yield f"FOREIGN KEY ({columns}) REFERENCES {identifier(target)} ({others})"


def referring(schema: JsonObject) -> list[list[str]]:
    """The columns of each foreign key."""
    return [key["fields"] for key in schema.get("foreignKeys", [])]


def first_of(broken: list[tuple[Any, ...]]) -> str:
    """The first violation that SQLite's check found, as a message.

    A row is (table, number of the row, table referred to, number of the key).
    """
    table, row, target, _ = broken[0]
    more = f", and {len(broken) - 1} rows more" if len(broken) > 1 else ""
    return f"table {table}: row {row} refers to a row that {target} does not have{more}"


def names(columns: list[str]) -> str:
    return ", ".join(map(identifier, columns))


def value(cell: object) -> object:
    return cell.isoformat() if isinstance(cell, datetime.date) else cell
