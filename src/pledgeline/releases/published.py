"""Published versions of a data set: their files, and what publishing one writes down."""

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path

from pledgeline.errors import GitFailed, NotAsPublished, PledgelineError
from pledgeline.records.history import HISTORY, published_versions, record_of
from pledgeline.releases.change import ALL, SCHEMA, Change
from pledgeline.releases.checkout import write_checkout
from pledgeline.releases.git import unpack_commit_of
from pledgeline.releases.snapshot import GONE, Snapshot, hashes, snapshot
from pledgeline.releases.undo import rebuild_version, wrong_tables
from pledgeline.releases.unpack import package_at


def write_version(package: str | Path, version: str, folder: Path) -> None:
    """Writes a published version of `package` into `folder`.

    It is rebuilt from the last published tables; where they are not at hand, it comes from the
    commit that published it. Raises PledgelineError where neither gives it.
    """
    with package_at(package) as place:
        root = place if place.is_dir() else place.parent
        try:
            write_checkout(rebuild_version(snapshot(place), version, root), folder)
        except PledgelineError as refusal:
            if version not in published_versions(root):
                raise
            write_committed(root, version, folder, refusal)


def write_committed(root: Path, version: str, folder: Path, refusal: PledgelineError) -> None:
    """Writes the files of the commit that published `version` into `folder`.

    Raises `refusal` where git does not have them, NotAsPublished where they are other tables.
    """
    try:
        unpack_commit_of(root, record_of(version), folder)
    except GitFailed:  # no clone, or a shallow one
        raise refusal from None
    then = snapshot(folder)
    if set(HISTORY) <= then.tables.keys() and (wrong := wrong_tables(then, version)):
        named = ", ".join(wrong)
        raise NotAsPublished(
            f"the commit that published {version} does not have its tables: {named}"
        )


def release_rows(
    now: Snapshot, version: str, day: datetime.date, changes: Iterable[Change]
) -> Iterator[dict[str, str]]:
    """A row of `releases` for every table, one that this version removes among them."""
    removed = {
        change.key
        for change in changes
        if change.table == SCHEMA and change.field == ALL and change.kind == "removed"
    }
    gone = {name: GONE for name in sorted(removed) if "|" not in name}
    for name, (count, digest) in sorted((hashes(now) | gone).items()):
        yield {
            "version": version,
            "table": name,
            "date": day.isoformat(),
            "rows": str(count),
            "rows_hash": digest,
        }


def declaration(text: str, version: str, day: datetime.date) -> str:
    """data/package.yaml with another version and day, and nothing else of it changed."""
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith("created:")]
    number = next(n for n, line in enumerate(lines) if line.startswith("version:"))
    lines[number] = f'version: {version}\ncreated: "{day.isoformat()}T00:00:00Z"\n'
    return "".join(lines)
