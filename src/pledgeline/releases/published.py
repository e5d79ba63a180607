"""What publishing a version writes down: a row a table in `releases`, and the version and day in
data/package.yaml.
"""

import datetime
from collections.abc import Iterable, Iterator

from pledgeline.releases.change import ALL, SCHEMA, Change
from pledgeline.releases.snapshot import GONE, Snapshot, hashes


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
