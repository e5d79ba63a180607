"""The rows of a sheet of a workbook: xlsx, xls and ods, read by libraries in a process of its own.

They have no bounds of their own: a small file may unpack to gigabytes, or have a cell in its last
column and last row.
"""

import importlib.util
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from pledgeline.errors import MissingExtra
from pledgeline.source.process import Bounds, ProcessFailed, values_from
from pledgeline.source.regular import check_unchanged
from pledgeline.source.source import BeyondBounds, Rows, Unreadable
from pledgeline.standard.package import Resource
from pledgeline.standard.values import as_object
from pledgeline.text import quoted

LIBRARIES = {"xlsx": "openpyxl", "xls": "xlrd", "ods": "ezodf"}
MOST_BYTES = 50 << 20  # of the file
MOST_UNPACKED = 512 << 20  # of all that an xlsx or ods has packed in it
BOUNDS = Bounds(memory=1 << 30, seconds=600)
# What only frictionless-py offers beside the sheet: without it, cells would differ.
UNSUPPORTED = ("fillMergedCells", "preserveFormatting", "adjustFloatingPointError", "stringified")
FIX = "keep the table as CSV or Parquet"


def workbook_rows(path: Path, resource: Resource) -> Rows:
    """The rows of the sheet that the dialect names, the first by default; numbers as in the sheet.

    https://datapackage.org/standard/table-dialect/#sheetnumber and the section after it. Raises
    Unreadable where the file or the sheet cannot be read within bounds, and MissingExtra where the
    library for it is not installed.
    """
    require(resource.format)
    options = as_object(resource.dialect.descriptor.get("excel"))
    for name in UNSUPPORTED:
        if options.get(name):
            wrong = f"the dialect's `excel.{name}` is not supported"
            raise Unreadable("dialect-error", wrong)
    check_unchanged(path)
    check_size(path, resource.format)
    asked = {"path": str(path), "format": resource.format, "sheet": resource.dialect.sheet}
    try:
        for answer in values_from("pledgeline.source.workbook_libraries:rows", asked, BOUNDS):
            if isinstance(answer, str):
                wrong = f"{quoted(str(resource.dialect.sheet))}, expected one of {answer}"
                raise Unreadable("format-error", f"the workbook has no sheet {wrong}")
            number, cells = answer
            yield number, [as_value(cell) for cell in cells]
        check_unchanged(path)  # it was opened again, by the library
    except ProcessFailed as error:
        wrong = f"this is not readable {resource.format} ({error}); {FIX}"
        raise Unreadable("format-error", wrong) from None


def require(format: str) -> None:
    """Raises MissingExtra where the library that reads `format` is not installed."""
    library = LIBRARIES[format]
    try:
        found = sys.modules.get(library) or importlib.util.find_spec(library)
    except ValueError:
        found = None
    if not found:
        raise MissingExtra(f"reading {format} needs {library}: pip install {library}")


def check_size(path: Path, format: str) -> None:
    """Raises Unreadable for a file that is too large, packed or unpacked."""
    if path.stat().st_size > MOST_BYTES:
        raise BeyondBounds(f"the file is larger than {MOST_BYTES:,} bytes; {FIX}")
    if format == "xls" or not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise Unreadable("format-error", f"this is not readable {format} ({error})") from None
    if unpacked > MOST_UNPACKED:
        wrong = f"the file unpacks to {unpacked:,} bytes, expected at most {MOST_UNPACKED:,}"
        raise BeyondBounds(f"{wrong}; {FIX}")


def as_value(cell: Any) -> Any:
    """A cell from the other process: moments and durations come as objects."""
    if not isinstance(cell, dict):
        return cell
    ((kind, written),) = cell.items()
    match kind:
        case "duration":
            return timedelta(seconds=written)
        case "datetime":
            return datetime.fromisoformat(written)
        case "time":
            return time.fromisoformat(written)
    return date.fromisoformat(written)
