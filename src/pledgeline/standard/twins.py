"""One table in several formats: which resources of a package hold the same table.

Two resources are twins where each is one file, the files have one name but for the suffix, the
formats differ, and the schemas have the same fields of the same types in the same order. The
standard has no word for this; it is how packages publish a table as CSV and as Parquet.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from pathlib import PurePath
from typing import TypeVar

from pledgeline.standard.package import DataPackage, Resource
from pledgeline.standard.schema import Schema

Item = TypeVar("Item")


def table_identity(paths: Sequence[PurePath], schema: Schema) -> Hashable:
    """What all twins of a resource have in common; None for several files, which have no twin."""
    if len(paths) != 1:
        return None
    return paths[0].stem, tuple((field.name, field.type) for field in schema.fields)


def without_twins(
    items: Iterable[Item], known_as: Callable[[Item], tuple[Hashable, str]]
) -> list[Item]:
    """The items, of twins only the first; `known_as` gives the identity and the format of one."""
    chosen = []
    formats: dict[Hashable, set[str]] = {}
    for item in items:
        identity, format = known_as(item)
        known = formats.setdefault(identity, set())
        if identity is None or not known or format in known:
            chosen.append(item)
            known.add(format)
    return chosen


def one_resource_per_table(package: DataPackage) -> dict[str, Resource]:
    """The tables of a package by name, of a table in several formats the first alone."""
    chosen = without_twins(
        [each for each in package.resources if each.is_table],
        lambda each: (table_identity(each.paths, each.schema), each.format),
    )
    return {resource.name: resource for resource in chosen}
