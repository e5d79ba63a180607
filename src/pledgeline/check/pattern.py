"""Patterns that RE2 does not know, matched by another engine in bounded time and memory.

RE2 is the database's engine for regular expressions.
"""

import importlib
import re
import time
from collections.abc import Callable
from typing import Any

from pledgeline.source.source import Unreadable
from pledgeline.text import quoted

# what a pattern that RE2 does not know may take with one cell, and with all
PATTERN_SECONDS, PATTERN_SECONDS_ALL = 1.0, 5.0
LARGEST_PATTERN = 100_000  # characters and the like, with all repetitions expanded
# such as \p{L}: regex knows it, as XML Schema does; re does not
PROPERTY = re.compile(r"\\[pP]\{\^?[A-Za-z_=]+\}")
# Python's own parser of patterns, which has no public name
parser: Any = importlib.import_module("re._parser")


def pattern_matcher(pattern: str) -> Callable[[str], bool]:
    """A function that says whether a text matches the whole of `pattern`, in bounded time.

    Raises Unreadable for a pattern that cannot be used; so does the function for one that takes too
    long.
    """
    if not pattern:
        return lambda text: True
    import regex

    try:
        if expanded_size(parser.parse(PROPERTY.sub(r"\\w", pattern))) > LARGEST_PATTERN:
            raise Unreadable(
                "field-error",
                f"the pattern {quoted(pattern)} is too large with its repetitions expanded",
            )
        compiled = regex.compile(pattern)
    except (re.error, regex.error) as error:
        raise Unreadable(
            "field-error", f"the pattern {quoted(pattern)} cannot be used ({error})"
        ) from error
    spent = 0.0

    def matches(text: str) -> bool:
        nonlocal spent
        begun = time.perf_counter()
        try:
            return compiled.fullmatch(text, timeout=PATTERN_SECONDS) is not None
        except TimeoutError:
            return False
        finally:
            spent += time.perf_counter() - begun
            if spent > PATTERN_SECONDS_ALL:
                raise Unreadable(
                    "field-error",
                    f"the pattern {quoted(pattern)} takes too long with the cells of its field",
                )

    return matches


def expanded_size(parsed: object) -> int:
    """How large a parsed pattern is with its repetitions expanded, in characters and the like."""
    if isinstance(parsed, tuple | list) and len(parsed) == 3 and isinstance(parsed[1], int):
        least, most, repeated = parsed  # of a repetition; `most` may be without end
        times: int = max(least, 1 if most == parser.MAXREPEAT else most)
        return times * expanded_size(repeated)
    if isinstance(parsed, tuple | list | parser.SubPattern):
        return sum(map(expanded_size, parsed))
    return 1
