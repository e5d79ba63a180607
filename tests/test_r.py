"""R reads every table as Python does: types, levels, gaps and values."""

import hashlib
import json
import os
import shutil
import subprocess
from functools import cache

import pyarrow.parquet as pq
import pytest
from copies import PUBLISHED, REPOSITORY, copy_package

R = shutil.which("Rscript") and subprocess.run(["Rscript", "-e", "library(jsonlite)"], capture_output=True).returncode == 0
pytestmark = pytest.mark.skipif(not R and not os.environ.get("CI"), reason="R with jsonlite is not installed on this machine")
TABLES = {
    t["name"]: t for t in json.loads((REPOSITORY / "datapackage.json").read_text("utf-8"))["resources"] if t["format"] == "csv"
}
CLASSES = {"integer": "integer", "number": "numeric", "boolean": "logical", "date": "Date"}


def in_r(*arguments, folder=REPOSITORY) -> subprocess.CompletedProcess:
    return subprocess.run(["Rscript", *map(str, arguments)], cwd=folder, capture_output=True, text=True)


@cache
def read_in_r() -> dict[str, list[list[str]]]:
    """For every table, a line a column: its name, class, rows, levels and the hash of its cells."""
    run = in_r("tests/every_table.R", "examples/package.R", ".")
    assert run.returncode == 0, run.stderr
    found: dict[str, list[list[str]]] = {}
    for line in run.stdout.splitlines():
        table, *column = line.split("\t")
        found.setdefault(table, []).append(column)
    return found


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_the_same_in_r(table):
    """Catches a date, level, gap or letter that R reads otherwise than Python."""
    rows = pq.read_table(REPOSITORY / "data" / "parquet" / f"{table}.parquet")
    expected = []
    for field in TABLES[table]["schema"]["fields"]:
        coded = field["type"] == "string" and "enum" in field.get("constraints", {})
        levels = field["constraints"]["enum"] if coded else []
        factor = "ordered factor" if field.get("categoriesOrdered") else "factor"
        cells = (cell(value) for value in rows[field["name"]].to_pylist())
        digest = hashlib.md5("".join(f"{each}\n" for each in cells).encode()).hexdigest()
        kind = factor if coded else CLASSES.get(field["type"], "character")
        expected.append([field["name"], kind, str(rows.num_rows), ",".join(levels), digest])
    assert read_in_r().get(table, []) == (expected if rows.num_rows else [])


def cell(value) -> str:
    return "<none>" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def test_a_cell_that_is_not_of_its_type_stops_the_reading(tmp_path):
    """Catches an unknown code that becomes NA, and a text "NA" that does."""
    root = copy_package(tmp_path, *PUBLISHED)
    events = root / "data/csv/events.csv"
    text = events.read_text("utf-8")
    read = f'source("{REPOSITORY}/examples/package.R"); e <- read_package(".")$events; cat(sum(e$place == "NA", na.rm = TRUE))'
    events.write_text(text.replace(",Abu Dhabi,", ",NA,", 1), "utf-8")
    assert in_r("-e", read, folder=root).stdout == "1"
    events.write_text(text.replace("2019,proposal,", "2019,propposal,"), "utf-8")
    run = in_r("-e", read, folder=root)
    assert run.returncode and 'events: kind has "propposal"' in run.stderr


def test_the_analysis_gives_the_numbers_of_pandas():
    """Catches an R example that counts otherwise than the README's Python."""
    roles, commitments = (
        pq.read_table(REPOSITORY / f"data/parquet/{t}.parquet").to_pylist() for t in ("commitment_actors", "commitments")
    )
    strength = {row["id"]: row["strength"] for row in commitments}
    made = {row["commitment"] for row in roles if row["role"] == "promisor" and row["actor"] == "AZE"}
    counts = {}
    for row in roles:
        if row["role"] == "beneficiary" and row["commitment"] in made:
            counts.setdefault(row["actor"], []).append(strength[row["commitment"]])
    run = in_r("examples/analysis.R")
    lines = [line.split() for line in run.stdout.splitlines()[2:]]
    assert {line[0] for line in lines} == {"ARM", "RUS", "TUR", "UKR", "USA", "european-union"}, run.stderr
    for partner, *shown in lines:
        assert [int(each) for each in shown] == [counts[partner].count(each) for each in (0, 1, 2, 3, 4, None)]


def test_parquet_is_read_or_the_package_is_named():
    """Catches an example that fails without saying what it needs."""
    run = in_r("examples/parquet.R")
    assert "occurred" in run.stdout if run.returncode == 0 else "install.packages" in run.stderr
