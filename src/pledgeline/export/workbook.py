"""The tables as an Excel workbook: a sheet about the package, a dictionary, and a sheet a table.

No cell is ever a formula: a text that a spreadsheet would take for one is marked as text, and stays
so when it is edited (https://owasp.org/www-community/attacks/CSV_Injection).
"""

import datetime
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from pledgeline.errors import MissingExtra
from pledgeline.export.common import authors, column_in_words, licence_in_words, tables_of
from pledgeline.standard.values import JsonObject

try:
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet
except ModuleNotFoundError as error:
    raise MissingExtra("a workbook needs XlsxWriter: pip install 'pledgeline[export]'") from error

MOST_CHARACTERS = 32_767  # in a cell, and ...
# ... on a sheet: https://support.microsoft.com/en-us/office/excel-specifications-and-limits
MOST_ROWS = 1_048_576
LONGEST_NAME = 31  # of a sheet
# Excel's numbers are doubles and show fifteen digits; a longer one is written as text.
SAFE_INTEGER = 10**15
FIRST_YEAR = 1900  # of Excel's calendar; a day before it is written as text
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what makes spreadsheets read a text as more than that
CUT = "… [cut here: {} characters in all]"
NARROW, WIDE = 8, 60  # width of a column in characters; longer texts are wrapped
DICTIONARY = ("table", "column", "title", "type", "required", "refers to", "description", "codes")


def write_workbook(
    content: JsonObject, tables: Mapping[str, pa.Table], moment: datetime.datetime, path: Path
) -> str:
    """Writes the workbook; returns what is in it, in words.

    Raises ValueError for a table longer than a sheet.
    """
    resources = tables_of(content)
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties(
        {"title": content["title"], "author": ", ".join(authors(content)), "created": moment}
    )
    looks = looks_of(book)
    names = sheet_names(["about", "dictionary", *(resource["name"] for resource in resources)])
    sheets = {name: Sheet(book.add_worksheet(name), looks) for name in names}
    for name, resource in zip(names[2:], resources, strict=True):
        table = tables[resource["name"]]
        sheets[name].fill(table.column_names, [column.to_pylist() for column in table.columns])
    lines = [line for resource in resources for line in dictionary(resource)]
    sheets["dictionary"].fill(DICTIONARY, list(zip(*lines, strict=True)))
    cut = sum(sheet.cut for sheet in sheets.values())
    about(sheets["about"].sheet, looks, content, cut, list(zip(names[2:], resources, strict=True)))
    book.close()
    path.write_bytes(target.getvalue())
    return f"{len(resources)} tables" + (
        f"; {cut} cells were too long for Excel and are cut" if cut else ""
    )


def looks_of(book: xlsxwriter.Workbook) -> dict[str, Format]:
    """How cells look."""
    top = {"valign": "top"}
    return {
        "head": book.add_format({**top, "bold": True, "bg_color": "#DCE6F1", "bottom": 1}),
        "plain": book.add_format(top),
        "wrapped": book.add_format({**top, "text_wrap": True}),
        "day": book.add_format({**top, "num_format": "yyyy-mm-dd", "align": "left"}),
        "text": book.add_format({**top, "text_wrap": True, "quote_prefix": True}),
        "link": book.add_format({**top, "font_color": "#0563C1", "underline": 1}),
    }


@dataclass
class Sheet:
    """A sheet of rows under a header; `cut` counts the cells that Excel could not hold whole."""

    sheet: Worksheet
    looks: dict[str, Format]
    cut: int = 0

    def fill(self, header: Iterable[str], columns: list[Sequence[Any]]) -> None:
        """Writes all cells, column by column."""
        rows = max((len(column) for column in columns), default=0)
        if rows >= MOST_ROWS:
            raise ValueError(
                f"sheet {self.sheet.name}: {rows:,} rows,"
                f" Excel has room for {MOST_ROWS - 1:,} under a header"
            )
        for number, (name, cells) in enumerate(zip(header, columns, strict=True)):
            self.sheet.write_string(0, number, name, self.looks["head"])
            longest = longest_of(cells)
            look = self.looks["wrapped" if longest > WIDE else "plain"]
            self.sheet.set_column(
                number, number, min(max(longest + 1, len(name) + 4, NARROW), WIDE), look
            )
            for row, cell in enumerate(cells, 1):
                if cell is not None:
                    self.write(row, number, cell)
        self.sheet.freeze_panes(1, 0)
        self.sheet.autofilter(0, 0, rows, number)

    def write(self, row: int, column: int, cell: Any) -> None:
        """One cell as what it is; a number or day that Excel does not have becomes text."""
        if isinstance(cell, str):
            self.write_text(row, column, cell)
        elif isinstance(cell, bool):
            self.sheet.write_boolean(row, column, cell)
        elif isinstance(cell, datetime.date) and cell.year >= FIRST_YEAR:
            self.sheet.write_datetime(row, column, cell, self.looks["day"])
        elif isinstance(cell, int | float) and math.isfinite(cell) and abs(cell) < SAFE_INTEGER:
            self.sheet.write_number(row, column, cell)
        else:
            self.write_text(row, column, str(cell))

    def write_text(self, row: int, column: int, text: str) -> None:
        short = shortened(text)
        self.cut += short is not text
        self.sheet.write_string(
            row, column, short, self.looks["text"] if text.startswith(FORMULA) else None
        )


def longest_of(cells: Iterable[object]) -> int:
    """How many characters wide a column is: the longest line of a text, ten for a day."""
    longest = 0
    for cell in cells:
        if cell is None:
            continue
        text = str(cell)
        if len(text) > longest:  # only then may one of its lines be longer
            longest = max(longest, *map(len, text.splitlines()))
    return longest


def shortened(text: str) -> str:
    """`text`, cut with a mark where it is longer than Excel takes, which counts in UTF-16."""
    if len(text) <= MOST_CHARACTERS // 2 or units(text) <= MOST_CHARACTERS:
        return text
    mark = CUT.format(f"{len(text):,}")
    return (
        text.encode("utf-16-le")[: 2 * (MOST_CHARACTERS - len(mark))].decode("utf-16-le", "ignore")
        + mark
    )


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def sheet_names(names: Iterable[str]) -> list[str]:
    """Names that Excel takes: at most 31 characters, each once whatever the case."""
    given: list[str] = []
    for name in names:
        short, number = name[:LONGEST_NAME], 2
        while short.casefold() in {other.casefold() for other in given}:
            short, number = f"{name[: LONGEST_NAME - 4]}_{number}", number + 1
        given.append(short)
    return given


def dictionary(resource: JsonObject) -> Iterable[tuple[Any, ...]]:
    """A line a column of a table: what it is and what its codes mean."""
    schema = resource["schema"]
    for field in schema["fields"]:
        name = field["name"]
        keys = [key["reference"] for key in schema.get("foreignKeys", []) if name in key["fields"]]
        codes = [f"{code['value']} = {code['label']}" for code in field.get("categories", [])]
        yield (
            resource["name"],
            name,
            field["title"],
            field["type"],
            field.get("constraints", {}).get("required", False),
            "; ".join(key["resource"] or resource["name"] for key in keys) or None,
            column_in_words(field),
            "; ".join(codes) or None,
        )


def about(
    sheet: Worksheet,
    looks: dict[str, Format],
    content: JsonObject,
    cut: int,
    tables: list[tuple[str, JsonObject]],
) -> None:
    """The first sheet: title, citation, licence, and a link to every table."""
    version, day = content["version"], content.get("created", "")[:10]
    makers = ", ".join(authors(content))
    lines = [
        ("Title", content["title"]),
        ("Version", f"{version}, {day}" if day else version),
        ("Description", content["description"]),
        ("Licence", licence_in_words(content)),
        (
            "Cite as",
            f"{makers}{f' ({day[:4]})' if day else ''}: {content['title']}. Version {version}.",
        ),
        ("Columns", "The sheet `dictionary` says what every column of every table means."),
    ]
    lines += (
        [("Cut", f"{cut} cells are too long for Excel; the CSV and Parquet files have them whole.")]
        if cut
        else []
    )
    sheet.set_column(0, 0, 24, looks["plain"])
    sheet.set_column(1, 1, 10, looks["plain"])
    sheet.set_column(2, 2, 100, looks["wrapped"])
    for row, (label, text) in enumerate(lines):
        sheet.write_string(row, 0, label, looks["head"])
        sheet.write_string(row, 2, text)
    row = len(lines) + 1
    for column, label in enumerate(("Table", "Rows", "One row is")):
        sheet.write_string(row, column, label, looks["head"])
    for at, (name, resource) in enumerate(tables, row + 1):
        sheet.write_url(at, 0, f"internal:'{name}'!A1", looks["link"], name)
        sheet.write_number(at, 1, resource["rows"])
        sheet.write_string(at, 2, resource["description"])
