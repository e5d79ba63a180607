"""The rows of inline `data`, whose values need not be text: those that are not stand as JSON behind
a mark.
"""

import json
from collections.abc import Iterator

from pledgeline.source.source import Unreadable

MARK = "\x01json:"  # before the JSON of an inline value that is no string; `MARK` alone is null


def inline_rows(data: object, fields: list[str] | None) -> Iterator[tuple[int, list]]:
    """The rows of inline data: lists of cells, or mappings under the schema's names (without a
    schema, the first one's).
    """
    if not isinstance(data, list) or not data:
        raise Unreadable("source-error", "inline `data` is no list of rows")
    keyed = isinstance(data[0], dict)
    names = fields or (list(data[0]) if keyed else [])
    if keyed:
        yield 1, names
    for number, item in enumerate(data, 1 + keyed):
        if not isinstance(item, dict if keyed else list):
            raise Unreadable("source-error", "inline `data` mixes rows of different shapes", number)
        yield number, [item.get(name) for name in names] if keyed else item


def as_marked(cells: list) -> list[str]:
    """Inline values as text: strings as they are, anything else as JSON behind a mark, null as the
    mark alone.
    """
    return [
        cell
        if isinstance(cell, str)
        else MARK + ("" if cell is None else json.dumps(cell, ensure_ascii=False))
        for cell in cells
    ]
