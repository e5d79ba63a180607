"""Fields that differ only in what they are called are looked at once, and each has its errors."""

import pytest

from pledgeline.descriptor.schemas import check_schema

RIGHT = {"name": "a", "type": "string", "title": "A", "constraints": {"maxLength": 3}}
WRONG = {
    "title": {"title": 5},
    "description": {"description": ["text"]},
    "name": {"name": 5},
    "constraints/maxLength": {"constraints": {"maxLength": "3"}},
}


@pytest.mark.parametrize("place", WRONG)
@pytest.mark.parametrize("version", ["v1", "v2"])
def test_what_is_wrong_with_a_field_like_others_is_found_at_each_place(place, version):
    """Catches a fault that is taken for right since a field like it was, or reported once."""
    wrong = {**RIGHT, **WRONG[place]}
    fields = [RIGHT, {**RIGHT, "name": "b", "title": "B"}, wrong, {**wrong}]
    if place != "name":
        fields[3]["name"], fields[2] = "d", {**wrong, "name": "c"}
    errors = check_schema({"fields": fields}, "", version, None)
    places = [n for n in range(4) for error in errors if f"/fields/{n}/{place}" in error.message]
    assert places == [2, 3] == [n for n in range(4) if any(f"/{n}/" in e.message for e in errors)]


def test_a_field_without_a_name_is_wrong():
    """Catches a name that is filled in for the comparison."""
    (error,) = check_schema({"fields": [RIGHT, {"type": "string"}]}, "", "v2", None)
    assert "/fields/1" in error.message and "name" in error.message
