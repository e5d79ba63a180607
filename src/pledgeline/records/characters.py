"""Invisible characters in a record: control characters, unusual spaces, direction marks.

With one of them, two texts look alike but differ, or a text prints otherwise than it is stored.
"""

import unicodedata
from collections.abc import Iterator

BREAKS = "\x85\u2028\u2029"  # ends of lines to YAML and to Python, not to an editor
UNSEEN = {"Cf", "Cs", "Zl", "Zp", "Zs"}  # categories of Unicode: format, surrogate, separators
# of other categories, and blank all the same
BLANK = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
JOINERS = "\u200c\u200d"


def strays(text: str) -> Iterator[tuple[int, str]]:
    """Where each kind of invisible character first occurs in `text`, with the problem's code."""
    if is_visible(text):
        return
    seen = set()
    for at, character in enumerate(text):
        if character not in seen and (code := fault(text, at)):
            seen.add(character)
            yield at, code


def is_visible(text: str) -> bool:
    """Whether every character of `text` is visible; a quick answer for nearly all texts."""
    return text.isprintable() and BLANK.isdisjoint(text)


def fault(text: str, at: int) -> str | None:
    """The code of what is wrong with the character at `at`, if anything is."""
    character = text[at]
    category = unicodedata.category(character)
    if category == "Cc" and character not in BREAKS:
        return "control-character"
    if character == " " or (character in JOINERS and joins(text, at)):
        return None
    return (
        "invisible-character"
        if category in UNSEEN or character in BREAKS or character in BLANK
        else None
    )


def joins(text: str, at: int) -> bool:
    """Whether a (non-)joiner belongs to the spelling: after an Arabic letter or a virama.

    RFC 5892, A.1 and A.2.
    """
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    spelt = before and (
        unicodedata.bidirectional(before) == "AL" or unicodedata.combining(before) == 9
    )
    return bool(spelt) and after.isalpha()


def cleaned(text: str) -> str:
    """`text` as its writer saw it: other spaces and breaks as spaces, no invisible characters."""
    if is_visible(text):
        return text
    return "".join(
        (" " if spacing(c) else "") if fault(text, at) else c for at, c in enumerate(text)
    )


def spacing(character: str) -> bool:
    return (
        character == "\t"
        or character in BREAKS
        or unicodedata.category(character) in ("Zl", "Zp", "Zs")
    )


def described(character: str) -> str:
    """`character` by number and, where it has one, name."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


def how_to_fix(character: str) -> str:
    return "put a plain space in its place" if spacing(character) else "remove it"
