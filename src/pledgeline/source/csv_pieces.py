"""Pieces of a CSV file made plain as bytes, where that is surely what Python's csv module reads.

A piece is plain where each quote opens or closes a cell, or is one of two within one, no line is
blank, and no record has too many cells for a scan: about such bytes all readers agree. What a
dialect adds to that (blanks after delimiters, escapes, lines that end in CR) is taken out where it
can be done without parsing; a piece with anything else is left to the csv module.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pledgeline.source.csv_bytes import LONGEST_LINE, NO_CELL
from pledgeline.source.csv_chunks import BLANK, CARRIAGE_RETURN, NEWLINE, has_bare_return
from pledgeline.standard.dialect import Dialect

SKIPPED = b"\x02"  # the only byte of a record that is no row of data

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Places = NDArray[Any]


@dataclass(frozen=True)
class Style:
    """How the cells of a file are written, in single bytes; -1 for a character that is not used."""

    delimiter: int
    quote: int
    escape: int
    comment: int
    double_quote: bool
    skip_initial_space: bool
    comment_rows: tuple[int, ...]
    most: int  # cells of a record


@dataclass(frozen=True)
class Piece:
    """Whole records from the beginning of some bytes, as plain CSV: `size` bytes became `plain`."""

    plain: bytes
    size: int
    records: int
    lines: int
    blank: int


def style_of(dialect: Dialect, delimiter: str, most: int) -> Style | None:
    """The style of a dialect; None where it has characters of several bytes, or ends of its own."""
    marks = (delimiter, dialect.quote_char, dialect.escape_char)
    if any(len(mark.encode()) > 1 for mark in marks) or not delimiter or not dialect.quote_char:
        return None
    if {NO_CELL.decode(), SKIPPED.decode()} & set(marks):
        return None
    if dialect.line_terminator not in ("", "\n", "\r\n", "\r") or dialect.skip_blank_rows:
        return None
    escape = dialect.escape_char.encode()
    return Style(
        ord(delimiter),
        ord(dialect.quote_char),
        escape[0] if escape else -1,
        dialect.comment_char.encode()[0] if dialect.comment_char else -1,
        dialect.double_quote if escape else True,
        dialect.skip_initial_space,
        dialect.comment_rows,
        most,
    )


def plain_piece(raw: bytes, style: Style, first: int, last: bool) -> Piece | None:
    """The records at the beginning of `raw` as plain CSV, None where that needs a parser.

    `first` is the number of the first record; `last` says that the file ends with these bytes.
    """
    import numpy as np

    size = len(raw)
    if last and not raw.endswith(b"\n"):
        raw += b"\n"
    window = np.frombuffer(raw, np.uint8)
    if b"\r" in raw and has_bare_return(window):
        if b"\n" in raw[:size]:
            return None
        window = with_line_feeds(window[:size], style)
        if not last and window[-1] == NEWLINE:
            window = window[:-1]  # LF may follow the last CR
        raw = window.tobytes()
    unescaped = without_escapes(window, style)
    if unescaped is None:
        return None
    window, quotes = unescaped
    newlines = np.flatnonzero(window == NEWLINE)
    outside = ends_outside(window, quotes)
    if not outside.size:
        return None
    end = int(outside[-1]) + 1
    if last and end < len(raw):
        return None  # a quote that does not end
    window, quotes = window[:end], quotes[quotes < end]
    text = raw[:end]  # as it was, but for line ends and escapes
    records, lines = int(outside.size), int(np.searchsorted(newlines, end))
    if not readable(text) or any(first <= row < first + records for row in style.comment_rows):
        return None
    if style.skip_initial_space:
        window = without_blanks(window, quotes, style)
        quotes = np.flatnonzero(window == style.quote)
        outside = ends_outside(window, quotes)
    if not is_well_quoted(window, quotes, style) or has_comment(window, outside, style):
        return None
    if has_long_record(window, quotes, outside, style):
        return None
    returns = outside[window[outside - 1] == CARRIAGE_RETURN] - 1
    if returns.size:  # the database wants the same line end everywhere
        window = np.delete(window, returns)
        outside = outside - np.searchsorted(returns, outside)
    starts = np.concatenate(([0], outside[:-1] + 1))
    blank = starts[window[starts] == NEWLINE]
    if blank.size and style.skip_initial_space:
        return None  # a line of blanks alone has one cell
    plain = np.insert(window, blank, NO_CELL[0]) if blank.size else window
    return Piece(plain.tobytes(), min(end, size), records, lines, int(blank.size))


def with_line_feeds(window: Bytes, style: Style) -> Bytes:
    """The bytes with LF for each CR that is not in quotes."""
    import numpy as np

    window = window.copy()
    returns = np.flatnonzero(window == CARRIAGE_RETURN)
    quotes = np.flatnonzero(window == style.quote)
    window[returns[np.searchsorted(quotes, returns) % 2 == 0]] = NEWLINE
    return window


def readable(text: bytes) -> bool:
    """Whether the bytes are UTF-8, and none of them means something else to a scan."""
    if NO_CELL in text:
        return False
    try:
        return text.isascii() or bool(text.decode())
    except UnicodeDecodeError:
        return False


def without_escapes(window: Bytes, style: Style) -> tuple[Bytes, Places] | None:
    """The bytes with a quote for each escape before a quote, and the places of all quotes.

    None where that is not the same: for escapes outside of quotes, or of other characters, and for
    two quotes within a cell that mean something else.
    """
    import numpy as np

    quotes = np.flatnonzero(window == style.quote)
    if style.escape < 0:
        return window, quotes
    escapes = np.flatnonzero(window == style.escape)
    if style.escape == style.quote:
        return None
    own = np.setdiff1d(quotes, escapes + 1, assume_unique=True)
    if not style.double_quote and (np.diff(own)[1::2] == 1).any():
        return None
    if not escapes.size:
        return window, quotes
    if escapes[-1] == len(window) - 1 or (window[escapes + 1] != style.quote).any():
        return None
    if (np.searchsorted(own, escapes) % 2 == 0).any():
        return None
    window = window.copy()
    window[escapes] = style.quote
    return window, np.flatnonzero(window == style.quote)


def without_blanks(window: Bytes, quotes: Places, style: Style) -> Bytes:
    """The bytes without the blanks with which cells begin."""
    import numpy as np

    blanks = np.flatnonzero(window == BLANK)
    if quotes.size:
        blanks = blanks[np.searchsorted(quotes, blanks) % 2 == 0]
    kept = np.ones(len(window), np.bool_)
    while blanks.size:
        before = window[blanks - 1]
        first = (before == style.delimiter) | (before == NEWLINE) | (blanks == 0)
        first |= ~kept[blanks - 1]
        if not first.any():
            break
        kept[blanks[first]] = False
        blanks = blanks[~first]
    return window[kept]


def ends_outside(window: Bytes, quotes: Places) -> Places:
    """The line ends that are not in quotes."""
    import numpy as np

    newlines = np.flatnonzero(window == NEWLINE)
    return newlines[np.searchsorted(quotes, newlines) % 2 == 0] if quotes.size else newlines


def is_well_quoted(window: Bytes, quotes: Places, style: Style) -> bool:
    """Whether each quote opens a cell, closes one, or is one of two within one."""
    import numpy as np

    if not quotes.size:
        return True
    if quotes.size % 2:
        return False
    edges = np.zeros(256, np.bool_)
    edges[[style.delimiter, NEWLINE]] = True
    opening, closing = quotes[::2], quotes[1::2]
    after = window[closing + 1]  # a line end follows the last one, at least
    doubled = after == style.quote
    begins = edges[window[opening - 1]] | (opening == 0)
    begins[1:] |= doubled[:-1] & (closing[:-1] + 1 == opening[1:])
    returns = after == CARRIAGE_RETURN  # has_bare_return has seen that LF follows
    if returns.any() and (window[closing[returns] + 2] != NEWLINE).any():
        return False
    return bool((edges[after] | returns | doubled).all() and begins.all())


def has_comment(window: Bytes, outside: Places, style: Style) -> bool:
    """Whether a record may be a comment."""
    import numpy as np

    if style.comment < 0:
        return False
    starts = np.concatenate(([0], outside[:-1] + 1))
    first = window[starts]
    if (first == style.comment).any():
        return True
    quoted = starts[first == style.quote]
    return bool((window[quoted + 1] == style.comment).any())


def has_long_record(window: Bytes, quotes: Places, outside: Places, style: Style) -> bool:
    """Whether a record has more cells than a scan takes, or is too long for the database."""
    import numpy as np

    lengths = np.diff(outside, prepend=-1)
    if int(lengths.max()) > LONGEST_LINE // 2:
        return True
    delimiters = np.flatnonzero(window == style.delimiter)
    cells = np.diff(np.searchsorted(delimiters, outside), prepend=0) + 1
    many = cells > style.most
    if not many.any() or not quotes.size:
        return bool(many.any())
    # only those outside of quotes count, which takes longer to see
    delimiters = delimiters[np.repeat(many, cells - 1)]
    delimiters = delimiters[np.searchsorted(quotes, delimiters) % 2 == 0]
    cells = np.diff(np.searchsorted(delimiters, outside), prepend=0) + 1
    return bool((cells > style.most).any())
