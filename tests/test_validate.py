"""What people rely on in a report: exact counts, places in records, rules, twins, and who checked
what.
"""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from support.copies import REPOSITORY, copy_article

import pledgeline
from pledgeline.errors import BrokenRule, UnknownEngine, UnreadablePackage
from pledgeline.report import Error, Report

FIELDS = [
    {"name": "id", "type": "integer", "constraints": {"required": True}},
    {"name": "kind", "type": "string", "constraints": {"enum": ["visit", "call"]}},
]


def package(root: Path, rows: str, *others: dict, **resource) -> Path:
    """A package with one table, `rows` being its CSV."""
    (root / "t.csv").write_text(rows, "utf-8")
    table = {
        "name": "t",
        "path": "t.csv",
        "format": "csv",
        "schema": {"fields": FIELDS, "primaryKey": ["id"]},
        **resource,
    }
    path = root / "datapackage.json"
    path.write_text(json.dumps({"name": "p", "resources": [table, *others]}), "utf-8")
    return path


def types(report: Report, task: int = 0) -> list[str]:
    return [error.type for error in report.tasks[task].errors]


@pytest.fixture
def change(tmp_path: Path) -> Callable[[str, Callable[[list[dict]], None]], Path]:
    """Changes rows of one CSV table of the article's package; gives the package's root."""

    def changed(table: str, edit: Callable[[list[dict]], None]) -> Path:
        root = copy_article(tmp_path / "package", built=True)
        path = root / "data" / "csv" / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        edit(rows)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        return root

    return changed


def errors_of(report: Report, name: str, type: str) -> list[Error]:
    return [
        error
        for task in report.tasks
        if task.name == name
        for error in task.errors
        if error.type == type
    ]


@pytest.mark.long
def test_this_package_is_valid_with_its_rules():
    """Catches a published table, descriptor or rule that does not hold."""
    report = pledgeline.validate(
        REPOSITORY / "datapackage.json", rules=REPOSITORY / "validate" / "rules"
    )
    assert report.valid and report.count("warning") == 0
    assert {task.engine for task in report.tasks} == {"duckdb"}
    assert sum(task.rows for task in report.tasks) == sum(
        resource["rows"]
        for resource in json.loads((REPOSITORY / "datapackage.json").read_text("utf-8"))[
            "resources"
        ]
    )


def test_counts_are_exact_where_the_listing_stops(tmp_path: Path):
    """Catches a count that ends with the list."""
    rows = "".join(f"{number},{'vist' if number % 2 else 'call'}\n" for number in range(5000))
    report = pledgeline.validate(package(tmp_path, "id,kind\n" + rows), limit_errors=10)
    task = report.tasks[0]
    assert task.counts == {("error", "constraint-error"): 2500} and task.count("error") == 2500
    assert [error.row_number for error in task.errors] == list(range(3, 23, 2))
    assert task.to_dict()["stats"]["counts"] == {"constraint-error": 2500}


def test_the_first_errors_are_listed_row_by_row_whatever_their_kind(tmp_path: Path):
    """Catches a listing ordered by check, in which the errors of one row stand far apart."""
    rows = "id,kind\n" + "1,call\n1,vist\nx,vist\n,call,more\n" * 3
    report = pledgeline.validate(package(tmp_path, rows), limit_errors=7)
    assert report.flatten(["rowNumber", "type"]) == [
        [3, "constraint-error"],
        [3, "primary-key"],
        [4, "type-error"],
        [4, "constraint-error"],
        [5, "constraint-error"],
        [5, "extra-cell"],
        [5, "primary-key"],
    ]


def test_a_message_says_what_and_where_and_how_to_fix_it(tmp_path: Path):
    error = pledgeline.validate(package(tmp_path, "id,kind\n1,vist\n")).tasks[0].errors[0]
    assert (
        error.message
        == 'row 2, field "kind": "vist" breaks `enum`, which asks for one of visit | call'
    )
    assert error.fix == 'did you mean "visit"?'
    assert (error.row_number, error.field_name, error.field_number, error.cell) == (
        2,
        "kind",
        2,
        "vist",
    )


def test_the_report_is_the_same_every_time(tmp_path: Path):
    """Catches an order that depends on threads."""
    rows = "id,kind\n" + "".join(
        f"{number % 9000},{'vist' if number % 3 else 'call'}\n" for number in range(200_000)
    )
    path = package(tmp_path, rows)
    reports = [pledgeline.validate(path, limit_errors=500) for _ in range(3)]
    assert reports[0].tasks[0].errors == reports[1].tasks[0].errors == reports[2].tasks[0].errors
    assert len(reports[0].tasks[0].errors) == 500


def test_twins_that_differ_in_one_cell_are_distinguished(change):
    """Catches a Parquet file that was not built from the same rows as its CSV."""

    def spoil(rows: list[dict]) -> None:
        rows[0]["title"] += "!"

    report = pledgeline.validate(change("events", spoil) / "datapackage.json")
    errors = errors_of(report, "events-parquet", "twin-error")
    assert ["lacks" in error.message for error in errors] == [False, True]
    assert rows_in(errors[1]).endswith("!") or "!" in errors[1].message


def rows_in(error: Error) -> str:
    return error.message.partition(": ")[2]


def test_twins_may_differ_in_the_order_of_their_rows(tmp_path: Path):
    """Catches a comparison of files, or of row numbers, in place of rows."""
    path = package(tmp_path, "id,kind\n1,call\n2,visit\n2147483648,\n")
    schema = json.loads(path.read_text("utf-8"))["resources"][0]["schema"]
    import pyarrow as pa

    pq.write_table(
        pa.table({"id": pa.array([2147483648, 2, 1], pa.int64()), "kind": [None, "visit", "call"]}),
        tmp_path / "t.parquet",
    )
    twin = {"name": "t-parquet", "path": "t.parquet", "format": "parquet", "schema": schema}
    assert pledgeline.validate(
        package(tmp_path, "id,kind\n1,call\n2,visit\n2147483648,\n", twin)
    ).valid
    assert (
        types(pledgeline.validate(package(tmp_path, "id,kind\n1,call\n2,visit\n3,\n", twin)), 1)
        == ["twin-error"] * 2
    )


def test_errors_in_built_tables_are_traced_to_their_records(change):
    """Catches a report that sends the curator to a file that is not edited by hand, and rules that
    are read and not run.
    """

    def spoil(rows: list[dict]) -> None:
        rows[0]["date_start"], rows[0]["date_end"] = "2022-02-02", "2022-02-01"
        rows[1]["kind"] = rows[2]["status"] = "nonsense"

    root = change("events", spoil)
    rules = root / "validate" / "rules"
    (rules / "days-in-order.sql").write_text(
        "-- warning: a first day that is not after the last\n-- fix: swap them\n"
        "SELECT 'events', row_number, 'date_start' FROM events WHERE date_start > date_end\n"
    )
    report = pledgeline.validate(root / "datapackage.json", rules=rules)
    spoilt = errors_of(report, "events", "constraint-error")
    assert [error.field_name for error in spoilt] == ["kind", "status"]
    for error in spoilt:
        path, _, line = error.record.rpartition(":")
        written = (root / path).read_text("utf-8").splitlines()[int(line) - 1]
        assert f"{error.field_name}: " in written
    (error,) = errors_of(report, "events", "days-in-order")
    place = (error.severity, error.row_number, error.field_name, error.fix)
    assert place == ("warning", 2, "date_start", "swap them")
    assert error.record.startswith("data/records/events/")
    assert report.count("warning") == 1


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1",
        "-- error: x\n-- fix: y\nSELECT nonsense FROM nowhere",
        "-- error: x\n-- fix: y\nSELECT 'u', 1, 'f'",
    ],
)
def test_a_rule_that_cannot_be_run_is_named(tmp_path: Path, sql: str):
    """Catches a rule that fails in silence, and a package called valid because of it."""
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "broken.sql").write_text(sql)
    with pytest.raises(BrokenRule, match=r"broken\.sql"):
        pledgeline.validate(package(tmp_path, "id,kind\n1,call\n"), rules=rules)


@pytest.mark.parametrize(
    "answer", ["1", "'t', 1", "'t', 'x', 'id'", "'t', 1, NULL", "'t', NULL, 'id'"]
)
def test_a_rule_with_other_columns_says_which_three_are_expected(tmp_path: Path, answer: str):
    """Catches Python's own complaint in place of what to write."""
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "two.sql").write_text(f"-- error: x\n-- fix: y\nSELECT {answer}")
    with pytest.raises(BrokenRule, match="expected three columns: the name of a resource"):
        pledgeline.validate(package(tmp_path, "id,kind\n1,call\n"), rules=rules)


def test_a_table_in_json_is_judged_as_one_in_csv_and_keys_to_it_are_looked_up(tmp_path: Path):
    """Catches a format with a judge of its own, and a key that is not looked up in it."""
    (tmp_path / "j.json").write_text('[{"id": 1}, {"id": "x"}]')
    other = {
        "name": "j",
        "path": "j.json",
        "format": "json",
        "schema": {"fields": [{"name": "id", "type": "integer"}]},
    }
    schema = {
        "fields": FIELDS,
        "foreignKeys": [{"fields": ["id"], "reference": {"resource": "j", "fields": ["id"]}}],
    }
    report = pledgeline.validate(
        package(tmp_path, "id,kind\n1,call\n7,call\n", other, schema=schema)
    )
    assert [task.engine for task in report.tasks] == ["duckdb", "duckdb"]
    assert report.flatten() == [[1, 3, None, "foreign-key"], [2, 3, 1, "type-error"]]


def test_the_engine_can_be_chosen(tmp_path: Path):
    path = package(tmp_path, "id,kind\n1,call\n1,vist\n2,call,more\n3,vist\n")
    ours, theirs = pledgeline.validate(path), pledgeline.validate(path, engine="frictionless")
    assert {task.engine for task in theirs.tasks} == {"frictionless"}
    columns = ["rowNumber", "fieldName", "type"]
    assert ours.flatten(columns) == theirs.flatten(columns) and len(ours.flatten()) == 4


def test_a_package_that_is_not_there_cannot_be_checked(tmp_path: Path):
    with pytest.raises(UnreadablePackage, match="no such file"):
        pledgeline.validate(tmp_path / "nothing.json")


def test_an_engine_that_there_is_not_is_refused(tmp_path: Path):
    """Catches a misspelt engine in whose place another one runs."""
    with pytest.raises(UnknownEngine, match='did you mean "duckdb"'):
        pledgeline.validate(package(tmp_path, "id,kind\n1,call\n"), engine="duckdv")  # type: ignore[arg-type]
