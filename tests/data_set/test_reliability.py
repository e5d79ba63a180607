"""`make reliability`: agreement and alpha on codings whose values were worked out elsewhere, and on
the published ones.
"""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from support.copies import REPOSITORY, once_a_run

from scripts import reliability

CODES = {"strength": ["0", "1", "2", "3", "4"], "form": ["result", "procedure"]}


def rows(field: str, *pairs: tuple) -> list[dict]:
    return [
        {"record": f"c{number}", "field": field, "coder": coder, "round": 1, "value": value}
        for number, pair in enumerate(pairs)
        for coder, value in zip("ab", pair, strict=True)
    ]


def test_alpha_is_that_of_the_textbook():
    """Catches a wrong level of measurement: Krippendorff's example of two observers and binary data
    gives 0.095.

    Computing Krippendorff's Alpha-Reliability (2011), part A: ten units, six agreed on.
    """
    a, b = "0100000010", "1110010000"
    counts = reliability.units(
        rows(
            "form",
            *((CODES["form"][int(x)], CODES["form"][int(y)]) for x, y in zip(a, b, strict=True)),
        ),
        CODES,
    )
    assert reliability.agreement(counts["form", 1]) == pytest.approx(0.6)
    assert reliability.alpha(counts["form", 1], ordinal=False) == pytest.approx(0.095, abs=0.001)


def test_near_misses_count_less_where_codes_have_an_order():
    """Catches an ordered field that is taken for a nominal one."""
    near = reliability.units(
        rows("strength", ("0", "0"), ("4", "4"), ("3", "4"), ("1", "0"), ("2", "2")), CODES
    )
    counts = near["strength", 1]
    assert reliability.alpha(counts, ordinal=True) > reliability.alpha(counts, ordinal=False) + 0.2


def test_what_one_coder_left_open_is_no_disagreement():
    """Catches an empty value taken for a code."""
    counts = reliability.units(rows("form", ("result", None), ("result", "result")), CODES)[
        "form", 1
    ]
    assert counts.tolist() == [[2, 0]] and reliability.alpha(counts, ordinal=False) == 1.0


def test_the_interval_holds_alpha_and_is_the_same_every_time():
    """Catches an interval of something else, and one that chance decides."""
    counts = np.array([[2, 0], [0, 2], [1, 1], [2, 0], [0, 2], [2, 0]])
    low, high = reliability.interval(counts, ordinal=False)
    assert low < reliability.alpha(counts, ordinal=False) <= high
    assert (low, high) == reliability.interval(counts, ordinal=False)


@once_a_run
def measured(root: Path) -> None:
    """What `make reliability` prints, which takes a while."""
    command = [sys.executable, "-m", "scripts", "reliability"]
    run = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    root.mkdir(parents=True)
    (root / "printed.txt").write_text(run.stdout)


@pytest.fixture
def printed() -> str:
    return (measured() / "printed.txt").read_text()


@pytest.mark.long
def test_a_field_on_which_coders_agree_too_little_is_called_tentative(printed):
    """Catches a field under the limit that is published as if it were firm, and one above it that
    is called tentative.
    """
    newest = {line.split()[1]: line.endswith("tentative") for line in printed.splitlines()[1:]}
    schema = pq.read_schema(REPOSITORY / "data/parquet/commitments.parquet")
    called = {
        field.name for field in schema if "Tentative" in field.metadata[b"description"].decode()
    }
    assert called == {field for field, weak in newest.items() if weak}


@pytest.mark.long
def test_the_document_shows_what_is_printed(printed):
    """Catches agreement in docs/method.md that the codings no longer have."""
    shown = re.search(
        r"```text\n(.*?)```", (REPOSITORY / "docs/method.md").read_text("utf-8"), re.S
    )[1]
    assert shown == printed
