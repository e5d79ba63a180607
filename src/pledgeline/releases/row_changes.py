"""The rows that differ between two tables, matched by key and compared field by field."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import duckdb

from pledgeline.errors import InvalidPackage
from pledgeline.releases.change import ALL, Change, joined, kind_of, marked
from pledgeline.releases.text_tables import TextTable
from pledgeline.text import quoted

BATCH = 10_000
SUMMED = 40  # columns whose hashes go into one, since a hash of very many arguments is slow to plan


def row_changes(
    database: duckdb.DuckDBPyConnection, old: TextTable | None, new: TextTable | None
) -> Iterator[Change]:
    """The changes that turn `old` into `new`, in key order; None is a table that does not exist.

    Rows are the same row if they have the same primary key. Where the key itself was changed all
    rows go and come, and where there is none a row is known by all its cells. Raises
    InvalidPackage where a key occurs twice: then rows cannot be matched.
    """
    if old and new and old.key and old.key == new.key:
        yield from compared(database, old, new)
    elif old and new and not old.key and not new.key:
        yield from keyless(database, old, new)
    else:
        for table, kind in ((old, "removed"), (new, "added")):
            if table:
                yield from whole(database, table, kind)


def compared(
    database: duckdb.DuckDBPyConnection, old: TextTable, new: TextTable
) -> Iterator[Change]:
    """Rows of both tables with one key.

    A hash of each row says whether they differ, and only those are fetched.
    """
    for table in (old, new):
        check_key(database, table)
    shared = [name for name in old.fields if name in new.fields]
    keys = [f"k{number}" for number in range(len(old.key))]

    def hashed(table: TextTable) -> str:
        own = [table.column(name) for name in table.key]
        key = ", ".join(f"{column} AS {alias}" for column, alias in zip(own, keys, strict=True))
        rest = [f"{table.column(name)} IS NULL" for name in table.fields if name not in shared]
        bare = " AND ".join(rest) or "TRUE"  # nothing in the columns that came or went
        row = row_hash([table.column(name) for name in shared])
        return f"SELECT {key}, {row} AS h, {bare} AS bare FROM {table.relation}"

    on = " AND ".join(f"o.{key} IS NOT DISTINCT FROM n.{key}" for key in keys)
    both = ", ".join(f"coalesce(o.{key}, n.{key}) AS {key}" for key in keys)
    database.execute(
        f"CREATE OR REPLACE TABLE differing AS SELECT {both}, o.h IS NOT NULL AS was,"
        f" n.h IS NOT NULL AS remains FROM ({hashed(old)}) AS o FULL JOIN ({hashed(new)}) AS n"
        f" ON {on} WHERE o.h IS DISTINCT FROM n.h OR NOT o.bare OR NOT n.bare"
    )
    names = list(dict.fromkeys([*new.fields, *old.fields]))
    sides = (("o", old), ("n", new))
    cells = [
        f"{side}.{table.column(name)}" if name in table.fields else "NULL"
        for side, table in sides
        for name in names
    ]
    joins = " ".join(
        f"LEFT JOIN {table.relation} AS {side} ON "
        + " AND ".join(
            f"{side}.{table.column(name)} IS NOT DISTINCT FROM differing.{key}"
            for name, key in zip(table.key, keys, strict=True)
        )
        for side, table in sides
    )
    order = ", ".join(f"differing.{key}" for key in keys)
    rows = f"SELECT was, remains, {', '.join(cells)} FROM differing {joins} ORDER BY {order}"
    for was, remains, *values in fetch_rows(database, rows):
        before = dict(zip(names, values[: len(names)], strict=True))
        after = dict(zip(names, values[len(names) :], strict=True))
        row = before if was else after
        key = joined(row[name] for name in old.key)
        if not was or not remains:
            yield row_change(new.name, key, "removed" if was else "added", row)
            continue
        for name in names:
            one, other = before[name], after[name]
            if one != other:
                yield Change(new.name, key, marked(name), kind_of(one, other), one, other)


def row_hash(columns: list[str]) -> str:
    """SQL: a hash over the cells of a row, in which a missing cell and an empty text differ."""
    parts = [columns[i : i + SUMMED] for i in range(0, len(columns), SUMMED)]
    hashes = [f"hash({', '.join(part)})" for part in parts]
    return f"hash({', '.join(hashes)})" if hashes else "0"


def keyless(
    database: duckdb.DuckDBPyConnection, old: TextTable, new: TextTable
) -> Iterator[Change]:
    """Changes of tables without a key: the rows that one has more often than the other.

    A row's cells are its key.
    """
    for one, other, kind in ((old, new, "removed"), (new, old, "added")):
        names = list(one.fields)
        own = ", ".join(map(one.column, names))
        theirs = ", ".join(other.column(n) if n in other.fields else "NULL" for n in names)
        lacking = (
            f"SELECT {own} FROM {one.relation} EXCEPT ALL SELECT {theirs} FROM {other.relation}"
        )
        seen: Counter[str] = Counter()
        for values in fetch_rows(database, f"SELECT * FROM ({lacking}) AS lacking ORDER BY ALL"):
            key = joined(values)
            seen[key] += 1
            row = dict(zip(names, values, strict=True))
            yield row_change(new.name, joined([*values, str(seen[key])]), kind, row)


def whole(database: duckdb.DuckDBPyConnection, table: TextTable, kind: str) -> Iterator[Change]:
    """All rows of a table that came or went, or whose key is another now."""
    if table.key:
        check_key(database, table)
    order = ", ".join(map(table.column, table.key)) or "ALL"
    columns = ", ".join(map(table.column, table.fields))
    rows = fetch_rows(database, f"SELECT {columns} FROM {table.relation} ORDER BY {order}")
    for number, values in enumerate(rows, 1):
        row = dict(zip(table.fields, values, strict=True))
        parts = [row[name] for name in table.key] if table.key else [*values, str(number)]
        yield row_change(table.name, joined(parts), kind, row)


def row_change(table: str, key: str, kind: str, row: dict[str, str | None]) -> Change:
    cells = json.dumps(
        {name: value for name, value in row.items() if value is not None}, ensure_ascii=False
    )
    return Change(table, key, ALL, kind, *((cells, None) if kind == "removed" else (None, cells)))


def fetch_rows(database: duckdb.DuckDBPyConnection, sql: str) -> Iterator[tuple[Any, ...]]:
    cursor = database.cursor().execute(sql)
    while rows := cursor.fetchmany(BATCH):
        yield from rows


def check_key(database: duckdb.DuckDBPyConnection, table: TextTable) -> None:
    """Raises InvalidPackage where the key has no column, or two rows have the same key."""
    if missing := [name for name in table.key if name not in table.fields]:
        raise InvalidPackage(
            f"{table.name}: the key has the field {quoted(missing[0])}, which is not there;"
            " validate the package first"
        )
    keys = ", ".join(map(table.column, table.key))
    twice = database.execute(
        f"SELECT {keys} FROM {table.relation} GROUP BY {keys} HAVING count(*) > 1 LIMIT 1"
    ).fetchall()
    if twice:
        raise InvalidPackage(
            f"{table.name}: two rows have the key {quoted(joined(twice[0]))}, so that rows"
            " cannot be distinguished; validate the package first"
        )
