"""Which rows are header, comment or data: the row properties of a Table Dialect."""

from collections.abc import Iterator
from typing import Any

from pledgeline.source.source import Rows, Unreadable
from pledgeline.standard.dialect import Dialect

LONGEST_LABEL = 1 << 20  # characters of a label joined from several rows


def split_header(rows: Rows, dialect: Dialect) -> tuple[list[str], Rows]:
    """The labels, and the rows of data: those that are neither header nor comment.

    Without `headerRows` the first row that is not a comment is the header; labels of several rows
    are joined. Blank rows are left out where the dialect says so.
    https://datapackage.org/standard/table-dialect/#headerrows and the sections after it. Raises
    Unreadable where a label becomes too long.
    """
    header_rows = list(dialect.header_rows) if dialect.header else []
    comment_rows = set(dialect.comment_rows)

    def is_comment(number: int, cells: list[Any]) -> bool:
        first = cells[0] if cells else None
        return number in comment_rows or bool(
            dialect.comment_char
            and isinstance(first, str)
            and first.startswith(dialect.comment_char)
        )

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
                blank = dialect.skip_blank_rows and not any(
                    cell not in (None, "") for cell in cells
                )
                if not is_comment(number, cells) and not blank:
                    yield number, cells

    return labels, data()


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
