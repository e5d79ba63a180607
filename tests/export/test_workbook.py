"""The package as a workbook, opened by another reader: sheets, types, widths, and texts that stay
texts.
"""

import datetime
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
from support.exported import CONTENT, MOMENT, NAME, RESOURCES, parquet

from pledgeline.export import workbook


@pytest.fixture(scope="session")
def book(exports) -> openpyxl.Workbook:
    return openpyxl.load_workbook(exports / f"{NAME}.xlsx")


@pytest.mark.long
def test_the_workbook_has_a_sheet_a_table_with_filters_and_a_frozen_header(book):
    """Catches a table, a filter, a frozen header or a width that is left out."""
    assert book.sheetnames == ["about", "dictionary", *RESOURCES]
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == sheet.dimensions, sheet.title
        widths = {
            n: each.width
            for each in sheet.column_dimensions.values()
            for n in range(each.min, each.max + 1)
        }
        assert set(widths) == set(range(1, sheet.max_column + 1)), sheet.title
        assert all(workbook.NARROW <= width <= workbook.WIDE + 1 for width in widths.values())
    for name, resource in RESOURCES.items():
        rows = book[name].iter_rows(values_only=True)
        assert next(rows) == tuple(field["name"] for field in resource["schema"]["fields"])
        assert sum(1 for _ in rows) == resource["rows"]


@pytest.mark.parametrize("table", ["events", "instruments", "changes"])
def test_cells_are_what_they_are(table, book):
    """Catches a day or number written as text, text written as a number, and a lost cell."""
    kinds = {"integer": "n", "boolean": "b", "date": "d", "string": "s"}
    types = [field["type"] for field in RESOURCES[table]["schema"]["fields"]]
    for cells, row in zip(book[table].iter_rows(min_row=2), parquet(table), strict=True):
        for cell, type, value in zip(cells, types, row.values(), strict=True):
            assert value is None or cell.data_type == kinds[type], cell.coordinate
            found = cell.value.date() if type == "date" and value else cell.value
            assert found == value, cell.coordinate


def test_long_texts_are_wrapped(book):
    """Catches a summary that runs over the screen."""
    summary = next(cell for cell in book["events"]["P"][1:] if cell.value)
    assert summary.alignment.wrap_text and not book["events"]["A2"].alignment.wrap_text


def test_the_dictionary_has_every_column_and_the_first_sheet_says_how_to_cite(book):
    """Catches a column without a word, and a workbook that does not say whose it is and on what
    terms.
    """
    lines = list(book["dictionary"].iter_rows(min_row=2, values_only=True))
    wanted = [
        (name, field["name"]) for name, of in RESOURCES.items() for field in of["schema"]["fields"]
    ]
    assert [line[:2] for line in lines] == wanted and all(
        line[2] and line[3] and line[6] for line in lines
    )
    status = next(line for line in lines if line[:2] == ("events", "status"))
    assert (
        "expected = Expected" in status[7]
        and next(line[5] for line in lines if line[1] == "member_of") == "actors"
    )
    about = {row[0]: row[2] for row in book["about"].iter_rows(values_only=True)}
    assert (
        about["Title"] == CONTENT["title"]
        and CONTENT["version"] in about["Version"]
        and "Cut" not in about
    )
    assert (
        CONTENT["licenses"][0]["path"] in about["Licence"] and CONTENT["title"] in about["Cite as"]
    )
    links = {
        row[0].value: row[0].hyperlink.location
        for row in book["about"].iter_rows()
        if row[0].hyperlink
    }
    assert links == {name: f"'{name}'!A1" for name in RESOURCES}
    assert book.properties.created.isoformat() == CONTENT["created"].removesuffix("Z")


def invented_book(path: Path, name: str = "t", **columns: list) -> tuple[openpyxl.Workbook, str]:
    """A workbook of one invented table, and what was reported of it."""
    fields = [
        {"name": column, "title": column, "type": "any", "description": column}
        for column in columns
    ]
    table = pa.table({column: pa.array(cells) for column, cells in columns.items()})
    resource = {
        "name": name,
        "format": "csv",
        "rows": len(table),
        "description": "Invented.",
        "schema": {"fields": fields},
    }
    reported = workbook.write_workbook(
        CONTENT | {"resources": [resource]}, {name: table}, MOMENT, path
    )
    return openpyxl.load_workbook(path), reported


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://x.example","y")',
        "+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "http://x.example",
        "12",
        "{=1}",
        "",
    ],
)
def test_no_text_becomes_a_formula_a_number_or_a_link(text, tmp_path):
    """Catches a text of a source that a spreadsheet would run, follow or reckon with."""
    book, _ = invented_book(tmp_path / "a.xlsx", **{"=head": [text, "x"]})
    head, cell = book["t"]["A1"], book["t"]["A2"]
    assert (head.value, head.data_type) == ("=head", "s")
    assert cell.value == text and cell.data_type == "s" and cell.hyperlink is None
    assert bool(cell.quotePrefix) == text.startswith(workbook.FORMULA)


def test_what_excel_cannot_hold_is_cut_with_a_mark_or_written_as_text(tmp_path):
    """Catches a cell that Excel would repair away, a number that it rounds, and a day before its
    calendar begins.
    """
    whole, long, wide = "a" * 32_767, "a" * 32_768, "𒀀" * 20_000  # each of the last counts for two
    columns = {
        "text": [whole, long, wide],
        "day": [datetime.date(1899, 12, 31), datetime.date(1900, 3, 1), None],
    }
    columns |= {"number": [10**17 + 1, 5, None], "real": [float("nan"), 0.5, None]}
    book, reported = invented_book(tmp_path / "a.xlsx", **columns)
    texts, days, numbers, reals = (
        [cell.value for cell in column] for column in book["t"].iter_cols(min_row=2, max_row=4)
    )
    assert texts[0] == whole and "2 cells were too long" in reported
    for text, size in zip(texts[1:], ("32,768", "20,000"), strict=True):
        assert (
            text.endswith(f"… [cut here: {size} characters in all]")
            and workbook.units(text) <= 32_767
        )
    assert days[:2] == ["1899-12-31", datetime.datetime(1900, 3, 1)]
    assert numbers[:2] == ["100000000000000001", 5] and reals[:2] == ["nan", 0.5]
    assert "2 cells" in {row[0]: row[2] for row in book["about"].iter_rows(values_only=True)}["Cut"]


def test_a_table_longer_than_a_sheet_is_refused(tmp_path):
    """Catches rows that are lost at Excel's last line without a word."""
    with pytest.raises(ValueError, match=r"1,048,576 rows, Excel has room for 1,048,575"):
        invented_book(tmp_path / "a.xlsx", a=[None] * 1_048_576)


def test_sheets_have_names_that_excel_takes():
    """Catches a table's name that is too long, or that is another's but for its case."""
    names = workbook.sheet_names(["about", "About", "a" * 40, "a" * 41, "b"])
    assert names == ["about", "About_2", "a" * 31, "a" * 27 + "_2", "b"]
