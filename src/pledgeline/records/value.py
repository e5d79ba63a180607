"""What is wrong with one value as it is written, in whatever field."""

import unicodedata
from collections.abc import Iterator

import yaml

from pledgeline.records.characters import described, how_to_fix, strays
from pledgeline.text import quoted

NULLS = {"~", "null", "Null", "NULL"}
Fault = tuple[str, str, str, str]  # code, what was found, what was expected, how to fix it


def is_sound(node: yaml.ScalarNode) -> bool:
    """Whether a value surely has no fault; a quick answer for nearly all of them."""
    text = node.value
    visible = text.isascii() and text.isprintable()
    return bool(visible and text == text.strip() and text and (node.style or text not in NULLS))


def value_faults(node: yaml.ScalarNode) -> Iterator[Fault]:
    """The faults of a value.

    Characters in the file itself were cleaned away before: here are escapes.
    """
    text = node.value
    if not text.strip() or (not node.style and text in NULLS):
        yield (
            "empty-value",
            "the value is empty",
            "a value, or no key",
            "write the value or remove the key",
        )
        return
    yield from character_faults(text.replace("\n", " "))
    if text != text.strip(" \n"):
        found, expected = "the value begins or ends in white space", "text without it"
        yield "stray-space", found, expected, "remove it; use `>-` for a text of several lines"
    elif "\n" in text:
        found = f"the value {quoted(text)} has a line break"
        yield (
            "control-character",
            found,
            "text on one line",
            "use `>-`, which folds lines into one, or write it on one line",
        )
    if not unicodedata.is_normalized("NFC", text):
        found = (
            f"{quoted(text)} has a letter and its accent as two characters,"
            " or one of Unicode's doubles"
        )
        yield "not-nfc", found, "text in Unicode's normal form C", "run `make fmt`"


def character_faults(text: str) -> Iterator[Fault]:
    """The characters of `text` that are invisible."""
    for at, code in strays(text):
        found = f"{quoted(text)} has {described(text[at])}, which shows nothing"
        yield code, found, "characters that can be seen", how_to_fix(text[at])
