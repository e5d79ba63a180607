"""The rows of inline `data`; values that are not text become text behind a mark.

JSON files and spreadsheets have such values too: numbers, true and false, lists, dates.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from pledgeline.source.source import Unreadable

MARK = "\x01json:"  # before the JSON of an inline value that is not a string; `MARK` alone is null
MOMENT = MARK + "@"  # before a date, a time, both or a duration of a spreadsheet, in ISO 8601


def inline_rows(data: object, fields: list[str]) -> Iterator[tuple[int, list[Any]]]:
    """The rows of inline data, each with its number: lists of cells, or objects.

    The keys of objects are the names of the fields, without a schema those of the first object.
    Raises Unreadable where `data` is anything else.
    """
    if not isinstance(data, list) or not data:
        raise Unreadable("source-error", "inline `data` is not a list of rows")
    if not isinstance(data[0], dict):
        for number, item in enumerate(data, 1):
            if not isinstance(item, list):
                raise mixed(number)
            yield number, item
        return
    names = fields or list(data[0])
    yield 1, names
    for number, item in enumerate(data, 2):
        if not isinstance(item, dict):
            raise mixed(number)
        yield number, [item.get(name) for name in names]


def mixed(number: int) -> Unreadable:
    return Unreadable("source-error", "inline `data` mixes rows of different shapes", number)


def as_marked(cells: Iterable[Any]) -> list[str]:
    """Inline values as text.

    Strings stay as they are, null is the mark alone, anything else is JSON behind a mark, or a
    moment or duration behind one of its own.
    """
    return [cell if isinstance(cell, str) else marked(cell) for cell in cells]


def marked(value: object) -> str:
    """The text that represents a value that is not a string."""
    if value is None:
        return MARK
    if isinstance(value, timedelta):
        return f"{MOMENT}PT{value.total_seconds():.15g}S"
    if isinstance(value, date | time):  # a datetime is a date
        return MOMENT + value.isoformat()
    if isinstance(value, Decimal):
        return MARK + str(value)  # as it is written, not rounded to a float
    return MARK + json.dumps(value, ensure_ascii=False, default=float)  # Decimals within lists


def unmarked(text: str) -> object:
    """The value that a text represents. Raises ValueError where it only looks marked."""
    if text.startswith(MOMENT):
        written = text.removeprefix(MOMENT)
        if written.startswith("PT"):
            return timedelta(seconds=float(written[2:].removesuffix("S")))
        if "T" in written:
            return datetime.fromisoformat(written)
        return time.fromisoformat(written) if ":" in written else date.fromisoformat(written)
    if text.startswith(MARK):
        return json.loads(text.removeprefix(MARK) or "null")
    return text


def without_mark(text: str) -> str:
    """A text as messages show it: JSON, or a moment in ISO 8601."""
    return text.removeprefix(MOMENT).removeprefix(MARK)
