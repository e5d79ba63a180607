"""Where a finding is, as CI services want it.

That is a file relative to the current directory, and a line where one is known.
"""

import os
from pathlib import Path

from pledgeline.report import Error, Report, Task

LINED = (".csv", ".tsv", ".txt")  # files in which a row is a line
DESCRIPTORS = (".json", ".yaml", ".yml")
LONGEST = 4096  # no file has a longer path


def location(report: Report, task: Task | None, error: Error) -> tuple[str, int | None]:
    """The file and the line to open: of the hand-written record where known, else of the data.

    A row's number is taken as its line; a cell that holds line breaks shifts the lines after it.
    Data that is not a local file (inline, remote, in an archive) is pointed at by the descriptor.
    """
    if error.record:
        path, _, line = error.record.rpartition(":")
        known = path and line.isdecimal() and int(line) > 0
        return (beside(report, path), int(line)) if known else (beside(report, error.record), None)
    if task is None or not is_file(task.place):
        return descriptor(report), None
    return beside(report, task.place), error.row_number if task.place.lower().endswith(
        LINED
    ) else None


def is_file(place: str) -> bool:
    """Whether a task's place is one path.

    Others are "<inline>", "a (multipart)", "a, b", "a -> b" and URLs.
    """
    return (
        bool(place)
        and not place.startswith("<")
        and not any(sign in place for sign in ("://", " -> ", " (multipart)", ", "))
    )


def beside(report: Report, path: str) -> str:
    """A path in the package, whose root is the folder of its descriptor."""
    root = os.path.dirname(report.place) if is_descriptor(report.place) else report.place
    return here(path if "://" in root else os.path.join(root, path))


def descriptor(report: Report) -> str:
    """The descriptor, for a package may be named by its folder."""
    return here(report.place) if is_descriptor(report.place) else beside(report, "datapackage.json")


def is_descriptor(place: str) -> bool:
    return place.lower().endswith(DESCRIPTORS)


def here(path: str) -> str:
    """`path` from the current directory, with forward slashes."""
    try:
        return (path if "://" in path else Path(os.path.relpath(path or ".")).as_posix())[:LONGEST]
    except ValueError:  # another drive, or a character that no path has
        return path[:LONGEST]
