"""A field's pattern where the database's engine (RE2) does not know it: matched by another, in
bounded time and memory.
"""

import re
import time
from collections.abc import Callable

from pledgeline.source.source import Unreadable
from pledgeline.text import quoted

PATTERN_SECONDS, PATTERN_SECONDS_ALL = (
    1.0,
    5.0,
)  # what a pattern that RE2 does not know may take with one cell, with all
LARGEST_PATTERN = 100_000  # characters and the like, all repetitions written out
PROPERTY = re.compile(
    r"\\[pP]\{\^?[A-Za-z_=]+\}"
)  # as in \p{L}: regex knows it as XML Schema does, re does not


def pattern_matcher(pattern: str) -> Callable[[str], bool]:
    """A function that tells whether a text matches the whole of `pattern`, in bounded time.

    Raises Unreadable, as the function does, for a pattern that cannot be used.
    """
    if not pattern:
        return lambda text: True
    import regex

    try:
        if written_out(re._parser.parse(PROPERTY.sub(r"\\w", pattern))) > LARGEST_PATTERN:
            raise Unreadable(
                "field-error",
                f"the pattern {quoted(pattern)} is too large, its repetitions written out",
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


def written_out(parsed) -> int:
    """How large a parsed pattern is when its repetitions are written out, in characters and the
    like.
    """
    if isinstance(parsed, tuple | list) and len(parsed) == 3 and isinstance(parsed[1], int):
        least, most, repeated = parsed  # of a repetition; `most` may be without end
        return max(least, 1 if most == re._parser.MAXREPEAT else most) * written_out(repeated)
    if isinstance(parsed, tuple | list | re._parser.SubPattern):
        return sum(map(written_out, parsed))
    return 1
