"""The records of a CSV file of any dialect, as Python's csv module reads them.

They are numbered as frictionless-py numbers rows.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from pledgeline.source.source import MOST_COLUMNS, Unreadable
from pledgeline.standard.dialect import Dialect

LONGEST_LINE = 16 << 20  # characters; hardly a table has a longer one
MOST_CELLS = 10 * MOST_COLUMNS  # in one row, including those for which there is no column


def records(path: Path, dialect: Dialect, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The records of a UTF-8 CSV file with their numbers, from 1.

    Raises Unreadable at the first record that is not CSV.
    """
    escape, quote = dialect.escape_char, dialect.quote_char
    check_characters(delimiter, quote, escape)
    number = 0
    try:
        csv.field_size_limit(LONGEST_LINE)
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(
                lines(file, dialect.line_terminator),
                delimiter=delimiter,
                quotechar=quote or None,
                quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
                escapechar=escape or None,
                doublequote=dialect.double_quote if escape else True,
                skipinitialspace=dialect.skip_initial_space,
            )
            for number, cells in enumerate(reader, 1):
                if len(cells) > MOST_CELLS:
                    raise csv.Error(
                        f"a row has {len(cells):,} cells, expected at most {MOST_CELLS:,}"
                    )
                yield number, cells
    except UnicodeDecodeError as error:
        byte = f"{error.object[error.start]:#04x}"
        note = f"byte {byte} is not UTF-8; declare the file's `encoding`, or save it as UTF-8"
        raise Unreadable("encoding-error", note, number + 1) from error
    except (csv.Error, TypeError) as error:
        raise Unreadable(
            "source-error", f"this is not CSV of its dialect ({error})", number + 1
        ) from error


def check_characters(delimiter: str, quote: str, escape: str) -> None:
    """Raises Unreadable where one of a dialect's characters ends a line, or two are the same."""
    named = (("delimiter", delimiter), ("quoteChar", quote), ("escapeChar", escape))
    for name, character in named:
        if character in ("\n", "\r"):
            raise Unreadable("dialect-error", f"the dialect's `{name}` is the end of a line")
    if delimiter and delimiter in (quote, escape):  # "" stands for none
        raise Unreadable(
            "dialect-error", "the dialect's `delimiter` is also its `quoteChar` or its `escapeChar`"
        )


def lines(file: TextIO, terminator: str) -> Iterator[str]:
    """The lines of a text file; they end in `terminator` if that is no newline.

    Raises csv.Error at a line too long to be read.
    """
    pieces: list[str] = []  # of a line that has not ended yet
    length = 0
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise csv.Error(f"a line is longer than {LONGEST_LINE:,} characters")
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
