"""The timeline as a calendar, opened by another reader: what has a day, and how sure it is."""

import datetime
import re
from pathlib import Path

import icalendar
import pyarrow as pa
import pytest
from support.exported import (
    CONTENT,
    EXPORTS,
    HOSTILE,
    MOMENT,
    NAME,
    RESOURCES,
    TAMED,
    parquet,
)

from pledgeline.export.calendar import write_calendar


@pytest.fixture(scope="session")
def entries(exports) -> dict[str, icalendar.Event]:
    """The entries of the calendar by the id of their event."""
    calendar = icalendar.Calendar.from_ical((exports / "timeline.ics").read_bytes())
    assert not calendar.errors and not any(entry.errors for entry in calendar.walk("VEVENT"))
    return {str(entry["uid"]).removesuffix(f"@{NAME}"): entry for entry in calendar.walk("VEVENT")}


def test_the_calendar_has_the_events_whose_days_are_known(exports, entries):
    """Catches a vague date that became a day, a dated event that is left out, and a file that does
    not tell.
    """
    known = {}
    for event in parquet("events"):
        days = re.sub("[~?%]", "", event["date"] or "").split("/")
        if all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) for day in days):
            known[event["id"]] = [datetime.date.fromisoformat(day) for day in (days[0], days[-1])]
    assert entries.keys() == known.keys() and 0 < len(known) < RESOURCES["events"]["rows"]
    for id, (first, last) in known.items():
        assert entries[id].decoded("dtstart") == first
        assert entries[id].decoded("dtend") == last + datetime.timedelta(days=1)
        assert entries[id].decoded("dtstamp").isoformat() == CONTENT["created"].replace(
            "Z", "+00:00"
        )
    calendar = icalendar.Calendar.from_ical((exports / "timeline.ics").read_bytes())
    assert f"{len(known)} of {RESOURCES['events']['rows']} events" in calendar["x-wr-caldesc"]


def test_an_entry_tells_what_happened_where_by_whom_and_from_what(entries):
    """Catches a lost word of a known event."""
    entry = entries["moscow-declaration-signing-2022"]
    event = next(
        row for row in parquet("timeline") if row["event"] == "moscow-declaration-signing-2022"
    )
    assert (entry["summary"], entry["location"], entry["status"]) == (
        event["title"],
        event["place"],
        "CONFIRMED",
    )
    assert entry.decoded("dtstart") == datetime.date(2022, 2, 22) and entry.decoded(
        "dtend"
    ) == datetime.date(2022, 2, 23)
    assert (
        entry["categories"].cats == ["Declaration signed"]
        and event["actors"] in entry["description"]
    )
    source = next(row for row in parquet("sources") if row["id"] == "jamestown-2022")
    assert source["url"] in entry["description"] and source["title"] in entry["description"]


def test_lines_are_as_long_and_end_as_the_standard_asks(exports):
    """Catches a bare line feed, a line of more than 75 bytes, and a letter cut in two by a fold."""
    data = (exports / "timeline.ics").read_bytes()
    lines = data.split(b"\r\n")
    assert lines[-1] == b"" and b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75 and all(line.decode("utf-8") is not None for line in lines)


def invented_entries(path: Path, *events: dict) -> list[icalendar.Event]:
    """The entries of a calendar of invented events."""
    columns = [field["name"] for field in RESOURCES["timeline"]["schema"]["fields"]]
    day = datetime.date(2030, 5, 1)
    usual = dict.fromkeys(columns) | {
        "event": "e",
        "date": "2030-05-01",
        "date_start": day,
        "date_end": day,
    }
    usual |= {"status": "occurred", "kind": "meeting", "title": "They meet"}
    source = {"id": "s", "publisher": HOSTILE, "title": HOSTILE, "url": None}
    tables = {"timeline": [usual | event for event in events], "sources": [source]}
    tables |= {
        "citations": [
            {"record": "e", "source": "s", "locator": place}
            for place in ("page 2", "page 1", "page 2")
        ]
    }
    tables = {name: pa.Table.from_pylist(rows) for name, rows in tables.items()}
    content = CONTENT | {"title": HOSTILE}
    write_calendar(content, tables, EXPORTS.calendar, EXPORTS.sources, MOMENT, path)
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    # parsed as it is, escaped
    assert calendar["x-wr-calname"] == icalendar.vText(TAMED).to_ical().decode()
    return calendar.walk("VEVENT")


@pytest.mark.parametrize(
    ("status", "shown", "title"),
    [
        ("occurred", "CONFIRMED", "They meet"),
        ("expected", "TENTATIVE", "Expected: They meet"),
        ("announced", "TENTATIVE", "Announced: They meet"),
        ("postponed", "TENTATIVE", "Postponed: They meet"),
        ("disputed", "TENTATIVE", "Disputed: They meet"),
        ("denied", "TENTATIVE", "Denied: They meet"),
        ("unconfirmed", "TENTATIVE", "Unconfirmed: They meet"),
        ("cancelled", "CANCELLED", "Cancelled: They meet"),
    ],
)
def test_only_what_occurred_is_shown_as_certain(status, shown, title, tmp_path):
    """Catches a forecast or a denied event that a calendar shows as fact."""
    (entry,) = invented_entries(tmp_path / "a.ics", {"status": status})
    assert (entry["status"], entry["summary"]) == (shown, title)


@pytest.mark.parametrize(
    "date",
    [
        "2030",
        "2030-05",
        "2030-21",
        "2030-05-01/..",
        "../2030-05-01",
        "2030-05/2030-06-02",
        "2030-05-XX",
        None,
    ],
)
def test_a_vague_date_is_no_day(date, tmp_path):
    """Catches an entry on a day that no source gives."""
    assert invented_entries(tmp_path / "a.ics", {"date": date}) == []


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2030-05-01", "Date: 2030-05-01\n"),
        ("2030-05-01~", "Date: 2030-05-01~ (about then)"),
        ("2030-05-01?", "Date: 2030-05-01? (uncertain)"),
        (
            "2030-05-01/2030-05-03%",
            "(on one of these days or through all of them; uncertain, and about then)",
        ),
    ],
)
def test_an_unsure_date_says_so(date, words, tmp_path):
    """Catches an approximate or uncertain day shown as certain, and a span shown as a duration."""
    (entry,) = invented_entries(tmp_path / "a.ics", {"date": date})
    assert words in entry["description"]


def test_a_calendar_takes_every_text_as_text(tmp_path):
    """Catches a text that ends its line, begins an entry of its own or breaks the file."""
    event = {
        "title": HOSTILE,
        "summary": HOSTILE,
        "place": HOSTILE,
        "actors": HOSTILE,
        "kind": HOSTILE,
    }
    (entry,) = invented_entries(tmp_path / "a.ics", event)
    assert entry["summary"] == entry["location"] == TAMED and entry["categories"].cats == [TAMED]
    assert entry["description"].startswith(TAMED) and f"Actors: {TAMED}" in entry["description"]
    assert entry["description"].endswith(f"- {TAMED}: {TAMED} (page 1; page 2)")
