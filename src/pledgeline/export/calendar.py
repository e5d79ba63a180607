"""A table of dated rows as an iCalendar file (RFC 5545): an all-day entry for each known day.

A calendar has days and nothing vaguer. A row of which a month, a year or an open interval is known
is left out rather than put on a day that no source gives, and the file says how many those are.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from pledgeline.errors import MissingExtra
from pledgeline.export.common import tables_of, valid_xml_text, web_address
from pledgeline.records.package import Calendar, Sources

try:
    import icalendar
except ModuleNotFoundError as error:
    raise MissingExtra("a calendar needs icalendar: pip install 'pledgeline[export]'") from error

DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
DAYS = re.compile(rf"{DAY}([?~%]?)(/{DAY}([?~%]?))?")  # an EDTF day, or two
SURENESS = {"~": "about then", "?": "uncertain", "%": "uncertain, and about then"}

Row = Mapping[str, Any]
Labels = Mapping[str, Mapping[str, str]]  # column -> code -> what it means


def write_calendar(
    content: dict[str, Any],
    tables: Mapping[str, pa.Table],
    declared: Calendar,
    sources: Sources | None,
    moment: datetime.datetime,
    path: Path,
) -> str:
    """Writes the calendar, as of `moment`; returns what is in it, in words."""
    rows = tables[declared.table].to_pylist()
    placed = [row for row in rows if DAYS.fullmatch(str(row[declared.date] or ""))]
    said = f"{len(placed)} of {len(rows)} {noun_of(declared)}"
    if len(placed) < len(rows):
        said += "; of the others, left out, no more than a month, a year or a span is known"
    support, labels = supporting(tables, sources), labels_of(content, declared.table)
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//Pledgeline//{declared.table}//EN")
    calendar.add("version", "2.0")
    # icalendar takes no X- property for text by itself
    calendar.add("x-wr-calname", icalendar.vText(valid_xml_text(content["title"])))
    about = f"{content['title']}, {content['version']}: {said}."
    calendar.add("x-wr-caldesc", icalendar.vText(valid_xml_text(about)))
    for row in placed:
        entry = entry_of(row, declared, support[row[declared.id]], labels)
        entry.add("uid", f"{row[declared.id]}@{content['name']}")
        entry.add("dtstamp", moment)
        calendar.add_component(entry)
    path.write_bytes(calendar.to_ical())
    return said


def noun_of(declared: Calendar) -> str:
    """What a row is: the name of the column with its id, in the plural."""
    return f"{declared.id}s" if declared.id != "id" else "rows"


def entry_of(row: Row, declared: Calendar, support: list[str], labels: Labels) -> icalendar.Event:
    """One row as an entry.

    What did not surely occur says so in its very title, since few calendars show a status.
    """
    first, last = days_of(row, declared.date)
    entry = icalendar.Event()
    entry.add("dtstart", first)
    entry.add("dtend", last + datetime.timedelta(days=1))  # the day after the last, by RFC 5545
    title, status, lines = str(row[declared.title]), "CONFIRMED", []
    if declared.status:
        code = row[declared.status.column]
        word = labels[declared.status.column].get(code, code)
        lines.append(f"Status: {word}")
        if code != declared.status.certain:
            title = f"{word}: {title}"
            # of no other status can a calendar say more than TENTATIVE
            status = "CANCELLED" if code == declared.status.cancelled else "TENTATIVE"
    entry.add("summary", valid_xml_text(title))
    entry.add("status", status)
    entry.add("transp", "TRANSPARENT")  # takes no one's time
    if declared.category and row[declared.category] is not None:
        code = row[declared.category]
        entry.add("categories", [valid_xml_text(str(labels[declared.category].get(code, code)))])
    if declared.place and row[declared.place]:
        entry.add("location", valid_xml_text(row[declared.place]))
    summary = [row[declared.summary] or ""] if declared.summary else []
    lines = [*summary, f"Date: {date_in_words(str(row[declared.date]))}", *lines]
    lines += [f"{key.capitalize()}: {row[key]}" for key in declared.details if row[key]]
    lines += ["Sources:", *support] if support else []
    entry.add("description", valid_xml_text("\n".join(line for line in lines if line)))
    return entry


def days_of(row: Row, date: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a row: of its EDTF date, or the one day that it has."""
    if isinstance(row[date], datetime.date):
        return row[date], row[date]
    return row[f"{date}_start"], row[f"{date}_end"]


def date_in_words(date: str) -> str:
    """The EDTF date, and what its signs mean.

    Two days may be those between which it happened, or its first and last.
    """
    found = DAYS.fullmatch(date)
    marks = sorted({mark for mark in found.group(1, 3) if mark}) if found else []
    notes = ["on one of these days or through all of them"] if "/" in date else []
    notes += [SURENESS[mark] for mark in marks]
    return date + (f" ({'; '.join(notes)})" if notes else "")


def supporting(tables: Mapping[str, pa.Table], declared: Sources | None) -> dict[str, list[str]]:
    """What supports each record, a line a source: publisher, title, places in it and address."""
    if declared is None:
        return defaultdict(list)
    places: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for citation in tables[declared.citations].to_pylist():
        cited = places[citation[declared.record]][citation[declared.source]]
        if declared.locator and citation[declared.locator]:
            cited.add(citation[declared.locator])
    known = {row["id"]: row for row in tables[declared.table].to_pylist()}

    def line(id: str, locators: set[str]) -> str:
        source = known[id]
        who = f"{source[declared.publisher]}: " if declared.publisher else ""
        where = f" ({'; '.join(sorted(locators))})" if locators else ""
        url = (web_address(source[declared.url]) if declared.url else None) or ""
        return f"- {who}{source[declared.title]}{where} {url}".rstrip()

    lines = {
        record: [line(id, locators) for id, locators in sorted(cited.items())]
        for record, cited in places.items()
    }
    return defaultdict(list, lines)


def labels_of(content: dict[str, Any], table: str) -> dict[str, dict[str, str]]:
    """The label of every code, by column of `table`."""
    (described,) = (each for each in tables_of(content) if each["name"] == table)
    return {
        field["name"]: {code["value"]: code["label"] for code in field.get("categories", [])}
        for field in described["schema"]["fields"]
    }
