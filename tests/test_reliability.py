"""`make reliability`: agreement and alpha on codings whose values were worked out elsewhere, and on the published ones."""

import numpy as np
import pytest
from copies import load_script

reliability_script = load_script("reliability")
CODES = {"strength": ["0", "1", "2", "3", "4"], "form": ["result", "procedure"]}


def rows(field: str, *pairs: tuple) -> list[dict]:
    return [
        {"record": f"c{number}", "field": field, "coder": coder, "round": 1, "value": value}
        for number, pair in enumerate(pairs)
        for coder, value in zip("ab", pair, strict=True)
    ]


def test_alpha_is_that_of_the_textbook():
    """Catches a wrong level of measurement: Krippendorff's example of two observers and binary data gives 0.095.

    Computing Krippendorff's Alpha-Reliability (2011), part A: ten units, six agreed on.
    """
    a, b = "0100000010", "1110010000"
    counts = reliability_script.units(
        rows("form", *((CODES["form"][int(x)], CODES["form"][int(y)]) for x, y in zip(a, b, strict=True))), CODES
    )
    assert reliability_script.agreement(counts["form", 1]) == pytest.approx(0.6)
    assert reliability_script.alpha(counts["form", 1], ordinal=False) == pytest.approx(0.095, abs=0.001)


def test_near_misses_count_less_where_codes_have_an_order():
    """Catches an ordered field that is taken for a nominal one."""
    near = reliability_script.units(rows("strength", ("0", "0"), ("4", "4"), ("3", "4"), ("1", "0"), ("2", "2")), CODES)
    counts = near["strength", 1]
    assert reliability_script.alpha(counts, ordinal=True) > reliability_script.alpha(counts, ordinal=False) + 0.2


def test_what_one_coder_left_open_is_no_disagreement():
    """Catches an empty value taken for a code."""
    counts = reliability_script.units(rows("form", ("result", None), ("result", "result")), CODES)["form", 1]
    assert counts.tolist() == [[2, 0]] and reliability_script.alpha(counts, ordinal=False) == 1.0


def test_the_interval_holds_alpha_and_is_the_same_every_time():
    """Catches an interval of something else, and one that chance decides."""
    counts = np.array([[2, 0], [0, 2], [1, 1], [2, 0], [0, 2], [2, 0]])
    low, high = reliability_script.interval(counts, ordinal=False)
    assert low < reliability_script.alpha(counts, ordinal=False) <= high
    assert (low, high) == reliability_script.interval(counts, ordinal=False)
