"""What the bytes of a CSV file say of its records: the independent proof of a scan.

A scan that counts other records, or other bytes in their cells, than the file has is not believed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pledgeline.source.regular import open_regular

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CHUNK = 1 << 20
SMALL = 4 << 20  # bytes of a file that is not worth importing numpy for
# The database holds some lines of this length for each thread; files with longer ones are read by
# `csv_exact`.
LONGEST_LINE = 2 << 20
NO_CELL = b"\x01"  # means "no cell here" in a scan
MARK = b"\xef\xbb\xbf"  # the byte order mark of UTF-8, which is not part of the first cell
NEWLINE, CARRIAGE_RETURN, BLANK = 10, 13, 32  # bytes
TAIL = 2  # bytes of the chunk before that a window begins with


@dataclass(frozen=True)
class CsvBytes:
    """The bytes of a file in which a quote opens and closes cells, as RFC 4180 has it.

    `plain` is false where that is not sure, or where a line is blank, ends in CR alone, or is too
    long: then nothing else here is meant. `ends` counts the line ends outside of quotes, `returns`
    those of them that are CR LF, and `quotes` all quotation marks; `open` says whether the last
    line has no end. `header_size`, `header_quotes` and
    `header_return` are of the first record.
    """

    plain: bool
    size: int = 0
    ends: int = 0
    returns: int = 0
    quotes: int = 0
    open: bool = False
    header_size: int = 0
    header_quotes: int = 0
    header_return: bool = False

    @property
    def scannable(self) -> bool:
        """Whether the database may read the file: it refuses lines that end in two ways."""
        return self.plain and self.returns in (0, self.ends)

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
    if size <= SMALL:
        with open_regular(path) as file:
            return look_at(file.read(), delimiter, quote, written)
    return look_at_chunks(path, size, delimiter, quote, written)


def look_at(text: bytes, delimiter: str, quote: str = '"', written: bool = False) -> CsvBytes:
    """The same of a small file, which is in memory."""
    text = text.removeprefix(MARK)
    mark, ends = quote.encode(), text.count(b"\n")
    returns, quotes = text.count(b"\r\n"), text.count(mark)
    if text.count(b"\r") != returns or quotes % 2 or has_long_line(text):
        return CsvBytes(False)
    parts = text.split(mark)  # outside of quotes, in quotes, outside, ...
    if not written and (
        text.startswith((b"\n", b"\r\n"))
        or any(doubtful in text for doubtful in (b"\n\n", b"\n\r\n", NO_CELL))
        or (has_blank_beside(text, delimiter, mark) and not are_well_quoted(parts, delimiter))
    ):
        return CsvBytes(False)
    quoted = mark.join(parts[1::2])
    ends -= quoted.count(b"\n")
    returns -= quoted.count(b"\r\n")
    header_size, at = len(text), 0
    for number, part in enumerate(parts):
        if number % 2 == 0 and (first := part.find(b"\n")) >= 0:
            header_size = at + first + 1
            break
        at += len(part) + 1
    return CsvBytes(
        True,
        len(text),
        ends,
        returns,
        quotes,
        open=bool(text) and not text.endswith(b"\n"),
        header_size=header_size,
        header_quotes=text.count(mark, 0, header_size),
        header_return=ends > 0 and text.endswith(b"\r\n", 0, header_size),
    )


def has_long_line(text: bytes) -> bool:
    """Whether a line may be too long for the database."""
    longest, start = LONGEST_LINE - CHUNK, 0
    while len(text) - start > longest:
        end = text.rfind(b"\n", start, start + longest)
        if end < 0:
            return True
        start = end + 1
    return False


def has_blank_beside(text: bytes, delimiter: str, mark: bytes) -> bool:
    """Whether a blank parts a quote from what may be a cell's edge."""
    if text.startswith(b" " + mark) or text.endswith(mark + b" "):
        return True
    edge, own = rb"[\n\r " + re.escape(delimiter.encode()) + rb"]", re.escape(mark)
    return bool(re.search(rb" %b(?<=%b %b)" % (own, edge, own), text)) or bool(
        re.search(rb"%b (?=%b)" % (own, edge), text)
    )


def are_well_quoted(parts: list[bytes], delimiter: str) -> bool:
    """Whether each quote opens a cell, closes one, or is one of two within one.

    `parts` are what is between the quotes, beginning outside of them. An empty part outside of
    quotes is between the two of such a pair, or at one end of the file.
    """
    mark = delimiter.encode()
    edges = {b"", b"\n", mark}
    return edges.issuperset(part[-1:] for part in parts[:-1:2]) and {*edges, b"\r"}.issuperset(
        part[:1] for part in parts[2::2]
    )


def look_at_chunks(
    path: Path, size: int, delimiter: str, quote: str = '"', written: bool = False
) -> CsvBytes:
    """The same for a large file, with numpy, in chunks that begin with the last bytes before."""
    import numpy as np

    mark = ord(quote)
    quotes = ends = returns = line_length = header_size = header_quotes = 0
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
            window = np.frombuffer(chunk, np.uint8, end)
            new = window[TAIL:]
            newlines, marks = np.flatnonzero(new == NEWLINE), np.flatnonzero(new == mark)
            if not written and is_doubtful(window, delimiter, mark):
                return CsvBytes(False)
            ended = chunk.rfind(b"\n", TAIL, end)
            line_length = line_length + read if ended < 0 else end - ended
            if line_length > LONGEST_LINE - CHUNK:
                return CsvBytes(False)
            before = quotes + np.searchsorted(marks, newlines) if marks.size else quotes
            outside = newlines[np.broadcast_to(before % 2 == 0, newlines.shape)]
            if not ends and outside.size:
                header_size = file.tell() - read + int(outside[0]) + 1
                header_quotes = quotes + int(np.searchsorted(marks, outside[0]))
                header_return = bool(window[outside[0] + TAIL - 1] == CARRIAGE_RETURN)
            ends += int(outside.size)
            returns += int(np.count_nonzero(window[outside + TAIL - 1] == CARRIAGE_RETURN))
            quotes += int(marks.size)
            last = chunk[end - 1]
            chunk[:TAIL] = chunk[read:end]
    if quotes % 2 or last == CARRIAGE_RETURN:
        return CsvBytes(False)
    header_size -= path.stat().st_size - size  # of the mark before it
    return CsvBytes(
        True,
        size,
        ends,
        returns,
        quotes,
        open=last != NEWLINE,
        header_size=header_size if ends else size,
        header_quotes=header_quotes if ends else quotes,
        header_return=header_return,
    )


def is_doubtful(window: NDArray[np.uint8], delimiter: str, quote: int) -> bool:
    """Whether readers may differ about the bytes of `window`."""
    import numpy as np

    if (window == NO_CELL[0]).any() or has_blank_line(window) or has_bare_return(window):
        return True
    places = np.flatnonzero(window == quote)
    return bool(places.size) and blank_beside_quote(window, places, delimiter)


def has_blank_line(window: NDArray[np.uint8]) -> bool:
    """Whether a line end in `window` is followed by another at once."""
    import numpy as np

    after = window[np.flatnonzero(window[:-1] == NEWLINE) + 1]
    return bool((after == NEWLINE).any() or (after == CARRIAGE_RETURN).any())


def has_bare_return(window: NDArray[np.uint8]) -> bool:
    """Whether a CR in `window`, but for one at its very end, has no LF after it."""
    import numpy as np

    after = window[np.flatnonzero(window[:-1] == CARRIAGE_RETURN) + 1]
    return bool((after != NEWLINE).any())


def blank_beside_quote(window: NDArray[np.uint8], places: NDArray[Any], delimiter: str) -> bool:
    """Whether a blank parts one of the quotes at `places` of `window` from a cell's edge."""
    early, late = places[places >= 2], places[places < len(window) - 2]
    before = window[early - 2][window[early - 1] == BLANK]
    after = window[late + 2][window[late + 1] == BLANK]
    edges = (NEWLINE, CARRIAGE_RETURN, BLANK, ord(delimiter))
    return any(bool((side == edge).any()) for side in (before, after) for edge in edges)
