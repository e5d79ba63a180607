"""Columns that are judged alike are judged in stacks, with the same result as each by itself."""

import csv
import inspect
import json
from datetime import date
from pathlib import Path

import frictionless
import pytest
from support.messy_compare import write_together
from support.messy_package import messy
from support.parity import whole_report

from pledgeline.check import count, stack
from pledgeline.check.table import CheckedTable
from pledgeline.validation import validate

TOGETHER = 10  # packages that are checked at once
DAY = int(date.today().strftime("%Y%m%d"))
# properties of frictionless-py's fields that say nothing of cells, or have no name in a descriptor
DOCUMENTATION = {"name", "title", "description", "example", "rdf_type", "schema", "metadata"}


def both(path: Path, monkeypatch) -> tuple[dict, dict]:
    """The reports of a package with each column by itself, and with all of them in stacks."""
    reports = []
    for many, alike in ((10**9, 10**9), (1, 0)):
        monkeypatch.setattr(stack, "MANY", many)
        monkeypatch.setattr(stack, "ALIKE", alike)
        reports.append(whole_report(path))
    return reports[0], reports[1]


def assert_same(seeds: range, folder: Path, monkeypatch) -> None:
    for start in range(seeds.start, seeds.stop, TOGETHER):
        made = {seed: messy(seed) for seed in range(start, min(start + TOGETHER, seeds.stop))}
        own = folder / str(start)
        own.mkdir()
        apart, stacked = both(write_together(own, made), monkeypatch)
        assert stacked == apart, f"seeds from {start}"


def test_stacks_find_the_same_in_messy_packages(tmp_path: Path, monkeypatch):
    """Catches a count, a row number, a message or an order that differs in stacks."""
    assert_same(range(10, 20), tmp_path, monkeypatch)


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
def test_stacks_find_the_same_in_hundreds_of_messy_packages(part: int, tmp_path: Path, monkeypatch):
    """The same, with others every day."""
    first = DAY * 100_000 + part * 100
    print(f"seeds from {first}")
    assert_same(range(first, first + 100), tmp_path, monkeypatch)


def wide(folder: Path, rows: list[list[str]], fields: list[dict]) -> Path:
    with (folder / "t.csv").open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([[f["name"] for f in fields], *rows])
    resource = {"name": "t", "type": "table", "path": "t.csv", "schema": {"fields": fields}}
    path = folder / "datapackage.json"
    path.write_text(json.dumps({"name": "wide", "resources": [resource]}), "utf-8")
    return path


@pytest.fixture
def tables(monkeypatch) -> list[CheckedTable]:
    """The tables that might be stacked from now on."""
    made: list[CheckedTable] = []
    stacked = CheckedTable.stack
    monkeypatch.setattr(
        CheckedTable, "stack", lambda self, *given: (made.append(self), stacked(self, *given))
    )
    return made


def test_a_small_wide_table_is_judged_in_as_many_stacks_as_its_fields_differ(
    tmp_path: Path, tables: list[CheckedTable]
):
    """Catches a plan that grows with the columns, and a property that keeps equal ones apart."""
    fields = [
        {"name": f"c{n}", "type": "number", "title": f"No. {n}", "unit": f"m{n}"} for n in range(40)
    ]
    fields += [
        {"name": f"f{n}", "type": "integer", "constraints": {"enum": [1, 2]}} for n in range(10)
    ]
    row = ["1.5"] * 40 + ["1"] * 10
    wrong = [*row[:7], "x", *row[8:45], "3", *row[46:]]
    errors = validate(wide(tmp_path, [row, wrong, row], fields)).tasks[0].errors
    assert [(e.type, e.row_number, e.field_name, e.cell) for e in errors] == [
        ("type-error", 3, "c7", "x"),
        ("constraint-error", 3, "f5", "3"),
    ]
    assert [len(each.columns) for each in tables[0].stacks] == [40, 10]


def test_a_narrow_table_and_one_of_fields_that_all_differ_are_not_stacked(
    tmp_path: Path, tables: list[CheckedTable]
):
    """Catches a stack for every column, which takes longer than one statement over all of them."""
    narrow = [{"name": f"c{n}", "type": "geopoint"} for n in range(3)]
    differing = [
        {"name": f"c{n}", "type": "string", "constraints": {"maxLength": n}} for n in range(40)
    ]
    for fields in (narrow, differing):
        assert validate(wide(tmp_path, [["long " * 20] * len(fields)], fields)).tasks[0].errors
    assert [table.stacks for table in tables] == [[], []]


@pytest.mark.parametrize(("columns", "stacked"), [(20, False), (60, True)])
def test_a_table_of_megabytes_is_stacked_where_it_has_very_many_columns(
    columns, stacked, tmp_path: Path, tables: list[CheckedTable], monkeypatch
):
    """Catches a limit of size that is the same for few columns and for many."""
    monkeypatch.setattr(count, "SMALL", 0)
    monkeypatch.setattr(stack, "TEXT_PER_COLUMN", 50)
    fields = [{"name": f"c{n}", "type": "integer"} for n in range(columns)]
    rows = [[str(n % 10) for n in range(columns)]] * (1_200 // columns)
    assert validate(wide(tmp_path, rows, fields)).valid
    assert [bool(table.stacks) for table in tables] == [True] * stacked


def test_no_property_by_which_a_reader_judges_is_left_out():
    """Catches a property of frictionless-py by which two columns of one stack might differ."""
    kinds = [kind for _, kind in inspect.getmembers(frictionless.fields, inspect.isclass)]
    kinds = [kind for kind in kinds if issubclass(kind, frictionless.Field)]
    names = {attribute.name for kind in kinds for attribute in kind.__attrs_attrs__}
    assert len(kinds) > 10
    judged = {"".join(["_" + c.lower() if c.isupper() else c for c in n]) for n in stack.JUDGED}
    # `missing_values` are held beside the descriptor
    assert {n for n in names if not n.startswith("_")} - DOCUMENTATION - judged == {
        "missing_values"
    }
