"""What is proposed in place of a value that is not of its type, or of no code list."""

import pytest

from pledgeline.records.explain import SHOWN, code_help, value_help

TRUTH = {"type": "boolean", "example": False}
WHOLE = {"type": "integer", "example": 43}


@pytest.mark.parametrize(
    "field, text, fix",
    [
        (TRUTH, "yes", "write `true`"),
        (TRUTH, "Y", "write `true`"),
        (TRUTH, "On", "write `true`"),
        (TRUTH, "no", "write `false`"),
        (TRUTH, "off", "write `false`"),
        (TRUTH, "perhaps", "write `true` or `false`, whichever is the case"),
        (WHOLE, "1,204", "write 1204"),
        (WHOLE, "-12 000", "write -12000"),
        (WHOLE, "1,2", "write it like 43"),
        ({"type": "date", "example": "2022-02-22"}, "22.2.2022", "write it like 2022-02-22"),
        ({"type": "date"}, "soon", "write it like the others"),
    ],
)
def test_the_value_that_was_meant_is_proposed(field, text, fix):
    """Catches the example of a schema proposed as the value, which may be the contrary of it."""
    assert value_help(field, text) == fix


def codes(**labels):
    categories = [{"value": code, "label": label} for code, label in labels.items()]
    return {"constraints": {"enum": list(labels)}, "categories": categories}


FEW = codes(street="On a street", park="In a park")
MANY = codes(**{f"visit_of_{n}": f"Visit number {n}" for n in "abcdefghijklmnop"}, war="Hostility")


@pytest.mark.parametrize(
    "field, text, fix",
    [
        (FEW, "parc", 'did you mean "park"?'),
        (FEW, "on a Street", 'did you mean "street" (On a street)?'),
        (FEW, "railway", "one of street, park"),
        (MANY, "Hostilities", 'did you mean "war" (Hostility)?'),
        (MANY, "xyz", "that file has all 17 with their definitions"),
    ],
)
def test_codes_are_proposed_or_their_place(field, text, fix):
    """Catches the first codes of a list, whatever was written, and dots in place of others."""
    assert code_help(field, text) == fix


def test_codes_that_are_alike_are_named():
    """Catches a long list of which none is shown, though some are near."""
    fix = code_help(MANY, "of")
    assert fix.count("visit_of_") == SHOWN and fix.endswith("all 17 with their definitions")
