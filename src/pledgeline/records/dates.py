"""The days that the EDTF dates of a row cover, filled in beside them."""

import re
from collections.abc import Iterator

from pledgeline.errors import Problem
from pledgeline.records.edtf import days
from pledgeline.records.rows import Row
from pledgeline.records.schemas import TableDefinition
from pledgeline.text import quoted

ONE_DATE = r"[0-9]{4}(-[0-9]{2}){0,2}[?~%]?"
# a date or interval, of digits only
WELL_FORMED = re.compile(rf"{ONE_DATE}(/({ONE_DATE}|\.\.)?)?|(\.\.)?/{ONE_DATE}")


def add_days(row: Row, table: TableDefinition) -> Iterator[Problem]:
    """Fills the three columns after each EDTF date of `row`; yields what is wrong with a date."""
    for name in table.dates:
        text = row.cells.get(name)
        if text is None:
            continue
        line, column = row.place(name)
        try:
            covered = days(text)
        except ValueError:
            yield Problem(
                row.path, line, column, *no_date(f"{row.table}.{name} is {quoted(text)}", text)
            )
            continue
        if covered.start is None and covered.end is None:
            found = (
                f"{row.table}.{name} is {quoted(text)}, which is open at both ends and says nothing"
            )
            fix = (
                f"write what is known of it, or `{name}_missing: ...` in its place"
                " where the record has that key"
            )
            yield Problem(
                row.path,
                line,
                column,
                "boundless-date",
                found,
                "a date that is bounded at one end at least",
                fix,
            )
            continue
        if covered.reversed:
            found = f"{row.table}.{name} is {quoted(text)}, which ends before it starts"
            yield Problem(
                row.path,
                line,
                column,
                "reversed-date",
                found,
                "the earlier day first",
                "swap the two ends",
            )
            continue
        bounds = {
            "start": covered.start and covered.start.isoformat(),
            "end": covered.end and covered.end.isoformat(),
        }
        for bound, value in {**bounds, "precision": covered.precision}.items():
            if value:
                row.cells[f"{name}_{bound}"] = value
                row.places[f"{name}_{bound}"] = (line, column)


def no_date(found: str, text: str) -> tuple[str, str, str, str]:
    """The code, description and fix for a text that is not a date.

    It is well formed but in no calendar, or its form is unknown.
    """
    if WELL_FORMED.fullmatch(text):
        return (
            "impossible-date",
            f"{found}, which no calendar has",
            "a day or month that exists",
            "correct the numbers",
        )
    expected = (
        "a date such as 2022-02-22, 2021-06, 2021-22 (summer), 2019,"
        " 2020-11-09/2020-11-10, 2022-02-21~"
    )
    return (
        "date-format",
        f"{found}, which is not written as an EDTF level 1 date",
        expected,
        "see CONTRIBUTING.md on dates",
    )
