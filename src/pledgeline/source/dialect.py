"""Which rows are header, comment or data: the row properties of a Table Dialect."""

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from pledgeline.source.source import Rows, Unreadable
from pledgeline.standard.dialect import Dialect

RowTest: TypeAlias = Callable[[int, list[Any]], bool]
LONGEST_LABEL = 1 << 20  # characters of a label joined from several rows


def split_header(rows: Rows, dialect: Dialect) -> tuple[list[str], Rows]:
    """The labels, and the rows of data: those that are neither header nor comment.

    Without `headerRows` the first row that is not a comment is the header; labels of several rows
    are joined. Blank rows are left out where the dialect says so.
    https://datapackage.org/standard/table-dialect/#headerrows and the sections after it. Raises
    Unreadable where a label becomes too long.
    """
    header_rows = list(dialect.header_rows) if dialect.header else []
    is_comment = comments_of(dialect)
    is_skipped = skipped_rows_of(dialect)
    remaining = iter(rows)
    labels: list[str] = []
    last_parts: dict[int, str] = {}  # of each label, what the last header row adds
    first_data: list[tuple[int, list[Any]]] = []
    header_set = set(header_rows)
    for number, cells in remaining:
        if dialect.header and not header_rows and not is_comment(number, cells):
            header_rows, header_set = [number], {number}
        if number in header_set and not is_comment(number, cells):
            if len(header_rows) > 1:  # parts of a label have no blanks around them
                cells = [cell.strip() if isinstance(cell, str) else cell for cell in cells]
            add_to_labels(labels, last_parts, cells, dialect.header_join, number)
        if not dialect.header:
            first_data = [(number, cells)]
            break
        if header_rows and number >= header_rows[-1]:
            break

    def data() -> Iterator[tuple[int, list[Any]]]:
        for part in (first_data, remaining):
            for number, cells in part:
                if not is_skipped(number, cells):
                    yield number, cells

    return labels, data()


def comments_of(dialect: Dialect) -> RowTest:
    """Whether a row, by its number and cells, is a comment."""
    comment_rows, comment_char = set(dialect.comment_rows), dialect.comment_char

    def is_comment(number: int, cells: list[Any]) -> bool:
        first = cells[0] if cells else None
        return number in comment_rows or bool(
            comment_char and isinstance(first, str) and first.startswith(comment_char)
        )

    return is_comment


def skipped_rows_of(dialect: Dialect) -> RowTest:
    """Whether a row below the header is no data: a comment or, where that is declared, blank."""
    is_comment = comments_of(dialect)
    if not dialect.skip_blank_rows:
        return is_comment
    return lambda number, cells: (
        is_comment(number, cells) or all(cell in (None, "") for cell in cells)
    )


def add_to_labels(
    labels: list[str], last_parts: dict[int, str], cells: list[Any], join: str, number: int
) -> None:
    """Joins the cells of one header row to `labels`; a part that repeats the one above is left out.

    Raises Unreadable where a label becomes too long.
    """
    for index, cell in enumerate("" if cell is None else str(cell) for cell in cells):
        part = cell.strip()
        if last_parts.get(index) == part:
            continue
        last_parts[index] = part
        if len(labels) <= index:
            labels.append(cell)
            continue
        labels[index] = join.join([labels[index], part])
        if len(labels[index]) > LONGEST_LABEL:
            wrong = f"a label is longer than {LONGEST_LABEL:,} characters"
            raise Unreadable("source-error", wrong, number)
