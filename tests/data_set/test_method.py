"""Numbers that docs/method.md writes in words hold in the published tables; `make pages` keeps its
table of agreement.
"""

import krippendorff
import numpy as np
import pyarrow.parquet as pq
from support.copies import REPOSITORY

METHOD = " ".join((REPOSITORY / "docs/method.md").read_text("utf-8").split())


def rows(table: str) -> list[dict]:
    return pq.read_table(REPOSITORY / f"data/parquet/{table}.parquet").to_pylist()


def says(words: str) -> bool:
    return words in METHOD


def test_what_is_said_of_the_codings_holds():
    """Catches how often the first coding was settled otherwise, and who coded a third time, after a
    new coding.
    """
    settled = {row["id"]: row for row in rows("commitments")}
    first = [row for row in rows("codings") if row["coder"] == "coder-a"]
    changed = sum(
        (row["value"] or "") != str(value(settled[row["record"]][row["field"]])) for row in first
    )
    assert says(f"{changed} of {len(first):,} values differ from the first coding")
    third = {row["record"] for row in rows("codings") if row["coder"] == "coder-d"}
    assert says(f"a third (`coder-d`) for {len(third)} commitments")


def value(settled) -> str:
    return "" if settled is None else settled


def test_what_is_said_of_the_last_round_holds():
    """Catches the agreement on commitments of several promisors, and the promises settled otherwise
    than both coders said.
    """
    promisors: dict[str, set] = {}
    for row in rows("commitment_actors"):
        if row["role"] == "promisor":
            promisors.setdefault(row["commitment"], set()).add(row["actor"])
    given: dict[str, list] = {}
    for row in rows("codings"):
        if row["field"] == "symmetry" and row["round"] == 3:
            given.setdefault(row["record"], []).append(row["value"])
    several = [given[record] for record in given if len(promisors[record]) > 1]
    agreed = np.mean([len(set(pair)) == 1 for pair in several])
    codes = sorted({code for pair in several for code in pair})
    numbers = np.array([[codes.index(code) for code in pair] for pair in several], float).T
    alpha = krippendorff.alpha(reliability_data=numbers, level_of_measurement="nominal")
    percent = f"{agreed:.1%}".replace("%", " %")
    assert says(
        f"Among the {len(several)} commitments with several promisors,"
        f" the coders of the third round agreed on {percent}"
    )
    assert says(f"alpha {alpha:.3f}")
    settled = {row["id"]: row["symmetry"] for row in rows("commitments")}
    otherwise = [
        record
        for record, pair in given.items()
        if len(set(pair)) == 1 and settled[record] != pair[0]
    ]
    assert len(otherwise) == 2 and says("except for two promises")


def test_what_is_said_of_what_was_not_found_holds():
    """Catches a unit that has become known, an event that was confirmed, and an instrument that has
    its commitments.
    """
    readings = [
        row["reading"]
        for row in rows("provisions")
        if row["instrument"] == "moscow-declaration-2022"
    ]
    assert says(f"{readings.count('not_read')} of its {len(readings)} units are `not_read`")
    assert readings.count("reported") == 10 and says(
        "ten are known only from other sources (`reported`)"
    )
    assert [row["status"] for row in rows("events")].count("unconfirmed") == 6 and says(
        "six events announced"
    )
    without = {row["id"] for row in rows("instruments")} - {
        row["instrument"] for row in rows("commitments")
    }
    assert (
        len(without) == 13
        and all("russia" in name for name in without)
        and says("thirteen instruments with Russia")
    )
