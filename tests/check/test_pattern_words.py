"""A cell that breaks a pattern is answered in words; the pattern is in the report for machines."""

import json
from pathlib import Path

import pytest

from pledgeline.check.pattern_words import in_words
from pledgeline.validation import validate

WORDS = {
    "^[A-Z]{3}$": "three capital letters A-Z",
    "[A-Z]{2}[0-9]{4,6}": "two capital letters A-Z, then 4 to 6 digits 0-9",
    r"\d{4}-\d{2}": 'four digits 0-9, then "-", then two digits 0-9',
    "[a-z][a-z0-9]*(-[a-z0-9]+)*": (
        "a small letter a-z, then any number of small letters a-z or digits 0-9,"
        ' then any number of ("-", then one or more small letters a-z or digits 0-9)'
    ),
    "(cat|dog)s?": 'either "cat" or "dog", then perhaps "s"',
    "sha256:[0-9a-f]{64}": '"sha256:", then 64 characters of digits 0-9 or "a" to "f"',
    "(?:[a-z]+(?:-[0-9]{2})?)": (
        'one or more small letters a-z, then perhaps ("-", then two digits 0-9)'
    ),
    "x{2,}": 'two or more "x"',
}
UNSAID = ["(?=a)b", "[^a]", ".*", r"\w+", "(", "(?i)a", "a" * 500, "(" * 5_000 + ")" * 5_000, r"\i"]


@pytest.mark.parametrize("pattern", WORDS)
def test_a_simple_pattern_has_words(pattern: str):
    """Catches words that say something else than the pattern."""
    assert in_words(pattern) == WORDS[pattern]


@pytest.mark.parametrize("pattern", UNSAID)
def test_any_other_pattern_has_none(pattern: str):
    """Catches words that leave a part of the pattern out."""
    assert in_words(pattern) == ""


@pytest.mark.parametrize("example", ["AZE", None])
def test_a_message_has_words_and_the_example(example: str | None, tmp_path: Path):
    """Catches a raw regular expression in a message, and a pattern that machines do not get."""
    field = {"name": "x", "constraints": {"pattern": "^[A-Z]{3}$"}}
    field |= {"example": example} if example else {}
    resource = {"name": "t", "path": "t.csv", "schema": {"fields": [field]}}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [resource]}))
    (tmp_path / "t.csv").write_text("x\naze\n")
    (error,) = validate(tmp_path).tasks[0].errors
    words = "three capital letters A-Z" + (', such as "AZE"' if example else "")
    assert error.message.endswith(f'"aze" breaks `pattern`, which asks for {words}')
    assert error.fix == f"give {words}" and error.note == "pattern: ^[A-Z]{3}$"
