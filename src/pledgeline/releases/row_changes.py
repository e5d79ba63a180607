"""The rows that differ between two tables, found by key in the database and told field by field."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import duckdb

from pledgeline.errors import InvalidPackage
from pledgeline.releases.change import ALL, Change, joined, kind_of, marked
from pledgeline.releases.text_tables import TextTable
from pledgeline.sql import identifier

BATCH = 10_000
SUMMED = 40  # columns whose hashes go into one, since a hash of very many arguments is slow to plan


def row_changes(
    database: duckdb.DuckDBPyConnection, old: TextTable | None, new: TextTable | None
) -> Iterator[Change]:
    """The changes that make `new` of `old`, in the order of their keys; None stands for a table
    that is not there.

    Rows are the same row if they have the same primary key. Where the key itself was changed all
    rows go and come, and where there is none a row is known by all its cells. Raises
    InvalidPackage where a key stands twice: nobody can tell then which row is which.
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
    """Rows of both tables with one key: a hash of each row says whether they differ, and only those
    are fetched.
    """
    for table in (old, new):
        check_key(database, table)
    shared = [name for name in old.fields if name in new.fields]
    keys = [identifier(name) for name in old.key]

    def hashed(table: TextTable) -> str:
        own = [
            f"{identifier(name)} IS NULL" for name in table.fields if name not in shared
        ]  # columns that came or went
        bare = " AND ".join(own) or "TRUE"
        return f"SELECT {', '.join(keys)}, {row_hash(shared)} AS h, {bare} AS bare FROM {table.relation}"

    on = " AND ".join(f"o.{key} IS NOT DISTINCT FROM n.{key}" for key in keys)
    both = ", ".join(f"coalesce(o.{key}, n.{key}) AS {key}" for key in keys)
    database.execute(
        f"CREATE OR REPLACE TABLE differing AS SELECT {both}, o.h IS NOT NULL AS was, n.h IS NOT NULL AS remains"
        f" FROM ({hashed(old)}) AS o FULL JOIN ({hashed(new)}) AS n ON {on}"
        f" WHERE o.h IS DISTINCT FROM n.h OR NOT o.bare OR NOT n.bare"
    )
    names = list(dict.fromkeys([*new.fields, *old.fields]))
    cells = [f"o.{identifier(name)}" if name in old.fields else "NULL" for name in names]
    cells += [f"n.{identifier(name)}" if name in new.fields else "NULL" for name in names]
    joins = " ".join(
        f"LEFT JOIN {table.relation} AS {side} ON "
        + " AND ".join(f"{side}.{key} IS NOT DISTINCT FROM differing.{key}" for key in keys)
        for side, table in (("o", old), ("n", new))
    )
    order = ", ".join(f"differing.{key}" for key in keys)
    rows = f"SELECT was, remains, {', '.join(cells)} FROM differing {joins} ORDER BY {order}"
    for was, remains, *values in fetch_rows(database, rows):
        before, after = (
            dict(zip(names, values, strict=False)),
            dict(zip(names, values[len(names) :], strict=True)),
        )
        row = before if was else after
        key = joined(row[name] for name in old.key)
        if not was or not remains:
            yield row_change(new.name, key, "removed" if was else "added", row)
            continue
        for name in names:
            if before[name] != after[name]:
                yield Change(
                    new.name,
                    key,
                    marked(name),
                    kind_of(before[name], after[name]),
                    before[name],
                    after[name],
                )


def row_hash(names: list[str]) -> str:
    """SQL: a hash over the cells of a row, in which a missing cell and an empty text differ."""
    parts = [names[i : i + SUMMED] for i in range(0, len(names), SUMMED)]
    hashes = [f"hash({', '.join(identifier(name) for name in part)})" for part in parts]
    return f"hash({', '.join(hashes)})" if hashes else "0"


def keyless(
    database: duckdb.DuckDBPyConnection, old: TextTable, new: TextTable
) -> Iterator[Change]:
    """Tables without a key: the rows that one has more often than the other; the key tells their
    cells.
    """
    for one, other, kind in ((old, new, "removed"), (new, old, "added")):
        names = list(one.fields)
        theirs = ", ".join(
            identifier(name) if name in other.fields else f"NULL AS {identifier(name)}"
            for name in names
        )
        own = ", ".join(map(identifier, names))
        lacking = (
            f"SELECT {own} FROM {one.relation} EXCEPT ALL SELECT {theirs} FROM {other.relation}"
        )
        seen: Counter[str] = Counter()
        for values in fetch_rows(database, f"SELECT * FROM ({lacking}) AS lacking ORDER BY ALL"):
            key = joined(values)
            seen[key] += 1
            yield row_change(
                new.name,
                joined([*values, str(seen[key])]),
                kind,
                dict(zip(names, values, strict=True)),
            )


def whole(database: duckdb.DuckDBPyConnection, table: TextTable, kind: str) -> Iterator[Change]:
    """All rows of a table that came or went, or whose key is another now."""
    if table.key:
        check_key(database, table)
    order = ", ".join(map(identifier, table.key)) or "ALL"
    columns = ", ".join(map(identifier, table.fields))
    for number, values in enumerate(
        fetch_rows(database, f"SELECT {columns} FROM {table.relation} ORDER BY {order}"), 1
    ):
        row = dict(zip(table.fields, values, strict=True))
        key = (
            joined(row[name] for name in table.key) if table.key else joined([*values, str(number)])
        )
        yield row_change(table.name, key, kind, row)


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
    missing = [name for name in table.key if name not in table.fields]
    if missing:
        raise InvalidPackage(
            f"{table.name}: the key has the field {missing[0]}, which is not there; validate the package first"
        )
    keys = ", ".join(map(identifier, table.key))
    twice = database.execute(
        f"SELECT {keys} FROM {table.relation} GROUP BY {keys} HAVING count(*) > 1 LIMIT 1"
    ).fetchone()
    if twice:
        raise InvalidPackage(
            f'{table.name}: the key "{joined(twice)}" stands twice, and rows cannot be told apart; validate it first'
        )
