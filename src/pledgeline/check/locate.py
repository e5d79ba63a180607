"""Where checks fail: the first rows that break them, as errors that a person can act on."""

import json
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import islice
from typing import TypeAlias

import duckdb

from pledgeline.check.ask import JOINS
from pledgeline.check.column import Column
from pledgeline.check.constraints import Check, cell_checks
from pledgeline.check.count import Counts, slices
from pledgeline.check.keys import Key, may_repeat
from pledgeline.check.stack import Stack
from pledgeline.check.table import CheckedTable
from pledgeline.report import Error
from pledgeline.source.inline import without_mark
from pledgeline.sql import all_of
from pledgeline.text import quoted, shortened

LONGEST = 1_000  # characters of a cell that a message has
LONGEST_EXPECTED = 500  # characters of what is expected in its place
MOST_CODES = 500  # a likely code is looked for among so many
# the order of the errors of one row, as frictionless-py's
BLANK, CELL, EXTRA, SHORT, UNIQUE, PRIMARY, FOREIGN = range(7)
# row number, order in the row, order among those, error
Found: TypeAlias = Iterator[tuple[int, int, int, Error]]


def located(
    database: duckdb.DuckDBPyConnection,
    table: CheckedTable,
    keyed: dict[int, CheckedTable],
    counts: Counts,
    limit: int,
) -> list[Error]:
    """The first `limit` errors of `table`, row by row; those of a key are looked for in `keyed`."""
    found = sorted(cell_errors(database, table, counts, limit), key=lambda one: one[:3])[:limit]
    for key, number in counts.keys:
        if number:
            # Errors of rows after the last one listed are not listed anyway.
            rows, most = keyed[key.number], len(found) >= limit
            listed = rows.first(found[limit - 1][0]) if most else rows
            found += key_errors(database, listed, key, limit)
    return [error for *_, error in sorted(found, key=lambda one: one[:3])][:limit]


def cell_errors(
    database: duckdb.DuckDBPyConnection, table: CheckedTable, counts: Counts, limit: int
) -> Found:
    """Errors of single rows: cells, blank rows, and rows that are too short or too long.

    Of each statement, the first `limit`.
    """
    broken = [check for check, number in counts.checks if number]
    failing = list(enumerate(sorted(broken, key=lambda check: check.column.number)))
    shape = ["blank"] if counts.blank else []
    shape += [table.short] if counts.short else []
    shape += ["extras > 0"] if counts.extras else []
    if table.stacks:
        yield from islice(row_errors(database, table, [], shape, limit), limit)
        for stack in table.stacks:
            yield from islice(stack_errors(database, stack, failing, limit), limit)
        return
    # Each check may ask for a column of its own, and each column for a join.
    for part in slices(failing, JOINS) or [[]]:
        yield from islice(row_errors(database, table, part, shape, limit), limit)
        shape = []


def row_errors(
    database: duckdb.DuckDBPyConnection,
    table: CheckedTable,
    failing: list[tuple[int, Check]],
    shape: list[str],
    limit: int,
) -> Found:
    """The errors of the rows that fail some checks or have a wrong `shape`.

    `failing` has each check with its position among all checks. The database keeps the order of the
    source (`preserve_insertion_order`), so that it may stop at the limit, except with joins.
    """
    conditions = [check.condition for _, check in failing]
    if not conditions + shape:
        return
    columns = {check.column.number: check.column for _, check in failing}
    flags = [f"({condition})" for condition in conditions] or ["NULL"]
    gaps = (
        [f"c{n} IS NULL" for n in range(1, table.source.width + 1)]
        if table.short in shape
        else ["NULL"]
    )
    cells = [
        f"left(CAST({column.cell} AS VARCHAR), {LONGEST + 1})" for column in columns.values()
    ] or ["NULL"]
    lists = ", ".join(f"[{', '.join(parts)}]" for parts in (flags, gaps, cells))
    any_of = " OR ".join(f"({condition})" for condition in shape + conditions)
    joined = any(column.verdicts or column.codes for column in columns.values())
    rows = database.execute(
        f"SELECT row_number, blank, extra, {lists} FROM {table.cells(columns.values())} AS cells"
        f" WHERE {any_of}{' ORDER BY row_number' if joined else ''} LIMIT {limit}"
    ).fetchall()
    for row_number, blank, extra, broken, missing, texts in rows:
        if blank:
            fix = "remove the row"
            error = Error("blank-row", "the row is blank", row_number=row_number, fix=fix)
            yield row_number, BLANK, 0, error
            continue
        text_of = dict(zip(columns, texts, strict=False))
        for (position, check), is_broken in zip(failing, broken, strict=False):
            if is_broken:
                error = cell_error(check, row_number, text_of[check.column.number])
                yield row_number, CELL, position, error
        yield from extra_cells(row_number, extra if shape else None, table.source.width)
        for column, gone in zip(table.columns, missing, strict=False):
            if gone:
                yield row_number, SHORT, column.number, missing_cell(row_number, column)


def stack_errors(
    database: duckdb.DuckDBPyConnection,
    stack: Stack,
    failing: list[tuple[int, Check]],
    limit: int,
) -> Found:
    """The errors of the cells of a stack that fail checks, each with its position in `failing`."""
    numbers = {column.number for column in stack.columns}
    own = {
        (check.column.number, check.constraint): (position, check)
        for position, check in failing
        if check.column.number in numbers
    }
    names = {constraint for _, constraint in own}
    checks = [c for c in cell_checks(stack.column, "blank") if c.constraint in names]
    if not checks:
        return
    flags = ", ".join(f"({check.condition})" for check in checks)
    rows = database.execute(
        f"SELECT row_number, number, left(CAST(c0 AS VARCHAR), {LONGEST + 1}), [{flags}]"
        f" FROM {stack.judged} AS cells"
        f" WHERE {' OR '.join(f'({check.condition})' for check in checks)}"
        f" ORDER BY row_number, number LIMIT {limit}"
    ).fetchall()
    for row_number, number, text, broken in rows:
        for one, is_broken in zip(checks, broken, strict=True):
            if is_broken:
                position, check = own[number, one.constraint]
                yield row_number, CELL, position, cell_error(check, row_number, text)


def cell_error(check: Check, row_number: int, text: str | None) -> Error:
    """The error of one cell that fails one check."""
    column, text, expected = check.column, shown(text), check.expected[:LONGEST_EXPECTED]
    found = f"{quoted(text)} is not {expected}" if text else "there is no value"
    if check.type == "constraint-error" and text:
        found = f"{quoted(text)} breaks `{check.constraint}`, which asks for {expected}"
    fix = {"type": f"write {expected}", "required": "fill in the cell"}.get(
        check.constraint, f"give {expected}"
    )
    codes = column.field.constraints.enum
    if (
        check.constraint == "enum"
        and text
        and len(codes) <= MOST_CODES
        and (near := get_close_matches(text, map(str, codes), 1))
    ):
        fix = f"did you mean {quoted(near[0])}?"
    note = f"{check.constraint}: {check.note[:LONGEST_EXPECTED] or expected}"
    return Error(
        check.type,
        found,
        note,
        row_number,
        column.name,
        column.number,
        (),
        text,
        fix=fix,
        constraint=check.constraint,
        expected=check.expected,
    )


def extra_cells(row_number: int, extra: str | None, width: int) -> Found:
    """An error for each cell that a row has too many."""
    if extra is None:
        return
    for number, cell in enumerate(json.loads(extra), width + 1):
        text = shown(str(cell)) or ""
        found = f"the cell in position {number} has no column: {quoted(text)}"
        fix = "remove it, or quote the cell that holds the delimiter"
        error = Error("extra-cell", found, "", row_number, "", number, (), text, fix=fix)
        yield row_number, EXTRA, number, error


def missing_cell(row_number: int, column: Column) -> Error:
    found, fix = "the row ends before this field", "add the missing delimiters"
    return Error("missing-cell", found, "", row_number, column.name, column.number, (), "", fix=fix)


def key_errors(
    database: duckdb.DuckDBPyConnection, table: CheckedTable, key: Key, limit: int
) -> Found:
    """The rows that break one key."""
    names = tuple(column.name for column in key.columns)
    cells = ", ".join(
        f"left(CAST({column.cell} AS VARCHAR), {LONGEST + 1})" for column in key.columns
    )
    for row_number, first, *texts in database.execute(
        key_rows(table, key, cells) + f" ORDER BY 1 LIMIT {limit}"
    ).fetchall():
        texts = [shown(text) or "" for text in texts]
        values = ", ".join(
            f"{name} {quoted(text)}" for name, text in zip(names, texts, strict=True)
        )
        order = {"unique": UNIQUE, "primary": PRIMARY, "foreign": FOREIGN}[key.kind]
        if key.kind == "foreign":
            found, fix = f"{values} is not {key.expected}", "add that row, or correct the key"
        elif first is None:
            empty = [
                column.name
                for column, text in zip(key.columns, texts, strict=True)
                if not text or text in column.field.missing_values
            ]
            found = f"the primary key is empty in {', '.join(empty or names)}"
            fix = "fill it in"
        else:
            found = f"{values} is in row {first} already"
            fix = "correct one of the two, or remove it"
        single = key.constraint in ("unique", "categories")
        name, number = (names[0], key.columns[0].number) if single else (None, None)
        yield (
            row_number,
            order,
            key.number,
            Error(
                key.type,
                found,
                key.expected,
                row_number,
                name,
                number,
                names,
                texts[0] if single else None,
                fix=fix,
                constraint=key.constraint,
                expected=key.expected,
                target=key.target,
            ),
        )


def key_rows(table: CheckedTable, key: Key, cells: str) -> str:
    """SQL: the rows that break `key` (number, the row that has the same key first, cells)."""
    source = f"FROM {table.cells(key.columns, rows=False)} AS cells"
    if key.kind == "foreign":
        return f"SELECT row_number, NULL, {cells} {source} WHERE {key.dangling}"
    columns = ", ".join(f"{part} AS p{n}" for n, part in enumerate(key.parts))
    parts = [f"p{n}" for n in range(len(key.parts))]
    same = all_of([f"own.{part} IS NOT DISTINCT FROM repeated.{part}" for part in parts])
    repeated = (
        f"SELECT {columns}, min(row_number) AS first {source} WHERE {may_repeat(table, key)}"
        f" GROUP BY {', '.join(parts)} HAVING count(*) > 1"
    )
    rows = (
        f"SELECT row_number, first, {cells} FROM (SELECT *, {columns} {source}) AS own"
        f" JOIN ({repeated}) AS repeated ON {same} WHERE row_number > first"
    )
    if key.kind == "primary":
        rows += f" UNION ALL SELECT row_number, NULL, {cells} {source} WHERE {key.incomplete}"
    return rows


def shown(text: str | None) -> str | None:
    """The text of a cell as a message shows it: inline values as JSON, long ones shortened."""
    return shortened(without_mark(text), LONGEST) if text else text
