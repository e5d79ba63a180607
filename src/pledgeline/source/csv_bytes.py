"""What the bytes of a CSV file say of its records: the independent proof of a scan.

A scan that counts other records, or other bytes in their cells, than the file has is not believed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pledgeline.source.regular import open_regular

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Places = NDArray[Any]

CHUNK = 1 << 20
# The database holds sixteen lines of this length for each thread; files with longer ones are read
# by `csv_exact`.
LONGEST_LINE = 2 << 20
NO_CELL = b"\x01"  # means "no cell here" in a scan
MARK = b"\xef\xbb\xbf"  # the byte order mark of UTF-8, which is not part of the first cell
NEWLINE, CARRIAGE_RETURN, BLANK = 10, 13, 32  # bytes
TAIL = 2  # bytes of the chunk before that a window begins with


@dataclass(frozen=True)
class CsvBytes:
    """The bytes of a file in which a quote opens and closes cells, as RFC 4180 has it.

    `plain` is false where that is not sure, or where a line is blank, ends unlike others, or is too
    long: then nothing else here is meant. `ends` counts the line ends outside of quotes, `returns`
    those of them that are CR LF, `inner` those in quotes, `quotes` all quotation marks and
    `delimiters` all of these; `open` says whether the last line has no end. `header_size`,
    `header_quotes` and `header_return` are of the first record.
    """

    plain: bool
    size: int = 0
    delimiters: int = 0
    ends: int = 0
    returns: int = 0
    inner: int = 0
    quotes: int = 0
    open: bool = False
    header_size: int = 0
    header_quotes: int = 0
    header_return: bool = False

    def agrees(self, header: bool, rows: int, read: int) -> bool:
        """Whether a reader that gave `rows` records, the header not counted, missed nothing.

        `read` is the bytes of its cells, and one more for each cell: the delimiter or line end
        after it. What is then left over are the CR of line ends and the quotation marks that are no
        part of a cell: of two around a cell both, of two within it one.
        """
        if not self.plain or rows != self.ends + self.open - header:
            return False
        size = self.size - (self.header_size if header else 0)
        quotes = self.quotes - (self.header_quotes if header else 0)
        returns = self.returns - (header and self.header_return)
        unended = self.open and (self.ends > 0 or not header)  # the last record, if no header
        over = size + unended - read - returns
        return quotes / 2 <= over <= quotes


def look_through(path: Path, delimiter: str, quote: str = '"', written: bool = False) -> CsvBytes:
    """The bytes of the CSV file at `path`, read once, some at a time.

    `written`: by us, so that each quote is known to open or close a cell, or to be in one.
    """
    size = path.stat().st_size
    if size <= CHUNK:  # not worth importing numpy for
        with open_regular(path) as file:
            return look_at(file.read(), delimiter, quote, written)
    return look_at_chunks(path, size, delimiter, quote, written)


def look_at(text: bytes, delimiter: str, quote: str = '"', written: bool = False) -> CsvBytes:
    """The same of a small file, which is in memory."""
    text = text.removeprefix(MARK)
    mark = quote.encode()
    edge, own = rb"[\n\r " + re.escape(delimiter.encode()) + rb"]", re.escape(mark)
    doubtful = re.compile(
        rb"\n\r?\n|\A\r?\n|(\A|%b) %b|%b (%b|\Z)|\x01|\r(?!\n)" % (edge, own, own, edge)
    )
    quotes = text.count(mark)
    if (not written and doubtful.search(text)) or quotes % 2:
        return CsvBytes(False)
    ends = returns = 0
    header_size = len(text)
    inside = False
    at = 0
    for part in re.split(b"(%b)" % own, text) if quotes else [text]:
        if part == mark:
            inside = not inside
        elif not inside:
            if not ends and (first := part.find(b"\n")) >= 0:
                header_size = at + first + 1
            ends += part.count(b"\n")
            returns += part.count(b"\r\n")
        at += len(part)
    if returns not in (0, ends):
        return CsvBytes(False)
    return CsvBytes(
        True,
        len(text),
        text.count(delimiter.encode()),
        ends,
        returns,
        text.count(b"\n") - ends,
        quotes,
        open=bool(text) and not text.endswith(b"\n"),
        header_size=header_size,
        header_quotes=text.count(mark, 0, header_size),
        header_return=ends > 0 and text.endswith(b"\r\n", 0, header_size),
    )


def look_at_chunks(
    path: Path, size: int, delimiter: str, quote: str = '"', written: bool = False
) -> CsvBytes:
    """The same for a large file, in chunks that begin with the last bytes before.

    Chunks without quotes need no numpy, which takes as long to import as a million rows to count.
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
            if quotes % 2 or chunk.find(mark, 0, end) >= 0:
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
            delimiters += chunk.count(comma, TAIL, end)
            ends += found.ends
            returns += found.returns
            inner += found.inner
            quotes += found.quotes
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


def has_long_line(path: Path, looked: CsvBytes, delimiter: str, width: int) -> bool:
    """Whether a line of a file without quotes has two cells too many, which a scan refuses."""
    if looked.quotes or looked.delimiters < (looked.ends + looked.open) * (width - 1) + 2:
        return False
    mark = delimiter.encode()
    with open_regular(path) as file:
        return any(line.count(mark) > width for line in file)


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
    new = window[TAIL:]
    newlines, marks = np.flatnonzero(new == NEWLINE), np.flatnonzero(new == quote)
    if not written and is_doubtful(window, delimiter, quote):
        return None
    closing = marks[(quotes + 1) % 2 :: 2]
    if not written and has_text_after_quote(new, closing, delimiter, quote):
        return None
    before = quotes + np.searchsorted(marks, newlines)
    outside = newlines[before % 2 == 0]
    returns = int(np.count_nonzero(window[outside + TAIL - 1] == CARRIAGE_RETURN))
    first = int(outside[0]) if outside.size else -1
    ends = int(outside.size)
    return Chunk(ends, returns, first, int(newlines.size) - ends, int(marks.size))


def has_text_after_quote(window: Bytes, closing: Places, delimiter: str, quote: int) -> bool:
    """Whether a quote that closes a cell, but for one at the very end, is followed by more text."""
    import numpy as np

    after = window[closing[closing < len(window) - 1] + 1]
    return not np.isin(after, (NEWLINE, CARRIAGE_RETURN, ord(delimiter), quote)).all()


def is_doubtful(window: Bytes, delimiter: str, quote: int) -> bool:
    """Whether readers may differ about the bytes of `window`."""
    import numpy as np

    if (window == NO_CELL[0]).any() or has_blank_line(window) or has_bare_return(window):
        return True
    places = np.flatnonzero(window == quote)
    return bool(places.size) and blank_beside_quote(window, places, delimiter)


def has_blank_line(window: Bytes) -> bool:
    """Whether a line end in `window` is followed by another at once."""
    import numpy as np

    after = window[np.flatnonzero(window[:-1] == NEWLINE) + 1]
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
