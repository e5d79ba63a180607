"""A package to read tables from, as it is or as it was: `pledgeline.open(...)`."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pledgeline.read import selections
from pledgeline.read.describe import package_words
from pledgeline.read.fetch import fetch_package, is_address
from pledgeline.read.load import read_table
from pledgeline.read.table import Table
from pledgeline.releases.checkout import arrow_table, write_checkout
from pledgeline.releases.diff import load_usable_package
from pledgeline.releases.snapshot import Snapshot, snapshot
from pledgeline.releases.text_tables import one_resource_per_table
from pledgeline.releases.undo import published_versions, rebuild_version
from pledgeline.releases.unpack import package_at
from pledgeline.text import suggestion

if TYPE_CHECKING:
    import duckdb


class Package(Mapping[str, Table]):
    """A package: a mapping of table names to tables, each of which is read when it is first asked
    for.

    package = pledgeline.open("datapackage.json")
    package["events"].to_pandas()
    package.at("1.0.0")["events"].to_arrow()
    """

    def __init__(
        self, about: dict, tables: dict[str, Callable[[], Table]], whole: Callable[[], Snapshot]
    ):
        self.about = about  # the descriptor, but for the resources
        self._readers, self._read = tables, {}
        self._whole = whole

    def __getitem__(self, name: str) -> Table:
        if name not in self._readers:
            hint = suggestion(name, self._readers) or f"there are {', '.join(self)}"
            raise KeyError(f"{name}: no such table; {hint}")
        if name not in self._read:
            self._read[name] = self._readers[name]()
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._readers)

    def __len__(self) -> int:
        return len(self._readers)

    def __repr__(self) -> str:
        return f"<{self.about.get('name', 'package')} {self.version or 'without version'}: {len(self)} tables>"

    @property
    def version(self) -> str | None:
        version = self.about.get("version")
        return version and str(version)

    @property
    def versions(self) -> list[str]:
        """The published versions that the package can be turned back to.

        Raises PledgelineError where it tells of none.
        """
        return published_versions(self._snapshot)

    @cached_property
    def _snapshot(self) -> Snapshot:
        return self._whole()

    def at(self, version: str) -> Package:
        """The package as it was published.

        Raises PledgelineError where it cannot be made again, or not exactly.
        """
        return of_snapshot(rebuild_version(self._snapshot, version))

    def checkout(self, folder: str | Path) -> dict:
        """Writes the package into a new folder as CSV, Parquet and datapackage.json; returns the
        descriptor.
        """
        return write_checkout(self._snapshot, Path(folder))

    def describe(self) -> None:
        """Prints what the package is, and a line a table."""
        print(package_words(self.about, self.values()))

    def to_duckdb(self) -> duckdb.DuckDBPyConnection:
        """A new connection to a database in memory with all tables in it; codes are enums, dates
        are dates.
        """
        import duckdb

        connection = duckdb.connect()
        for name, table in self.items():
            connection.register(name, table.to_arrow())
        return connection

    def timeline(self, actor: str, since: str | None = None, until: str | None = None) -> Table:
        """The events in which an actor, or one that belongs to it, took part between two days (ISO,
        both included).
        """
        return selections.timeline(self, actor, since, until)

    def commitments_between(self, one: str, other: str, on: str | None = None) -> Table:
        """What two actors promised each other, with what had become of it by the day `on` in the
        view of each assessor.
        """
        return selections.commitments_between(self, one, other, on)

    def overlaps(self, actor: str) -> Table:
        """Promises of an actor to different partners that cover the same ground, and how firm each
        is.
        """
        return selections.overlaps(self, actor)


def open_package(path: str | Path = ".", *, sha256: str | None = None) -> Package:
    """The package at `path`: a folder, a datapackage.json, an archive (.zip), or the
    https address of either of the last two.

    An address is read only when it is given; every file from it is held against the hashes of the
    descriptor or of the archive, and the file at the address itself against `sha256`
    (64 hexadecimal digits) where that is given. Raises PledgelineError where the package cannot be
    read or is not what its hashes say.
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
    made = Package(about, {name: reader(name) for name in resources}, lambda: snapshot(place))
    weakref.finalize(made, stack.close)
    return made


def of_snapshot(version: Snapshot) -> Package:
    def reader(name: str) -> Callable[[], Table]:
        return lambda: Table(name, version.descriptors[name], arrow_table(version, name))

    about = {**version.package, "version": version.version}
    return Package(about, {name: reader(name) for name in version.tables}, lambda: version)
