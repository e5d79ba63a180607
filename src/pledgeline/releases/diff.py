"""Two packages compared: the changes that make the new one of the old one, and the version that
they ask for.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pledgeline.descriptor.load import read_package
from pledgeline.errors import InvalidPackage, UnreadablePackage
from pledgeline.releases.change import ALL, SCHEMA, Change
from pledgeline.releases.row_changes import row_changes
from pledgeline.releases.schema_changes import gravest, level, schema_changes, schema_rows
from pledgeline.releases.text_tables import one_resource_per_table, read_as_text
from pledgeline.source.sandbox import sandbox
from pledgeline.standard.package import DataPackage
from pledgeline.versions import VERSION, next_version, numbers


@dataclass
class Difference:
    """What differs.

    `changes` can be read once; `counts` ((table, kind, whether a whole row) -> how many) is
    complete then.
    """

    old: str | None  # the packages' own versions
    new: str | None
    schema: list[Change]
    changes: Iterator[Change]
    referred: frozenset[str]  # tables that foreign keys of the old package point at
    counts: Counter = field(default_factory=Counter)

    @property
    def levels(self) -> set[str]:
        """How grave the changes counted so far are (see `schemas.level`); of rows: removed from a
        table that others refer to is major, as the recipe has it, removed elsewhere or added is
        minor, and another value is patch."""
        levels = {level(change) for change in self.schema}
        for (table, kind, row), number in self.counts.items():
            if number and table != SCHEMA:
                gone = "major" if kind == "removed" and table in self.referred else "minor"
                levels.add(gone if row else "patch")
        return levels

    @property
    def bump(self) -> str | None:
        """The least part of the version that must rise: major, minor or patch; None where nothing
        differs.
        """
        return gravest(self.levels)

    @property
    def least(self) -> str | None:
        """The least version that the new package may have; None where the old one's version is no
        MAJOR.MINOR.PATCH.
        """
        return (
            next_version(self.old, self.bump)
            if self.old and VERSION.fullmatch(self.old) and self.bump
            else None
        )

    @property
    def high_enough(self) -> bool:
        """Whether the new package's version is at least `least`."""
        known = self.least is not None and self.new is not None and VERSION.fullmatch(self.new)
        return bool(known) and numbers(self.new) >= numbers(self.least)


@contextmanager
def compare(
    old: str | Path, new: str | Path, without: Collection[str] = ()
) -> Iterator[Difference]:
    """The compare between the packages at two paths, but for the tables `without`.

    Raises UnreadablePackage where a package cannot be read.
    """
    before, after = load_usable_package(old), load_usable_package(new)
    olds, news = (
        {
            name: table
            for name, table in one_resource_per_table(package).items()
            if name not in without
        }
        for package in (before, after)
    )
    told = schema_changes(
        *(schema_rows(p.descriptor, descriptors(t)) for p, t in ((before, olds), (after, news)))
    )
    files = [
        path for tables in (olds, news) for resource in tables.values() for path in resource.paths
    ]
    with sandbox(files) as place:

        def changes() -> Iterator[Change]:
            yield from counted(told)
            for number, name in enumerate(dict.fromkeys([*olds, *news])):
                sides = (("old", olds), ("new", news))
                tables = [
                    read_as_text(place, own[name], f"{side}_{number}") if name in own else None
                    for side, own in sides
                ]
                yield from counted(row_changes(place.database, *tables))
                for table in filter(None, tables):
                    place.database.execute(f"DROP TABLE {table.relation}")

        def counted(found) -> Iterator[Change]:
            for change in found:
                result.counts[change.table, change.kind, change.field == ALL] += 1
                yield change

        versions = [
            str(p.descriptor["version"]) if "version" in p.descriptor else None
            for p in (before, after)
        ]
        result = Difference(*versions, told, changes(), referred_tables(olds))
        yield result


def load_usable_package(path: str | Path) -> DataPackage:
    """The package at `path`, all of whose resources can be used."""
    package, errors = read_package(Path(path))
    wrong = [error for error in errors if error.severity == "error"]
    if package is None or wrong:
        refused = UnreadablePackage if package is None else InvalidPackage
        raise refused(f"{path}: {wrong[0].message}; validate it first")
    return package


def descriptors(tables: dict) -> dict[str, dict]:
    """What each resource's descriptor says, with the names of keys as lists."""
    return {
        name: {**resource.descriptor, "schema": resource.schema.to_descriptor()}
        for name, resource in tables.items()
    }


def referred_tables(tables: dict) -> frozenset[str]:
    keys = [key for resource in tables.values() for key in resource.schema.foreign_keys]
    return frozenset(key.resource for key in keys) - {""}
