"""Reports as JUnit XML, for the test pages of CI services.

A suite is a package, a case is its descriptor or a resource.
"""

import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence

from pledgeline.cli.formats.groups import NAME, PLACE, Group, groups, sentence, tame
from pledgeline.report import Report, Task
from pledgeline.text import counted


def render(reports: Sequence[Report]) -> str:
    """XML in ASCII, correct in any encoding.

    Every text in it is tame, so no character is one that XML forbids.
    """
    root = ElementTree.Element("testsuites", name="pledgeline validate")
    suites = [_suite(root, report) for report in reports]
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, 0)) for suite in suites)))
    root.set("time", f"{sum(report.seconds for report in reports):.3f}")
    ElementTree.indent(root)
    xml = (
        ElementTree.tostring(root, encoding="unicode")
        .encode("ascii", "xmlcharrefreplace")
        .decode("ascii")
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{xml}\n'


def _suite(root: ElementTree.Element, report: Report) -> ElementTree.Element:
    found = groups(report)
    suite = ElementTree.SubElement(root, "testsuite", name=tame(report.place, PLACE))
    for task in (None, *report.tasks):
        _case(suite, report, task, [group for group in found if group.task is task])
    failures = sum(case.find("failure") is not None for case in suite)
    suite.attrib |= {
        "tests": str(len(suite)),
        "failures": str(failures),
        "errors": "0",
        "skipped": "0",
    }
    suite.set("time", f"{report.seconds:.3f}")
    return suite


def _case(
    suite: ElementTree.Element, report: Report, task: Task | None, found: list[Group]
) -> None:
    """One case: a failure that lists all errors, if there are any; warnings are its output."""
    name, seconds = (tame(task.name, NAME), task.seconds) if task else ("descriptor", 0.0)
    case = ElementTree.SubElement(
        suite, "testcase", classname=tame(report.place, PLACE), name=name, time=f"{seconds:.3f}"
    )
    errors = [group for group in found if group.severity == "error"]
    others = [group for group in found if group.severity != "error"]
    if errors:
        number = sum(group.count for group in errors)
        kinds = ", ".join(f"{group.count:,} {tame(group.type, NAME)}" for group in errors)
        failure = ElementTree.SubElement(case, "failure", type=tame(errors[0].type, NAME))
        failure.set("message", f"{counted(number, 'error')}: {kinds}")
        failure.text = _listed(errors)
    if others:
        ElementTree.SubElement(case, "system-out").text = _listed(others)


def _listed(found: list[Group]) -> str:
    lines = []
    for group in found:
        lines.append(f"{group.count:,} {tame(group.type, NAME)} ({tame(group.severity, NAME)})")
        for error in group.errors:
            lines.append(f"- {sentence(error)}")
            lines += [f"  from {tame(error.record, PLACE)}"] if error.record else []
            lines += [f"  fix: {tame(error.fix, PLACE)}"] if error.fix else []
        lines += (
            [f"- and {group.count - len(group.errors):,} more"]
            if group.count > len(group.errors)
            else []
        )
    return "\n".join(lines)
