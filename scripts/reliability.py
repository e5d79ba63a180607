"""Prints how well the coders of the commitments agree, field by field and round by round.

    python -m scripts reliability

Raw agreement is the share of commitments to which all coders of a round gave the same code. Alpha
is Krippendorff's (Content Analysis, 4th ed. 2018, chapter 12): 1 is perfect, 0 is chance; ordinal
for fields whose codes have an order, nominal for all others. The interval has 95 of 100 alphas of
commitments drawn with replacement. A field under 0.667 is called tentative, after Krippendorff's
lowest conceivable limit for drawing conclusions.
"""

import argparse
import sys
from collections import defaultdict
from pathlib import Path

import krippendorff
import numpy as np
import pyarrow.parquet as pq

LIMIT = 0.667
ORDINAL = ("strength", "precision", "delegation")
DRAWS, SEED = 1_000, 20220222


def units(rows: list[dict], codes: dict[str, list[str]]) -> dict[tuple[str, int], np.ndarray]:
    """(field, round) -> how many coders gave each commitment each code.

    The result is an array of commitments by codes. `codes` has the codes of each field in their
    order. Commitments that fewer than two coders coded are left out.
    """
    given = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row["value"] is not None:
            given[row["field"], row["round"]][row["record"]].append(
                codes[row["field"]].index(row["value"])
            )
    tables = {}
    for (field, number), records in sorted(
        given.items(), key=lambda item: (item[0][1], item[0][0])
    ):
        counts = [
            np.bincount(values, minlength=len(codes[field]))
            for values in records.values()
            if len(values) > 1
        ]
        if counts:
            tables[field, number] = np.array(counts)
    return tables


def agreement(counts: np.ndarray) -> float:
    """The share of units to which all coders gave one code."""
    return float(np.mean(counts.max(axis=1) == counts.sum(axis=1)))


def alpha(counts: np.ndarray, ordinal: bool) -> float:
    """Krippendorff's alpha; 1 where only one code was given: there is no disagreement."""
    if (counts.sum(axis=0) > 0).sum() < 2:
        return 1.0
    return float(
        krippendorff.alpha(
            value_counts=counts, level_of_measurement="ordinal" if ordinal else "nominal"
        )
    )


def interval(counts: np.ndarray, ordinal: bool) -> tuple[float, float]:
    """The 2.5th and 97.5th percentile of alpha over draws of units with replacement.

    They are the same on every run.
    """
    random = np.random.default_rng(SEED)
    drawn = [
        alpha(counts[random.integers(len(counts), size=len(counts))], ordinal) for _ in range(DRAWS)
    ]
    return tuple(float(value) for value in np.percentile(drawn, (2.5, 97.5)))


def reliability(rows: list[dict], codes: dict[str, list[str]]) -> list[dict]:
    """One row a field and round: `round`, `field`, `units`, `agreement`, `alpha`, `low`, `high`."""
    found = []
    for (field, number), counts in units(rows, codes).items():
        ordinal = field in ORDINAL
        low, high = interval(counts, ordinal)
        shares = {
            "agreement": agreement(counts),
            "alpha": alpha(counts, ordinal),
            "low": low,
            "high": high,
        }
        found.append({"round": number, "field": field, "units": len(counts), **shares})
    return found


def read() -> tuple[list[dict], dict[str, list[str]]]:
    """The published codings, and the codes of every list in their order."""
    codes = defaultdict(list)
    for row in sorted(
        pq.read_table("data/parquet/codes.parquet").to_pylist(), key=lambda row: row["position"]
    ):
        codes[row["list"]].append(row["code"])
    return pq.read_table("data/parquet/codings.parquet").to_pylist(), codes


def register(parser: argparse.ArgumentParser) -> None:
    """The command takes no arguments."""


def run(options: argparse.Namespace) -> int:
    if not Path("data/parquet/codings.parquet").exists():
        print("data/parquet/codings.parquet: no such file; run `make build`", file=sys.stderr)
        return 1
    head = f"{'round':>5}  {'field':<12}{'commitments':>12}{'agreement':>11}{'alpha':>8}"
    print(f"{head}   95 % interval")
    for row in reliability(*read()):
        numbers = f"{row['units']:>12}{row['agreement']:>11.1%}{row['alpha']:>8.3f}"
        bounds = f"   {row['low']:.3f} to {row['high']:.3f}"
        mark = "  tentative" if row["alpha"] < LIMIT else ""
        print(f"{row['round']:>5}  {row['field']:<12}{numbers}{bounds}{mark}")
    return 0
