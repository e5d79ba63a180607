"""The libraries that read workbooks, each asked for the rows of one sheet.

Runs in the process that `workbook` starts. An empty cell is null; an error such as #DIV/0! is text.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree.ElementTree import iterparse

from pledgeline.source.csv_exact import MOST_CELLS

MOST_ROWS = 1 << 20  # of a sheet; no program has more
Row = tuple[int, list[Any]]


class NoSheet(Exception):
    """There is no such sheet; the message lists those that there are."""


def rows(asked: dict[str, Any]) -> Iterator[Any]:
    """The rows of a sheet, numbered from 1, as JSON holds them.

    Where there is no such sheet, the names of those that there are, as one text.
    """
    reader = {"xlsx": xlsx_rows, "xls": xls_rows, "ods": ods_rows}[asked["format"]]
    try:
        for number, cells in reader(asked["path"], asked["sheet"]):
            if number > MOST_ROWS:
                raise ValueError(f"a sheet has more than {MOST_ROWS:,} rows")
            if len(cells) > MOST_CELLS:
                raise ValueError(f"row {number} has more than {MOST_CELLS:,} cells")
            yield number, [as_json(cell) for cell in cells]
    except NoSheet as error:
        yield str(error)


def as_json(cell: Any) -> Any:
    """A cell as JSON holds it; whole numbers are integers, since a sheet knows only floats."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, timedelta):
        return {"duration": cell.total_seconds()}
    for kind in (datetime, date, time):
        if isinstance(cell, kind):
            return {kind.__name__: cell.isoformat()}
    return cell if isinstance(cell, str | int | float | None) else str(cell)


def chosen(names: list[str], sheet: int | str) -> int:
    """The index of the sheet of a name, or of a number from 1. Raises NoSheet."""
    if isinstance(sheet, str) and sheet in names:
        return names.index(sheet)
    if isinstance(sheet, int) and 1 <= sheet <= len(names):
        return sheet - 1
    raise NoSheet(", ".join(names[:20]))


def xlsx_rows(path: str, sheet: int | str) -> Iterator[Row]:
    """The rows of an xlsx.

    Rows as openpyxl gives them end where the sheet's `dimension` says, which may be wrong, and
    those out of order are left out; so it only reads the cells here. Each row is padded to the
    sheet's declared width.
    """
    import openpyxl
    from openpyxl.utils import coordinate_to_tuple
    from openpyxl.worksheet._reader import CELL_TAG, DATA_TAG, ROW_TAG, WorkSheetParser

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    own = book.worksheets[chosen([each.title for each in book.worksheets], sheet)]
    width, number = own.max_column or 0, 0
    with own._get_source() as source:
        parser = WorkSheetParser(
            source,
            own._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        cells: dict[int, Any] = {}
        row = None
        for event, element in iterparse(source, ("start", "end")):
            if event == "start":
                if element.tag == DATA_TAG:
                    table = element
                elif element.tag == ROW_TAG:
                    row, before = element, number
                    number, cells = int(element.get("r", number + 1)), {}
                    parser.row_counter, parser.col_counter = number, 0
                    if number <= before:
                        raise ValueError(f"row {number} comes after row {before}")
                    if number > MOST_ROWS:
                        raise ValueError(f"a sheet has more than {MOST_ROWS:,} rows")
                    yield from ((between, [None] * width) for between in range(before + 1, number))
            elif element.tag == CELL_TAG and row is not None:
                place = element.get("r")
                if place and coordinate_to_tuple(place)[0] != number:
                    raise ValueError(f"the cell {place} is in row {number}")
                cell = parser.parse_cell(element)
                if cell["column"] in cells:
                    raise ValueError(f"row {number} has two cells in column {cell['column']}")
                cells[cell["column"]] = cell["value"]
                if len(cells) > MOST_CELLS or cell["column"] > MOST_CELLS:
                    raise ValueError(f"row {number} has more than {MOST_CELLS:,} cells")
                row.clear()
            elif element.tag == ROW_TAG:
                last = max([width, *cells])
                yield number, [cells.get(column) for column in range(1, last + 1)]
                table.clear()  # rows that have been read
            elif element.tag == DATA_TAG:
                return


def xls_rows(path: str, sheet: int | str) -> Iterator[Row]:
    """The rows of an xls, the format of Excel before 2007."""
    import xlrd

    with xlrd.open_workbook(path, on_demand=True) as book:
        own = book.sheet_by_index(chosen(book.sheet_names(), sheet))

        def value(cell: Any) -> Any:
            if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                return None
            if cell.ctype == xlrd.XL_CELL_BOOLEAN:
                return bool(cell.value)
            if cell.ctype == xlrd.XL_CELL_ERROR:
                return xlrd.error_text_from_code.get(cell.value, "#ERROR!")
            if cell.ctype == xlrd.XL_CELL_DATE:
                try:
                    return xlrd.xldate.xldate_as_datetime(cell.value, book.datemode)
                except (OverflowError, ValueError):
                    return "#VALUE!"
            return cell.value

        for index in range(own.nrows):
            yield index + 1, [value(cell) for cell in own.row(index)]


def ods_rows(path: str, sheet: int | str) -> Iterator[Row]:
    """The rows of an OpenDocument spreadsheet."""
    import ezodf

    book = ezodf.opendoc(path)
    own = book.sheets[chosen(list(book.sheets.names()), sheet)]

    def value(cell: Any) -> Any:
        if cell.value_type == "date":
            day = len(cell.value) == 10
            return (date if day else datetime).fromisoformat(cell.value)
        return cell.value

    found: Iterable[Any] = own.rows()
    for number, cells in enumerate(found, 1):
        yield number, [value(cell) for cell in cells]
