"""Whether two files of one table, CSV and Parquet, hold the same logical rows.

Rows are compared as values, so that neither the order of rows nor how a file encodes them matters.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator

import duckdb

from pledgeline.check.column import Column
from pledgeline.check.table import CheckedTable
from pledgeline.report import Error
from pledgeline.standard.package import Resource
from pledgeline.standard.twins import table_identity

FIX = "build both files from one source again"
SHARED = {  # type -> the SQL type in which the values of both files are compared
    "string": "VARCHAR",
    "integer": "HUGEINT",
    "year": "BIGINT",
    "yearmonth": "VARCHAR",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMP",
    "time": "TIME",
}


def possible_twins(resources: Iterable[Resource]) -> set[str]:
    """The names of the resources that may have a twin, as far as the descriptor says."""
    alike = defaultdict(set)
    for each in resources:
        alike[table_identity(each.paths, each.schema)].add(each.name)
    return {name for own, names in alike.items() if own and len(names) > 1 for name in names}


def pairs(tables: dict[str, CheckedTable]) -> Iterator[tuple[CheckedTable, CheckedTable]]:
    """Every Parquet table with the CSV table that it is the twin of (see `standard.twins`)."""
    of_csv = {identity(t): t for t in tables.values() if t.resource.format == "csv"}
    for table in tables.values():
        twin = of_csv.get(identity(table))
        if twin and table.resource.format == "parquet":
            yield twin, table


def identity(table: CheckedTable) -> Hashable:
    """What a table shares with its twin, including the columns as they were read.

    A table that can have no twin shares nothing.
    """
    declared = table_identity(table.resource.paths, table.resource.schema)
    return table.number if declared is None else (declared, shape(table))


def shape(table: CheckedTable) -> tuple[tuple[str, str], ...]:
    return tuple((column.name, column.field.type) for column in table.columns)


def twin_errors(
    database: duckdb.DuckDBPyConnection, csv: CheckedTable, parquet: CheckedTable, limit: int
) -> tuple[int, list[Error]]:
    """How many rows are in only one of the two files, and the first of them as errors of `parquet`.

    Two sums of hashes of rows decide; only where they differ are the rows themselves compared.
    """
    if total(database, csv) == total(database, parquet):
        return 0, []
    found, errors = 0, []
    for one, other, verb in ((parquet, csv, "has a row that"), (csv, parquet, "lacks a row that")):
        lacking = f"{rows(one)} EXCEPT ALL {rows(other)}"
        found += database.execute(f"SELECT count(*) FROM ({lacking}) AS lacking").fetchall()[0][0]
        rest = "is not in" if one is parquet else "is in"
        for row in database.execute(
            f"SELECT * FROM ({lacking}) AS lacking LIMIT {limit}"
        ).fetchall():
            shown = ", ".join("" if value is None else str(value) for value in row)[:200]
            missing = f"{parquet.resource.place} {verb} {rest} {csv.resource.place}: {shown}"
            errors.append(Error("twin-error", missing, "the same rows in both files", fix=FIX))
    return found, errors[:limit]


def values(columns: Iterable[Column]) -> list[str]:
    """SQL: the values of a row in types that both files share; without one, they are left out.

    Where there is none, there is still a value a row, so that rows are counted.
    """
    shared = [(column, SHARED.get(column.field.type)) for column in columns]
    return [
        f"TRY_CAST({column.key if column.field.type == 'boolean' else column.value} AS {sql})"
        for column, sql in shared
        if sql
    ] or ["0"]


def sum_of_hashes(columns: Iterable[Column]) -> str:
    """SQL: the sum of the hashes of rows, which is equal for equal rows in any order."""
    return f"sum(CAST(hash({', '.join(values(columns))}) AS HUGEINT))"


def total(database: duckdb.DuckDBPyConnection, table: CheckedTable) -> tuple[int, int | None]:
    """The number of rows and the sum of their hashes."""
    counts = table.counts
    if counts.hashes is not None:
        return counts.rows, counts.hashes
    sums = f"SELECT count(*), {sum_of_hashes(table.columns)} FROM {compared(table)} AS cells"
    ((rows, hashes),) = database.execute(sums).fetchall()
    return rows, hashes


def rows(table: CheckedTable) -> str:
    named = ", ".join(
        f"{value} AS t{number}" for number, value in enumerate(values(table.columns), 1)
    )
    return f"SELECT {named} FROM {compared(table)} AS cells"


def compared(table: CheckedTable) -> str:
    """SQL: the values of a table, and the judgement of booleans, whose key is the value."""
    booleans = [column for column in table.columns if column.field.type == "boolean"]
    return table.cells(booleans, table.columns, rows=False)
