"""Which rows are the header's, which are comments, and which are data: the row properties of a
Table Dialect.
"""

from collections.abc import Iterator

from pledgeline.source.source import Rows, Unreadable
from pledgeline.standard.dialect import Dialect

LONGEST_LABEL = 1 << 20  # characters of a label joined from several rows


def content(rows: Rows, dialect: Dialect) -> tuple[list[str] | None, Rows]:
    """The labels and the rows of data: without header rows, comments and, where the dialect says
    so, blank rows.

    https://datapackage.org/standard/table-dialect/#headerrows and after; labels of several rows are
    joined.
    """
    header = dialect.header
    header_rows = list(dialect.header_rows) if header else []
    header_set = set(header_rows)
    comment, comment_rows = dialect.comment_char, set(dialect.comment_rows)
    last = header_rows[-1] if header_rows else 0

    def commented(number: int, cells: list) -> bool:
        first = cells[0] if cells else None
        return number in comment_rows or bool(
            comment and isinstance(first, str) and first.startswith(comment)
        )

    rows, labels, held = iter(rows), [], {}
    for number, cells in rows:
        if header and not header_rows and not commented(number, cells):
            header_rows, header_set, last = (
                [number],
                {number},
                number,
            )  # by default the first row that is no comment
        if number in header_set and not commented(number, cells):
            for index, cell in enumerate("" if c is None else str(c).strip() for c in cells):
                if held.get(index) == cell:
                    continue
                held[index] = cell
                if len(labels) <= index:
                    labels.append(cell)
                else:
                    labels[index] = dialect.header_join.join([labels[index], cell])
                    if len(labels[index]) > LONGEST_LABEL:
                        raise Unreadable(
                            "source-error",
                            f"a label is longer than {LONGEST_LABEL:,} characters",
                            number,
                        )
        if number >= last and (header_rows or not header):
            first = [] if header else [(number, cells)]
            break
    else:
        first = []

    def data() -> Iterator[tuple[int, list]]:
        for part in (first, rows):
            for number, cells in part:
                blank = dialect.skip_blank_rows and not any(
                    cell not in (None, "") for cell in cells
                )
                if not commented(number, cells) and not blank:
                    yield number, cells

    return labels, data()
