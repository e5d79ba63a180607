"""A package to read tables from, as it is or as it was: `pledgeline.open(...)`."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from pledgeline.archive.unpack import package_at
from pledgeline.history.back import at, versions
from pledgeline.history.checkout import arrow_table, checkout
from pledgeline.history.snapshot import Snapshot, snapshot


class Opened(Mapping):
    """A package in memory: a mapping of table names to tables.

    package = pledgeline.open("datapackage.json")
    package["events"].to_pandas()
    package.at("1.0.0")["events"].to_arrow()
    """

    def __init__(self, version: Snapshot):
        self._version = version

    def __getitem__(self, name: str) -> "OpenedTable":
        if name not in self._version.tables:
            raise KeyError(f"{name}: no such table; there are {', '.join(self)}")
        return OpenedTable(self._version, name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._version.tables)

    def __len__(self) -> int:
        return len(self._version.tables)

    @property
    def version(self) -> str | None:
        return self._version.version

    @property
    def versions(self) -> list[str]:
        """The published versions that the package can be turned back to. Raises CannotRun where it tells of none."""
        return versions(self._version)

    def at(self, version: str) -> "Opened":
        """The package as it was published. Raises CannotRun where it cannot be made again, or not exactly."""
        return Opened(at(self._version, version))

    def checkout(self, folder: str | Path) -> dict:
        """Writes the package into a new folder as CSV, Parquet and datapackage.json; returns the descriptor."""
        return checkout(self._version, Path(folder))


class OpenedTable:
    def __init__(self, version: Snapshot, name: str):
        self._version, self.name = version, name

    def __len__(self) -> int:
        return len(self._version.tables[self.name])

    def to_arrow(self):
        """A pyarrow.Table, each column in its field's type. Raises pyarrow.ArrowInvalid for a cell that is not of it."""
        return arrow_table(self._version, self.name)

    def to_pandas(self):
        """A pandas.DataFrame; integers and booleans with gaps are nullable, codes are categories. Needs pandas."""
        return self.to_arrow().to_pandas()


def open_package(path: str | Path = ".") -> Opened:
    """The package at `path`: a folder, a datapackage.json, or an archive. Raises CannotRun where it cannot be read."""
    with package_at(path) as place:
        return Opened(snapshot(place))
