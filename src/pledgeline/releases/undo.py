"""A published version rebuilt from today's package.

The table `changes` is undone, the last change first, and the result compared with the published
hashes.
"""

import copy
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pledgeline.descriptor.schemas import check_schema
from pledgeline.errors import NotAsPublished, UnknownVersion
from pledgeline.records.history import HISTORY
from pledgeline.releases.change import ALL, NEEDED, SCHEMA, joined, unmarked
from pledgeline.releases.latest import LATEST, read_latest
from pledgeline.releases.snapshot import GONE, Row, Snapshot, hashes, key_of
from pledgeline.standard.values import as_object
from pledgeline.text import quoted
from pledgeline.versions import VERSION, numbers


def published_versions(today: Snapshot) -> list[str]:
    """The published versions, the oldest first.

    Raises UnknownVersion for a package that lists none, NotAsPublished for a list that cannot be
    read.
    """
    if not set(HISTORY) <= today.tables.keys():
        raise UnknownVersion(
            "the package has no tables `releases` and `changes`, so it lists no versions"
        )
    for name, needed in NEEDED.items():
        for row in today.tables[name]:
            if missing := [column for column in needed if column not in row]:
                raise NotAsPublished(f"{name}: a row has no {missing[0]}; publish the table again")
            if not VERSION.fullmatch(row["version"]):
                found = quoted(row["version"])
                raise NotAsPublished(f"{name}: {found} is not a version, expected one like 1.0.0")
    return sorted({row["version"] for row in today.tables["releases"]}, key=numbers)


def rebuild_version(today: Snapshot, version: str, root: Path | None = None) -> Snapshot:
    """The package as it was published as `version`.

    It is made of the last published version: of `today`, or of what is kept of it under `root`
    where work has gone on since. Raises UnknownVersion where there is no such version,
    NotAsPublished where it cannot be made again, or does not match the published hashes.
    """
    known = published_versions(today)
    if version not in known:
        raise UnknownVersion(
            f"there is no version {version}; published are {', '.join(known) or 'none'}"
        )
    latest = last_published(today, known[-1], root)
    made = Snapshot(version, copy.deepcopy(latest.schema), copy.deepcopy(latest.tables))
    try:
        for later in reversed(known[known.index(version) + 1 :]):
            undo(made, [row for row in today.tables["changes"] if row["version"] == later])
        check_schemas(cut_history(made, version))
        wrong = wrong_tables(made, version)
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
        # `changes` names a row, field or table that is not there, or has no JSON where it must
        raise NotAsPublished(
            f"version {version} cannot be made again: `changes` does not fit the tables"
            f" ({type(error).__name__}: {error}); take the archive of that version"
        ) from error
    if wrong:
        raise NotAsPublished(
            f"version {version} cannot be made again: {', '.join(wrong)} do not match the"
            " published hashes"
        )
    return made


def last_published(today: Snapshot, last: str, root: Path | None) -> Snapshot:
    """`today`, or what is kept under `root`, whichever has the published hashes of version `last`.

    Raises NotAsPublished where neither has.
    """
    differing = wrong_tables(today, last)
    if not differing:
        return today
    latest = root and read_latest(root, today)
    if latest and not wrong_tables(latest, last):
        return latest
    found = f"{', '.join(differing)} differ from version {last}, the last that was published"
    kept = "does not have its tables either" if latest else "does not hold its tables"
    raise NotAsPublished(
        f"{found}, and {LATEST} {kept}; a version is made of a published package:"
        f" take the archive or the tag of {last}"
    )


def cut_history(made: Snapshot, version: str) -> Snapshot:
    """`made` without what its tables say of versions after `version`."""
    for name in HISTORY:
        rows = made.tables[name]
        made.tables[name] = [row for row in rows if numbers(row["version"]) <= numbers(version)]
    return made


def check_schemas(made: Snapshot) -> None:
    """Raises ValueError where what was rebuilt is not a schema."""
    for name, about in made.descriptors.items():
        if errors := check_schema(about["schema"], "", "v2", name):
            raise ValueError(errors[0].message)


def wrong_tables(made: Snapshot, version: str) -> list[str]:
    """The tables whose rows do not have the hash that `releases` has for `version`.

    A table that was removed has GONE.
    """
    published = {
        row["table"]: (row["rows"], row["rows_hash"])
        for row in made.tables["releases"]
        if row["version"] == version
    }
    found = {name: (str(rows), digest) for name, (rows, digest) in hashes(made).items()}
    gone = (str(GONE[0]), GONE[1])
    return sorted(
        name
        for name in published.keys() | found.keys()
        if published.get(name, gone) != found.get(name, gone)
    )


def undo(made: Snapshot, changes: list[Row]) -> None:
    """Undoes the changes of one version in `made`: rows that came, then the schema, then the rest.

    A row that came is looked up by the key it came with, one that went is put back under the key
    that it had.
    """
    keys = {name: key_of(about["schema"]) for name, about in made.descriptors.items()}
    keyed = {
        name: {joined(row.get(part) for part in keys[name]): row for row in rows}
        for name, rows in made.tables.items()
    }
    of_rows = [change for change in changes if change["table"] != SCHEMA]
    for change in of_rows:
        if change["field"] == ALL and change["kind"] == "added":
            del keyed[change["table"]][change["key"]]
    undo_schema(made, [change for change in changes if change["table"] == SCHEMA])
    for change in of_rows:
        table = keyed.setdefault(change["table"], {})
        if change["field"] != ALL:
            put(table[change["key"]], unmarked(change["field"]), change.get("old"))
        elif change["kind"] != "added":
            table[change["key"]] = json.loads(change["old"])
    made.tables = {
        name: list(keyed[name].values()) if name in keyed else [] for name in made.descriptors
    }


def undo_schema(made: Snapshot, changes: Iterable[Row]) -> None:
    """Undoes the changes of the descriptor in `made`."""
    for change in changes:
        old: Any = json.loads(change["old"]) if "old" in change else None
        if change["field"] != ALL:
            put(made.schema[change["key"]], unmarked(change["field"]), old)
        elif change["kind"] == "added":
            del made.schema[change["key"]]
        else:
            made.schema[change["key"]] = as_object(old)


def put(row: dict[str, Any], name: str, value: object) -> None:
    """Sets a value of a row; None takes it away."""
    if value is None:
        row.pop(name, None)
    else:
        row[name] = value
