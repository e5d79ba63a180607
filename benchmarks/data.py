"""Packages to measure: ten columns, a key and a foreign key, as CSV and as Parquet.

They are clean, or a tenth of their rows is bad.
"""

import json
from pathlib import Path

import duckdb

ACTORS = 1000
# Every value follows from the row's number, so that the same packages are made everywhere.
ROWS = """
    SELECT 'event-' || i AS id, 'a' || drawn(i, 1000) AS actor,
        ['visit', 'call', 'summit'][1 + drawn(i + 1, 3)] AS kind,
        CAST(DATE '1991-01-01' + CAST(drawn(i + 2, 12000) AS INTEGER) AS VARCHAR) AS day,
        CAST(round(drawn(i + 3, 100000) / 100.0, 2) AS VARCHAR) AS amount,
        CAST(drawn(i + 4, 500) AS VARCHAR) AS count,
        ['true', 'false'][1 + drawn(i + 5, 2)] AS flag,
        ['alpha', 'beta', 'delta, or so', 'epsilon "q"'][1 + drawn(i + 6, 4)]
            || ' number ' || i AS title,
        'a note that is a little longer, as notes are: ' || drawn(i + 7, 1000000000) AS note,
        CAST(1991 + drawn(i + 8, 35) AS VARCHAR) AS year, i
    FROM range({rows}) AS numbers(i)
"""
# One row in ten breaks one check: nine checks on single cells, one of each kind of key.
SPOILT = """
    SELECT CASE WHEN i % 100 = 0 THEN 'event-1' ELSE id END AS id,
        CASE WHEN i % 100 = 1 THEN 'nobody' ELSE actor END AS actor,
        CASE WHEN i % 100 = 2 THEN 'vist' ELSE kind END AS kind,
        CASE WHEN i % 100 = 3 THEN '2022-02-30' ELSE day END AS day,
        CASE WHEN i % 100 = 4 THEN 'x' || i ELSE amount END AS amount,
        CASE WHEN i % 100 = 5 THEN '-5' WHEN i % 100 = 6 THEN 'n/a' ELSE count END AS count,
        CASE WHEN i % 100 = 7 THEN 'maybe' ELSE flag END AS flag,
        CASE WHEN i % 100 = 8 THEN '' ELSE title END AS title,
        note, CASE WHEN i % 100 = 9 THEN '12345' ELSE year END AS year
    FROM ({rows})
"""
TYPED = """
    SELECT id, actor, kind, TRY_CAST(day AS DATE) AS day, TRY_CAST(amount AS DOUBLE) AS amount,
        TRY_CAST(count AS BIGINT) AS count, TRY_CAST(flag AS BOOLEAN) AS flag, title, note,
        TRY_CAST(year AS BIGINT) AS year
    FROM ({rows})
"""
FIELDS = [
    {
        "name": "id",
        "type": "string",
        "constraints": {"required": True, "pattern": "(?:[a-z]+-[0-9]+)"},
    },
    {"name": "actor", "type": "string", "constraints": {"required": True}},
    {
        "name": "kind",
        "type": "string",
        "constraints": {"required": True, "enum": ["visit", "call", "summit"]},
    },
    {"name": "day", "type": "date"},
    {"name": "amount", "type": "number", "constraints": {"minimum": 0}},
    {"name": "count", "type": "integer", "constraints": {"minimum": 0, "maximum": 1000}},
    {"name": "flag", "type": "boolean"},
    {"name": "title", "type": "string", "constraints": {"required": True, "maxLength": 200}},
    {"name": "note", "type": "string"},
    {"name": "year", "type": "integer", "constraints": {"minimum": 1991, "maximum": 2030}},
]
NAMES = ", ".join(field["name"] for field in FIELDS)


def make(
    folder: Path, rows: int, bad: bool, formats: tuple[str, ...] = ("csv", "parquet")
) -> dict[str, Path]:
    """Writes a package of `rows` events under `folder`; returns its descriptor by format."""
    target = folder / f"{rows}{'-bad' if bad else ''}"
    target.mkdir(parents=True, exist_ok=True)
    database = duckdb.connect()
    database.execute("CREATE MACRO drawn(i, n) AS CAST(hash(i) % n AS BIGINT)")
    events = ROWS.format(rows=rows)
    events = f"SELECT {NAMES} FROM ({SPOILT.format(rows=events) if bad else events})"
    actors = f"SELECT 'a' || i AS id, 'Actor ' || i AS name FROM range({ACTORS}) AS numbers(i)"
    found = {}
    for format in formats:
        typed = TYPED.format(rows=events) if format == "parquet" else events
        options = "FORMAT parquet" if format == "parquet" else "FORMAT csv, HEADER"
        for name, select in (("events", typed), ("actors", actors)):
            database.execute(f"COPY ({select}) TO '{target / name}.{format}' ({options})")
        found[format] = target / f"{format}.json"
        found[format].write_text(json.dumps(descriptor(format)), "utf-8")
    return found


def descriptor(format: str) -> dict:
    """The descriptor of the package in one format; it declares the dialect: nothing is guessed."""
    dialect = (
        {"dialect": {"header": True, "delimiter": ",", "quoteChar": '"'}, "encoding": "utf-8"}
        if format == "csv"
        else {}
    )
    key = {"fields": ["actor"], "reference": {"resource": "actors", "fields": ["id"]}}
    actors = [
        {"name": "id", "type": "string", "constraints": {"required": True}},
        {"name": "name", "type": "string"},
    ]
    schemas = {
        "events": {"fields": FIELDS, "primaryKey": ["id"], "foreignKeys": [key]},
        "actors": {"fields": actors, "primaryKey": ["id"]},
    }
    resources = [
        {
            "name": name,
            "type": "table",
            "path": f"{name}.{format}",
            "format": format,
            **dialect,
            "schema": schema,
        }
        for name, schema in schemas.items()
    ]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "bench",
        "resources": resources,
    }
