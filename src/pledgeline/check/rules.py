"""A package's own rules in SQL, run on its tables as they are published."""

import os
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pledgeline.check.rule_sql import FIELDS, rename_tables
from pledgeline.check.table import CheckedTable
from pledgeline.errors import BrokenRule
from pledgeline.report import Error
from pledgeline.sql import identifier, literals
from pledgeline.text import quoted, shortened

RULE = "rule"  # in place of the name of a constraint
SMALL = 100_000  # rows; the tables of up to so many are read once for all rules
# What one rule may take and return: rules come with packages, and may be a stranger's.
SECONDS, ROWS = 60, 1_000_000
COMMENT = re.compile(r"\A-- (error|warning): (.+)\n-- (?:fix|mend): (.+)\n")  # `mend` until 0.2


@dataclass(frozen=True)
class Rule:
    """One SELECT of (resource, row_number, field) over typed tables.

    The name of its file is the code of the errors that it finds.
    """

    code: str
    severity: str  # "error" or "warning"
    expected: str
    fix: str
    sql: str


def read_rule(path: Path) -> Rule:
    """The rule in a file.

    Raises ValueError where its first line does not give the severity, its second what to
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
    """For each rule of `folder` that rows break: the resource, how many rows, the first errors.

    A rule sees the tables under their resources' names, typed by their schemas, with the
    `row_number` of the file. Raises BrokenRule for one that does not run within its limits, such as
    one over a table that the package does not have.
    """
    relations = {}
    for name, table in tables.items():
        relations[name] = f"rule_table_{table.number}"
        # Rules look at most tables many times.
        kind = "TABLE" if table.counts.rows < SMALL else "VIEW"
        database.execute(f"CREATE OR REPLACE {kind} {relations[name]} AS {typed(table)}")
    fields = [(name, column.name) for name, table in tables.items() for column in table.columns]
    database.execute(
        f"CREATE OR REPLACE TABLE {FIELDS} AS"
        " SELECT unnest($tables::VARCHAR[]) AS table_name,"
        " unnest($fields::VARCHAR[]) AS column_name",
        {"tables": [name for name, _ in fields], "fields": [name for _, name in fields]},
    )
    for path in sorted(folder.glob("*.sql")):
        found: dict[str, list[Error]] = {}
        for resource, error in errors_of_rule(database, path, relations):
            if resource not in tables:
                wrong = f"it reports rows of {quoted(resource)}, which this package does not have"
                raise BrokenRule(path, wrong)
            found.setdefault(resource, []).append(error)
        for resource, errors in found.items():
            yield resource, len(errors), errors[:limit]


def errors_of_rule(
    database: duckdb.DuckDBPyConnection, path: Path, relations: dict[str, str]
) -> Iterator[tuple[str, Error]]:
    """The resource and the error of each row that breaks the rule in the file `path`."""
    try:
        rule = read_rule(path)
        sql = rename_tables(database, rule.sql, relations)
        with interrupted_after(database, SECONDS):
            rows = database.execute(sql).fetchmany(ROWS + 1)
        if len(rows) > ROWS:
            raise ValueError(f"it returns more than {ROWS:,} rows")
        rows = [place_of(row) for row in rows]
    except duckdb.InterruptException as interruption:
        raise BrokenRule(path, f"it takes more than {SECONDS} seconds") from interruption
    except (OSError, TypeError, ValueError, duckdb.Error) as failure:
        reason = (str(failure).splitlines() or [type(failure).__name__])[0]
        raise BrokenRule(path, reason) from failure
    for resource, number, field in rows:
        found = Error(
            rule.code,
            f"expected {rule.expected}",
            rule.expected,
            number,
            field,
            severity=rule.severity,
            fix=rule.fix,
            constraint=RULE,
            expected=rule.expected,
        )
        yield resource, found


def place_of(row: tuple[object, ...]) -> tuple[str, int, str]:
    """The resource, the row and the field that a row of a rule's answer names; else ValueError."""
    match row:
        case (str(resource), int(number), str(field)):
            return resource, number, field
    shown = shortened(", ".join(map(str, row)), 60)
    raise ValueError(
        f"it returns ({shown}); expected three columns: the name of a resource, a row_number,"
        " the name of a field"
    )


@contextmanager
def interrupted_after(database: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    """Interrupts what the database runs inside, should it take longer."""
    timer = threading.Timer(seconds, database.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def typed(table: CheckedTable) -> str:
    """SQL: the table's rows with its fields' names and types.

    A cell that is not of its type, or none of its field's codes, is empty: that error is reported
    already, and rules need not report what follows from it. Fields whose names differ only in case
    are left out, since to SQL they are the same.
    """
    names = Counter(column.name.lower() for column in table.columns) + Counter(["row_number"])
    failing = [c for c, number in table.counts.checks if number and c.constraint == "enum"]
    miscoded = {c.column.number for c in failing if c.column.field.type == "string"}
    cells = []
    for column in table.columns:
        if names[column.name.lower()] > 1:
            continue
        value = column.value
        if column.number in miscoded:
            codes = literals(map(str, column.field.constraints.enum or ()))
            value = f"CASE WHEN {column.as_text} IN ({codes}) THEN {value} END"
        if column.text:
            value = f"TRY_CAST({value} AS {column.field.sql})"
        cells.append(f"{value} AS {identifier(column.name)}")
    return f"SELECT {', '.join(['row_number', *cells])} FROM {table.values(table.columns)} AS cells"
