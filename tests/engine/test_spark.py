"""The SQL that validation sends is the subset that other engines run: every statement is translated
for Spark.
"""

import duckdb
import pytest
import sqlglot
from support.copies import REPOSITORY
from support.parity import write_package
from support.parity_cells import CELLS, fields

from pledgeline.source import sandbox as space
from pledgeline.validation import validate

# Statements that name files, set the database up, or hand rows from Python to it: of no use in
# another engine.
OWN = ("SET ", "DESCRIBE ", "INSERT INTO", "DROP VIEW", "SELECT json_")
READERS = ("read_csv(", "read_parquet(")


class Recorded:
    """A connection that notes what is executed on it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, statements: list[str]):
        self.connection, self.statements = connection, statements

    def execute(self, sql: str, *parameters):
        self.statements.append(sql)
        return self.connection.execute(sql, *parameters)

    def cursor(self) -> "Recorded":
        return Recorded(self.connection.cursor(), self.statements)

    def __getattr__(self, name: str):
        return getattr(self.connection, name)


@pytest.fixture
def statements(monkeypatch) -> list[str]:
    """The statements executed in the databases that validation opens from now on."""
    noted: list[str] = []
    connect = duckdb.connect
    monkeypatch.setattr(
        space.duckdb, "connect", lambda **config: Recorded(connect(**config), noted)
    )
    return noted


def from_table(sql: str) -> str:
    """A statement with a table in place of each file that it reads: engines read them their way."""
    for reader in READERS:
        while (start := sql.find(reader)) >= 0:
            depth, end = 1, start + len(reader)
            while depth:
                depth += {"(": 1, ")": -1}.get(sql[end], 0)
                end += 1
            sql = f"{sql[:start]}a_file{sql[end:]}"
    return sql


def translated(statements: list[str]) -> set[str]:
    """The translations of all statements but the database's own.

    Raises for one that Spark lacks.
    """
    portable = {from_table(sql) for sql in statements if not sql.startswith(OWN)}
    found = set()
    for sql in portable:
        found.update(
            sqlglot.transpile(
                sql, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE
            )
        )
    return found


@pytest.mark.long
def test_the_checks_of_this_package(statements: list[str]):
    validate(REPOSITORY / "datapackage.json", rules=REPOSITORY / "validate" / "rules")
    assert len(translated(statements)) > 80


@pytest.mark.parametrize("type", CELLS)
@pytest.mark.long
def test_the_checks_of_every_type_and_key(type: str, statements: list[str], tmp_path):
    """Catches an expression for one type, format, constraint or key that only DuckDB knows."""
    resources = []
    for number, field in enumerate(fields(type)):
        schema = {
            "fields": [{"name": "id", "type": "integer"}, field],
            "primaryKey": ["id"],
            "uniqueKeys": [["id", "f"]],
        }
        reference = {"resource": "", "fields": ["f", "id"]}
        schema["foreignKeys"] = [{"fields": ["f", "id"], "reference": reference}]
        resources.append({"name": f"t{number}", "path": "t.csv", "format": "csv", "schema": schema})
    rows = "\n".join(
        f'{number},"{cell.replace(chr(34), chr(34) * 2)}"'
        for number, cell in enumerate(CELLS[type] * 2)
    )
    validate(write_package(tmp_path, resources, {"t.csv": f"id,f\n{rows}\n1,\n".encode()}))
    assert len(translated(statements)) > 3 * len(resources)
