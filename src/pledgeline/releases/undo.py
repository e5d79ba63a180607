"""A published version made of today's package: the table `changes` run backwards, and the result
held against its hashes.
"""

import copy
import json
from collections.abc import Iterable
from typing import Any

from pledgeline.errors import NotAsPublished, UnknownVersion
from pledgeline.releases.change import ALL, SCHEMA, joined, unmarked
from pledgeline.releases.snapshot import GONE, HISTORY, Snapshot, hashes, key_of
from pledgeline.versions import numbers


def published_versions(today: Snapshot) -> list[str]:
    """The published versions, the oldest first.

    Raises UnknownVersion for a package that does not tell of any.
    """
    if not set(HISTORY) <= today.tables.keys():
        raise UnknownVersion(
            "the package has no tables `releases` and `changes`, so it tells nothing of its versions"
        )
    return sorted({row["version"] for row in today.tables["releases"]}, key=numbers)


def rebuild_version(today: Snapshot, version: str) -> Snapshot:
    """The package as published as `version`.

    Raises UnknownVersion where there is none, NotAsPublished where a hash is not the published one.
    """
    known = published_versions(today)
    if version not in known:
        raise UnknownVersion(
            f"there is no version {version}; published are {', '.join(known) or 'none'}"
        )
    latest = wrong_tables(today, known[-1])
    if latest:
        wrong = f"{', '.join(latest)} differ from version {known[-1]}, the last that was published"
        raise NotAsPublished(
            f"{wrong}; a version is made of a published package: take the archive or the tag of {known[-1]}"
        )
    made = Snapshot(version, copy.deepcopy(today.schema), copy.deepcopy(today.tables))
    for later in reversed(known[known.index(version) + 1 :]):
        turn_back(made, [row for row in today.tables["changes"] if row["version"] == later])
    for name in HISTORY:
        made.tables[name] = [
            row for row in made.tables[name] if numbers(row["version"]) <= numbers(version)
        ]
    if differing := wrong_tables(made, version):
        tables = ", ".join(differing)
        raise NotAsPublished(
            f"version {version} cannot be made again: {tables} do not match the published hashes"
        )
    return made


def wrong_tables(made: Snapshot, version: str) -> list[str]:
    """The tables whose rows are not those that `releases` has a hash of for `version`; one that was
    removed has GONE.
    """
    published = {
        r["table"]: (int(r["rows"]), r["rows_hash"])
        for r in made.tables["releases"]
        if r["version"] == version
    }
    found = hashes(made)
    return sorted(
        name
        for name in published.keys() | found.keys()
        if published.get(name, GONE) != found.get(name, GONE)
    )


def turn_back(made: Snapshot, changes: list[dict[str, str]]) -> None:
    """Undoes the changes of one version in `made`, those of the descriptor between those of rows
    that came and went.

    A row that came is looked up by the key it came with, one that went is put back under the key of
    then.
    """
    keys = {name: key_of(about["schema"]) for name, about in made.descriptors.items()}
    keyed = {
        name: {joined(row.get(part) for part in keys[name]): row for row in rows}
        for name, rows in made.tables.items()
    }
    rows = [change for change in changes if change["table"] != SCHEMA]
    for change in rows:
        if change["field"] == ALL and change["kind"] == "added":
            del keyed[change["table"]][change["key"]]
    undo_schema(made, [change for change in changes if change["table"] == SCHEMA])
    for change in rows:
        table = keyed.setdefault(change["table"], {})
        if change["field"] != ALL:
            put(table[change["key"]], unmarked(change["field"]), change.get("old"))
        elif change["kind"] != "added":
            table[change["key"]] = json.loads(change["old"])
    made.tables = {
        name: list(keyed[name].values()) if name in keyed else [] for name in made.descriptors
    }


def undo_schema(made: Snapshot, changes: Iterable[dict[str, str]]) -> None:
    for change in changes:
        if change["field"] == ALL:
            if change["kind"] == "added":
                del made.schema[change["key"]]
            else:
                made.schema[change["key"]] = json.loads(change["old"])
        else:
            old = change.get("old")
            put(
                made.schema[change["key"]],
                unmarked(change["field"]),
                None if old is None else json.loads(old),
            )


def put(row: dict[str, Any], name: str, value: object) -> None:
    if value is None:
        row.pop(name, None)
    else:
        row[name] = value
