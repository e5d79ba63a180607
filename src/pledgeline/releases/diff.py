"""Two packages compared: the changes from old to new, and the version that they require."""

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pledgeline.descriptor.load import read_package
from pledgeline.errors import InvalidPackage, UnreadablePackage
from pledgeline.releases.change import ALL, NEEDED, SCHEMA, Change
from pledgeline.releases.retired import retirements
from pledgeline.releases.row_changes import row_changes
from pledgeline.releases.schema_changes import highest, level, schema_changes, schema_rows
from pledgeline.releases.unpack import package_at
from pledgeline.source.sandbox import sandbox
from pledgeline.standard.package import DataPackage, Resource
from pledgeline.standard.twins import one_resource_per_table
from pledgeline.versions import VERSION, next_version, numbers

SHOWN = 20  # changes of a table that a printed difference lists


@dataclass
class Difference:
    """What differs between two packages: true where anything does, and text when it is printed.

    `changes` are all changes, those of the schema first, then by table and key; `schema` the first
    of them alone. `counts` has how many there are by (table, kind, whether a whole row).
    """

    old: str | None  # the packages' own versions
    new: str | None
    schema: list[Change]
    changes: Iterable[Change]
    referred: frozenset[str]  # tables that foreign keys of the old package point at
    history: tuple[str, ...] = ()  # the tables that list versions, where the packages have them
    counts: Counter[tuple[str, str, bool]] = field(default_factory=Counter)

    def __bool__(self) -> bool:
        return bool(self.counts)

    def __str__(self) -> str:
        from pledgeline.releases.formats import render_difference

        return "".join(render_difference(self, "text", SHOWN)).rstrip("\n")

    def to_dict(self) -> dict[str, Any]:
        """The difference as plain values, in the form of `pledgeline diff --format json`."""
        from pledgeline.releases.formats import change_dict, counts_by_table

        return {
            "old": self.old,
            "new": self.new,
            "changes": [change_dict(change) for change in self.changes],
            "bump": self.bump,
            "counts": {table: dict(counts) for table, counts in counts_by_table(self).items()},
        }

    @property
    def levels(self) -> set[str]:
        """The level of each change: major, minor or patch.

        Changes of the schema are judged by `schema_changes.level`. A row removed from a table that
        others refer to is major, a row removed elsewhere or added is minor, and another value is
        patch. An id that was merged or withdrawn is minor: it stays in the registry. The tables
        that list versions do not count. https://datapackage.org/recipes/data-package-version/
        """
        own = (change for change in self.schema if change.key.split("|")[0] not in self.history)
        levels = {level(change) for change in own}
        for table, kind, row in self.counts:
            if table not in (SCHEMA, *self.history):
                gone = "major" if kind == "removed" and table in self.referred else "minor"
                levels.add(gone if row else "patch")
        return levels

    @property
    def bump(self) -> str | None:
        """The least part of the version that must rise: major, minor, patch; None if none must."""
        return highest(self.levels)

    @property
    def least(self) -> str | None:
        """The lowest version that the new package may have.

        None if the old version is not of the form MAJOR.MINOR.PATCH.
        """
        return (
            next_version(self.old, self.bump)
            if self.old and VERSION.fullmatch(self.old) and self.bump
            else None
        )

    @property
    def high_enough(self) -> bool:
        """Whether the new package's version is at least `least`."""
        if self.least is None or self.new is None or not VERSION.fullmatch(self.new):
            return False
        return numbers(self.new) >= numbers(self.least)


def diff(
    old: str | os.PathLike[str], new: str | os.PathLike[str], *, without: Collection[str] = ()
) -> Difference:
    """What differs between two packages: folders, descriptors or archives (.zip).

    Rows are the same row if they have the same primary key. `without` names tables to leave out,
    such as `releases` and `changes` between two versions of one package. Raises UnreadablePackage
    where a package cannot be read.

    >>> found = pledgeline.diff("stations-1.0.0", "stations", without=["releases", "changes"])
    >>> print(found)
    1.0.0 -> 1.1.0
    <BLANKLINE>
    stations
      ~ market  docks: 20 -> 18
      + museum
    <BLANKLINE>
    table     rows added  rows gone  fields changed
    stations           1          0               1
    The changes ask for a minor version: at least 1.1.0; it is 1.1.0.
    >>> found.bump, found.least
    ('minor', '1.1.0')
    >>> [(change.key, change.field, change.new) for change in found.changes][0]
    ('market', 'docks', '18')
    """
    with ExitStack() as stack:
        before, after = (stack.enter_context(package_at(path)) for path in (old, new))
        found = stack.enter_context(compare(before, after, without))
        found.changes = list(found.changes)
        return found


@contextmanager
def compare(
    old: str | os.PathLike[str], new: str | os.PathLike[str], without: Collection[str] = ()
) -> Iterator[Difference]:
    """The difference between the packages in two folders, as a stream; without some tables.

    Its `changes` can be read once, as long as the context lasts, and its `counts` are complete
    then; so differences larger than the memory can be written down. Raises UnreadablePackage where
    a package cannot be read.
    """
    before, after = load_usable_package(old), load_usable_package(new)
    olds, news = (
        {
            name: resource
            for name, resource in one_resource_per_table(package).items()
            if name not in without
        }
        for package in (before, after)
    )
    schema = schema_changes(
        schema_rows(before.descriptor, descriptors(olds)),
        schema_rows(after.descriptor, descriptors(news)),
    )
    listing = all(map(lists_versions, (olds, news)))
    found = Difference(
        version_of(before),
        version_of(after),
        schema,
        [],
        referred_tables(olds.values()),
        tuple(NEEDED) if listing else (),
    )
    files = [path for each in (olds, news) for table in each.values() for path in table.paths]
    with sandbox(files) as place:

        def changes() -> Iterator[Change]:
            yield from schema
            retired = retirements(place, olds, news)
            for number, name in enumerate(dict.fromkeys([*olds, *news])):
                found_rows = row_changes(place, olds.get(name), news.get(name), number)
                yield from map(retired.explain, found_rows)

        def counted() -> Iterator[Change]:
            for change in changes():
                found.counts[change.table, change.kind, change.field == ALL] += 1
                yield change

        found.changes = counted()
        yield found


def lists_versions(tables: Mapping[str, Resource]) -> bool:
    """Whether `releases` and `changes` are the tables that list versions, by their columns too."""
    return all(
        name in tables and set(needed) <= {each.name for each in tables[name].schema.fields}
        for name, needed in NEEDED.items()
    )


def version_of(package: DataPackage) -> str | None:
    """The package's own version as text; None where it has none."""
    return str(package.descriptor["version"]) if "version" in package.descriptor else None


def load_usable_package(path: str | os.PathLike[str]) -> DataPackage:
    """The package at `path`, all of whose resources can be used.

    Raises UnreadablePackage where there is none, InvalidPackage where it has errors.
    """
    package, errors = read_package(Path(path))
    wrong = [error for error in errors if error.severity == "error"]
    if package is None or wrong:
        refused = UnreadablePackage if package is None else InvalidPackage
        raise refused(f"{path}: {wrong[0].message}; validate it first")
    return package


def descriptors(tables: Mapping[str, Resource]) -> dict[str, dict[str, Any]]:
    """What each resource's descriptor says, with the names of keys as lists."""
    return {
        name: {**resource.descriptor, "schema": resource.schema.to_descriptor()}
        for name, resource in tables.items()
    }


def referred_tables(resources: Iterable[Resource]) -> frozenset[str]:
    """The names of the tables that foreign keys point at."""
    keys = [key for each in resources for key in each.schema.foreign_keys]
    return frozenset(key.resource for key in keys) - {""}
