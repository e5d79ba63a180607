"""A package of bicycle stations with two published versions, as a stranger might have it."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from pledgeline.records.history import HISTORY
from pledgeline.releases.change import COLUMNS
from pledgeline.releases.diff import compare
from pledgeline.releases.published import release_rows
from pledgeline.releases.snapshot import snapshot
from support.small import package

ABOUT = {
    "name": "bicycle-stations",
    "title": "Bicycle stations",
    "description": "Where bicycles are lent.",
}
KINDS = [{"value": "street", "label": "On a street"}, {"value": "park", "label": "In a park"}]
STATIONS = {
    "fields": [
        {"name": "id", "type": "string", "description": "The name of the station."},
        {"name": "docks", "type": "integer", "description": "Places for bicycles."},
        {
            "name": "kind",
            "type": "string",
            "description": "Where it stands.",
            "categories": KINDS,
            "constraints": {"enum": ["street", "park"]},
        },
    ],
    "primaryKey": ["id"],
}
OLD = [
    {"id": "harbour", "docks": "24", "kind": "park"},
    {"id": "market", "docks": "20", "kind": "street"},
]
NEW = [
    OLD[0],
    {"id": "market", "docks": "18", "kind": "street"},
    {"id": "museum", "kind": "park"},
]


def texts(names: Iterable[str], key: list[str]) -> dict:
    return {"fields": [{"name": name, "type": "string"} for name in names], "primaryKey": key}


HISTORIES = {
    "releases": texts(("version", "table", "date", "rows", "rows_hash"), ["version", "table"]),
    "changes": texts(COLUMNS, ["version", "table", "key", "field"]),
}


def stations(folder: Path, rows: list[dict], version: str, history: dict | None = None) -> Path:
    """A package of bicycle stations, with the tables of its versions."""
    tables = {name: (HISTORIES[name], (history or {}).get(name, [])) for name in HISTORY}
    package(folder, {"stations": (STATIONS, rows), **tables}, **ABOUT, version=version)
    path = folder / "datapackage.json"
    content = json.loads(path.read_text("utf-8"))
    content["resources"][0] |= {
        "title": "Stations",
        "description": "A place where bicycles are lent.",
    }
    path.write_text(json.dumps(content), "utf-8")
    return folder


def published_stations(folder: Path) -> Path:
    """The package `stations` (1.1.0) under `folder`, beside `stations-1.0.0`; returns the former.

    It lists its versions.
    """
    old = stations(folder / "stations-1.0.0", OLD, "1.0.0")
    new = stations(folder / "stations", NEW, "1.1.0")
    with compare(old, new, without=HISTORY) as found:
        changes = list(found.changes)
    releases = [
        row
        for each, version in ((old, "1.0.0"), (new, "1.1.0"))
        for row in release_rows(snapshot(each), version, date(2026, 1, 1), changes)
    ]
    rows = [
        {"version": "1.1.0", **{name: getattr(change, name) for name in COLUMNS[1:]}}
        for change in changes
    ]
    return stations(new, NEW, "1.1.0", {"releases": releases, "changes": rows})
