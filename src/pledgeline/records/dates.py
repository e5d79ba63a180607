"""The days that the EDTF dates of a row cover, filled in beside them."""

from collections.abc import Iterator

from pledgeline.edtf import days
from pledgeline.problems import Problem, quoted
from pledgeline.records.rows import Row
from pledgeline.schema import Table


def add_days(row: Row, table: Table) -> Iterator[Problem]:
    """Fills the three columns after each EDTF date of `row`; yields what is wrong with a date."""
    for name in table.dates:
        text = row.cells.get(name)
        if text is None:
            continue
        line, column = row.place(name)
        try:
            covered = days(text)
        except ValueError:
            found = f"{row.table}.{name} is {quoted(text)}, which no calendar has or EDTF level 1 does not know"
            expected = "a date such as 2022-02-22, 2021-06, 2021-22 (summer), 2019, 2020-11-09/2020-11-10, 2022-02-21~"
            yield Problem(row.path, line, column, "impossible-date", found, expected, "see CONTRIBUTING.md on dates")
            continue
        if covered.reversed:
            found = f"{row.table}.{name} is {quoted(text)}, which ends before it starts"
            yield Problem(row.path, line, column, "reversed-date", found, "the earlier day first", "swap the two ends")
            continue
        bounds = {"start": covered.start and covered.start.isoformat(), "end": covered.end and covered.end.isoformat()}
        for bound, value in {**bounds, "precision": covered.precision}.items():
            if value:
                row.cells[f"{name}_{bound}"] = value
                row.places[f"{name}_{bound}"] = (line, column)
