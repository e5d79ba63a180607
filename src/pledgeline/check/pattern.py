"""Patterns that RE2 does not know, matched by another engine in bounded time and memory.

RE2 is the database's engine for regular expressions.
"""

import importlib
import re
import time
from dataclasses import dataclass
from typing import Any

# What such patterns may take with one cell, and with all cells of a package. Of the time only what
# exceeds ORDINARY_SECONDS a cell counts: no number of quick cells is too much.
PATTERN_SECONDS, PATTERN_SECONDS_ALL = 1.0, 5.0
ORDINARY_SECONDS = 20e-6
LARGEST_PATTERN = 100_000  # characters and the like, with all repetitions expanded
# such as \p{L}: regex knows it, as XML Schema does; re does not
PROPERTY = re.compile(r"\\[pP]\{\^?[A-Za-z_=]+\}")
# Python's own parser of patterns, which has no public name
parser: Any = importlib.import_module("re._parser")


@dataclass
class Patience:
    """The seconds that are left for all patterns of a package."""

    left: float = PATTERN_SECONDS_ALL


class PatternMatcher:
    """Says whether texts match the whole of `pattern`, as long as `patience` lasts.

    `unchecked` says why a text was not compared with the pattern; "" as long as each was.
    """

    def __init__(self, pattern: str, patience: Patience):
        self.patience, self.unchecked = patience, ""
        self.compiled = self.compile(pattern) if pattern else None

    def compile(self, pattern: str) -> Any:
        """The compiled pattern; None where it cannot be used, or nothing is left for it."""
        import regex

        if self.patience.left <= 0:
            return self.give_up(LATE)
        begun = time.thread_time()
        try:
            if expanded_size(parser.parse(PROPERTY.sub(r"\\w", pattern))) > LARGEST_PATTERN:
                return self.give_up("it is too large with its repetitions expanded")
            return regex.compile(pattern)
        except (re.error, regex.error, RecursionError) as error:
            return self.give_up(f"it cannot be used ({error})")
        finally:
            self.patience.left -= time.thread_time() - begun

    def give_up(self, reason: str) -> None:
        self.compiled, self.unchecked = None, reason

    def __call__(self, text: str) -> bool:
        """Whether `text` matches; also True where it was not compared."""
        if self.compiled is None:
            return True
        begun = time.thread_time()
        try:
            return self.compiled.fullmatch(text, timeout=PATTERN_SECONDS) is not None
        except TimeoutError:
            self.unchecked = f"it takes more than {PATTERN_SECONDS:g} s with a cell"
            return True
        finally:
            spent = time.thread_time() - begun
            self.patience.left -= max(spent - ORDINARY_SECONDS, 0)
            if self.patience.left <= 0:
                self.give_up(LATE)


LATE = f"the patterns of this package take more than {PATTERN_SECONDS_ALL:g} s"


def expanded_size(parsed: object) -> int:
    """How large a parsed pattern is with its repetitions expanded, in characters and the like."""
    if isinstance(parsed, tuple | list) and len(parsed) == 3 and isinstance(parsed[1], int):
        least, most, repeated = parsed  # of a repetition; `most` may be without end
        times: int = max(least, 1 if most == parser.MAXREPEAT else most)
        return times * expanded_size(repeated)
    if isinstance(parsed, tuple | list | parser.SubPattern):
        return sum(map(expanded_size, parsed))
    return 1
