"""Columns of one table that are judged alike, seen as one column of all their cells.

A statement takes longer to plan the more expressions it has, which in a small table of many columns
is nearly all of its time. Most columns of such tables differ from others in their names only: one
expression over the cells of all of them does the work of one for each.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from pledgeline.check.column import Column, with_judgement, with_values
from pledgeline.sql import all_of
from pledgeline.standard.field import Field

# Planning takes its time from about so many columns on, and only if several share an expression.
MANY, ALIKE = 16, 3
# Up to so many bytes of text for each column planning takes longer than to look at each cell alone.
TEXT_PER_COLUMN, TEXT_AT_ALL = 250_000, 64 << 20
# The properties of a field by which its cells are judged, of
# https://datapackage.org/standard/table-schema/ and of frictionless-py.
JUDGED = (
    "type",
    "format",
    "constraints",
    "categories",
    "categoriesOrdered",
    "trueValues",
    "falseValues",
    "bareNumber",
    "groupChar",
    "decimalChar",
    "floatNumber",
    "arrayItem",
    "delimiter",
    "itemType",
)


@dataclass
class Stack:
    """Columns whose cells are judged alike, and the column `c0` by which they are judged.

    Its `number` is 0, and its field that of the first of `columns`. `doubtful` is the table of the
    cells that are not surely right; "" where there are none.
    """

    column: Column
    columns: list[Column]
    doubtful: str = ""

    @property
    def judged(self) -> str:
        """SQL: the doubtful cells, judged."""
        return with_judgement([self.column], with_values([self.column], self.doubtful))

    @property
    def unnested(self) -> str:
        """SQL: for each row, one row for each of the columns: its `number` and its cell as `c0`."""
        numbers = ", ".join(str(column.number) for column in self.columns)
        return f"unnest([{numbers}]) AS number, unnest([{self.cells}]) AS c0"

    @property
    def cells(self) -> str:
        """SQL: the cells of the columns."""
        return ", ".join(column.cell for column in self.columns)


def bytes_worth_it(columns: int) -> int:
    """Up to how many bytes of text a table of so many columns is judged sooner in stacks."""
    return min(columns * TEXT_PER_COLUMN, TEXT_AT_ALL)


def blank_rows(stacks: list[Stack]) -> str:
    """SQL: whether all cells of a row are missing."""
    cells = defaultdict(list)  # by what makes a value of a cell; a list holds one type
    for stack in stacks:
        value = stack.column.computed_value or "c0"
        cells[value, "" if stack.column.text else stack.cells].append(stack.cells)
    return all_of(
        [
            f"len(list_filter([{', '.join(own)}], lambda c0: {value} IS NOT NULL)) = 0"
            for (value, _), own in cells.items()
        ]
    )


def stacks_of(columns: list[Column], alike: Callable[[Column], Hashable]) -> list[list[Column]]:
    """`columns` in lists of those for which `alike` is the same.

    There are none where it is quicker to ask of each column by itself.
    """
    groups = defaultdict(list)
    if len(columns) >= MANY:
        for column in columns:
            groups[alike(column)].append(column)
    return list(groups.values()) if len(columns) >= ALIKE * len(groups) else []


def judged_by(field: Field, further: Iterable[object]) -> str:
    """What the judgement of a field's cells depends on, with `further` things that it depends on.

    >>> one, other = {"name": "a", "title": "A"}, {"name": "b"}
    >>> judged_by(Field.from_descriptor(one), []) == judged_by(Field.from_descriptor(other), [])
    True
    """
    described = {name: field.descriptor[name] for name in JUDGED if name in field.descriptor}
    return json.dumps([described, field.missing_values, *further], sort_keys=True, default=str)
