"""A package's own rules, run on its tables as they are published."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pledgeline.check.table import CheckedTable
from pledgeline.errors import BrokenRule
from pledgeline.report import Error
from pledgeline.sql import identifier

SMALL = 100_000  # rows; the tables of up to so many are read once for all rules
COMMENT = re.compile(r"\A-- (error|warning): (.+)\n-- (?:fix|mend): (.+)\n")  # `mend` until 0.2


@dataclass(frozen=True)
class Rule:
    """One SELECT of (resource, row_number, field) over typed tables; the file's name is the code of
    what it finds.
    """

    code: str
    severity: str  # "error" or "warning"
    expected: str
    fix: str
    sql: str


def read_rule(path: Path) -> Rule:
    """The rule in a file.

    Raises ValueError where its first line does not say how grave a breach is, its second what to
    do.
    """
    sql = path.read_text("utf-8")
    if not (comment := COMMENT.match(sql)):
        raise ValueError(
            "its first two lines are not `-- error: ...` (or warning) and `-- fix: ...`"
        )
    return Rule(path.stem, *comment.groups(), sql)


def rule_errors(
    database: duckdb.DuckDBPyConnection, tables: dict[str, CheckedTable], folder: Path, limit: int
) -> Iterator[tuple]:
    """For every rule of `folder` that some rows offend, by resource: its name, how many rows, and
    the first errors.

    A rule sees the tables under their resources' names, typed by their schemas, with the
    `row_number` of the file. Raises BrokenRule for one that does not run, such as one over a table
    that the package does not have.
    """
    for name, table in tables.items():
        kind = (
            "TABLE" if table.counts.rows < SMALL else "VIEW"
        )  # rules look at most tables many times
        database.execute(f"CREATE OR REPLACE {kind} {identifier(name)} AS {typed(table)}")
    for path in sorted(folder.glob("*.sql")):
        try:
            rule = read_rule(path)
            found = database.execute(rule.sql).fetchall()
            found = [
                (resource, int(row_number), str(field)) for resource, row_number, field in found
            ]
        except (TypeError, ValueError, duckdb.Error) as error:
            raise BrokenRule(f"{path}: {str(error).splitlines()[0]}") from error
        by_resource: dict[str, list[Error]] = {}
        for resource, row_number, field in found:
            message = f'row {row_number}, field "{field}": expected {rule.expected}'
            error = Error(
                rule.code,
                message,
                rule.expected,
                row_number,
                field,
                severity=rule.severity,
                fix=rule.fix,
            )
            by_resource.setdefault(resource, []).append(error)
        for resource, errors in by_resource.items():
            if resource not in tables:
                raise BrokenRule(
                    f'{path}: it reports rows of "{resource}", which this package does not have'
                )
            yield resource, len(errors), errors[:limit]


def typed(table: CheckedTable) -> str:
    """SQL: the table's rows with its fields' names and types; a cell that is not of its type is
    empty.
    """
    cells = [
        f"TRY_CAST({column.value} AS {column.field.sql}) AS {identifier(column.name)}"
        if column.text
        else f"{column.value} AS {identifier(column.name)}"
        for column in table.columns
    ]
    return f"SELECT {', '.join(['row_number', *cells])} FROM {table.values} AS cells"
