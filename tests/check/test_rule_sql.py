"""A rule means the tables that it names exactly, and can mean nothing else."""

import duckdb
import pytest

from pledgeline.check.rule_sql import rename_tables

TABLES = {"events": "t1", "Events": "t2", "r0": "t3", "with space": "t4"}


@pytest.fixture(scope="module")
def database():
    with duckdb.connect() as connection:
        yield connection


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT id FROM events", "SELECT id FROM t1 AS events"),
        ('SELECT "Events".id FROM "Events"', "SELECT Events.id FROM t2 AS Events"),
        ("SELECT id FROM R0", "SELECT id FROM t3 AS R0"),
        ('FROM "with space"', 'SELECT * FROM t4 AS "with space"'),
        (
            "WITH x AS (SELECT id FROM events) SELECT id FROM x",
            "WITH x AS (SELECT id FROM t1 AS events) SELECT id FROM x",
        ),
    ],
)
def test_each_table_is_the_one_that_is_written(database, sql, expected):
    """Catches `events` read as `Events`, and a resource that has the name of a relation of ours."""
    assert rename_tables(database, sql, TABLES) == expected


@pytest.mark.parametrize(
    "sql",
    [
        "",
        "SELECT 1; SELECT 2",
        "DELETE FROM events",
        "COPY events TO 'x'",
        "ATTACH 'x'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM duckdb_settings()",
        "SELECT * FROM information_schema.tables",
        "SELECT * FROM t1",
        "SELECT * FROM EVENTS",
    ],
)
def test_anything_else_is_refused(database, sql):
    """Catches a rule that reads a file, the database itself, or one of two tables by chance."""
    with pytest.raises(ValueError, match=r"."):
        rename_tables(database, sql, TABLES)
