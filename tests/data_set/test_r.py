"""R reads every table as Python does: types, levels, gaps and values."""

import hashlib
import json
import os
import shutil
import subprocess
from datetime import date
from functools import cache

import pyarrow.parquet as pq
import pytest
from support.copies import PUBLISHED, REPOSITORY, copy_package

R = (
    shutil.which("Rscript")
    and subprocess.run(["Rscript", "-e", "library(jsonlite)"], capture_output=True).returncode == 0
)
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        not R and not os.environ.get("CI"), reason="R with jsonlite is not installed here"
    ),
]
TABLES = {
    t["name"]: t
    for t in json.loads((REPOSITORY / "datapackage.json").read_text("utf-8"))["resources"]
    if t["format"] == "csv"
}
CLASSES = {"integer": "integer", "number": "numeric", "boolean": "logical", "date": "Date"}


def in_r(*arguments, folder=REPOSITORY) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["Rscript", *map(str, arguments)], cwd=folder, capture_output=True, text=True
    )


@cache
def read_in_r() -> dict[str, list[list[str]]]:
    """For every table, a line a column: its name, class, rows, levels and the hash of its cells."""
    run = in_r("tests/support/read_every_table.R", "examples/package.R", ".")
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
        lines = (as_line(value) for value in rows[field["name"]].to_pylist())
        digest = hashlib.md5("".join(lines).encode()).hexdigest()
        kind = factor if coded else CLASSES.get(field["type"], "character")
        expected.append([field["name"], kind, str(rows.num_rows), ",".join(levels), digest])
    assert read_in_r()[table] == expected


def as_line(value) -> str:
    """A cell as tests/support/read_every_table.R writes it."""
    if value is None:
        return "-\n"
    text = (
        str(value).lower()
        if isinstance(value, bool)
        else f"{value:.17g}"
        if isinstance(value, float)
        else str(value)
    )
    return f"={text}\n"


def test_a_cell_that_is_not_of_its_type_stops_the_reading(tmp_path):
    """Catches an unknown code that becomes NA, a text "NA" that does, and a file with other rows
    than are described.
    """
    root = copy_package(tmp_path, *PUBLISHED)
    events = root / "data/csv/events.csv"
    text = events.read_text("utf-8")
    read = (
        f'source("{REPOSITORY}/examples/package.R"); e <- read_package(".")$events;'
        ' cat(sum(e$place == "NA", na.rm = TRUE))'
    )
    events.write_text(text.replace(",Abu Dhabi,", ",NA,", 1), "utf-8")
    assert in_r("-e", read, folder=root).stdout == "1"
    events.write_text(text.replace("2019,proposal,", "2019,propposal,"), "utf-8")
    run = in_r("-e", read, folder=root)
    assert run.returncode and 'events: kind has "propposal"' in run.stderr
    events.write_text(text + text.splitlines(keepends=True)[-1], "utf-8")
    assert (
        f"events: {TABLES['events']['rows']} rows are described"
        in in_r("-e", read, folder=root).stderr
    )


FIELDS = (
    {"name": "id", "type": "string", "constraints": {"required": True}},
    {"name": "count", "type": "integer"},
    {"name": "share", "type": "number"},
    {"name": "sure", "type": "boolean"},
    {"name": "day", "type": "date"},
    {"name": "firm", "type": "integer", "constraints": {"enum": [0, 1]}},
    {
        "name": "trust",
        "type": "string",
        "constraints": {"enum": ["low", "high"]},
        "categoriesOrdered": True,
    },
)
SPOILT = {
    "a fraction": ("a,1.5,,,,,", 'invented: count has "1.5"'),
    "too large to be exact": ("a,9007199254740993,,,,,", 'invented: count has "9007199254740993"'),
    "no decimal number": ("a,,0x1F,,,,", 'invented: share has "0x1F"'),
    "no logical": ("a,,,yes,,,", 'invented: sure has "yes"'),
    "more than a date": ("a,,,,2022-02-22 or later,,", 'invented: day has "2022-02-22 or later"'),
    "no day": ("a,,,,2022-02-30,,", 'invented: day has "2022-02-30"'),
    "no code, a number": ("a,,,,,2,", 'invented: firm has "2"'),
    "no code, a text": ("a,,,,,,High", 'invented: trust has "High"'),
    "a cell too few": ("a,1,,,,", "invented: line 1 did not have 7 elements"),
    "a quote never closed": ('"a,,,,,,\nb,,,,,,', "invented: incomplete final line"),
    "a cell too many": ("a,1,,,,,,", "invented: the columns are not those of the schema"),
}


def invented(root, *lines):
    """A package of one table with a column of every type."""
    table = {
        "name": "invented",
        "path": "invented.csv",
        "format": "csv",
        "schema": {"fields": FIELDS},
    }
    (root / "datapackage.json").write_text(json.dumps({"resources": [table]}), "utf-8")
    header = ",".join(field["name"] for field in FIELDS)
    (root / "invented.csv").write_text("".join(f"{line}\n" for line in (header, *lines)), "utf-8")
    return in_r("tests/support/read_every_table.R", "examples/package.R", root)


@pytest.mark.parametrize("spoilt", SPOILT)
def test_what_r_would_bend_stops_the_reading(spoilt, tmp_path):
    """Catches a value that R cuts short, moves to another column or leaves out without a word."""
    line, said = SPOILT[spoilt]
    run = invented(tmp_path, line)
    assert run.returncode and said in run.stderr, run.stdout


ROWS = (  # counts are doubles here: the whole column is, where one is too large for R's integers
    ("a", -3.0, 0.1, True, date(2022, 2, 22), 1, "high"),
    ('Şuşa, "b"\nand c', 3e9, 1e-9, False, date(1813, 10, 24), 0, "low"),
    ("-", None, None, None, None, None, None),
)
WRITTEN = (
    "a,-3,0.1,true,2022-02-22,1,high",
    '"Şuşa, ""b""\nand c",3000000000,1e-9,false,1813-10-24,0,low',
    "-,,,,,,",
)


@pytest.mark.parametrize("rows", (0, 1, 3))
def test_every_type_is_read_and_an_empty_table_has_its_types(rows, tmp_path):
    """Catches a misread type that our tables lack or have too few rows to show."""
    run = invented(tmp_path, *WRITTEN[:rows])
    found = [line.split("\t")[2:] for line in run.stdout.splitlines()]
    kinds = [
        "character",
        "numeric" if rows == 3 else "integer",
        "numeric",
        "logical",
        "Date",
        "integer",
        "ordered factor",
    ]
    assert [kind for kind, *_ in found] == kinds, run.stderr
    for number, (_, count, levels, digest) in enumerate(found):
        lines = "".join(as_line(row[number]) for row in ROWS[:rows])
        assert (count, levels) == (str(rows), "low,high" if number == 6 else "")
        assert digest == hashlib.md5(lines.encode()).hexdigest(), FIELDS[number]["name"]


def test_the_analysis_gives_the_numbers_of_pandas():
    """Catches an R example that counts otherwise than the README's Python."""
    roles, commitments = (
        pq.read_table(REPOSITORY / f"data/parquet/{t}.parquet").to_pylist()
        for t in ("commitment_actors", "commitments")
    )
    strength = {row["id"]: row["strength"] for row in commitments}
    made = {
        row["commitment"] for row in roles if row["role"] == "promisor" and row["actor"] == "AZE"
    }
    counts = {}
    for row in roles:
        if row["role"] == "beneficiary" and row["commitment"] in made:
            counts.setdefault(row["actor"], []).append(strength[row["commitment"]])
    run = in_r("examples/analysis.R")
    lines = [line.split() for line in run.stdout.splitlines()[2:]]
    assert {line[0] for line in lines} == {"ARM", "RUS", "TUR", "UKR", "USA", "european-union"}, (
        run.stderr
    )
    for partner, *shown in lines:
        assert [int(each) for each in shown] == [
            counts[partner].count(each) for each in (0, 1, 2, 3, 4, None)
        ]


def test_parquet_is_read_or_the_package_is_named():
    """Catches an example that fails without saying what it needs."""
    run = in_r("examples/parquet.R")
    assert (
        "occurred" in run.stdout
        if run.returncode == 0
        else run.stderr.startswith("Error: reading Parquet needs a package")
    )
