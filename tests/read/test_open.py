"""`pledgeline.open`: the tables of a package in the types of other libraries."""

import datetime
import json
import subprocess
import sys

import polars as pl
import pyarrow.parquet as pq
import pytest
from support.copies import PUBLISHED, REPOSITORY, copy_package
from support.small import things

import pledgeline
from pledgeline.errors import (
    FetchRefused,
    InvalidPackage,
    MissingExtra,
    UnknownTable,
    UnreadablePackage,
)

PACKAGE = pledgeline.open(REPOSITORY)


@pytest.mark.parametrize("name", PACKAGE)
def test_a_table_is_that_of_its_parquet_file(name):
    """Catches a value or type that differs between what is opened and what is published."""
    published = pq.read_table(REPOSITORY / "data/parquet" / f"{name}.parquet")
    opened = PACKAGE[name].to_arrow()
    assert (
        opened.schema == published.schema
        and opened.equals(published)
        and len(PACKAGE[name]) == published.num_rows
    )


def test_pandas_has_the_types_of_the_schema():
    """Catches integers that become floats, dates that become objects, and codes without their
    order.
    """
    events, commitments = PACKAGE["events"].to_pandas(), PACKAGE["commitments"].to_pandas()
    assert commitments["strength"].dtype == "Int64" and commitments["strength"].isna().any()
    assert events["date_derived"].dtype == "boolean" and events["date_start"].dtype.kind == "M"
    assert list(events["status"].cat.categories) == list(PACKAGE["events"].labels("status"))
    reported = PACKAGE["commitments"].to_pandas(labels=True)["strength"]
    assert list(reported.cat.categories) == list(PACKAGE["commitments"].labels("strength").values())
    assert reported.isna().equals(commitments["strength"].isna())


def test_polars_has_the_types_of_the_schema():
    """Catches codes that are plain text, or in the order of the alphabet."""
    events = PACKAGE["events"].to_polars()
    assert events.schema["status"] == pl.Enum(list(PACKAGE["events"].labels("status")))
    assert (
        events.schema["date_start"] == pl.Date
        and PACKAGE["commitments"].to_polars().schema["strength"] == pl.Int64
    )


def test_duckdb_answers_over_one_table_and_over_all():
    """Catches a relation that loses its rows when the function that made it ends."""
    assert PACKAGE["events"].to_duckdb().count("*").fetchall()[0][0] == len(PACKAGE["events"])
    joined = (
        "SELECT count(*) FROM commitments"
        " JOIN instruments ON instruments.id = commitments.instrument"
    )
    assert PACKAGE.to_duckdb().sql(joined).fetchall()[0][0] == len(PACKAGE["commitments"])


@pytest.mark.long
def test_an_older_version_reads_the_same_way(last_release):
    """Catches a table of a version turned back that lacks types or labels."""
    then = pledgeline.open(last_release).at("1.0.0")
    assert then.version == "1.0.0" and len(then["codings"]) < len(PACKAGE["codings"])
    assert then["events"].to_pandas().dtypes.equals(PACKAGE["events"].to_pandas().dtypes)


def test_the_description_names_every_table_and_column():
    """Catches a description that leaves something out."""
    printed = str(PACKAGE.describe())
    assert all(f"\n{name} " in printed for name in PACKAGE) and PACKAGE.version in printed
    printed = str(PACKAGE["events"].describe())
    assert (
        all(f"\n{name} " in printed for name in PACKAGE["events"].fields)
        and "unconfirmed Unconfirmed" in printed
    )


@pytest.mark.parametrize(
    "ask,error,reported",
    [
        (lambda: PACKAGE["evnts"], UnknownTable, 'did you mean "events"'),
        (
            lambda: pledgeline.open(REPOSITORY / "nothing"),
            UnreadablePackage,
            "no such file",
        ),
        (
            lambda: pledgeline.open("http://localhost/datapackage.json"),
            FetchRefused,
            "not an https address",
        ),
        (
            lambda: pledgeline.open("file:///etc/passwd"),
            FetchRefused,
            "not an https address",
        ),
    ],
)
def test_what_cannot_be_answered_says_why(ask, error, reported):
    """Catches an answer to a question that was not asked."""
    with pytest.raises(error, match=reported):
        ask()


@pytest.mark.parametrize(
    "old,new,reported",
    [
        (",proposal,", ",propposal,", 'kind has "propposal"'),
        ("2026-02-04,day", "soon,day", "run `pledgeline validate`"),
    ],
)
def test_a_cell_that_is_not_of_its_type_is_never_lost(old, new, reported, tmp_path):
    """Catches a wrong code or date that becomes an empty cell."""
    root = copy_package(tmp_path, *PUBLISHED)
    events = root / "data/csv/events.csv"
    text = events.read_text("utf-8")
    assert old in text
    events.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(InvalidPackage, match="events: the file has"):  # it is not the one described
        pledgeline.open(root)["events"]
    descriptor = json.loads((root / "datapackage.json").read_text("utf-8"))
    for resource in descriptor["resources"]:
        resource.pop("hash", None), resource.pop("bytes", None)
    (root / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    with pytest.raises(InvalidPackage, match=reported):
        pledgeline.open(root)["events"]


def test_a_table_that_is_not_there_is_a_missing_key_too():
    """Catches a package that is no mapping."""
    assert "evnts" not in PACKAGE and PACKAGE.get("evnts") is None
    with pytest.raises(KeyError) as missing:
        PACKAGE["evnts"]
    assert str(missing.value).startswith("evnts: no such table")


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_library_that_is_not_installed_is_named(library, monkeypatch):
    """Catches a ModuleNotFoundError, which does not say what to install."""
    table = PACKAGE["events"]  # pyarrow looks for pandas itself when it reads
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra, match=rf"pip install 'pledgeline\[{library}\]'"):
        getattr(table, f"to_{library}")()


def test_neither_pandas_nor_polars_is_needed(tmp_path):
    """Catches an import of either by what does not give its data frames."""
    code = """
import sys
class Absent:
    def find_spec(self, name, *_):
        if name.partition(".")[0] in ("pandas", "polars"):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Absent())
import pledgeline
assert pledgeline.validate(".").valid
package = pledgeline.open(".")
package["things"].to_arrow(), package.to_duckdb(), package.describe()
"""
    subprocess.run(
        [sys.executable, "-c", code], cwd=things(tmp_path), check=True, stdout=subprocess.DEVNULL
    )


def test_a_day_of_the_timeline_is_a_day():
    """Catches dates that leave Arrow as texts."""
    first = PACKAGE["timeline"].to_arrow()["date_start"][0].as_py()
    assert isinstance(first, datetime.date)


VERSION_2 = "https://datapackage.org/profiles/2.0/datapackage.json"  # names may have capitals


def test_names_that_differ_only_in_case_stay_apart_in_a_database(tmp_path):
    """Catches a table or column that takes the place of another, since SQL ignores case."""
    names = ["t", "T", "t_1"]
    resources = [
        {
            "name": name,
            "path": f"{n}.csv",
            "schema": {"fields": [{"name": f, "type": "integer"} for f in ("id", "ID")]},
        }
        for n, name in enumerate(names)
    ]
    for n in range(len(names)):
        (tmp_path / f"{n}.csv").write_text(f"id,ID\n{n},{n + 10}\n")
    (tmp_path / "datapackage.json").write_text(
        json.dumps({"$schema": VERSION_2, "resources": resources})
    )
    package = pledgeline.open(tmp_path)
    assert package["T"].to_arrow().to_pylist() == [{"id": 1, "ID": 11}]
    assert package["T"].to_duckdb().fetchall() == [(1, 11)]
    database = package.to_duckdb()
    found = {name: database.table(name).fetchall() for name in ("t", "T_2", "t_1")}
    assert found == {"t": [(0, 10)], "T_2": [(1, 11)], "t_1": [(2, 12)]}
    assert len(database.execute("SHOW TABLES").fetchall()) == 3
