"""The rows that differ between two tables, matched by key and compared field by field."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import duckdb

from pledgeline.releases.change import ALL, Change, joined, kind_of, marked
from pledgeline.releases.digests import (
    DigestedTable,
    check_distinct,
    check_key_columns,
    read_digests,
)
from pledgeline.releases.text_tables import TextTable, forget, read_as_text
from pledgeline.source.sandbox import Sandbox
from pledgeline.standard.package import Resource

BATCH = 10_000


def row_changes(
    place: Sandbox, old: Resource | None, new: Resource | None, number: int
) -> Iterator[Change]:
    """The changes that turn `old` into `new`, in key order; None is a table that does not exist.

    Rows are the same row if they have the same primary key. Where the key itself was changed all
    rows go and come, and where there is none a row is known by all its cells. `number` is that of
    the table among all. Raises InvalidPackage where a table cannot be read, and where a key occurs
    twice: then rows cannot be matched.
    """
    relations = [f"{side}_{number}" for side in ("old", "new")]
    if old and new and old.schema.primary_key == new.schema.primary_key:
        before, after = (
            read_digests(place, one, other, relation)
            for one, other, relation in zip((old, new), (new, old), relations, strict=True)
        )
        matched = compared if old.schema.primary_key else keyless
        yield from matched(place.database, before, after)
    else:
        tables = [
            read_as_text(place, resource, relation) if resource else None
            for resource, relation in zip((old, new), relations, strict=True)
        ]
        for table, kind in zip(tables, ("removed", "added"), strict=True):
            if table:
                yield from whole(place.database, table, kind)
    for relation in relations:
        forget(place.database, relation)


def compared(
    database: duckdb.DuckDBPyConnection, before: DigestedTable, after: DigestedTable
) -> Iterator[Change]:
    """Rows of both tables with one key.

    A hash of each row says whether they differ, and only those are read.
    """
    parts = range(len(before.text.key))
    on = " AND ".join(f"o.k{n} IS NOT DISTINCT FROM n.k{n}" for n in parts)
    database.execute(
        "CREATE OR REPLACE TABLE differing AS SELECT o.number AS old, n.number AS new"
        f" FROM {before.relation} AS o FULL JOIN {after.relation} AS n ON {on}"
        " WHERE o.hash IS DISTINCT FROM n.hash OR NOT o.bare OR NOT n.bare"
    )
    sides = ("old", "new")
    old, new = (
        table.read_rows(database, f"SELECT {side} FROM differing WHERE {side} IS NOT NULL")
        for side, table in zip(sides, (before, after), strict=True)
    )
    names = list(dict.fromkeys([*new.fields, *old.fields]))
    cells = [
        f"{side}_rows.{table.column(name)}" if name in table.fields else "NULL"
        for side, table in zip(sides, (old, new), strict=True)
        for name in names
    ]
    order = ", ".join(
        f"coalesce(old_rows.{old.column(part)}, new_rows.{new.column(part)})" for part in old.key
    )
    rows = (
        f"SELECT old IS NOT NULL, new IS NOT NULL, {', '.join(cells)} FROM differing"
        f" LEFT JOIN {old.relation} AS old_rows ON old_rows.number = old"
        f" LEFT JOIN {new.relation} AS new_rows ON new_rows.number = new ORDER BY {order}"
    )
    for was, remains, *values in fetch_rows(database, rows):
        before_cells = dict(zip(names, values[: len(names)], strict=True))
        after_cells = dict(zip(names, values[len(names) :], strict=True))
        row = before_cells if was else after_cells
        key = joined(row[name] for name in old.key)
        if not was or not remains:
            yield row_change(new.name, key, "removed" if was else "added", row)
            continue
        for name in names:
            one, other = before_cells[name], after_cells[name]
            if one != other:
                yield Change(new.name, key, marked(name), kind_of(one, other), one, other)


def keyless(
    database: duckdb.DuckDBPyConnection, before: DigestedTable, after: DigestedTable
) -> Iterator[Change]:
    """Changes of tables without a key: the rows that one has more often than the other.

    A row's cells are its key.
    """
    database.execute(
        "CREATE OR REPLACE TABLE differing AS SELECT hash FROM"
        f" (SELECT hash, 1 AS times FROM {before.relation}"
        f" UNION ALL SELECT hash, -1 FROM {after.relation}) GROUP BY hash HAVING sum(times) <> 0"
    )
    old, new = (
        table.read_rows(
            database,
            f"SELECT number FROM {table.relation} WHERE hash IN (SELECT hash FROM differing)",
        )
        for table in (before, after)
    )
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
        check_key_columns(table)
        check_distinct(database, table, map(table.column, table.key))
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
