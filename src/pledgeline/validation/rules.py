"""A package's own rules, run on its tables as they are published."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from pledgeline.checks.rule import read_rule
from pledgeline.sql import identifier
from pledgeline.types import FIELD_TYPES
from pledgeline.validation.report import Error
from pledgeline.validation.table import Table

SMALL = 100_000  # rows; the tables of up to so many are read once for all rules


class BrokenRule(Exception):
    """A rule that cannot be run; the message names its file and says why."""


def rule_errors(database: duckdb.DuckDBPyConnection, tables: dict[str, Table], folder: Path, limit: int) -> Iterator[tuple]:
    """For every rule of `folder` that some rows offend, by resource: its name, how many rows, and the first errors.

    A rule sees the tables under their resources' names, typed by their schemas, with the `row_number` of the file.
    Raises BrokenRule for one that does not run, such as one over a table that the package does not have.
    """
    for name, table in tables.items():
        kind = "TABLE" if table.counts.rows < SMALL else "VIEW"  # rules look at most tables many times
        database.execute(f"CREATE OR REPLACE {kind} {identifier(name)} AS {typed(table)}")
    for path in sorted(folder.glob("*.sql")):
        try:
            rule = read_rule(path)
            found = database.execute(rule.sql).fetchall()
            found = [(resource, int(row_number), str(field)) for resource, row_number, field in found]
        except (TypeError, ValueError, duckdb.Error) as error:
            raise BrokenRule(f"{path}: {str(error).splitlines()[0]}") from error
        by_resource: dict[str, list[Error]] = {}
        for resource, row_number, field in found:
            message = f'row {row_number}, field "{field}": expected {rule.expected}'
            error = Error(rule.code, message, rule.expected, row_number, field, severity=rule.severity, mend=rule.mend)
            by_resource.setdefault(resource, []).append(error)
        for resource, errors in by_resource.items():
            if resource not in tables:
                raise BrokenRule(f'{path}: it reports rows of "{resource}", which this package does not have')
            yield resource, len(errors), errors[:limit]


def typed(table: Table) -> str:
    """SQL: the table's rows with its fields' names and types; a cell that is not of its type is empty."""
    cells = [
        f"TRY_CAST({column.value} AS {FIELD_TYPES[column.field['type']].sql}) AS {identifier(column.name)}"
        if column.text
        else f"{column.value} AS {identifier(column.name)}"
        for column in table.columns
    ]
    return f"SELECT {', '.join(['row_number', *cells])} FROM {table.values} AS cells"
