"""Reports as workflow commands, which GitHub Actions shows as annotations on a pull request."""

from collections.abc import Sequence

from pledgeline.cli.formats.groups import (
    NAME,
    PLACE,
    Group,
    groups,
    sentence,
    spread,
    tame,
    verdict,
)
from pledgeline.cli.formats.locations import location
from pledgeline.report import Error, Report

COMMANDS = {"error": "error", "warning": "warning"}  # any other severity is a notice


def render(reports: Sequence[Report]) -> str:
    """A command a listed finding, and a plain line with the verdict on each package.

    GitHub shows ten errors and ten warnings a step, so the first of each type and resource come
    first.
    """
    found = [group for report in reports for group in groups(report)]
    lines = [_command(group, error) for group, error in spread(found)]
    lines += [f"package {tame(report.place, PLACE)}: {verdict(report)}" for report in reports]
    return "\n".join(lines) + "\n" * bool(lines)


def _command(group: Group, error: Error) -> str:
    path, line = location(group.report, group.task, error)
    title = f"{group.count:,} {tame(group.type, NAME)} in {group.subject}"
    properties = {"file": tame(path, PLACE), "line": line, "title": title}
    written = ",".join(
        f"{name}={in_property(str(value))}" for name, value in properties.items() if value
    )
    said = sentence(error) + (f" ({tame(error.fix, PLACE)})" if error.fix else "")
    return f"::{COMMANDS.get(group.severity, 'notice')} {written}::{in_data(said)}"


def in_data(text: str) -> str:
    """`text` as GitHub documents it for a command's message."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def in_property(text: str) -> str:
    """`text` escaped for a property of a workflow command, which a comma or a colon would end."""
    return in_data(text).replace(":", "%3A").replace(",", "%2C")
