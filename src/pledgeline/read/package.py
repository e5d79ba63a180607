"""A package to read tables from, as it is or as it was published: `pledgeline.open(...)`."""

from __future__ import annotations

import os
import tempfile
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pledgeline.errors import UnknownTable
from pledgeline.read.describe import Description, describe_package
from pledgeline.read.fetch import fetch_package, is_address
from pledgeline.read.load import read_table
from pledgeline.read.table import Table
from pledgeline.releases.checkout import arrow_table, write_checkout
from pledgeline.releases.diff import load_usable_package
from pledgeline.releases.snapshot import Snapshot, snapshot
from pledgeline.releases.undo import published_versions, rebuild_version
from pledgeline.releases.unpack import package_at
from pledgeline.sql import distinct_names
from pledgeline.standard.twins import one_resource_per_table
from pledgeline.text import counted, suggestion

if TYPE_CHECKING:
    import duckdb


class Package(Mapping[str, Table]):
    """A package: a mapping of table names to tables, each read when it is first asked for.

    >>> package = pledgeline.open("stations")
    >>> package
    <bicycle-stations 1.1.0: 3 tables>
    >>> list(package)
    ['stations', 'releases', 'changes']
    >>> len(package["stations"])
    3
    """

    def __init__(
        self,
        about: dict[str, Any],
        readers: dict[str, Callable[[], Table]],
        read_snapshot: Callable[[], Snapshot],
        root: Path | None = None,
    ):
        self.about = about  # the descriptor, but for the resources
        self._readers, self._read_snapshot = readers, read_snapshot
        self._root = root  # the folder that may keep the last published version
        self._tables: dict[str, Table] = {}

    def __getitem__(self, name: str) -> Table:
        if name not in self._readers:
            hint = suggestion(name, self._readers) or f"there are {', '.join(self)}"
            raise UnknownTable(f"{name}: no such table; {hint}")
        if name not in self._tables:
            self._tables[name] = self._readers[name]()
        return self._tables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._readers)

    def __len__(self) -> int:
        return len(self._readers)

    def __repr__(self) -> str:
        name, version = self.about.get("name", "package"), self.version or "without version"
        return f"<{name} {version}: {counted(len(self), 'table')}>"

    @property
    def version(self) -> str | None:
        """The package's own version; None where its descriptor has none."""
        version = self.about.get("version")
        return None if version is None else str(version)

    @property
    def versions(self) -> list[str]:
        """The published versions that the package can be turned back to, the oldest first.

        Raises UnknownVersion for a package without the tables `releases` and `changes`.

        >>> pledgeline.open("stations").versions
        ['1.0.0', '1.1.0']
        """
        return published_versions(self._snapshot)

    @cached_property
    def _snapshot(self) -> Snapshot:
        return self._read_snapshot()

    def at(self, version: str) -> Package:
        """The package as it was published as `version`, held against the published hashes.

        Work that goes on since the last published version does not matter. Raises UnknownVersion
        where it was not published, NotAsPublished where it cannot be made again exactly.

        >>> pledgeline.open("stations").at("1.0.0")["stations"].to_arrow()["docks"].to_pylist()
        [24, 20]
        """
        return package_of(rebuild_version(self._snapshot, version, self._root))

    def checkout(self, folder: str | os.PathLike[str]) -> dict[str, Any]:
        """Writes the package into a new folder as CSV, Parquet and datapackage.json.

        Returns the descriptor. Raises TargetExists for a folder that has something in it.
        """
        return write_checkout(self._snapshot, Path(folder))

    def describe(self) -> Description:
        """What the package is, and a line a table; it prints as text.

        >>> pledgeline.open("stations").at("1.0.0").describe()
        Bicycle stations, version 1.0.0
        <BLANKLINE>
        Where bicycles are lent.
        <BLANKLINE>
        stations                        2 rows  Stations
        releases                        2 rows
        changes                         0 rows
        <BLANKLINE>
        package["stations"].describe() lists the fields of a table.
        """
        return describe_package(self.about, self.values())

    def to_duckdb(self) -> duckdb.DuckDBPyConnection:
        """A new database in memory with all tables in it; codes are enums, dates are dates.

        SQL ignores case: of names that differ in nothing else, all but the first get a number, as
        the columns of `Table.to_duckdb()` do: `events`, `Events_1`.

        >>> database = pledgeline.open("stations").to_duckdb()
        >>> database.sql("SELECT max(docks) FROM stations").fetchall()
        [(24,)]
        """
        import duckdb

        connection = duckdb.connect()
        for name, table in zip(distinct_names(self), self.values(), strict=True):
            connection.register(name, table.to_arrow())
        return connection


def open_package(path: str | os.PathLike[str] = ".", *, sha256: str | None = None) -> Package:
    """The package at `path`: a folder, a datapackage.json, an archive (.zip), or an https address.

    An address is that of a datapackage.json or of an archive. Nothing is fetched unless an address
    is given. Every file from it is held against the hashes of the descriptor or of the archive, and
    the file at the address itself against `sha256` (64 hexadecimal digits) where that is given.
    Raises UnreadablePackage where the package cannot be read, FetchRefused where what an address
    has is not taken.

    >>> pledgeline.open("stations/datapackage.json")["stations"].to_arrow()["id"].to_pylist()
    ['harbour', 'market', 'museum']
    """
    stack = ExitStack()  # what was unpacked or fetched stays as long as the package does
    try:
        if is_address(path):
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="pledgeline-"))
            path = fetch_package(str(path), Path(folder), sha256)
        place = stack.enter_context(package_at(path))
        package = load_usable_package(place)
    except BaseException:
        stack.close()
        raise
    resources = one_resource_per_table(package)

    def reader(name: str) -> Callable[[], Table]:
        return lambda: read_table(resources[name])

    about = {key: value for key, value in package.descriptor.items() if key != "resources"}
    root = place if place.is_dir() else place.parent
    readers = {name: reader(name) for name in resources}
    made = Package(about, readers, lambda: snapshot(place), root)
    weakref.finalize(made, stack.close)
    return made


def checkout(
    package: str | os.PathLike[str], version: str, folder: str | os.PathLike[str]
) -> Package:
    """Writes a published version of the package at `package` into a new folder, and opens it.

    The version is made of the last published one and held against the published hashes. Raises
    UnknownVersion, NotAsPublished, or TargetExists for a folder that has something in it.

    >>> pledgeline.checkout("stations", "1.0.0", "stations-then")
    <bicycle-stations 1.0.0: 3 tables>
    """
    open_package(package).at(version).checkout(folder)
    return open_package(folder)


def package_of(version: Snapshot) -> Package:
    """The package of a version in memory."""

    def reader(name: str) -> Callable[[], Table]:
        return lambda: Table(name, version.descriptors[name], arrow_table(version, name))

    about = {**version.package, "version": version.version}
    return Package(about, {name: reader(name) for name in version.tables}, lambda: version)
