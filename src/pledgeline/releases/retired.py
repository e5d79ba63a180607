"""Ids that were merged or withdrawn between two versions, and the rows that go with them.

A package with a registry of ids says so itself: it is the table that has the columns of REGISTRY.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pledgeline.records.layout import REGISTRY
from pledgeline.releases.change import ALL, Change, joined
from pledgeline.releases.row_changes import fetch_rows
from pledgeline.releases.text_tables import forget, read_as_text
from pledgeline.source.sandbox import Sandbox
from pledgeline.sql import literals
from pledgeline.standard.package import Resource

RETIRED = ("merged", "withdrawn")  # statuses of an id, and kinds of change
Tables = Mapping[str, Resource]


@dataclass(frozen=True)
class Fate:
    """What became of an id of `table`: one of RETIRED, and why."""

    table: str
    kind: str
    reason: str


@dataclass(frozen=True)
class Retirements:
    """The ids that were retired between two versions, each as a key, and what refers to ids.

    `references` has the columns of each table of the old package that refer to an id, with the
    table referred to; `identified` the tables whose rows have ids of their own.
    """

    registry: str = ""
    fates: Mapping[str, Fate] = field(default_factory=dict)
    references: Mapping[str, list[tuple[str, str]]] = field(default_factory=dict)
    identified: frozenset[str] = frozenset()

    def explain(self, change: Change) -> Change:
        """The change as the merge or withdrawal that it is, or with the reason that it follows.

        A row goes with the id that it refers to. If it has an id of its own, that must be retired
        as well.
        """
        if change.table == self.registry:
            fate = self.fates.get(change.key)
            return replace(change, reason=fate.reason) if fate else change
        if not self.fates or change.field != ALL or change.kind != "removed":
            return change
        row = json.loads(change.old or "{}")
        if change.table in self.identified:
            fate = self.fates.get(change.key)
            if fate and fate.table == change.table:
                return replace(change, kind=fate.kind, reason=fate.reason)
            return change
        for column, target in self.references.get(change.table, []):
            fate = self.fates.get(joined([row.get(column)]))
            if fate and target in (fate.table, self.registry):
                return replace(change, reason=fate.reason)
        return change


def retirements(place: Sandbox, old: Tables, new: Tables) -> Retirements:
    """What the registry of the new package has retired that the old one had not."""
    registry = registry_in(new)
    if not registry:
        return Retirements()
    before = fates_in(place, old[registry]) if registry_in(old) == registry else {}
    fates = {id: fate for id, fate in fates_in(place, new[registry]).items() if id not in before}
    identified = (name for name, each in old.items() if each.schema.primary_key == ("id",))
    return Retirements(
        registry,
        fates,
        {name: id_references(name, each) for name, each in old.items()},
        frozenset(identified) - {registry},
    )


def registry_in(tables: Tables) -> str:
    """The name of the table that lists every id; empty where there is none."""
    names = {name: {field.name for field in each.schema.fields} for name, each in tables.items()}
    return next((name for name, fields in names.items() if fields >= set(REGISTRY)), "")


def fates_in(place: Sandbox, registry: Resource) -> dict[str, Fate]:
    """What became of each retired id, by its key in the registry."""
    table = read_as_text(place, registry, "registry")
    id, owner, status, _, reason = map(table.column, REGISTRY)
    rows = fetch_rows(
        place.database,
        f"SELECT {id}, {owner}, {status}, coalesce({reason}, '') FROM registry"
        f" WHERE {status} IN ({literals(RETIRED)})",
    )
    fates = {joined([each]): Fate(*rest) for each, *rest in rows}
    forget(place.database, "registry")
    return fates


def id_references(name: str, resource: Resource) -> list[tuple[str, str]]:
    """The columns of a table that refer to an id, each with the table that it is of."""
    return [
        (column, key.target(name))
        for key in resource.schema.foreign_keys
        for column, referred in zip(key.fields, key.reference_fields, strict=True)
        if referred == "id"
    ]
