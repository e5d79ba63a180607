"""The shapes that `benchmarks/shapes.py` measures, and which way their files take."""

import sys
from dataclasses import dataclass, field

import pytest

from pledgeline.source import csv_patch
from pledgeline.source import open as opening
from support.copies import REPOSITORY

sys.path.append(str(REPOSITORY / "benchmarks"))
from shape_list import SHAPES, make

CHUNK = 2_000  # bytes: so that small files have as many pieces as large ones
MOST_PARSED = 3  # pieces around a fault, or a header

__all__ = ["SHAPES", "Ways", "make", "noted_ways"]


@dataclass
class Ways:
    """What was asked of the slow readers: pieces that may be plain, and all rows of a file."""

    pieces: list = field(default_factory=list)
    exact: list = field(default_factory=list)

    def check(self, files: int = 1) -> None:
        """Fails where a file was not scanned, but for a few pieces of each."""
        assert not self.exact, "the rows went through Python"
        parsed = sum(piece is None for piece in self.pieces)
        assert parsed <= MOST_PARSED * files, (
            f"{parsed} of {len(self.pieces)} pieces were parsed by Python"
        )


def noted_ways(monkeypatch: pytest.MonkeyPatch) -> Ways:
    """The ways of all files from now on."""
    ways = Ways()
    plain_piece, read_rows = csv_patch.plain_piece, opening.read_rows

    def noted_piece(*asked):
        ways.pieces.append(plain_piece(*asked))
        return ways.pieces[-1]

    def noted_rows(*asked):
        ways.exact.append(asked)
        return read_rows(*asked)

    monkeypatch.setattr(csv_patch, "plain_piece", noted_piece)
    monkeypatch.setattr(csv_patch, "CHUNK", CHUNK)
    monkeypatch.setattr(opening, "read_rows", noted_rows)
    return ways
