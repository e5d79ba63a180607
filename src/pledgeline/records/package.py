"""What data/package.yaml declares.

These are properties of datapackage.json, the days that the data cover, and how tables are shown
elsewhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pledgeline.errors import InvalidRecords, Problem
from pledgeline.records.declarations import Declaration, read_declaration
from pledgeline.records.forms import Place
from pledgeline.records.schemas import TableDefinition
from pledgeline.text import suggestion

PACKAGE = "data/package.yaml"
Named = tuple[Place, str]  # a name and its place


@dataclass(frozen=True)
class Temporal:
    """The columns of whose rows the first and the last day are those that the data cover."""

    table: str
    start: str
    end: str
    where: dict[str, str] = field(default_factory=dict)  # column -> the value that rows must have


@dataclass(frozen=True)
class Status:
    """The column that says how sure an entry of the calendar is, and two of its codes."""

    column: str
    certain: str
    cancelled: str = ""


@dataclass(frozen=True)
class Calendar:
    """The table whose rows are entries of a calendar, and what its columns are in it."""

    table: str
    id: str
    date: str
    title: str
    summary: str = ""
    place: str = ""
    category: str = ""
    details: tuple[str, ...] = ()
    status: Status | None = None


@dataclass(frozen=True)
class Sources:
    """What supports a record: a table of citations, and the table of sources they are of."""

    citations: str
    record: str
    source: str
    table: str
    title: str
    locator: str = ""
    publisher: str = ""
    url: str = ""


@dataclass(frozen=True)
class Exports:
    """How the tables are shown elsewhere; `feed` has the column that is an entry's title."""

    start: tuple[str, ...] = ()
    dictionary: str = ""
    calendar: Calendar | None = None
    sources: Sources | None = None
    feed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PackageDeclaration:
    """`about` is what datapackage.json says of the package as a whole, but for `temporal`."""

    about: dict[str, Any]
    temporal: Temporal | None
    exports: Exports
    declared: Declaration

    @property
    def start(self) -> tuple[str, ...]:
        """The tables with which to begin reading."""
        return self.exports.start


def read_package(path: Path, root: Path) -> PackageDeclaration:
    """What the file `path` declares. Raises InvalidRecords where it is not of its form."""
    declared = read_declaration(path, root, "package")
    about = {key: value for key, value in declared.content.items() if key != "exports"}
    temporal = about.pop("temporal", None)
    exports = dict(declared.content.get("exports", {}))
    calendar = dict(exports["calendar"]) if "calendar" in exports else None
    if calendar and "status" in calendar:
        calendar["status"] = Status(**calendar["status"])
    return PackageDeclaration(
        about,
        Temporal(**temporal) if temporal else None,
        Exports(
            start=tuple(exports.get("start", ())),
            dictionary=exports.get("dictionary", ""),
            calendar=Calendar(**calendar) if calendar else None,
            sources=Sources(**exports["sources"]) if "sources" in exports else None,
            feed=exports.get("feed", {}),
        ),
        declared,
    )


def check_package(package: PackageDeclaration, tables: Mapping[str, TableDefinition]) -> None:
    """Raises InvalidRecords where the declaration names tables or columns that there are not."""
    declared, problems = package.declared, []
    for at, table, columns in named(package):
        if table not in tables:
            found = f"there is no table {table}"
            fix = suggestion(table, tables) or f"correct it, or write validate/schemas/{table}.yaml"
            expected = "tables of validate/schemas"
            problems.append(declared.problem(at, "unknown-table", found, expected, fix))
            continue
        known = tables[table].fields
        for place, column in columns:
            if column not in known:
                found, expected = f"{table} has no column {column}", f"one of {', '.join(known)}"
                fix = suggestion(column, known) or "correct it"
                problems.append(declared.problem(place, "unknown-column", found, expected, fix))
    if not problems:
        problems = list(unfit(package, tables))
    if problems:
        raise InvalidRecords(problems)


def named(package: PackageDeclaration) -> Iterator[tuple[Place, str, list[Named]]]:
    """Every table that is named, with its place and the columns named of it, with theirs."""
    content = package.declared.content
    exports = content.get("exports", {})
    at: Place
    columns: list[tuple[Place, str]]
    if "temporal" in content:
        own, at = content["temporal"], Place(("temporal",))
        columns = columns_named(own, at, "start", "end")
        columns += [((*at, "where", column), column) for column in own.get("where", {})]
        yield (*at, "table"), own["table"], columns
    for number, table in enumerate(exports.get("start", [])):
        yield ("exports", "start", number), table, []
    for table, column in exports.get("feed", {}).items():
        yield ("exports", "feed", table), table, [(("exports", "feed", table), column)]
    if "calendar" in exports:
        own, at = exports["calendar"], Place(("exports", "calendar"))
        columns = columns_named(own, at, "id", "date", "title", "summary", "place", "category")
        columns += [((*at, "details", n), each) for n, each in enumerate(own.get("details", []))]
        if "status" in own:
            columns.append(((*at, "status", "column"), own["status"]["column"]))
        yield (*at, "table"), own["table"], columns
    if "sources" in exports:
        own, at = exports["sources"], Place(("exports", "sources"))
        cited = columns_named(own, at, "record", "source", "locator")
        yield (*at, "citations"), own["citations"], cited
        yield (*at, "table"), own["table"], columns_named(own, at, "title", "publisher", "url")


def columns_named(own: Mapping[str, Any], at: Place, *keys: str) -> list[Named]:
    """The columns that some keys of a mapping name, each with its place."""
    return [((*at, key), own[key]) for key in keys if key in own]


def unfit(package: PackageDeclaration, tables: Mapping[str, TableDefinition]) -> Iterator[Problem]:
    """Columns that are there, and of another type than what they are declared to be."""
    problem = package.declared.problem
    at: Place
    if package.temporal:
        for key in ("start", "end"):
            column = getattr(package.temporal, key)
            if tables[package.temporal.table].fields[column]["type"] != "date":
                found, fix = f"{column} is not a column of days", "name a column of the type date"
                expected = "a column of the type date"
                yield problem(("temporal", key), "wrong-value", found, expected, fix)
    if calendar := package.exports.calendar:
        fields = tables[calendar.table].fields
        bounds = {f"{calendar.date}_start", f"{calendar.date}_end"}
        if fields[calendar.date]["type"] != "date" and not bounds <= fields.keys():
            found = f"{calendar.date} is not a column of dates"
            expected = "the type date, or an EDTF date with the columns of its first and last day"
            at = ("exports", "calendar", "date")
            yield problem(at, "wrong-value", found, expected, "name such a column")
    if package.exports.feed and not {"releases", "changes"} <= tables.keys():
        found, expected = "there is no table that records versions", "releases and changes"
        fix = "write validate/schemas/releases.yaml and changes.yaml (see `pledgeline new`)"
        yield problem(("exports", "feed"), "unknown-table", found, expected, fix)
