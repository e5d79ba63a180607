"""What each version added, as an Atom feed (RFC 4287).

There is an entry for each version, and one for each new row of the tables that are followed.
"""

import datetime
import json
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from pledgeline.errors import MissingExtra
from pledgeline.export.common import authors, licence_in_words, valid_xml_text
from pledgeline.text import counted

try:
    from feedgen.feed import FeedGenerator
except ModuleNotFoundError as error:
    raise MissingExtra("a feed needs feedgen: pip install 'pledgeline[export]'") from error

Row = dict[str, Any]
Titles = Mapping[str, str]  # table whose new rows have entries of their own -> their title's column


def write_feed(
    content: dict[str, Any],
    tables: Mapping[str, pa.Table],
    titles: Titles,
    moment: datetime.datetime,
    path: Path,
) -> str:
    """Writes the feed, newest version first; returns what is in it, in words.

    `moment` is used where nothing is released.
    """
    releases, changes = by_version(tables["releases"]), by_version(tables["changes"])
    versions = sorted(releases, key=lambda version: [int(part) for part in version.split(".")])
    feed = FeedGenerator()
    feed.id(identity(content, "feed"))
    feed.title(valid_xml_text(f"{content['title']}: additions"))
    feed.subtitle(valid_xml_text(content["description"]))
    feed.author([{"name": valid_xml_text(name)} for name in authors(content)])
    feed.rights(valid_xml_text(licence_in_words(content)))
    feed.generator("Pledgeline")
    feed.updated(at(releases[versions[-1]]) if versions else moment)
    entries = 0
    for version in reversed(versions):
        first = version == versions[0]
        for key, title, text in entries_of(
            version, releases[version], changes[version], titles, first=first
        ):
            entry = feed.add_entry(order="append")
            entry.id(identity(content, key))
            entry.title(valid_xml_text(title))
            entry.content(valid_xml_text(text), type="text")
            entry.published(at(releases[version]))
            entry.updated(at(releases[version]))
            entries += 1
    path.write_bytes(feed.atom_str(pretty=True))
    return f"{counted(entries, 'entry', 'entries')} of {counted(len(versions), 'version')}"


def entries_of(
    version: str, releases: list[Row], changes: list[Row], titles: Titles, first: bool
) -> Iterator[tuple[str, str, str]]:
    """The entries of a version: what distinguishes each, its title and its text."""
    yield (
        version,
        f"Version {version} ({releases[0]['date']})",
        first_version(releases) if first else summary(changes, titles),
    )
    for change in changes:
        if change["table"] in titles and change["kind"] == "added" and change["field"] == "all":
            cells = json.loads(change["new"])
            title = f"New in {change['table']}: {cells.get(titles[change['table']], change['key'])}"
            lines = [f"{name}: {cell}" for name, cell in cells.items()]
            yield (
                f"{version}/{change['table']}/{change['key']}",
                title,
                "\n".join([change["reason"], "", *lines]),
            )


def first_version(releases: list[Row]) -> str:
    """What the first version had; `schema` is not a table of rows."""
    lines = [
        f"{release['table']}: {release['rows']:,} rows"
        for release in releases
        if release["table"] != "schema"
    ]
    return "\n".join(["The first version.", "", *lines])


def summary(changes: list[Row], titles: Titles) -> str:
    """What was added, removed and changed in each table, and why.

    In the tables of `titles`, it names the records that were changed or removed.
    """
    counts: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    keys: dict[str, set[str]] = defaultdict(set)
    for change in changes:
        whole = ("row", "added" if change["kind"] == "added" else "gone")
        what = whole if change["field"] == "all" else ("field", "changed")
        counts[change["table"]][what] += 1
        if what != ("row", "added"):
            keys[change["table"]].add(change["key"])
    lines = []
    for table, of in sorted(counts.items()):
        line = ", ".join(f"{counted(n, thing)} {done}" for (thing, done), n in sorted(of.items()))
        lines.append(
            f"{table}: {line}"
            + (f" ({', '.join(sorted(keys[table]))})" if table in titles and keys[table] else "")
        )
    reasons = Counter(change["reason"] for change in changes).most_common()
    return "\n".join(
        [*(lines or ["No row has changed."]), "", *(f"{n:,} x {reason}" for reason, n in reasons)]
    ).rstrip()


def by_version(table: pa.Table) -> dict[str, list[Row]]:
    """The rows of each version."""
    rows = defaultdict(list)
    for row in table.to_pylist():
        rows[row["version"]].append(row)
    return rows


def at(releases: list[Row]) -> datetime.datetime:
    """The beginning of the day of a release."""
    return datetime.datetime.combine(releases[0]["date"], datetime.time(), datetime.UTC)


def identity(content: dict[str, Any], key: str) -> str:
    """An id that is stable while the package keeps its name, and is nobody else's address."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"urn:pledgeline:{content['name']}:{key}").urn
