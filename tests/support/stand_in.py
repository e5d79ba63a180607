"""Reports made up for the tests of the command and of the formats, and an engine that returns them.

Run as a script (python tests/support/stand_in.py validate ...), it is the command `pledgeline` with
that engine.
"""

import os
import sys
import time
from collections import Counter
from pathlib import Path
from types import ModuleType

from pledgeline.report import Error, Report, Task

HOSTILE = (
    "\x1b]0;pwned\x07\x1b[2J\x9b31m",
    "::error::pwned",
    "two\r\nlines\u2028of\x85text",
    "\n::stop-commands::x",
    "##[error]x ##vso[task]x",
    "]]></testcase></failure>&<!--",
    "\u202egnp.exe\u2066",
    "\x00\ud800\ufffe",
    "[link](http://example.org)",
    "%0A,: {0}",
    "",
)
ENGINE = "pledgeline.validation"


def stand_in(validate) -> ModuleType:
    """A module in the engine's place; put it into sys.modules as ENGINE."""
    module = ModuleType(ENGINE)
    module.validate = validate
    return module


def nothing() -> Report:
    return Report("datapackage.json")


def valid() -> Report:
    return Report(
        "datapackage.json", [Task("events", "data/events.csv", rows=3, seconds=0.1)], seconds=0.2
    )


def many() -> Report:
    """1,204 type errors with ten listed, a foreign key, a descriptor error and a warning."""
    listed = [
        Error(
            "type-error",
            '"high": type is "integer/default"',
            'type is "integer/default"',
            row_number=row,
            field_name="strength",
            field_number=7,
            cell="high",
            record=f"data/records/pact.yaml:{row + 30}",
            fix="write a number from 0 to 4",
        )
        for row in range(2, 12)
    ]
    key = Error(
        "foreign-key", "no such instrument", row_number=12, field_name="instrument", cell="pakt"
    )
    warning = Error("stale", "an event that was expected", row_number=4, severity="warning")
    counts = Counter(
        {("error", "type-error"): 1204, ("error", "foreign-key"): 1, ("warning", "stale"): 1}
    )
    broken = Task(
        "commitments",
        "data/commitments.csv",
        rows=31204,
        counts=counts,
        errors=[*listed, key, warning],
        seconds=0.4,
    )
    package = Error("package-error", "the licence is missing")
    return Report("pack/datapackage.json", [*valid().tasks, broken], [package], seconds=0.6)


def warnings_only() -> Report:
    warning = Error(
        "stale",
        "an event that was expected",
        row_number=4,
        field_name="status",
        severity="warning",
        fix="look",
    )
    task = Task(
        "events",
        "data/events.parquet",
        rows=9,
        counts=Counter({("warning", "stale"): 1}),
        errors=[warning],
    )
    return Report("datapackage.json", [task])


def hostile() -> Report:
    """A stranger's text in everything that may hold text."""
    tasks, own = [], []
    for text in HOSTILE:
        error = Error(text, text, text, 2, text, 1, text * 1000, record=text, fix=text)
        graded = Error(text, f"longer {text}", severity=text)
        counts = Counter({("error", text): 1, (text, text): 1})
        tasks.append(
            Task(
                text,
                text,
                text,
                text,
                text,
                [text],
                1,
                seconds=float("nan"),
                counts=counts,
                errors=[error, graded],
            )
        )
        own += [error, graded]
    return Report("".join(HOSTILE), tasks, own, seconds=float("inf"))


REPORTS = (nothing, valid, many, warnings_only, hostile)


def main() -> int:
    """The command with an engine that returns REPORT, or many(), after SECONDS.

    It makes the file BEGUN when it begins.
    """
    maker = {report.__name__: report for report in REPORTS}[os.environ.get("REPORT", "many")]

    def validate(path: str | Path, *, progress=None, **options: object) -> Report:
        if progress:
            progress("events", 0, 2)
        if begun := os.environ.get("BEGUN"):
            Path(begun).touch()
        time.sleep(float(os.environ.get("SECONDS", "0")))
        return maker()

    sys.modules[ENGINE] = stand_in(validate)
    from pledgeline.cli.main import main

    return main()


if __name__ == "__main__":
    sys.exit(main())
