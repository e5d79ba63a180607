"""Rows that break one constraint each, from `broken_constraints.csv`.

It has a line for each constraint with the cell that breaks it. In it, `x*301` is three hundred and
one x (`https://x*1001` only repeats the last letter), `=` copies the key of another row, and `+`
joins the columns of a key.
"""

import csv
import re

from support.copies import REPOSITORY

CASES = list(
    csv.DictReader(
        (REPOSITORY / "tests/data/broken_constraints.csv").read_text("utf-8").splitlines()
    )
)
Rows = list[dict[str, str]]


def broken(rows: Rows, case: dict[str, str]) -> tuple[Rows, int]:
    """A copy of `rows` with the case's cell in it, and the number of the row that it spoils."""
    columns = case["field"].split("+")
    filled = [n for n, row in enumerate(rows) if all(name in row for name in columns)]
    if case["cell"] == "=":
        source, n = filled[:2]
        cells = [rows[source][name] for name in columns]
    else:
        n = filled[0]
        text = re.sub(r"(.)\*(\d+)$", lambda repeated: repeated[1] * int(repeated[2]), case["cell"])
        cells = text.split("+") if len(columns) > 1 else [text]
    spoilt = {**rows[n], **dict(zip(columns, cells, strict=True))}
    return [*rows[:n], {name: cell for name, cell in spoilt.items() if cell}, *rows[n + 1 :]], n + 1
