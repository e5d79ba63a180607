"""What SQL accepts as a form of a type, frictionless-py's reader of the field accepts, too."""

import re

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pledgeline.check import forms
from pledgeline.check.column import DECIDED_RIGHT
from pledgeline.check.conditions import text_column
from pledgeline.check.undecided import cell_reader
from pledgeline.standard.field import Field

NUMBER = "[+-]?[0-9 .,'%$eE-]{1,12}"
DRAWN = {  # a field -> the texts to draw: those of a form, and others near it
    "datetime": ({"type": "datetime"}, forms.MOMENT),
    "datetime, any": ({"type": "datetime", "format": "any"}, forms.MOMENT),
    "datetime, given": (
        {"type": "datetime", "format": "%d.%m.%Y %H:%M"},
        f"{forms.DAY}[.]{forms.MONTH}[.]{forms.YEAR} {forms.HOUR}:{forms.SIXTY}",
    ),
    "date, any": ({"type": "date", "format": "any"}, f"{forms.YEAR}-{forms.MONTH}-{forms.DAY}"),
    "date, short": (
        {"type": "date", "format": "%d/%m/%y"},
        f"{forms.DAY}/{forms.MONTH}/[0-9]{{2}}",
    ),
    "time": ({"type": "time"}, forms.CLOCK),
    "time, any": ({"type": "time", "format": "any"}, forms.CLOCK),
    "time, given": (
        {"type": "time", "format": "%H:%M:%S.%f"},
        f"{forms.HOUR}:{forms.SIXTY}:{forms.SIXTY}[.][0-9]{{0,7}}",
    ),
    "duration": ({"type": "duration"}, forms.DURATION),
    "email": ({"type": "string", "format": "email"}, forms.EMAIL),
    "array": ({"type": "array"}, r'\[([0-9eE.+-]{0,5}|"[a-z,\\]{0,5}"|nan|,|\[|\]|\{\}| ){0,6}\]'),
    "object": ({"type": "object"}, r'\{"a": ([0-9eE.+-]{0,5}|"[a-z]{0,5}"|inf|,|\[|\]| ){0,4}\}'),
    "geopoint": ({"type": "geopoint"}, f"{forms.LONGITUDE} ?, ?{forms.LATITUDE}"),
    "list": ({"type": "list", "itemType": "integer"}, "[+-]?[0-9]{1,5}(,[+-]?[0-9]{1,5}){0,4}"),
    "list of numbers": (
        {"type": "list", "itemType": "number", "delimiter": ";"},
        f"{forms.DECIMAL}(;{forms.DECIMAL})?",
    ),
    "list of truths": ({"type": "list", "itemType": "boolean"}, "(true|false|1)(,(true|false))?"),
    "number": ({"type": "number"}, forms.DECIMAL),
    "number, signs": ({"type": "number", "groupChar": ".", "decimalChar": ","}, NUMBER),
    "number, bare": ({"type": "number", "bareNumber": False, "groupChar": ","}, NUMBER),
    "integer": ({"type": "integer"}, "[+-]?[0-9]{1,30}"),
    "integer, bare": ({"type": "integer", "bareNumber": False}, NUMBER),
    "integer, groups": ({"type": "integer", "groupChar": "'"}, NUMBER),
}
RIGHT = {  # a text that each of these has to take
    "datetime": "2022-02-22 10:30:00.5+02:00",
    "datetime, any": "2022-02-22 10:30:00",
    "datetime, given": "22.02.2022 10:30",
    "date, any": "2022-02-22",
    "date, short": "29/02/24",
    "time": "10:30:00.25Z",
    "time, any": "10:30:00",
    "time, given": "10:30:00.5",
    "duration": "P1Y2M3DT4H5M6.5S",
    "email": "a.b+c@mail.example.org",
    "array": '[1, "a"]',
    "object": '{"a": [1]}',
    "geopoint": "-120.5, 45",
    "list": "1,-2,3",
    "list of numbers": "1.5;2e3",
    "list of truths": "true,false",
    "number": "-1.5e-3",
    "number, signs": "1.234,5",
    "number, bare": "$1,234.5 USD",
    "integer": "+007",
    "integer, bare": "12 %",
    "integer, groups": "1'234",
}


@pytest.fixture(scope="module")
def database():
    with duckdb.connect() as made:
        yield made


@pytest.mark.parametrize("count", [20, pytest.param(500, marks=pytest.mark.long)])
@pytest.mark.parametrize("name", DRAWN)
def test_an_accepted_form_is_of_the_type(name, count, database):
    """Catches a text that SQL takes for right and that is not: a false "valid"."""
    descriptor, pattern = DRAWN[name]
    field = Field.from_descriptor({"name": "x", **descriptor})
    column = text_column(field, 1, "c1", [])
    read, accepted = cell_reader(field, matches=lambda text: True), []

    @settings(max_examples=count, deadline=None, database=None)
    @given(st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True))
    @example(RIGHT[name])
    def check(text):
        query = f"SELECT {column.accept} FROM (SELECT ? AS c1)"
        if database.execute(query, [text]).fetchall() == [(True,)]:
            accepted.append(text)
            assert read(text)[0] == DECIDED_RIGHT, text

    check()
    assert RIGHT[name] in accepted
