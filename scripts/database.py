"""The tables of a package in one SQLite file, with their keys, whose bytes depend on nothing but the rows.

Written with apsw, which brings the SQLite library along: the file names the version of the library that wrote it, and
Python's own is another on every machine.
"""

import datetime
from pathlib import Path

import apsw
import pyarrow as pa

from pledgeline.sql import identifier

TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}  # all others are text


def write_sqlite(tables: dict[str, pa.Table], schemas: dict[str, dict], path: Path) -> None:
    """Writes all `tables`; days are ISO texts, booleans 0 and 1, as SQLite's own functions take them."""
    database = apsw.Connection(str(path))
    with database:
        for name, table in tables.items():
            database.execute(f"CREATE TABLE {identifier(name)} ({', '.join(parts(schemas[name]))})")
            marks = ", ".join("?" * table.num_columns)
            rows = ([value(cell) for cell in row.values()] for row in table.to_pylist())
            database.executemany(f"INSERT INTO {identifier(name)} VALUES ({marks})", rows)
    database.close()


def parts(schema: dict):
    """The columns and keys of a table in SQL."""
    for field in schema["fields"]:
        required = " NOT NULL" if field.get("constraints", {}).get("required") else ""
        yield f"{identifier(field['name'])} {TYPES.get(field['type'], 'TEXT')}{required}"
    yield f"PRIMARY KEY ({names(schema['primaryKey'])})"
    for key in schema.get("foreignKeys", []):
        reference = key["reference"]
        if reference["resource"]:  # "" is the table itself
            target = f"{identifier(reference['resource'])} ({names(reference['fields'])})"
            yield f"FOREIGN KEY ({names(key['fields'])}) REFERENCES {target}"


def names(columns: list[str]) -> str:
    return ", ".join(map(identifier, columns))


def value(cell):
    return cell.isoformat() if isinstance(cell, datetime.date) else cell
