"""Checks and rules run by DuckDB over tables held in memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from pledgeline.check.rules import read_rule
from pledgeline.check.tables import TableCheck, schema_checks


@dataclass(frozen=True)
class Finding:
    """One offending row: the error type, its place (`row_number` from 1, `fields` of the table),
    and what was expected.
    """

    type: str
    table: str
    row_number: int
    fields: tuple[str, ...]
    constraint: str
    expected: str
    fix: str = ""
    target: str = ""
    severity: str = "error"

    @property
    def field(self) -> str:
        """The field to point at: the only one, or the first of a key."""
        return self.fields[0]


class BrokenCheck(Exception):
    """A schema or rule that cannot be run: the file's name in `folder` (schemas or rules), and what
    is wrong with it.
    """

    def __init__(self, folder: str, name: str, reason: str):
        super().__init__(f"{folder}/{name}: {reason}")
        self.folder, self.name, self.reason = folder, name, reason


def connect() -> duckdb.DuckDBPyConnection:
    """A database in memory that reads no file and loads no extension: what it checks may come from
    a stranger.
    """
    return duckdb.connect(
        config={"enable_external_access": "false", "autoload_known_extensions": "false"}
    )


def register(database: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    """Makes `table` queryable as `name`, with a column `row_number` counting from 1."""
    numbers = pa.array(range(1, table.num_rows + 1), pa.int64())
    database.register(name, table.append_column("row_number", numbers))


def run_schema_checks(
    database: duckdb.DuckDBPyConnection, schemas: dict[str, dict]
) -> Iterator[Finding]:
    """What breaks the `schemas` of the registered tables (all text), table by table.

    Raises BrokenCheck when a schema names a table or column that is not there, or a pattern that is
    none.
    """
    for table, schema in schemas.items():
        checks = list(schema_checks(table, schema))
        for number, row_number in run_together(database, checks):
            check = checks[number]
            yield Finding(
                check.type,
                table,
                row_number,
                check.fields,
                check.constraint,
                check.expected,
                target=check.target,
            )


def run_together(
    database: duckdb.DuckDBPyConnection, checks: list[TableCheck]
) -> list[tuple[int, int]]:
    """The number of a check and of a row that breaks it, in order; one query, since to plan one
    takes most of the time.

    Where it does not run, each check is run alone, and the one that is to blame is named.
    """
    if not checks:
        return []
    parts = [
        f"SELECT {number} AS number, row_number FROM ({check.sql}) AS found"
        for number, check in enumerate(checks)
    ]
    try:
        return database.execute(
            f"{' UNION ALL '.join(parts)} ORDER BY number, row_number"
        ).fetchall()
    except duckdb.Error as error:
        if len(checks) > 1:
            return [
                (at, row)
                for at, check in enumerate(checks)
                for _, row in run_together(database, [check])
            ]
        (check,) = checks
        reason = f"{check.constraint} of {', '.join(check.fields)} cannot be checked: {str(error).splitlines()[0]}"
        raise BrokenCheck("schemas", f"{check.table}.yaml", reason) from error


def run_rules(database: duckdb.DuckDBPyConnection, folder: Path) -> Iterator[Finding]:
    """What the rules of `folder` return: a rule is one SELECT of (resource, row_number, field) over
    the typed tables.

    The file's name is the code; the first line says how grave a breach is and what is expected (`--
    error: ...` or `-- warning: ...`), the second how to get there (`-- fix: ...`). Raises
    BrokenCheck when one is not so or does not run.
    """
    for path in sorted(folder.glob("*.sql")):
        try:
            rule = read_rule(path)
            found = database.execute(rule.sql).fetchall()
        except (ValueError, duckdb.Error) as error:
            raise BrokenCheck("rules", path.name, str(error).splitlines()[0]) from error
        for resource, row_number, field in found:
            yield Finding(
                rule.code,
                resource,
                row_number,
                (field,),
                "rule",
                rule.expected,
                rule.fix,
                severity=rule.severity,
            )
