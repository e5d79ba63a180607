"""Reports for people, in a terminal of 100 columns or in a CI log.

Resources come first, then findings by type, and the verdict last.
"""

import textwrap
from collections.abc import Iterator, Sequence

from pledgeline.cli.formats.groups import NAME, PLACE, Group, groups, sentence, tally, tame, verdict
from pledgeline.report import Error, Report, Task
from pledgeline.text import counted

WIDTH = 100
# Of a longer group the first SHOWN are shown; a group of up to ALL is shown whole.
SHOWN, ALL = 3, 5
RED, GREEN, YELLOW, BOLD = "31", "32", "33", "1"


def render(reports: Sequence[Report], colour: bool = False) -> str:
    """The reports one after another, and the verdict on all of them when there are several."""
    lines = []
    for report in reports:
        lines += [*_package(report, colour), ""]
    if len(reports) != 1:
        invalid = sum(not report.valid for report in reports)
        total = (
            f"{invalid:,} of {counted(len(reports), 'package')} invalid"
            if reports
            else "nothing was validated"
        )
        lines.append(_painted(total, RED if invalid else GREEN, colour))
    return "\n".join(map(_inert, lines)).rstrip("\n") + "\n"


def _package(report: Report, colour: bool) -> Iterator[str]:
    yield _painted(tame(report.place, PLACE), BOLD, colour)
    if report.tasks:
        yield ""
    width = min(max((len(tame(task.name, NAME)) for task in report.tasks), default=0), 40)
    for task in report.tasks:
        yield _resource(task, width, colour)
    found = groups(report)
    for group in found:
        yield ""
        yield from _group(group, colour)
    if any(group.count > len(_shown(group)) for group in found):
        yield ""
        yield (
            "To see more of them: --format json (and --limit-errors N to list more of a resource)."
        )
    yield ""
    yield _painted(verdict(report), GREEN if report.valid else RED, colour)


def _resource(task: Task, width: int, colour: bool) -> str:
    state = _painted("ok  ", GREEN, colour) if task.valid else _painted("FAIL", RED, colour)
    rows = "" if task.rows is None else counted(task.rows, "row")
    rows = "no table" if task.type == "file" else rows
    other = "" if task.engine == "duckdb" else f"by {tame(task.engine, NAME)}"
    tail = ", ".join(part for part in (tally(task), other) if part)
    name = f"{tame(task.name, NAME):<{width}}"
    return f"  {state}  {name}  {rows:>16}{task.seconds:>8.1f} s  {tail}".rstrip()


def _group(group: Group, colour: bool) -> Iterator[str]:
    kind = _painted(tame(group.type, NAME), YELLOW if group.severity != "error" else RED, colour)
    severity = "" if group.severity == "error" else f" ({tame(group.severity, NAME)})"
    where = tame(group.task.place if group.task else group.report.place, PLACE)
    yield f"{group.subject}: {group.count:,} {kind}{severity}" + (f", in {where}" if where else "")
    shown = _shown(group)
    for error in shown:
        yield from _error(error)
    if group.count > len(shown):
        yield f"  and {group.count - len(shown):,} more" if shown else "  none listed"
    for fix in dict.fromkeys(tame(error.fix, PLACE) for error in shown if error.fix):
        yield from _wrapped(f"fix: {fix}", "  ")


def _shown(group: Group) -> Sequence[Error]:
    return group.errors[: ALL if group.count <= ALL else SHOWN]


def _error(error: Error) -> Iterator[str]:
    yield from _wrapped(sentence(error), "  - ")
    if error.record:
        yield f"    from {tame(error.record, PLACE)}"


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=" " * len(indent),
        break_on_hyphens=False,
    )


def _inert(line: str) -> str:
    """`line`, with the second of two leading colons escaped: CI runners would obey it."""
    return line.replace("::", r":\x3a", 1) if line.lstrip().startswith("::") else line


def _painted(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text
