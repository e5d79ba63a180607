"""The rows of a JSON file, of a file with a JSON value a line, and of GeoJSON's properties.

Every value is read within limits, as a descriptor is.
"""

import io
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from pledgeline.descriptor.json_file import (
    DocumentError,
    check_tree,
    parse_float,
    parse_integer,
    refuse_constant,
    unique_keys,
)
from pledgeline.source.regular import open_regular
from pledgeline.source.source import MOST_COLUMNS, BeyondBounds, Rows, Unreadable
from pledgeline.standard.dialect import Dialect
from pledgeline.standard.package import Resource
from pledgeline.standard.values import JsonObject

# of a JSON file, which is in memory as a whole; one value a line has no such bounds
MOST_BYTES, CONTAINERS, VALUES = 50 << 20, 1_000_000, 5_000_000
LONGEST_LINE = 16 << 20  # characters of a JSON value on a line of its own
MOST_CELLS = 10 * MOST_COLUMNS  # in one row, including those for which there is no column


def parse_number(text: str) -> Decimal:
    """A number as it is written, since a float would round it."""
    parse_float(text)  # refuses what no float holds
    return Decimal(text)


DECODER = json.JSONDecoder(
    object_pairs_hook=unique_keys,
    parse_constant=refuse_constant,
    parse_int=parse_integer,
    parse_float=parse_number,
)


def json_rows(path: Path, resource: Resource) -> Rows:
    """The rows of the UTF-8 file at `path` with their numbers, that of the labels included.

    Rows are lists, of which the first has the labels, or objects, whose keys are the labels. The
    dialect may name the property that holds the rows, and the keys to read of objects.
    https://datapackage.org/standard/table-dialect/#property and the sections after it. Raises
    Unreadable where the file is not JSON, holds no rows, or is too large.
    """
    dialect = resource.dialect
    items: Iterable[object]
    if resource.format in ("jsonl", "ndjson"):
        items = values_of_lines(path)
    else:
        geojson = resource.format == "geojson"
        steps = ["features"] if geojson else dialect.property.split(".") if dialect.property else []
        items = values_of_file(path, steps)
        if geojson:
            items = (properties(number, item) for number, item in enumerate(items, 2))
    return rows_of(items, dialect, resource.schema.names)


def rows_of(items: Iterable[object], dialect: Dialect, fields: tuple[str, ...]) -> Rows:
    """The rows of a list of lists or of objects; all are of the shape of the first.

    Objects have no order, so that labels are in that of the schema's fields. A key that is neither
    a label nor a field is a cell too many. Raises Unreadable where shapes are mixed.
    """
    shape = {"array": list, "object": dict}.get(dialect.item_type)
    labels: list[str] = []
    offset = 1
    for index, item in enumerate(items):
        if index == 0:
            shape = shape or (dict if isinstance(item, dict) else list)
        if index == 0 and isinstance(item, dict) and shape is dict:
            keys = dialect.item_keys or tuple(item)
            labels = [*(name for name in fields if name in set(keys)), *sorted_out(keys, fields)]
            offset = 2  # the labels are row 1
            yield 1, list(labels)
        number = index + offset
        if not isinstance(item, shape or dict):
            expected = "an object" if shape is dict else "a list"
            raise Unreadable("source-error", f"this row is not {expected}", number)
        if isinstance(item, dict):
            unknown = () if dialect.item_keys else sorted_out(item, (*labels, *fields))
            cells = [item.get(name) for name in (*labels, *unknown)]
        else:
            cells = item
        if len(cells) > MOST_CELLS:
            wrong = f"a row has {len(cells):,} cells, expected at most {MOST_CELLS:,}"
            raise Unreadable("source-error", wrong, number)
        yield number, [whole(cell) for cell in cells]


def sorted_out(names: Iterable[str], known: Iterable[str]) -> list[str]:
    """Those of `names` that are not known, in their order."""
    without = set(known)
    return [name for name in names if name not in without]


def whole(cell: Any) -> Any:
    """A cell; 2.0 is the whole number 2, since JSON has only one kind of number."""
    if isinstance(cell, Decimal) and cell == cell.to_integral_value():
        return int(cell)
    return cell


def properties(number: int, feature: object) -> JsonObject:
    """The properties of one of GeoJSON's features (RFC 7946, section 3.2)."""
    found = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(found, dict):
        raise Unreadable("source-error", "this feature has no object `properties`", number)
    return found


def values_of_lines(path: Path) -> Iterator[object]:
    """The values of a file that has one on each line; blank lines are passed over."""
    try:
        with io.TextIOWrapper(open_regular(path), "utf-8") as file:
            for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), ""), 1):
                if len(line) == LONGEST_LINE:
                    wrong = f"line {number} is longer than {LONGEST_LINE:,} characters"
                    raise Unreadable("source-error", wrong)
                if line.strip():
                    yield decode(line, f"line {number}")
    except UnicodeDecodeError as error:
        raise not_utf8(error) from error


def values_of_file(path: Path, steps: list[str]) -> list[object]:
    """The list in a JSON file that is reached by the keys in `steps`."""
    with open_regular(path) as file:
        raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise too_large(f"{MOST_BYTES:,} bytes")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise not_utf8(error) from error
    if text.count("{") + text.count("[") > CONTAINERS:
        raise too_large(f"{CONTAINERS:,} lists and objects")
    if text.count(",") > VALUES:
        raise too_large(f"{VALUES:,} values")
    if not text.strip():
        return []  # an empty source, as an empty CSV file is
    found = decode(text)
    for key in steps:
        found = found.get(key) if isinstance(found, dict) else None
    if not isinstance(found, list):
        where = f"the property `{'.'.join(steps)}`" if steps else "the file"
        raise Unreadable("source-error", f"{where} is not a list of rows")
    return found


def decode(text: str, where: str = "") -> Any:
    """The value of a text, `where` in a file of several. Raises Unreadable if it is not JSON."""
    try:
        value = DECODER.decode(text)
        check_tree(value)
        return value
    except json.JSONDecodeError as error:
        place = f"{where or f'line {error.lineno}'}, column {error.colno}"
        raise Unreadable("source-error", f"{place}: this is not JSON ({error.msg})") from None
    except RecursionError:
        raise Unreadable("source-error", "lists and objects nest too deep") from None
    except DocumentError as error:
        raise Unreadable("source-error", f"{where}: {error}" if where else str(error)) from None


def too_large(bound: str) -> Unreadable:
    fix = "keep the table as JSON lines, CSV or Parquet"
    return BeyondBounds(f"the file has more than {bound}; {fix}")


def not_utf8(error: UnicodeDecodeError) -> Unreadable:
    byte = f"{error.object[error.start]:#04x}"
    note = f"byte {byte} is not UTF-8; declare the file's `encoding`, or save it as UTF-8"
    return Unreadable("encoding-error", note)
