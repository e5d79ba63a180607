"""The rows of inline `data`; values that are no text become JSON behind a mark."""

import json
from collections.abc import Iterator
from typing import Any

from pledgeline.source.source import Unreadable

MARK = "\x01json:"  # before the JSON of an inline value that is no string; `MARK` alone is null


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


def as_marked(cells: list[Any]) -> list[str]:
    """Inline values as text.

    Strings stay as they are, null is the mark alone, anything else is JSON behind a mark.
    """
    return [
        cell
        if isinstance(cell, str)
        else MARK + ("" if cell is None else json.dumps(cell, ensure_ascii=False))
        for cell in cells
    ]
