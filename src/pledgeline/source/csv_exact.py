"""The records of a CSV file of any dialect, as Python's csv module reads them.

They are numbered as frictionless-py numbers rows.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from typing import TextIO

from pledgeline.source.csv_bytes import MARK
from pledgeline.source.regular import open_regular
from pledgeline.source.source import MOST_COLUMNS, BeyondBounds, Unreadable
from pledgeline.source.unpack import LEFT_BYTE, NO_UTF8, Text
from pledgeline.standard.dialect import Dialect

LONGEST_LINE = 16 << 20  # characters; hardly a table has a longer one
MOST_CELLS = 10 * MOST_COLUMNS  # in one row, including those for which there is no column


@dataclass
class Position:
    """How much of a file was read: bytes, records and lines."""

    offset: int = 0
    records: int = 0
    lines: int = 0


def records(
    text: Text,
    dialect: Dialect,
    delimiter: str,
    encoding: str = "utf-8",
    at: Position | None = None,
) -> Iterator[tuple[int, list[str]]]:
    """The records of a UTF-8 CSV file with their numbers, from 1.

    Begins `at` the position of a record, and moves it along. Raises Unreadable at the first record
    that is not CSV, or has a byte that is not of `encoding`, which the file was converted from.
    """
    escape, quote = dialect.escape_char, dialect.quote_char
    check_characters(delimiter, quote, escape)
    at = at or Position()
    number = at.records
    try:
        csv.field_size_limit(LONGEST_LINE)
        opened = open_regular(text.path)
        if not at.offset and opened.peek(len(MARK)).startswith(MARK):
            at.offset = len(MARK)
        opened.seek(at.offset)
        with TextIOWrapper(opened, "utf-8", errors="surrogateescape", newline="") as file:
            reader = csv.reader(
                lines(file, dialect.line_terminator, at),
                delimiter=delimiter,
                quotechar=quote or None,
                quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
                escapechar=escape or None,
                doublequote=dialect.double_quote if escape else True,
                skipinitialspace=dialect.skip_initial_space,
            )
            for number, cells in enumerate(reader, at.records + 1):
                at.records = number
                if len(cells) > MOST_CELLS:
                    wrong = f"a row has {len(cells):,} cells, expected at most {MOST_CELLS:,}"
                    raise BeyondBounds(wrong, number)
                yield number, cells
    except WrongByte as wrong:
        byte = f"byte {wrong.byte:#04x} in {text.place(wrong.line)}, column {wrong.column}"
        note = f"{byte}, is not {encoding}; correct `encoding`, or save the file as UTF-8"
        if encoding.lower() in ("utf-8", "utf8"):
            note = f"{byte}, is not UTF-8; declare the file's `encoding`, or save it as UTF-8"
        raise Unreadable("encoding-error", note, number + 1) from None
    except (csv.Error, TypeError) as error:
        raise Unreadable(
            "source-error", f"this is not CSV of its dialect ({error})", number + 1
        ) from error


class WrongByte(Exception):
    """A byte that is not of the file's encoding; line and column count from 1."""

    def __init__(self, byte: int, line: int, column: int):
        super().__init__(byte, line, column)
        self.byte, self.line, self.column = byte, line, column


def check_bytes(line: str, number: int) -> None:
    """Raises WrongByte where the decoder has left a byte in a line as it was."""
    if not line.isascii() and (wrong := LEFT_BYTE.search(line)):
        byte, after = wrong[0], line[wrong.end() : wrong.end() + 1]
        if byte == NO_UTF8 and LEFT_BYTE.match(after):  # put before a byte of another encoding
            byte = after
        raise WrongByte(ord(byte) - 0xDC00, number, wrong.start() + 1)


def check_characters(delimiter: str, quote: str, escape: str) -> None:
    """Raises Unreadable where one of a dialect's characters ends a line, or two are the same."""
    named = (("delimiter", delimiter), ("quoteChar", quote), ("escapeChar", escape))
    for name, character in named:
        if character in ("\n", "\r"):
            raise Unreadable("dialect-error", f"the dialect's `{name}` is the end of a line")
    if delimiter and delimiter in (quote, escape):  # "" means none
        raise Unreadable(
            "dialect-error", "the dialect's `delimiter` is also its `quoteChar` or its `escapeChar`"
        )


def lines(file: TextIO, terminator: str, at: Position) -> Iterator[str]:
    """The lines of a text file; they end in `terminator` if that is not a newline.

    Moves `at` along. Raises csv.Error at a line too long to be read, and WrongByte.
    """
    pieces: list[str] = []  # of a line that has not ended yet
    length = 0
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise csv.Error(f"a line is longer than {LONGEST_LINE:,} characters")
        at.lines += 1
        at.offset += len(line) if line.isascii() else len(line.encode("utf-8", "surrogateescape"))
        check_bytes(line, at.lines)
        if not terminator or "\n" in terminator or terminator == "\r":
            yield line
            continue
        *ended, rest = line.split(terminator)
        for end in ended:
            yield "".join([*pieces, end])
            pieces, length = [], 0
        pieces.append(rest)
        length += len(rest)
        if length > LONGEST_LINE:
            raise csv.Error(f"a line is longer than {LONGEST_LINE:,} characters")
    if any(piece.strip("\r\n") for piece in pieces):
        yield "".join(pieces)
