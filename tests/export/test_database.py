"""The package as SQLite and as DuckDB reads it: every row and every key, over HTTP too."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
import urllib.request
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from support.copies import REPOSITORY
from support.exported import CONTENT, NAME, RESOURCES

from pledgeline.export.sqlite import write_sqlite


def test_the_database_has_every_row_and_declares_every_foreign_key(exports):
    """Catches a lost row, and a missing key, as one that refers to its own table once was."""
    with sqlite3.connect(exports / f"{NAME}.sqlite") as opened:
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        for name, resource in RESOURCES.items():
            assert opened.execute(f'SELECT count(*) FROM "{name}"').fetchone() == (
                resource["rows"],
            )
            declared = {}
            for number, _, target, column, other, *_ in opened.execute(
                f'PRAGMA foreign_key_list("{name}")'
            ):
                declared.setdefault(number, (target, [], []))
                declared[number][1].append(column)
                declared[number][2].append(other)
            keys = [
                (key["fields"], key["reference"])
                for key in resource["schema"].get("foreignKeys", [])
            ]
            wanted = [
                (reference["resource"] or name, fields, reference["fields"])
                for fields, reference in keys
            ]
            assert sorted(declared.values()) == sorted(wanted), name


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO event_actors VALUES ('no-such-event', 'AZE', 'actor')",
        "UPDATE actors SET member_of = 'nobody' WHERE id = 'AZE'",
        "DELETE FROM sources WHERE id IN (SELECT source FROM citations)",
    ],
)
def test_a_database_with_keys_enforced_refuses_what_breaks_one(statement, exports, tmp_path):
    """Catches keys that are declared so that SQLite cannot enforce them."""
    with sqlite3.connect(shutil.copy(exports / f"{NAME}.sqlite", tmp_path)) as opened:
        opened.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            opened.execute(statement)


def family(*rows: tuple[str, str | None], own: bool = True) -> tuple[dict, dict]:
    """Two invented tables: `child` refers to itself and, by its id, to `parent`, which comes later
    and has `a` and `b`.
    """
    key = {"fields": ["of"], "reference": {"resource": "" if own else "parent", "fields": ["id"]}}
    columns = [
        {"name": "id", "type": "string", "constraints": {"required": True}},
        {"name": "of", "type": "string"},
    ]
    schemas = {
        "child": {"fields": columns, "primaryKey": ["id"], "foreignKeys": [key]},
        "parent": {"fields": columns[:1], "primaryKey": ["id"]},
    }
    children = pa.table(
        {
            "id": pa.array([id for id, _ in rows]),
            "of": pa.array([of for _, of in rows], pa.string()),
        }
    )
    return {"child": children, "parent": pa.table({"id": ["a", "b"]})}, schemas


@pytest.mark.parametrize("own", [True, False])
def test_a_row_that_refers_to_nothing_is_not_written(own, tmp_path):
    """Catches a writer that does not enforce the keys it declares, and half a database that is left
    behind.
    """
    path = tmp_path / "a.sqlite"
    write_sqlite(*family(("a", "b"), ("b", None), own=own), path)
    path.unlink()
    with pytest.raises(
        ValueError,
        match=f"table child: row 1 refers to a row that {'child' if own else 'parent'} does not",
    ):
        write_sqlite(*family(("a", "x"), ("b", None), own=own), path)
    assert not path.exists()


@pytest.mark.parametrize("rows", [[("a", None), ("a", None)], [("a", None), (None, None)]])
def test_a_row_without_a_key_of_its_own_is_not_written(rows, tmp_path):
    """Catches a duplicate or missing key that ends in a traceback of SQLite's own."""
    with pytest.raises(ValueError, match="table child: a row breaks the schema"):
        write_sqlite(*family(*rows), tmp_path / "a.sqlite")


@pytest.fixture(scope="module")
def served(exports):
    """The address of a Datasette that serves the database with its metadata."""
    command = [
        Path(sys.executable).with_name("datasette"),
        "serve",
        f"{NAME}.sqlite",
        "--metadata",
        "datasette.json",
    ]
    command += ["--host", "127.0.0.1", "--port", "0"]  # whatever port is free
    with subprocess.Popen(command, cwd=exports, stderr=subprocess.PIPE, text=True) as server:
        try:
            lines = []
            while "running on http" not in (lines or [""])[-1]:
                lines.append(server.stderr.readline())
                assert lines[-1], "".join(lines)
            yield re.search(r"http://127\.0\.0\.1:\d+", lines[-1])[0]
        finally:
            server.terminate()


def got(address: str) -> str:
    """What a page answers; a proxy of the machine has no part in it."""
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
        address, timeout=20
    ) as answer:
        assert answer.status == 200
        return answer.read().decode()


def test_datasette_answers_with_rows_names_and_words(served):
    """Catches a database that Datasette does not open, references without names, and metadata that
    it passes over.
    """
    assert CONTENT["title"].partition("'")[2] in got(served) and CONTENT["licenses"][0][
        "path"
    ] in got(served)
    events = json.loads(got(f"{served}/{NAME}/events.json?_size=1"))
    assert events["filtered_table_rows_count"] == RESOURCES["events"]["rows"]
    (roles,) = json.loads(got(f"{served}/{NAME}/event_actors.json?_size=1&_labels=on&actor=AZE"))[
        "rows"
    ]
    assert roles["actor"] == {"value": "AZE", "label": "Azerbaijan"}
    page = got(f"{served}/{NAME}/instruments")
    assert RESOURCES["instruments"]["description"] in page and "Unit: provisions." in page
    said = json.loads(got(f"{served}/-/metadata.json"))["databases"][NAME]["tables"]
    assert {name: list(table["columns"]) for name, table in said.items()} == {
        name: [field["name"] for field in resource["schema"]["fields"]]
        for name, resource in RESOURCES.items()
    }


def test_duckdb_queries_the_parquet_files_where_they_are(exports):
    """Catches Parquet files that need more than their paths, or that contradict the database."""
    query = (
        "SELECT kind, count(*) AS n FROM {events} JOIN {roles} AS roles ON event = id"
        " GROUP BY kind ORDER BY kind"
    )
    files = {name: f"'{REPOSITORY}/data/parquet/{table}.parquet'" for name, table in PAIR.items()}
    with sqlite3.connect(exports / f"{NAME}.sqlite") as opened:
        counted = opened.execute(query.format(**PAIR)).fetchall()
    assert sorted(duckdb.sql(query.format(**files)).fetchall()) == counted and len(counted) > 10


PAIR = {"events": "events", "roles": "event_actors"}
