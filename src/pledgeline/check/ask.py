"""Numbers asked of a table, answered in as few statements as memory and planning allow."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

from pledgeline.check.column import Column
from pledgeline.check.table import CheckedTable

PER_STATEMENT = 250  # numbers that one statement counts
# what one statement joins (verdicts, codes, keys) or keeps (distinct keys): each takes memory
JOINS = 8
MANY = 3  # statements over text that is parsed for each of them: a copy is quicker


@dataclass(frozen=True)
class Asked:
    """A number that is asked for: its SQL, and the columns that it is over.

    `joins` is how many tables are joined for it, beside the verdicts on its columns; `rows` is
    whether it is over whole rows; `within` is the condition of the rows that it is over, if these
    are not all.
    """

    expression: str
    columns: tuple[Column, ...] = ()
    joins: int = 0
    rows: bool = False
    within: str = ""


def rows_where(condition: str) -> str:
    """SQL: how many rows meet a condition.

    No FILTER: each would keep a copy of all columns, memory that grows with their square.
    """
    return "0" if condition == "FALSE" else f"count_if({condition})"


def answers(
    database: duckdb.DuckDBPyConnection, table: CheckedTable, asked: list[Asked]
) -> list[Any]:
    """The number, or the list of numbers, that each SQL expression in `asked` gives."""
    found: list[Any] = [0] * len(asked)
    parts = list(statements(asked, 1 if table.source.rows else sys.maxsize))
    if len(parts) > MANY and any(each.joins for each in asked):
        table.copy(database)
    for part in parts:
        numbers = ", ".join(asked[n].expression for n in part)
        columns = [column for n in part for column in asked[n].columns]
        rows = any(asked[n].rows for n in part) and not table.filled
        cells = table.cells(columns, rows=rows)
        within = f" WHERE {asked[part[0]].within}" if asked[part[0]].within else ""
        (row,) = database.execute(f"SELECT {numbers} FROM {cells} AS cells{within}").fetchall()
        for n, number in zip(part, row, strict=True):
            found[n] = number or 0
    return found


def statements(asked: list[Asked], most_columns: int) -> Iterator[list[int]]:
    """The positions in `asked` by statement: those of one column together, few joins in each.

    A file that keeps each column by itself is read a column at a time, which takes no longer, and
    a fraction of the memory: `most_columns` is then 1.
    """
    part: list[int] = []
    read: set[int] = set()  # columns
    judged: set[int] = set()  # the columns whose verdicts are joined
    joins = 0
    first = [min((column.number for column in each.columns), default=0) for each in asked]
    for n in sorted(range(len(asked)), key=first.__getitem__):
        own = {column.number for column in asked[n].columns}
        own_judged = {column.number for column in asked[n].columns if column.verdicts}
        full = (
            len(part) == PER_STATEMENT
            or len(judged | own_judged) + joins + asked[n].joins > JOINS
            or len(read | own) > most_columns
            or asked[n].within
        )
        if part and (full or asked[part[0]].within):
            yield part
            part, read, judged, joins = [], set(), set(), 0
        part.append(n)
        read |= own
        judged |= own_judged
        joins += asked[n].joins
    if part:
        yield part
