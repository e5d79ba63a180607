"""What every reader gives: a relation of cells with its labels, or the reason for having none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

ROWS_PER_BATCH = 20_000  # rows that pass through Python at a time: some 20 MB of short cells
# PostgreSQL takes 1,600; each costs a statement of its own where its cells are judged one by one
MOST_COLUMNS = 2_000

Rows: TypeAlias = Iterable[tuple[int, list[Any]]]  # the number of a row, and its cells


@dataclass
class Source:
    """A resource that can be read.

    `types` are the SQL types of c1 ... cn; `labels` the header, None where there is none by design.
    """

    relation: str
    labels: list[str] | None
    types: list[str]
    row_shapes: bool = False  # whether rows may be too short or too long
    # whether values that are not strings are written as marked JSON (see check/column.py)
    marked: bool = False
    missing: list[str] = field(default_factory=list)  # what the dialect adds to the missing values
    # Whether everything was read, by the number of rows and the sum of the column `size` (the bytes
    # of a row's cells, which only a scan of CSV has).
    agrees: Callable[[int, int], bool] = lambda rows, size: True
    sized: bool = False  # whether there is a column `size`

    @property
    def width(self) -> int:
        return len(self.types)


class Unreadable(Exception):
    """The data of a resource cannot be read.

    Has frictionless-py's error type, what is wrong, and the row where it is known.
    """

    def __init__(self, type: str, note: str, row_number: int | None = None):
        super().__init__(note)
        self.type, self.note, self.row_number = type, note, row_number


def check_width(columns: int) -> None:
    """Raises Unreadable for more columns than can be checked in bounded time and memory."""
    if columns > MOST_COLUMNS:
        raise Unreadable(
            "source-error", f"the table has {columns:,} columns, expected at most {MOST_COLUMNS:,}"
        )
