"""Every failure that Pledgeline raises, each with a class of its own.

    PledgelineError
    ├── UnreadablePackage    a package, archive or file of one that cannot be opened or read
    │   └── InvalidPackage   one that can be read, but not worked with before its errors are fixed
    ├── FetchRefused         an address that is not fetched, or whose answer is not taken
    ├── NotAsPublished       files or rows that are not those of the published version
    ├── UnknownVersion       a version that the package does not list
    ├── UnknownEngine        a name that no engine has
    ├── EngineFailed         the engine that was asked for gives no report
    ├── UnknownRecord        an id, day or table that a question names and the package does not have
    │   └── UnknownTable     a table that the package does not have; a KeyError as well
    ├── BrokenRule           a rule that cannot be read or run
    ├── TargetExists         a folder to be written that is not empty
    ├── GitFailed            git is not installed, or ends with an error
    ├── OutOfResources       the memory or the disk that checking takes is not there
    ├── MissingExtra         an optional library that is not installed
    ├── MissingProgram       a program that is not installed
    ├── InvalidRecords       hand-written files that cannot become a package; `problems` lists why
    └── ReleaseRefused       a version that is not published; `reasons` lists why

Each message says what is wrong, where, and what to do about it. `exit_code` is what the command
ends with: 1 where the input is at fault and was judged, 2 where nothing could be judged.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pledgeline.text import counted, printable


class PledgelineError(Exception):
    """The root of the tree: catches every failure that is not a defect of Pledgeline."""

    exit_code = 2


class UnreadablePackage(PledgelineError):
    """A package, an archive or a file of one cannot be opened or read."""


class InvalidPackage(UnreadablePackage):
    """A package can be read, but has errors that must be fixed first.

    `pledgeline validate` lists them.
    """


class FetchRefused(PledgelineError):
    """An address is not fetched or its answer refused: not https, too large, slow, another hash."""


class NotAsPublished(PledgelineError):
    """Files or rows are not those that were published."""


class UnknownVersion(PledgelineError):
    """The package does not list the version that was asked for, or lists none."""


class UnknownEngine(PledgelineError):
    """There is no engine of that name."""


class EngineFailed(PledgelineError):
    """The engine that was asked for gives no report; another one may."""


class UnknownRecord(PledgelineError):
    """A question names an id, a day or a table that the package does not have."""


class UnknownTable(UnknownRecord, KeyError):
    """The package has no table of that name."""

    __str__ = Exception.__str__  # a KeyError would print the message in quotation marks


class BrokenRule(PledgelineError):
    """A rule, or the folder at `path`, cannot be read or run; `reason` says why."""

    def __init__(self, path: Path, reason: str):
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}")


class TargetExists(PledgelineError):
    """A folder is to be written that is not empty."""


class GitFailed(PledgelineError):
    """git is not installed, or ends with an error."""


class OutOfResources(PledgelineError):
    """The memory or the disk is not enough to look at the data, of which nothing is said then."""


class MissingExtra(PledgelineError):
    """An optional library is not installed; the message has the command that installs it."""


class MissingProgram(PledgelineError):
    """A program is needed and not installed; the message says how to install it."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in a hand-written file: where, its code, found, expected, and how to fix it.

    `line` and `column` count from 1; `path` is relative to the package's root.
    """

    path: str
    line: int
    column: int
    code: str
    found: str
    expected: str
    fix: str
    severity: str = "error"  # a "warning" does not keep a package from being built

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}"
        code = self.code if self.severity == "error" else f"{self.code} (warning)"
        return printable(f"{place}: {code}: {self.found}; expected {self.expected}; {self.fix}")


class InvalidRecords(PledgelineError):
    """The records cannot become a package; `problems` says why, all of it, sorted by place."""

    exit_code = 1

    def __init__(self, problems: Iterable[Problem]):
        self.problems = sorted(set(problems))
        super().__init__(counted(len(self.problems), "problem"))


class ReleaseRefused(PledgelineError):
    """A version is not published; `reasons` says why, a sentence each."""

    exit_code = 1

    def __init__(self, reasons: Iterable[str]):
        self.reasons = list(reasons)
        super().__init__("; ".join(self.reasons))
