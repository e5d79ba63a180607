"""What the formats share: findings in groups, and the wording of counts and of one finding.

Every text that comes out of here is on one line, bounded, and unable to steer a terminal or a CI
runner: what is validated may come from a stranger.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pledgeline.report import Error, Report, Task
from pledgeline.text import counted, printable

NAME, PLACE, MESSAGE = 60, 200, 400  # the longest name, path and message that are shown
SEVERITIES = ("error", "warning")  # the order of findings; any other comes last


@dataclass(frozen=True)
class Group:
    """The findings of one type and severity in one resource: their number, and those listed.

    `task` is None for findings in the descriptor.
    """

    report: Report
    task: Task | None
    severity: str
    type: str
    count: int
    errors: Sequence[Error]

    @property
    def subject(self) -> str:
        return tame(self.task.name, NAME) if self.task else "the descriptor"


def groups(report: Report) -> list[Group]:
    """All findings of `report`: by severity, then descriptor before resources, then by number."""
    own = Counter((error.severity, error.type) for error in report.errors)
    found = [*_groups_of(report, None, report.errors, own)]
    for task in report.tasks:
        found += _groups_of(report, task, task.errors, task.counts)
    return sorted(found, key=lambda group: rank(group.severity))


def _groups_of(
    report: Report, task: Task | None, errors: Sequence[Error], counts: Counter[tuple[str, str]]
) -> Iterator[Group]:
    listed: dict[tuple[str, str], list[Error]] = {}
    for error in errors:
        listed.setdefault((error.severity, error.type), []).append(error)
    for (severity, type), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if count:
            yield Group(report, task, severity, type, count, listed.get((severity, type), []))


def rank(severity: str) -> int:
    """The place of a severity in order of severity."""
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)


def spread(groups: Sequence[Group]) -> Iterator[tuple[Group, Error]]:
    """Every listed finding, the first of each group before the second of any.

    Services that show only the first few findings then show the most different ones.
    """
    for severity in sorted({rank(group.severity) for group in groups}):
        graded = [group for group in groups if rank(group.severity) == severity]
        for group in graded:
            yield from ((group, error) for error in group.errors[:1])
        for group in graded:
            yield from ((group, error) for error in group.errors[1:])


def tame(text: object, most: int) -> str:
    """`text` on one line of at most `most` characters, safe for terminals and CI runners.

    Nothing is left in it that either would obey.
    """
    text = str(text)
    text = printable(text[: most + 1] if len(text) > most else text)
    # CI runners obey ##[error], ##vso[...] and the like anywhere in a line
    text = text.replace("##", r"#\x23")
    return text if len(text) <= most else text[: most - 1] + "…"


def sentence(error: Error) -> str:
    """A finding in one line: its place in the table, and what is wrong."""
    return tame(replace(error, found=error.found or error.type).message, MESSAGE)


def tally(counted_by: Report | Task) -> str:
    """`1,204 errors, 2 warnings`: what there is of each, and nothing where there is nothing."""
    numbers = ((counted_by.count(severity), severity) for severity in SEVERITIES)
    return ", ".join(counted(number, severity) for number, severity in numbers if number)


def verdict(report: Report) -> str:
    """The last line on a package: valid or not, how many errors where, and how much was read."""
    broken = sum(not task.valid for task in report.tasks)
    resources = counted(len(report.tasks), "resource")
    rows = counted(sum(task.rows or 0 for task in report.tasks), "row")
    wrong = "not checked" if report.unfinished else "invalid"
    checked = f"{broken:,} of {resources} {wrong}" if broken else resources
    read = f"{checked}, {rows}, {report.seconds:.1f} s"
    said = "valid" if report.valid else "NOT CHECKED" if report.unfinished else "INVALID"
    return f"{said}: " + "; ".join(part for part in (tally(report), read) if part)
