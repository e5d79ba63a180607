"""Why each change was made: from retired ids, data/reasons.yaml, or the usual reasons.

    reasons:
      # every change of a row whose key has this part, in any table
      - record: some-visit-2024
        reason: The ministry's own page gives the day.
      # narrower, and therefore preferred
      - {table: events, record: some-visit-2024, field: date, reason: ...}
      # what the descriptor says of a table
      - {table: schema, record: events, reason: ...}
      # that field in any row
      - {table: sources, field: publisher, reason: ...}

What is removed needs a reason, each row its own; rows that go with a retired id have that of the
id. What is added or modified has the usual one if no other was written.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from pledgeline.releases.change import ALL, Change
from pledgeline.releases.retired import RETIRED
from pledgeline.standard.values import JsonObject

VIEW = "Follows from the tables that the view joins."
NARROWING = ("table", "field")
ASKED = (
    "a mapping with `reason` and `record` (to narrow it: `table` or `field`),"
    " or with `reason`, `table` and `field`"
)


def explain_changes(
    changes: Iterable[Change],
    reasons: list[Any],
    version: str,
    views: Collection[str] = (),
) -> tuple[list[Change], list[str]]:
    """The changes, each with its reason, and the errors: removals and reasons without a match.

    A change that comes with a reason has it from an id that was retired. Rows of `views` follow
    from other tables and need no reason.
    """
    explained, wrong = (
        [],
        [
            f"data/reasons.yaml, entry {n}: found {entry}, expected {ASKED}"
            for n, entry in misfits(reasons)
        ],
    )
    used: set[int] = set()
    for change in changes:
        found = [n for n, entry in enumerate(reasons) if fits(entry, change)]
        used.update(found)
        best = max(found, key=lambda n: len(reasons[n]), default=None)
        if best is not None and change.kind not in RETIRED:
            change = replace(change, reason=reasons[best]["reason"])
        elif change.table in views:
            change = replace(change, reason=VIEW)
        elif change.reason:
            pass  # it follows from an id that was retired
        elif change.kind == "removed" and change.field == ALL:
            wrong.append(
                f"{change.table}, {change.key}: removed without a reason;"
                " retire the id, or write it in data/reasons.yaml"
            )
        else:
            change = replace(change, reason=usual(change.kind, version))
        explained.append(change)
    unasked = [entry for n, entry in enumerate(reasons) if n not in used and fitting(entry)]
    return explained, wrong + [
        f"data/reasons.yaml: no change is about {entry.get('record') or entry['table']};"
        " take it out"
        for entry in unasked
    ]


def usual(kind: str, version: str) -> str:
    """The reason of a change of which nothing more is said."""
    return f"New in {version}." if kind == "added" else f"See CHANGELOG.md, {version}."


def fits(entry: JsonObject, change: Change) -> bool:
    if not fitting(entry) or any(
        name in entry and entry[name] != getattr(change, name) for name in NARROWING
    ):
        return False
    return "record" not in entry or entry["record"] in re.split(r"(?<!\\)\|", change.key)


def fitting(entry: object) -> bool:
    if not isinstance(entry, dict) or not entry.keys() <= {"record", "reason", *NARROWING}:
        return False
    return "reason" in entry and (
        "record" in entry or (entry.keys() >= {*NARROWING} and entry["field"] != ALL)
    )


def misfits(reasons: list[Any]) -> Iterable[tuple[int, object]]:
    return ((n, entry) for n, entry in enumerate(reasons, 1) if not fitting(entry))
