"""What a pattern asks for in words, where it is one of the simple patterns that codes and ids have.

In: a regular expression. Out: `three capital letters A-Z`, or "" for all that takes longer to say
than to read.
"""

import re
from functools import cache
from typing import Any

from pledgeline.check.pattern import parser
from pledgeline.text import quoted

LONGEST_WORDS = 160  # characters: what is longer is no clearer than the pattern
NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
RANGES = {"AZ": "capital letters A-Z", "az": "small letters a-z", "09": "digits 0-9"}
WITHOUT_END = int(parser.MAXREPEAT)


@cache
def in_words(pattern: str) -> str:
    """What the whole of a text must be to match `pattern`; "" where words do not help.

    >>> in_words("^[A-Z]{3}$")
    'three capital letters A-Z'
    >>> in_words("[a-z]+-[0-9]{4}")
    'one or more small letters a-z, then "-", then four digits 0-9'
    """
    try:
        parsed = parser.parse(pattern)
        if parsed.state.flags & ~re.UNICODE:  # such as without case
            return ""
        words = sequence(parsed)
    except (re.error, RecursionError, OverflowError, NotSimple):
        return ""
    return words if len(words) <= LONGEST_WORDS else ""


class NotSimple(Exception):
    """A part of a pattern that no few words describe."""


def sequence(parts: Any) -> str:
    """The parts of a pattern one after another."""
    found: list[str] = []
    text = ""  # of the last characters that are as they are
    for name, value in [(str(name), value) for name, value in parts] + [("END", None)]:
        if name == "LITERAL":
            text += chr(value)
            continue
        if len(text) > LONGEST_WORDS // 4:
            raise NotSimple
        if text:
            found.append(quoted(text))
            text = ""
        if name not in ("AT", "END"):  # beginning and end: the whole text is meant in any case
            found.append(part(name, value))
    return ", then ".join(found)


def part(name: str, value: Any) -> str:
    """One part of a pattern, by the name that Python's parser gives it."""
    if name == "IN":
        return kinds(value)[0]
    if name == "SUBPATTERN" and not value[1] and not value[2]:  # without flags of its own
        return sequence(value[3])
    if name == "BRANCH":
        return "either " + " or ".join(sequence(each) for each in value[1])
    if name == "MAX_REPEAT":
        least, most, repeated = value
        return times(int(least), int(most), repeated)
    raise NotSimple


def times(least: int, most: int, repeated: Any) -> str:
    """A part that is repeated."""
    one, many = once_and_several(repeated)
    if (least, most) == (1, 1):
        return one
    if (least, most) == (0, 1):
        return f"perhaps {one}"
    if most == WITHOUT_END:
        return f"{'any number of' if least == 0 else f'{count(least)} or more'} {many}"
    return f"{count(least)} {many}" if least == most else f"{least} to {most} {many}"


def once_and_several(parts: Any) -> tuple[str, str]:
    """Some parts of a pattern once, and several times."""
    kind, value = parts[0] if len(parts) == 1 else ("", None)
    if str(kind) == "IN":
        return kinds(value)
    own = sequence(parts)
    own = own if str(kind) == "LITERAL" else f"({own})"
    return own, own


def kinds(members: Any) -> tuple[str, str]:
    """A class of characters: one of it, and several."""
    found = []
    for name, value in [(str(name), value) for name, value in members]:
        if name == "LITERAL":
            found.append(quoted(chr(value)))
        elif name == "RANGE":
            first, last = map(chr, value)
            found.append(RANGES.get(first + last, f"{quoted(first)} to {quoted(last)}"))
        elif name == "CATEGORY" and str(value) == "CATEGORY_DIGIT":
            found.append(RANGES["09"])
        else:
            raise NotSimple
    if len(found) == 1 and found[0] in RANGES.values():
        word, rest = found[0].split(" ", 1)
        return f"a {word} {rest}".replace("letters", "letter").replace("digits", "digit"), found[0]
    listed = " or ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)
    known = all(each in RANGES.values() for each in found)
    return f"one character of {listed}", listed if known else f"characters of {listed}"


def count(number: int) -> str:
    """A number as a word, where it is small."""
    return NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"
