"""The bytes of a large CSV file, looked at in chunks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pledgeline.source.csv_bytes import CHUNK, LONGEST_LINE, MARK, NO_CELL, CsvBytes
from pledgeline.source.regular import open_regular

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Places = NDArray[Any]

NEWLINE, CARRIAGE_RETURN, BLANK = 10, 13, 32  # bytes
NUMPY_PAYS = 64 << 20  # bytes of a file
TAIL = 2  # bytes of the chunk before that a window begins with


def look_at_chunks(
    path: Path, size: int, delimiter: str, quote: str = '"', written: bool = False
) -> CsvBytes:
    """The bytes of a large file, in chunks that begin with the last bytes before.

    Chunks without quotes need no numpy: its import takes longer than it saves, except in a file of
    more than `NUMPY_PAYS` bytes.
    """
    mark, comma, delimiters = quote.encode(), delimiter.encode(), 0
    quotes = ends = returns = inner = line_length = header_size = header_quotes = 0
    header_return = False
    last = NEWLINE
    chunk = bytearray(CHUNK + TAIL)
    chunk[:TAIL] = b"x\n"  # the file begins a line, and nothing before it is blank
    with open_regular(path) as file:
        if file.read(len(MARK)) == MARK:
            size -= len(MARK)
        else:
            file.seek(0)
        while read := file.readinto(memoryview(chunk)[TAIL:]):
            end = read + TAIL
            look = look_at_unquoted
            if size > NUMPY_PAYS or quotes % 2 or chunk.find(mark, 0, end) >= 0:
                look = look_at_quoted
            found = look(chunk, end, delimiter, ord(quote), quotes, written)
            if found is None:
                return CsvBytes(False)
            ended = chunk.rfind(b"\n", TAIL, end)
            line_length = line_length + read if ended < 0 else end - ended
            if line_length > LONGEST_LINE - CHUNK:
                return CsvBytes(False)
            if not ends and found.ends:
                header_size = file.tell() - read + found.first + 1
                header_quotes = quotes + chunk.count(mark, TAIL, TAIL + found.first)
                header_return = chunk[TAIL + found.first - 1] == CARRIAGE_RETURN
            ends += found.ends
            returns += found.returns
            inner += found.inner
            quotes += found.quotes
            delimiters = 0 if quotes else delimiters + chunk.count(comma, TAIL, end)
            last = chunk[end - 1]
            chunk[:TAIL] = chunk[read:end]
    if quotes % 2 or last == CARRIAGE_RETURN or returns not in (0, ends):
        return CsvBytes(False)
    header_size -= path.stat().st_size - size  # of the mark before it
    return CsvBytes(
        True,
        size,
        delimiters,
        ends,
        returns,
        inner,
        quotes,
        open=last != NEWLINE,
        header_size=header_size if ends else size,
        header_quotes=header_quotes if ends else quotes,
        header_return=header_return,
    )


class Chunk(NamedTuple):
    """What is new in a chunk, as `CsvBytes` counts it, and where its `first` line ends."""

    ends: int
    returns: int
    first: int
    inner: int = 0
    quotes: int = 0


def look_at_unquoted(
    chunk: bytearray, end: int, delimiter: str, quote: int, quotes: int, written: bool
) -> Chunk | None:
    """What is in the first `end` bytes of a chunk in which nothing is quoted; None if doubtful."""
    ends, returns = chunk.count(b"\n", TAIL, end), 0
    if chunk.find(b"\r", 0, end) >= 0:
        returns = chunk.count(b"\r\n", TAIL - 1, end)
        followed = chunk.count(b"\r\n", 0, end) + (chunk[end - 1] == CARRIAGE_RETURN)
        if followed != chunk.count(b"\r", 0, end) or chunk.find(b"\n\r", 0, end) >= 0:
            return None
    blank = chunk.find(b"\n\n", 0, end) >= 0
    if not written and (blank or chunk.find(NO_CELL, 0, end) >= 0):
        return None
    return Chunk(ends, returns, chunk.find(b"\n", TAIL, end) - TAIL)


def look_at_quoted(
    chunk: bytearray, end: int, delimiter: str, quote: int, quotes: int, written: bool
) -> Chunk | None:
    """The same where quotes are, after as many `quotes`."""
    import numpy as np

    window = np.frombuffer(chunk, np.uint8, end)
    newlines, marks = np.flatnonzero(window == NEWLINE), np.flatnonzero(window == quote)
    has_returns = chunk.find(b"\r", 0, end) >= 0
    if not written and (
        chunk.find(NO_CELL, 0, end) >= 0
        or has_blank_line(window, newlines)
        or (has_returns and has_bare_return(window))
        or (marks.size and has_doubtful_quote(chunk, window, marks, quotes, delimiter, quote))
    ):
        return None
    newlines = newlines[np.searchsorted(newlines, TAIL) :]
    marks = marks[np.searchsorted(marks, TAIL) :]
    outside = newlines
    if quotes % 2 or marks.size:
        outside = newlines[(quotes + np.searchsorted(marks, newlines)) % 2 == 0]
    returns = 0
    if has_returns:
        returns = int(np.count_nonzero(window[outside - 1] == CARRIAGE_RETURN))
    first = int(outside[0]) - TAIL if outside.size else -1
    ends = int(outside.size)
    return Chunk(ends, returns, first, int(newlines.size) - ends, int(marks.size))


def has_doubtful_quote(
    chunk: bytearray, window: Bytes, marks: Places, quotes: int, delimiter: str, quote: int
) -> bool:
    """Whether readers may differ about one of the `marks` of a window.

    `quotes` are before what is new in it. A blank beside a quote is within a cell where every quote
    opens a cell, closes one, or is one of two within one.
    """
    import numpy as np

    edges = np.zeros(256, bool)
    edges[[NEWLINE, ord(delimiter), quote]] = True
    new = int(np.searchsorted(marks, TAIL))
    own = marks[new:]
    opening, closing = own[quotes % 2 :: 2], own[(quotes + 1) % 2 :: 2]
    if quotes and quotes % 2 == 0 and window[TAIL - 1] == quote:  # the last byte of another chunk
        closing = np.append(closing, TAIL - 1)
    after = window[closing[closing < len(window) - 1] + 1]
    if not (edges[after] | (after == CARRIAGE_RETURN)).all():
        return True
    mark, end = bytes([quote]), len(window)
    blank = chunk.find(mark + b" ", 0, end) >= 0 or chunk.find(b" " + mark, 0, end) >= 0
    return (
        blank
        and blank_beside_quote(window, marks, delimiter)
        and not bool(edges[window[opening - 1]].all())
    )


def has_blank_line(window: Bytes, newlines: Places) -> bool:
    """Whether one of the `newlines` in `window` is followed by another line end at once."""
    after = window[
        newlines[: -1 if newlines.size and newlines[-1] == len(window) - 1 else None] + 1
    ]
    return bool((after == NEWLINE).any() or (after == CARRIAGE_RETURN).any())


def has_bare_return(window: Bytes) -> bool:
    """Whether a CR in `window`, but for one at its very end, has no LF after it."""
    import numpy as np

    after = window[np.flatnonzero(window[:-1] == CARRIAGE_RETURN) + 1]
    return bool((after != NEWLINE).any())


def blank_beside_quote(window: Bytes, places: Places, delimiter: str) -> bool:
    """Whether a blank parts one of the quotes at `places` of `window` from a cell's edge."""
    early, late = places[places >= 2], places[places < len(window) - 2]
    before = window[early - 2][window[early - 1] == BLANK]
    after = window[late + 2][window[late + 1] == BLANK]
    edges = (NEWLINE, CARRIAGE_RETURN, BLANK, ord(delimiter))
    return any(bool((side == edge).any()) for side in (before, after) for edge in edges)
