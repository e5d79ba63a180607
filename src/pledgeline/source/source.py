"""What every reader gives: a relation of cells with its labels, or the reason for having none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from pledgeline.report import NOT_CHECKED

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
    rows: int = 0  # how many there are, if many, where each column lies by itself
    lines: int = 0  # about how many rows, where that was counted as lines of text
    unpacked: int = 0  # about the bytes of all values, where they are read as they lie packed

    @property
    def width(self) -> int:
        return len(self.types)


class Unreadable(Exception):
    """The data of a resource cannot be read.

    Has frictionless-py's error type, what is wrong, and the row where it is known.
    """

    fix = ""

    def __init__(self, type: str, note: str, row_number: int | None = None):
        super().__init__(note)
        self.type, self.note, self.row_number = type, note, row_number


class BeyondBounds(Unreadable):
    """The data may be right, but is more than we look at: it is not checked."""

    fix = "pledgeline checks no more (see its page on security): divide or simplify the data"

    def __init__(self, note: str, row_number: int | None = None):
        super().__init__(NOT_CHECKED, note, row_number)


def check_width(columns: int) -> None:
    """Raises BeyondBounds for more columns than can be checked in bounded time and memory."""
    if columns > MOST_COLUMNS:
        raise BeyondBounds(f"the table has {columns:,} columns, expected at most {MOST_COLUMNS:,}")
