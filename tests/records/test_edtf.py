"""EDTF level 1 dates: the days they cover, and what is refused."""

from datetime import date, timedelta

import pytest
from edtf import parse_edtf

from pledgeline.records.edtf import days

COVERED = {
    "2022-02-22": ("2022-02-22", "2022-02-22", "day"),
    "2021-06": ("2021-06-01", "2021-06-30", "month"),
    "2019": ("2019-01-01", "2019-12-31", "year"),
    "2021-22": ("2021-06-01", "2021-08-31", "season"),
    "2022-24": ("2022-12-01", "2022-12-31", "season"),
    "199X": ("1990-01-01", "1999-12-31", "decade"),
    "19XX": ("1900-01-01", "1999-12-31", "century"),
    "1991-12-XX": ("1991-12-01", "1991-12-31", "month"),
    "1991-XX": ("1991-01-01", "1991-12-31", "year"),
    "2022-02-21~": ("2022-02-21", "2022-02-21", "day"),
    "2022?": ("2022-01-01", "2022-12-31", "year"),
    "2020-02": ("2020-02-01", "2020-02-29", "month"),
    "2020-11-09/2020-11-10": ("2020-11-09", "2020-11-10", "interval"),
    "1990~/1993~": ("1990-01-01", "1993-12-31", "interval"),
    "2022-02-24/2022-12-31": ("2022-02-24", "2022-12-31", "interval"),
    "2022-03-27~": ("2022-03-27", "2022-03-27", "day"),
    "2022-01-31?/..": ("2022-01-31", None, "open"),
    "2021-22/2022-02~": ("2021-06-01", "2022-02-28", "interval"),
    "2025-04/..": ("2025-04-01", None, "open"),
    "../2022-02-22": (None, "2022-02-22", "open"),
    "2022-02-24/": ("2022-02-24", None, "open"),
}
REFUSED = [
    "2022-02-30",
    "2021-13",
    "2021-25",
    "{2019,2020}",
    "2019-06~-11",
    "Y20190",
    "-0044",
    "199X-12",
    "2022-2-3",
    "NO",
    "",
]
REFUSED += [
    "2022-02-22T10:00:00Z",
    "2022-02-22/2022-02-30",
    "20 19",
    "today",
    "0000",
    "1XXX",
    "2019-XX-11",
]
REFUSED += [
    "2021-25~",
    "2021-25/2022",
    "199X-12/2022",
    "2019-06~-11/2020",
    "2022-02-22/2022-02-20T10:00:00",
]


@pytest.mark.parametrize("text", COVERED)
def test_the_days_a_date_covers(text):
    """Catches bounds that are narrower or wider than the date, and a wrong precision."""
    start, end, precision = COVERED[text]
    covered = days(text)
    assert covered.start == (start and date.fromisoformat(start)) and covered.end == (
        end and date.fromisoformat(end)
    )
    assert covered.precision == precision and not covered.reversed


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_level_1_date_is_refused(text):
    """Catches impossible days, level 2 forms, times, and text that only looks like a date."""
    with pytest.raises(ValueError):
        days(text)


def test_an_interval_that_ends_before_it_starts_is_reversed():
    """Catches two ends written in the wrong order."""
    assert days("2022-02-24/2022-02-22").reversed
    assert not days("2022-02/2022-02-22").reversed


def test_every_day_of_a_leap_year_can_be_approximate():
    """Catches a day or month whose digits are taken for something else, such as 31 for a season of
    level 2.
    """
    for number in range(366):
        day = date(2020, 1, 1) + timedelta(number)
        assert days(f"{day}~").start == days(f"{day}~").end == day


@pytest.mark.parametrize(
    "text", ["1991", "1900-02", "2000-02", "2023-11~", "2024-02-29%", "1991?", "2020-12"]
)
def test_what_the_calendar_answers_is_what_python_edtf_would(text):
    """Catches the quick way through common dates going somewhere else."""
    parsed = parse_edtf(text)
    assert (days(text).start, days(text).end) == (
        date(*parsed.lower_strict()[:3]),
        date(*parsed.upper_strict()[:3]),
    )
