"""The timeline as an iCalendar file (RFC 5545): an all-day entry an event whose days are known.

A calendar has days and nothing vaguer. An event of which a month, a year or an open interval is
known is left out rather than put on a day that no source gives, and the file says how many those
are.
"""

import datetime
import re
from collections import defaultdict
from pathlib import Path

import pyarrow as pa
from icalendar import Calendar, Event, vText
from words import plain

DAYS = re.compile(r"\d{4}-\d{2}-\d{2}([?~%]?)(/\d{4}-\d{2}-\d{2}([?~%]?))?")  # an EDTF day, or two
SURENESS = {"~": "about then", "?": "uncertain", "%": "uncertain, and about then"}
STATUS = {
    "occurred": "CONFIRMED",
    "cancelled": "CANCELLED",
}  # of no other can a calendar say more than TENTATIVE


def write_calendar(
    content: dict, tables: dict[str, pa.Table], moment: datetime.datetime, path: Path
) -> str:
    """Writes the calendar, as of `moment`; returns what is in it, in words."""
    events = tables["timeline"].to_pylist()
    placed = [event for event in events if DAYS.fullmatch(event["date"] or "")]
    told = f"{len(placed)} of {len(events)} events; of the others, left out, no more than a month, a year or a span is known"
    sources, words = supporting(tables), labels(content)
    calendar = Calendar()
    calendar.add("prodid", "-//Pledgeline//timeline//EN")
    calendar.add("version", "2.0")
    calendar.add(
        "x-wr-calname", vText(plain(content["title"]))
    )  # icalendar takes no X- property for text by itself
    calendar.add("x-wr-caldesc", vText(plain(f"{content['title']}, {content['version']}: {told}.")))
    for event in placed:
        entry = entry_of(event, sources[event["event"]], words)
        entry.add("uid", f"{event['event']}@{content['name']}")
        entry.add("dtstamp", moment)
        calendar.add_component(entry)
    path.write_bytes(calendar.to_ical())
    return told


def entry_of(event: dict, sources: list[str], words: dict[str, dict[str, str]]) -> Event:
    """One event of the timeline.

    What did not surely occur says so in its very title, since few calendars show a status.
    """
    status = words["status"].get(event["status"], event["status"])
    entry = Event()
    entry.add("dtstart", event["date_start"])
    entry.add(
        "dtend", event["date_end"] + datetime.timedelta(days=1)
    )  # the day after the last, by RFC 5545
    entry.add(
        "summary",
        plain(event["title"] if event["status"] == "occurred" else f"{status}: {event['title']}"),
    )
    entry.add("status", STATUS.get(event["status"], "TENTATIVE"))
    entry.add("transp", "TRANSPARENT")  # takes no one's time
    entry.add("categories", [plain(words["kind"].get(event["kind"], event["kind"]))])
    if event["place"]:
        entry.add("location", plain(event["place"]))
    lines = [event["summary"], f"Date: {date_in_words(event)}", f"Status: {status}"]
    lines += [f"{key.capitalize()}: {event[key]}" for key in ("actors", "instrument") if event[key]]
    lines += ["Sources:", *sources]
    entry.add("description", plain("\n".join(line for line in lines if line)))
    return entry


def date_in_words(event: dict) -> str:
    """The EDTF date, and what its signs mean.

    Two days may be those between which it happened, or its first and last.
    """
    marks = sorted({mark for mark in DAYS.fullmatch(event["date"]).group(1, 3) if mark})
    notes = ["on one of these days or through all of them"] if "/" in event["date"] else []
    notes += [SURENESS[mark] for mark in marks]
    return event["date"] + (f" ({'; '.join(notes)})" if notes else "")


def supporting(tables: dict[str, pa.Table]) -> dict[str, list[str]]:
    """What supports each record, a line a source: publisher, title, places in it and address."""
    places = defaultdict(lambda: defaultdict(set))
    for citation in tables["citations"].select(["record", "source", "locator"]).to_pylist():
        places[citation["record"]][citation["source"]].add(citation["locator"])
    known = {source["id"]: source for source in tables["sources"].to_pylist()}

    def line(id: str, locators: set[str]) -> str:
        source = known[id]
        return f"- {source['publisher']}: {source['title']} ({'; '.join(sorted(locators))}) {source['url'] or ''}".rstrip()

    lines = {
        record: [line(id, locators) for id, locators in sorted(cited.items())]
        for record, cited in places.items()
    }
    return defaultdict(list, lines)


def labels(content: dict) -> dict[str, dict[str, str]]:
    """The label of every code, by column of the timeline."""
    (timeline,) = (resource for resource in content["resources"] if resource["name"] == "timeline")
    fields = timeline["schema"]["fields"]
    return {
        field["name"]: {code["value"]: code["label"] for code in field.get("categories", [])}
        for field in fields
    }
