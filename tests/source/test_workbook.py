"""Spreadsheets are read whole, and judged by the same checks as CSV."""

import datetime
import sys
from pathlib import Path

import pytest
from support.parity import ours, same, write_package
from support.workbooks import WRITERS, cells, with_sheet, xlsx

import pledgeline
from pledgeline.errors import MissingExtra
from pledgeline.source import workbook

TYPES = {
    "id": "integer",
    "share": "number",
    "open": "boolean",
    "day": "date",
    "at": "datetime",
    "name": "string",
    "year": "year",
    "other": "any",
}
FIELDS = [{"name": name, "type": type} for name, type in TYPES.items()]
HEADER = list(TYPES)
DAY, MOMENT = datetime.date(2022, 2, 22), datetime.datetime(2022, 2, 22, 1, 2, 3)
RIGHT = [1, 1.5, True, DAY, MOMENT, "harbour", 2022, "x"]
WRONG = ["1.5", "x", "ja", MOMENT, 5, 5, 12345, None]
TEXTS = ["7", "1.5", "true", "2022-02-22", "2022-02-22T01:02:03", "x", "2022", "y"]


def table(format: str, **properties) -> dict:
    """A resource with one sheet of FIELDS."""
    own = {"name": "t", "type": "table", "path": f"t.{format}", "format": format}
    return own | {"schema": {"fields": FIELDS}} | properties


@pytest.mark.parametrize("format", WRITERS)
@pytest.mark.parametrize(
    ("rows", "errors"),
    [
        ([HEADER, RIGHT, TEXTS], 0),
        ([HEADER, RIGHT, WRONG], 7),
        ([HEADER, RIGHT, [None] * 8, RIGHT], 1),
        ([HEADER[:-1], RIGHT[:-1]], 1),
        ([[*HEADER, "more"], [*RIGHT, 1]], 1),
        ([["ID", *HEADER[1:]], RIGHT], 1),
        ([HEADER, [*RIGHT, "more"]], 1),
        ([HEADER, RIGHT[:3]], 0),
    ],
    ids=["right", "wrong", "blank", "missing", "extra", "incorrect", "cell", "short"],
)
def test_the_verdict_is_frictionless_pys(format: str, rows: list, errors: int, tmp_path: Path):
    """Catches a cell, a label or a row that is read otherwise than frictionless-py reads it."""
    path = write_package(tmp_path, [table(format)], {f"t.{format}": WRITERS[format](*rows)})
    assert same(path).total() == errors


@pytest.mark.parametrize("format", WRITERS)
@pytest.mark.parametrize(
    "dialect",
    [
        {"sheetName": "Numbers"},
        {"sheetNumber": 1},
        {"excel": {"sheet": "Numbers"}},
        {"ods": {"sheet": 1}},
        {"headerRows": [1], "commentRows": [2]},
        {"header": False, "commentRows": [1]},
    ],
    ids=str,
)
def test_the_dialect_names_the_sheet_and_its_rows(format: str, dialect: dict, tmp_path: Path):
    """Catches a property of either form of dialect that is not read."""
    content = WRITERS[format](["id"], [1], ["x"], sheet="Numbers")
    fields = [{"name": "id", "type": "integer"}]
    own = table(format, schema={"fields": fields}, dialect=dialect)
    found = ours(write_package(tmp_path, [own], {f"t.{format}": content}))
    assert found == {("t", "type-error", 3, "id"): 1}


@pytest.mark.parametrize("format", WRITERS)
@pytest.mark.parametrize("sheet", [{"sheetName": "None"}, {"sheetNumber": 3}])
def test_a_sheet_that_is_not_there_is_an_error_that_lists_the_others(format, sheet, tmp_path):
    """Catches another sheet taken for the one that is named."""
    own = table(format, dialect=sheet)
    path = write_package(tmp_path, [own], {f"t.{format}": WRITERS[format](HEADER)})
    (error,) = pledgeline.validate(path).tasks[0].errors
    assert error.type == "format-error" and "Sheet, Second" in error.message


@pytest.mark.parametrize("format", WRITERS)
def test_the_keys_constraints_and_sums_are_our_own(format: str, tmp_path: Path):
    """Catches a check that only tables of text have."""
    fields = [
        {"name": "id", "type": "integer", "constraints": {"exclusiveMinimum": 0}},
        {"name": "kind", "type": "string", "categories": ["a", "b"]},
        {"name": "code", "type": "string", "constraints": {"pattern": "a|b"}},
    ]
    content = WRITERS[format](["id", "kind", "code"], [0, "a", "axx"], [1, "c", "a"], [1, "b", "b"])
    schema = {"fields": fields, "uniqueKeys": [["id"]]}
    own = table(format, schema=schema, bytes=1, hash="sha1:" + "0" * 40)
    found = ours(write_package(tmp_path, [own], {f"t.{format}": content}))
    assert sorted((type, row, field) for _, type, row, field in found if row) == [
        ("constraint-error", 2, "code"),
        ("constraint-error", 2, "id"),
        ("constraint-error", 3, "kind"),
        ("unique-error", 4, None),
    ]
    assert {type for _, type, row, _ in found if not row} == {"byte-count", "hash-count"}


@pytest.mark.parametrize("format", WRITERS)
def test_it_opens_and_compares_as_a_table_in_csv(format: str, tmp_path: Path):
    """Catches values that reach a reader with the marks they are checked with."""
    fields = [each for each in FIELDS if each["name"] != "other"]
    content = WRITERS[format](HEADER[:-1], RIGHT[:-1])
    own = table(format, schema={"fields": fields, "primaryKey": ["id"]})
    sheet = write_package(tmp_path / "sheet", [own], {f"t.{format}": content})
    text = (
        "id,share,open,day,at,name,year\n1,1.5,true,2022-02-22,2022-02-22T01:02:03,harbour,2022\n"
    )
    plain = {**own, "path": "t.csv", "format": "csv"}
    csv = write_package(tmp_path / "csv", [plain], {"t.csv": text.encode()})
    one, other = (pledgeline.open(path)["t"].to_arrow() for path in (sheet, csv))
    assert one.to_pylist() == other.to_pylist() and one.num_rows == 1
    assert not [change for change in pledgeline.diff(sheet, csv).changes if change.table == "t"]


def test_an_error_in_a_cell_is_never_an_empty_cell(tmp_path: Path):
    """Catches #DIV/0! read as a missing value, which a field may have, or as its number."""
    sheet = (
        '<sheetData><row r="1"><c r="A1" t="str"><v>id</v></c></row>'
        '<row r="2"><c r="A2" t="e"><v>#DIV/0!</v></c></row></sheetData>'
    )
    own = table("xlsx", schema={"fields": [{"name": "id", "type": "integer"}]})
    path = write_package(tmp_path, [own], {"t.xlsx": with_sheet(sheet)})
    assert ours(path) == {("t", "type-error", 2, "id"): 1}


HEAD = '<row r="1"><c r="A1" t="str"><v>id</v></c></row>'


def of_numbers(tmp_path: Path, xml: str) -> tuple[int | None, list[str]]:
    """How many rows of a sheet with one column of integers were read, and what is wrong."""
    own = table("xlsx", schema={"fields": [{"name": "id", "type": "integer"}]})
    path = write_package(tmp_path, [own], {"t.xlsx": with_sheet(xml)})
    (task,) = pledgeline.validate(path).tasks
    return task.rows, [error.message for error in task.errors]


@pytest.mark.parametrize("dimension", ["", "A1", "A1:A2", "A1:A3", "A1:A9"])
def test_every_row_is_read_whatever_the_sheet_says_of_its_size(dimension: str, tmp_path: Path):
    """Catches rows beyond a `dimension` that is wrong, left out in silence."""
    xml = cells("2: A2=5", "3: A3=1.5", dimension=dimension)
    xml = xml.replace("<sheetData>", f"<sheetData>{HEAD}")
    rows, found = of_numbers(tmp_path, xml)
    assert rows == 2 and len(found) == 1 and "row 3" in found[0]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["3: A3=1", "2: A2=1.5"], "row 2 comes after row 3"),
        (["2: A2=1", "2: A2=1.5"], "row 2 comes after row 2"),
        (["2: A2=1 A2=1.5"], "two cells in column 1"),
        (["2: A3=1.5"], "the cell A3 is in row 2"),
        (["99999999: A99999999=1"], "more than 1,048,576 rows"),
        (["2: ZZZZ2=1"], "not readable xlsx"),
    ],
)
def test_what_no_program_writes_is_refused_and_never_left_out(rows, said, tmp_path: Path):
    """Catches rows out of order or cells out of place that a library passes over."""
    xml = cells(*rows).replace("<sheetData>", f"<sheetData>{HEAD}")
    _, found = of_numbers(tmp_path, xml)
    assert len(found) == 1 and said in found[0]


@pytest.mark.long
def test_a_row_of_millions_of_cells_ends_soon(tmp_path: Path):
    """Catches a file of some kilobytes that takes all memory."""
    xml = f"<sheetData>{HEAD}<row r='2'>{'<c/>' * 3_000_000}</row></sheetData>"
    _, found = of_numbers(tmp_path, xml)
    assert len(found) == 1 and "more than 20,000 cells" in found[0]


def test_a_file_that_unpacks_to_too_much_is_refused_before_it_is_read(tmp_path: Path, monkeypatch):
    """Catches a zip bomb that a library unpacks."""
    monkeypatch.setattr(workbook, "MOST_UNPACKED", 1_000_000)
    monkeypatch.setattr(workbook, "values_from", None)
    content = with_sheet("<sheetData/>", {"xl/bomb.xml": b" " * 2_000_000})
    path = write_package(tmp_path, [table("xlsx")], {"t.xlsx": content})
    (error,) = pledgeline.validate(path).tasks[0].errors
    assert error.type == "not-checked" and "unpacks to" in error.message


def test_a_library_without_bounds_is_stopped(tmp_path: Path, monkeypatch):
    """Catches a file that takes all memory of the machine."""
    monkeypatch.setattr(workbook, "BOUNDS", workbook.Bounds(memory=200 << 20, seconds=60))
    content = with_sheet(
        f"<sheetData>{HEAD}<row r='2'><c r='A2'>{'<v/>' * 9_000_000}</c></row></sheetData>"
    )
    path = write_package(tmp_path, [table("xlsx")], {"t.xlsx": content})
    (error,) = pledgeline.validate(path).tasks[0].errors
    assert error.type == "format-error" and "200 MB of memory" in error.message


@pytest.mark.parametrize("format", WRITERS)
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0" + b"\0" * 600])
def test_what_is_no_workbook_is_an_error(format: str, content: bytes, tmp_path: Path):
    """Catches what a library raises on a broken file, as a traceback."""
    path = write_package(tmp_path, [table(format)], {f"t.{format}": content})
    (error,) = pledgeline.validate(path).tasks[0].errors
    assert error.type == "format-error" and f"not readable {format}" in error.message


def test_a_library_that_is_not_installed_is_named_with_the_command(tmp_path: Path, monkeypatch):
    """Catches a missing library reported as a fault of the data."""
    path = write_package(tmp_path, [table("xlsx")], {"t.xlsx": xlsx(HEADER, RIGHT)})
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtra, match="pip install openpyxl"):
        pledgeline.validate(path)


@pytest.mark.parametrize("option", workbook.UNSUPPORTED)
def test_an_option_of_frictionless_py_alone_is_refused_and_not_ignored(option, tmp_path: Path):
    """Catches cells that would be others with the option."""
    own = table("xlsx", dialect={"excel": {option: True}})
    path = write_package(tmp_path, [own], {"t.xlsx": xlsx(HEADER, RIGHT)})
    (error,) = pledgeline.validate(path).tasks[0].errors
    assert error.type == "dialect-error" and option in error.message
