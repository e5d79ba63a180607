"""Workbooks of rows in the three formats that are read, written by other libraries."""

import datetime
import io
import tempfile
import zipfile
from pathlib import Path

import ezodf
import openpyxl
import xlwt

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def xlsx(*rows: list, sheet: str = "Sheet") -> bytes:
    """An xlsx whose second sheet is empty."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    book.create_sheet("Second")
    for row in rows:
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def xls(*rows: list, sheet: str = "Sheet") -> bytes:
    """An xls, the format of Excel before 2007."""
    book = xlwt.Workbook()
    own = book.add_sheet(sheet)
    book.add_sheet("Second")
    moment = xlwt.easyxf(num_format_str="YYYY-MM-DD hh:mm:ss")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime.date):
                own.write(number, column, cell, moment)
            elif cell is not None:
                own.write(number, column, cell)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def ods(*rows: list, sheet: str = "Sheet") -> bytes:
    """An OpenDocument spreadsheet."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "book.ods")
        book = ezodf.newdoc("ods", str(path))
        own = ezodf.Sheet(sheet, size=(len(rows), max(map(len, rows))))
        book.sheets += own
        book.sheets += ezodf.Sheet("Second", size=(1, 1))
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime.date):
                    own[number, column].set_value(cell.isoformat(), "date")
                elif cell is not None:
                    own[number, column].set_value(cell)
        book.save()
        return path.read_bytes()


WRITERS = {"xlsx": xlsx, "xls": xls, "ods": ods}


def with_sheet(xml: str, others: dict[str, bytes] | None = None) -> bytes:
    """An xlsx whose first sheet is the XML `xml` (between the tags of `worksheet`)."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx(["id"]))) as plain,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as changed,
    ):
        for name in plain.namelist():
            if name == "xl/worksheets/sheet1.xml":
                changed.writestr(name, f'<worksheet xmlns="{NAMESPACE}">{xml}</worksheet>')
            else:
                changed.writestr(name, plain.read(name))
        for name, content in (others or {}).items():
            changed.writestr(name, content)
    return written.getvalue()


def cells(*rows: str, dimension: str = "") -> str:
    """The XML of a sheet's rows of numbers, each "number: A1=1 B1=2"."""
    made = []
    for row in rows:
        number, _, written = row.partition(":")
        own = "".join(
            f'<c r="{place}"><v>{value}</v></c>'
            for place, value in (cell.split("=") for cell in written.split())
        )
        made.append(f'<row r="{number}">{own}</row>')
    claim = f'<dimension ref="{dimension}"/>' if dimension else ""
    return f"{claim}<sheetData>{''.join(made)}</sheetData>"
