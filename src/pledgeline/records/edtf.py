"""EDTF level 1 dates (ISO 8601-2, https://www.loc.gov/standards/datetime/) as the days they cover.

Parsing and bounds are python-edtf's; this module keeps to level 1, turns its answers into ISO days
and names the precision.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

LEVEL_1 = {"Date", "Season", "Interval", "UncertainOrApproximate", "Unspecified", "Level1Interval"}
# Level 2 forms that python-edtf gives level 1 classes: a season code past winter, digits left open
# before known ones.
LEVEL_2 = re.compile(r"\d{4}-(2[5-9]|3\d|4[01])[?~%]?|.*X.*-\d.*|.*XXX.*|.*[?~%].+")
LONGEST = 40  # characters; the longest level 1 form is an interval of two qualified days
# a year, month or day, perhaps qualified
PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?[?~%]?")
PRECISIONS = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True)
class Days:
    """The days an EDTF date covers, both ends included; an end that is open or unknown is None."""

    start: date | None
    end: date | None
    precision: str  # a code of the list date_precision

    @property
    def reversed(self) -> bool:
        return self.start is not None and self.end is not None and self.start > self.end


@lru_cache(maxsize=10_000)
def days(text: str) -> Days:
    """The days that `text` covers; a qualifier (? ~ %) does not widen them.

    Raises ValueError if it is not an EDTF level 1 date. Seasons are python-edtf's: 21 is March to
    May, 22 June to August, 23 September to November, 24 December of the same year.
    """
    if len(text) > LONGEST:
        raise ValueError(f"a date of {len(text)} characters is outside EDTF level 1")
    parts = text.split("/")
    # nearly every date; python-edtf takes 6 ms for what the calendar knows
    if len(parts) == 1 and PLAIN.fullmatch(text):
        return parse_calendar_date(text)
    if (
        len(parts) == 2
        and set(parts) != {".."}
        and all(part == ".." or PLAIN.fullmatch(part) for part in parts)
    ):
        return interval(parts)
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        parsed = parse_edtf(text)
    except EDTFParseException as error:
        raise ValueError(f"{text!r} is not an EDTF date") from error
    if type(parsed).__name__ not in LEVEL_1 or text.startswith("-"):
        raise ValueError(f"{text!r} is outside EDTF level 1")
    if "/" in text:
        return interval(parts)
    if LEVEL_2.fullmatch(text):
        raise ValueError(f"{text!r} is outside EDTF level 1")
    return Days(date(*parsed.lower_strict()[:3]), date(*parsed.upper_strict()[:3]), precision(text))


def parse_calendar_date(text: str) -> Days:
    """The days of a year, month or day. Raises ValueError when no calendar has it."""
    found = PLAIN.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not a year, month or day")
    year, month, day = (int(part) if part else 0 for part in found.groups())
    last = day or monthrange(year, month or 12)[1]
    return Days(date(year, month or 1, day or 1), date(year, month or 12, last), precision(text))


def interval(parts: list[str]) -> Days:
    """From the first day of one date to the last of another; None for an open or unknown end."""
    start, end = (None if part in ("", "..") else days(part) for part in parts)
    if start is None or end is None:
        return Days(start.start if start else None, end.end if end else None, "open")
    return Days(start.start, end.end, "interval")


def precision(text: str) -> str:
    """The finest unit that a single (not interval) EDTF date states."""
    stated = text.rstrip("?~%")
    if "X" in stated:
        return {2: "century", 3: "decade", 4: "year", 7: "month"}[
            len(stated.split("X")[0].rstrip("-"))
        ]
    if re.fullmatch(r"\d{4}-2[1-4]", stated):
        return "season"
    return PRECISIONS[len(stated)]
