"""A CSV file written again as plain CSV, so that the database can scan it.

Pieces that are plain, or can be made so as bytes, pass as they are (see `csv_pieces`). The records
between them are read by Python's csv module (see `csv_exact`) and written as it understood them: so
one fault of form costs little, and rows, cells and numbers are those that the csv module gives.
"""

import codecs
import csv
import json
from dataclasses import dataclass, field
from pathlib import Path

from pledgeline.source.csv_bytes import CHUNK, LONGEST_LINE, MARK, NO_CELL, SURPLUS
from pledgeline.source.csv_exact import Position, records
from pledgeline.source.csv_pieces import SKIPPED, plain_piece, style_of
from pledgeline.source.dialect import skipped_rows_of
from pledgeline.source.regular import open_regular
from pledgeline.source.unpack import Text
from pledgeline.standard.dialect import Dialect


@dataclass
class Patched:
    """A file of plain CSV without a header, made of another one.

    `first` is the number of its first record in that one. `skipped` counts the records that are no
    rows, `blank` those without a cell; the only byte of either is a mark. `last` is the last
    record where it is too long for a scan.
    """

    path: Path
    delimiter: str
    quote: str
    first: int
    records: int = 0
    skipped: int = 0
    blank: int = 0
    last: list[str] | None = field(default=None, repr=False)


def patch(
    text: Text,
    dialect: Dialect,
    delimiter: str,
    encoding: str,
    first: int,
    width: int,
    target: Path,
    room: int,
) -> Patched | None:
    """The records of `text` from number `first` on as plain CSV in `target`.

    None where that is not possible: where a cell could be taken for one of our marks, a record but
    the last is too long for a scan, or `room` bytes are too few. Raises Unreadable at the first
    record that is not CSV of the dialect and the encoding.
    """
    most = width + SURPLUS - 1  # cells; the rest of a record are a list in one more
    style = style_of(dialect, delimiter, most)
    size = text.path.stat().st_size
    if has_marks(text.path):
        return None
    own = (delimiter, dialect.quote_char) if style else (",", '"')
    made, at = Patched(target, *own, first), Position()
    is_skipped = skipped_rows_of(dialect)
    with open_regular(text.path) as file, target.open("wb") as out:
        at.offset = len(MARK) if file.read(len(MARK)) == MARK else 0
        writer = csv.writer(
            codecs.getwriter("utf-8")(out),
            delimiter=made.delimiter,
            quotechar=made.quote,
            quoting=csv.QUOTE_ALL,
            lineterminator="\n",
        )
        while at.offset < size:
            if out.tell() > room:
                return None
            file.seek(at.offset)
            raw = file.read(CHUNK)
            end = at.offset + len(raw)
            # numpy is not worth importing for a small file
            if style and size > CHUNK and at.records + 1 >= first:
                piece = plain_piece(raw, style, at.records + 1, end == size)
                if piece:
                    out.write(piece.plain)
                    at.offset += piece.size
                    at.records += piece.records
                    at.lines += piece.lines
                    made.records += piece.records
                    made.blank += piece.blank
                    continue
            for number, cells in records(text, dialect, delimiter, encoding, at):
                if made.last is not None:
                    return None
                if number < first:
                    pass
                elif is_long(cells):
                    made.last = cells
                elif is_skipped(number, cells):
                    out.write(SKIPPED + b"\n")
                    made.skipped += 1
                elif not cells:
                    out.write(NO_CELL + b"\n")
                    made.blank += 1
                elif len(cells) > most:
                    writer.writerow([*cells[:most], json.dumps(cells[most:])])
                else:
                    writer.writerow(cells)
                if style and at.offset >= end:  # else several records may end in one line
                    break
            else:
                at.offset = size
            made.records = at.records + 1 - first
    return made


def is_long(cells: list[str]) -> bool:
    """Whether a record would be too long for a scan, with its quotes written twice."""
    size = sum(map(len, cells))
    if size < LONGEST_LINE // 8:
        return False
    return sum(len(cell.encode()) + cell.count('"') + 3 for cell in cells) > LONGEST_LINE // 2


def has_marks(path: Path) -> bool:
    """Whether a cell of the file could be taken for one of our marks."""
    with open_regular(path) as file:
        return any(
            NO_CELL in chunk or SKIPPED in chunk for chunk in iter(lambda: file.read(CHUNK), b"")
        )
