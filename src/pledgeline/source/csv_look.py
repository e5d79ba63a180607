"""A CSV file looked through once, before it is scanned: what its bytes are, see `csv_bytes`."""

import re
from pathlib import Path

from pledgeline.source.csv_bytes import CHUNK, LONGEST_LINE, MARK, NO_CELL, CsvBytes
from pledgeline.source.csv_chunks import look_at_chunks
from pledgeline.source.regular import open_regular

SMALL = 4 << 20  # bytes of a file that is not worth importing numpy for


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
    if returns not in (0, ends):
        return CsvBytes(False)
    return CsvBytes(
        True,
        len(text),
        0 if quotes else text.count(delimiter.encode()),
        ends,
        returns,
        quoted.count(b"\n"),
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


def has_surplus_line(
    path: Path, looked: CsvBytes, delimiter: str, width: int, surplus: int
) -> bool:
    """Whether a line of a file without quotes has over `surplus` cells too many for a scan."""
    least = (looked.ends + looked.open) * (width - 1) + surplus + 1
    if looked.quotes or looked.delimiters < least:
        return False
    mark = delimiter.encode()
    with open_regular(path) as file:
        return any(line.count(mark) >= width + surplus for line in file)
