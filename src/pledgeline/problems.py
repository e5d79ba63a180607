"""What is wrong in a hand-written file, said to the person who must mend it.

Every stage that refuses something adds a `Problem`; the command prints them all at once, sorted by place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    """One defect: where it is, its code, what was found and expected, and how to mend it.

    `line` and `column` count from 1; `path` is relative to the package's root.
    """

    path: str
    line: int
    column: int
    code: str
    found: str
    expected: str
    mend: str
    severity: str = "error"  # a "warning" does not keep a package from being built

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}"
        code = self.code if self.severity == "error" else f"{self.code} (warning)"
        return printable(f"{place}: {code}: {self.found}; expected {self.expected}; {self.mend}")


class RecordsRefused(Exception):
    """The records cannot become a package; `problems` says why, all of it."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = sorted(set(problems))
        super().__init__(f"{len(self.problems)} problem{'s' * (len(self.problems) != 1)}")


def printable(text: str) -> str:
    """`text` on one line, with control and direction-changing characters escaped, so that a record cannot steer a terminal."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def quoted(text: str, most: int = 60) -> str:
    """`text` in quotation marks, cut to `most` characters, for use inside a message."""
    cut = text if len(text) <= most else text[: most - 1] + "…"
    return f'"{cut}"'


def shown(path: Path, root: Path) -> str:
    """`path` as messages print it: relative to the package's root, with forward slashes."""
    return path.relative_to(root).as_posix()
