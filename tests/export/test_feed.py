"""The additions as a feed, opened by another reader: an entry a version."""

import datetime
import json
from pathlib import Path

import feedparser
import pyarrow as pa
from support.exported import CONTENT, EXPORTS, HOSTILE, MOMENT, TAMED, parquet

from pledgeline.export import feed


def test_the_feed_has_an_entry_a_version(exports):
    """Catches a missing version, a feed out of order, and a count that is not the tables'."""
    parsed = feedparser.parse((exports / "additions.atom").read_bytes())
    assert not parsed.bozo and parsed.version == "atom10" and CONTENT["title"] in parsed.feed.title
    releases, changes = parquet("releases"), parquet("changes")
    days = {release["version"]: release["date"].isoformat() for release in releases}
    versions = [entry for entry in parsed.entries if entry.title.startswith("Version ")]
    assert [entry.title for entry in versions] == [
        f"Version {version} ({day})" for version, day in reversed(days.items())
    ]
    assert [entry.updated for entry in versions] == [
        f"{day}T00:00:00+00:00" for day in reversed(days.values())
    ]
    assert parsed.feed.updated == versions[0].updated and len(
        {entry.id for entry in parsed.entries}
    ) == len(parsed.entries)
    first = versions[-1].content[0].value
    for row in releases:
        if row["version"] == "1.0.0":
            assert (f"{row['table']}: {row['rows']:,} rows" in first) == (row["table"] != "schema")
    added = sum(
        row["version"] == "1.1.0" and (row["table"], row["kind"]) == ("codings", "added")
        for row in changes
    )
    assert f"codings: {added} rows added" in versions[-2].content[0].value


def invented_feed(path: Path, content: dict, *changes: dict) -> feedparser.FeedParserDict:
    """The feed of two invented versions and of the changes of the second; ten comes after nine."""
    dates = {"1.9.0": datetime.date(2026, 12, 1), "1.10.0": datetime.date(2027, 2, 1)}
    releases = [
        {"version": version, "table": "events", "date": day, "rows": 4}
        for version, day in dates.items()
    ]
    usual = {
        "version": "1.10.0",
        "table": "events",
        "key": "e",
        "field": "all",
        "kind": "added",
        "new": None,
        "reason": "Why.",
    }
    tables = {
        "releases": pa.Table.from_pylist(releases),
        "changes": pa.Table.from_pylist([usual | row for row in changes]),
    }
    feed.write_feed(content, tables, EXPORTS.feed, MOMENT, path)
    parsed = feedparser.parse(path.read_bytes(), sanitize_html=False)
    assert not parsed.bozo
    return parsed


def test_a_later_event_or_commitment_has_an_entry_and_a_correction_is_counted(tmp_path):
    """Catches an addition missing from the feed, and a correction listed as an addition."""
    parsed = invented_feed(
        tmp_path / "a.atom",
        CONTENT,
        {"key": "e", "new": '{"id": "e", "title": "They meet", "date": "2027"}'},
        {"key": "c", "table": "commitments", "new": '{"id": "c", "summary": "To meet"}'},
        {"key": "s", "table": "sources", "new": '{"id": "s"}'},
        {
            "key": "old",
            "field": "date",
            "kind": "modified",
            "new": "2026",
            "reason": "A page says so.",
        },
        {"key": "gone", "kind": "withdrawn", "reason": "Why."},
    )
    titles = [
        "Version 1.10.0 (2027-02-01)",
        "New in events: They meet",
        "New in commitments: To meet",
        "Version 1.9.0 (2026-12-01)",
    ]
    assert [entry.title for entry in parsed.entries] == titles
    text = parsed.entries[0].content[0].value
    assert (
        "events: 1 field changed, 1 row added, 1 row gone (gone, old)" in text
        and "4 x Why.\n1 x A page says so." in text
    )
    assert "sources: 1 row added\n" in text and "date: 2027" in parsed.entries[1].content[0].value
    assert {entry.updated for entry in parsed.entries[:3]} == {"2027-02-01T00:00:00+00:00"}


def test_the_first_version_tells_its_rows_and_an_unreleased_package_has_an_empty_feed(tmp_path):
    """Catches a feed that cannot be made before there is anything to tell."""
    parsed = invented_feed(tmp_path / "a.atom", CONTENT, {"kind": "modified", "field": "date"})
    assert parsed.entries[-1].content[0].value == "The first version.\n\nevents: 4 rows"
    empty = {
        name: pa.table({"version": pa.array([], pa.string())}) for name in ("releases", "changes")
    }
    made = feed.write_feed(CONTENT, empty, EXPORTS.feed, MOMENT, tmp_path / "b.atom")
    assert made == "0 entries of 0 versions"
    parsed = feedparser.parse((tmp_path / "b.atom").read_bytes())
    assert (
        not parsed.bozo
        and parsed.entries == []
        and parsed.feed.updated == "2026-12-01T00:00:00+00:00"
    )


def test_a_feed_takes_every_text_as_text(tmp_path):
    """Catches markup in a record that a feed reader would run, and a control character that breaks
    the XML.
    """
    content = CONTENT | {
        "title": HOSTILE,
        "description": HOSTILE,
        "contributors": [{"title": HOSTILE}],
    }
    parsed = invented_feed(
        tmp_path / "a.atom", content, {"new": json.dumps({"title": HOSTILE}), "reason": HOSTILE}
    )
    entry = parsed.entries[1]
    assert b"<script" not in (tmp_path / "a.atom").read_bytes()
    assert (
        entry.content[0].type == "text/plain"
        and entry.content[0].value == f"{TAMED}\n\ntitle: {TAMED}"
    )
    for text in (parsed.feed.title, parsed.feed.subtitle, parsed.feed.author, entry.title):
        assert " ".join(TAMED.split()) in " ".join(text.split())
