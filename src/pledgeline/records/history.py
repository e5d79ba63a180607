"""What the release step recorded of the versions of a data set.

data/releases/VERSION/ has a row for each table in releases.csv, and one for each change in
changes.csv.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from pledgeline.records.rows import Row
from pledgeline.versions import VERSION, numbers

RELEASES = "data/releases"
HISTORY = ("releases", "changes")  # the tables that record versions, and are not part of one


def record_of(version: str) -> str:
    """The file that the release of a version adds to git."""
    return f"{RELEASES}/{version}/releases.csv"


def published_versions(root: Path) -> list[str]:
    """The versions of the data set under `root`, the oldest first."""
    found = [path.parent.name for path in (root / RELEASES).glob("*/releases.csv")]
    return sorted(filter(VERSION.fullmatch, found), key=numbers)


def history_rows(root: Path) -> Iterator[Row]:
    """The rows of `releases` and `changes` of all versions so far."""
    for name in HISTORY:
        for path in sorted((root / RELEASES).glob(f"*/{name}.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                for number, cells in enumerate(csv.DictReader(file), 2):
                    filled = {column: cell for column, cell in cells.items() if cell}
                    yield Row(name, path.relative_to(root).as_posix(), number, 1, filled)
