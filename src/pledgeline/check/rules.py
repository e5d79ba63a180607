"""A package's own rules, run on its tables as they are published."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pledgeline.check.table import CheckedTable
from pledgeline.errors import BrokenRule
from pledgeline.report import Error
from pledgeline.sql import identifier, literals
from pledgeline.text import quoted

RULE = "rule"  # in place of the name of a constraint
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
    severity, expected, fix = comment.groups()
    return Rule(path.stem, severity, expected, fix, sql)


def folder_of_rules(path: str | os.PathLike[str]) -> Path:
    """The folder at `path`, which has rules in it.

    Raises BrokenRule for any other: it is a mistake, and would silently check nothing.
    """
    folder = Path(path)
    if not folder.is_dir():
        raise BrokenRule(folder, "there is no such folder of rules")
    if not any(folder.glob("*.sql")):
        raise BrokenRule(folder, "the folder holds no rule (*.sql)")
    return folder


def rule_errors(
    database: duckdb.DuckDBPyConnection, tables: dict[str, CheckedTable], folder: Path, limit: int
) -> Iterator[tuple[str, int, list[Error]]]:
    """For every rule of `folder` that rows break, by resource: its name, how many, the first errors.

    A rule sees the tables under their resources' names, typed by their schemas, with the
    `row_number` of the file. Raises BrokenRule for one that does not run, such as one over a table
    that the package does not have.
    """
    for name, table in tables.items():
        # Rules look at most tables many times.
        kind = "TABLE" if table.counts.rows < SMALL else "VIEW"
        database.execute(f"CREATE OR REPLACE {kind} {identifier(name)} AS {typed(table)}")
    for path in sorted(folder.glob("*.sql")):
        found: dict[str, list[Error]] = {}
        for resource, error in errors_of_rule(database, path):
            if resource not in tables:
                raise BrokenRule(
                    path, f"it reports rows of {quoted(resource)}, which this package does not have"
                )
            found.setdefault(resource, []).append(error)
        for resource, errors in found.items():
            yield resource, len(errors), errors[:limit]


def errors_of_rule(database: duckdb.DuckDBPyConnection, path: Path) -> Iterator[tuple[str, Error]]:
    """The resource and the error of each row that breaks the rule in the file `path`."""
    try:
        rule = read_rule(path)
        rows = database.execute(rule.sql).fetchall()
        rows = [(str(resource), int(number), str(field)) for resource, number, field in rows]
    except (TypeError, ValueError, duckdb.Error) as error:
        raise BrokenRule(path, str(error).splitlines()[0]) from error
    for resource, number, field in rows:
        yield (
            resource,
            Error(
                rule.code,
                f'row {number}, field "{field}": expected {rule.expected}',
                rule.expected,
                number,
                field,
                severity=rule.severity,
                fix=rule.fix,
                constraint=RULE,
                expected=rule.expected,
            ),
        )


def typed(table: CheckedTable) -> str:
    """SQL: the table's rows with its fields' names and types.

    A cell that is not of its type, or none of its field's codes, is empty: that is told already,
    and rules are spared its consequences.
    """
    failing = [c for c, number in table.counts.checks if number and c.constraint == "enum"]
    miscoded = {c.column.number for c in failing if c.column.field.type == "string"}
    cells = []
    for column in table.columns:
        value = column.value
        if column.number in miscoded:
            codes = literals(map(str, column.field.constraints.enum))
            value = f"CASE WHEN {column.as_text} IN ({codes}) THEN {value} END"
        if column.text:
            value = f"TRY_CAST({value} AS {column.field.sql})"
        cells.append(f"{value} AS {identifier(column.name)}")
    return f"SELECT {', '.join(['row_number', *cells])} FROM {table.values} AS cells"
