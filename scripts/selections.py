"""The questions that this data set is asked most, each one SELECT over its tables.

    import pledgeline
    from scripts import selections

    selections.timeline(pledgeline.open("."), "RUS", since="2022-02-20").to_pandas()

An actor includes those that belong to it (`member_of`): a state for its organs and people. It is
named by its id, its name or a code of it: "RUS", "Russia", "RU" (scripts/actors.py).
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pledgeline.errors import UnknownRecord
from pledgeline.read.table import Table
from pledgeline.records.schemas import TableDefinition as Described
from pledgeline.standard.values import JsonObject
from pledgeline.write.tables import typed_table
from scripts.actors import actor_id

if TYPE_CHECKING:
    from pledgeline.read.package import Package

CIRCLE = """
WITH RECURSIVE circle AS (
    SELECT id FROM actors WHERE id = $actor
    UNION SELECT actors.id FROM actors JOIN circle ON actors.member_of = circle.id
)"""
TIMELINE = (
    CIRCLE
    + """
SELECT timeline.* FROM timeline
WHERE event IN (SELECT event FROM event_actors WHERE actor IN (FROM circle))
  AND (coalesce(date_end, date_start) >= $since OR $since IS NULL)
  AND (coalesce(date_start, date_end) <= $until OR $until IS NULL)
ORDER BY coalesce(date_start, date_end), date_end, event"""
)
BETWEEN = """
WITH promises AS (
    SELECT promisor.commitment, promisor.actor AS promisor, beneficiary.actor AS beneficiary
    FROM commitment_actors AS promisor
    JOIN commitment_actors AS beneficiary USING (commitment)
    WHERE promisor.role = 'promisor' AND beneficiary.role = 'beneficiary'
      AND (promisor.actor, beneficiary.actor) IN (($one, $other), ($other, $one))
    -- of a promise in both directions the one from $one stands for both
    QUALIFY row_number() OVER (
        PARTITION BY promisor.commitment ORDER BY promisor.actor <> $one
    ) = 1
), views AS (
    SELECT *, row_number() OVER (
        PARTITION BY commitment, assessed_by ORDER BY as_of_end DESC, id
    ) AS nth
    FROM assessments WHERE as_of_end <= $on OR $on IS NULL
)
SELECT
    promises.commitment, promises.promisor, promises.beneficiary, commitments.symmetry,
    commitments.instrument, instruments.date AS instrument_date,
    commitments.summary, commitments.domain, commitments.strength,
    views.status, views.as_of, views.assessed_by
FROM promises
JOIN commitments ON commitments.id = promises.commitment
JOIN instruments ON instruments.id = commitments.instrument
LEFT JOIN views ON views.commitment = promises.commitment AND views.nth = 1
WHERE coalesce(instruments.date_start, instruments.date_end) <= $on OR $on IS NULL
ORDER BY
    coalesce(instruments.date_start, instruments.date_end),
    promises.commitment, promises.promisor, views.assessed_by"""
OVERLAPS = """
WITH partners AS (
    SELECT promisor.commitment, beneficiary.actor AS partner
    FROM commitment_actors AS promisor
    JOIN commitment_actors AS beneficiary USING (commitment)
    WHERE promisor.role = 'promisor' AND promisor.actor = $actor
      AND beneficiary.role = 'beneficiary' AND beneficiary.actor <> $actor
)
SELECT
    later.partner, later.commitment, c.strength, c.summary,
    earlier.partner AS earlier_partner, earlier.commitment AS earlier_commitment,
    e.strength AS earlier_strength, e.summary AS earlier_summary
FROM relations
JOIN partners AS later ON later.commitment = relations.subject
JOIN partners AS earlier ON earlier.commitment = relations.object
JOIN commitments AS c ON c.id = later.commitment
JOIN commitments AS e ON e.id = earlier.commitment
WHERE relations.predicate = 'repeats' AND later.partner <> earlier.partner
  AND NOT EXISTS (FROM partners WHERE commitment = later.commitment AND partner = earlier.partner)
  AND NOT EXISTS (FROM partners WHERE commitment = earlier.commitment AND partner = later.partner)
ORDER BY ALL"""


# of the answers, but for the timeline's own: the field that each is, whose words and type it has
COLUMNS = {
    "commitment": "commitment_actors.commitment",
    "promisor": "commitment_actors.actor",
    "beneficiary": "commitment_actors.actor",
    "partner": "commitment_actors.actor",
    "instrument": "commitments.instrument",
    "instrument_date": "instruments.date",
    "summary": "commitments.summary",
    "symmetry": "commitments.symmetry",
    "domain": "commitments.domain",
    "strength": "commitments.strength",
    "status": "assessments.status",
    "as_of": "assessments.as_of",
    "assessed_by": "assessments.assessed_by",
}
EARLIER = "earlier_"  # before the name of a column: the same of the earlier promise


def timeline(
    package: Package, actor: str, since: str | None = None, until: str | None = None
) -> Table:
    """The events in which an actor, or one that belongs to it, took part between two days.

    Both days are ISO dates and included. Rows of the view `timeline`; an event of several days
    counts where one of them is between the two. Raises UnknownRecord for an actor or a day that
    there is not, as the others do.
    """
    actor = actor_id(package, actor)
    words = {"actor": actor, "since": day(since), "until": day(until)}
    bounds = f"{f' since {since}' if since else ''}{f' until {until}' if until else ''}"
    about = f"Events in which {actor} took part{bounds}."
    return ask(package, "timeline", TIMELINE, words, about, ("timeline", "event_actors", "actors"))


def commitments_between(package: Package, one: str, other: str, on: str | None = None) -> Table:
    """What two actors promised each other, with its status by the day `on` by each assessor.

    A row a promise and assessor: the newest view each held by then; no status where nobody had one.
    A promise that each makes the other is there once, with `one` as promisor; `symmetry` says so.
    """
    one, other = actor_id(package, one), actor_id(package, other)
    if one == other:
        raise UnknownRecord(f"{one}: both are this actor; name two")
    about = f"What {one} and {other} promised each other{f', as of {on}' if on else ''}."
    tables = ("commitments", "commitment_actors", "instruments", "assessments")
    return ask(
        package,
        "commitments_between",
        BETWEEN,
        {"one": one, "other": other, "on": day(on)},
        about,
        tables,
    )


def overlaps(package: Package, actor: str) -> Table:
    """Promises of an actor to different partners that cover the same ground, and how firm each is.

    A row a pair of promises, the later one first: that the ground is the same is the package's own
    relation `repeats`. Promises made to both partners in one text are none.
    """
    actor = actor_id(package, actor)
    about = f"Promises of {actor} to different partners on the same ground."
    return ask(
        package,
        "overlaps",
        OVERLAPS,
        {"actor": actor},
        about,
        ("commitments", "commitment_actors", "relations"),
    )


def ask(
    package: Mapping[str, Table],
    name: str,
    sql: str,
    words: JsonObject,
    about: str,
    tables: tuple[str, ...],
) -> Table:
    """The rows of one SELECT over `tables`.

    Raises UnknownRecord where the package lacks one of them.
    """
    import duckdb

    if missing := sorted(set(tables) - set(package)):
        raise UnknownRecord(
            f"{name}: this package has no table {', '.join(missing)};"
            " it is not a package of events and commitments"
        )
    with duckdb.connect() as database:
        for table in tables:
            database.register(table, package[table].to_arrow())
        answer = database.sql(sql, params=words)
        columns = ", ".join(f"CAST({column} AS VARCHAR) AS {column}" for column in answer.columns)
        text = answer.project(columns).to_arrow_table()
    schema = {"fields": [field_of(package, column, tables[0]) for column in text.column_names]}
    return Table(
        name,
        {"description": about, "schema": schema},
        typed_table(text, Described(name, "", about, schema)),
    )


def field_of(package: Mapping[str, Table], column: str, table: str) -> JsonObject:
    """The field of a column of an answer: one of COLUMNS, or of that name in `table`."""
    own = f"{table}.{column}" if table == "timeline" else COLUMNS[column.removeprefix(EARLIER)]
    source, _, name = own.partition(".")
    return {**package[source].fields[name], "name": column}


def day(text: str | None) -> datetime.date | None:
    """A day as ISO writes it. Raises UnknownRecord for any other text."""
    try:
        return None if text is None else datetime.date.fromisoformat(text)
    except (TypeError, ValueError):
        raise UnknownRecord(f"{text!r}: expected a day such as 2022-02-22") from None
