"""Reports as SARIF 2.1.0, for code scanning.

A rule is an error type, a result a listed finding with its file and line.
"""

from collections.abc import Sequence
from urllib.parse import quote

from pledgeline import __version__
from pledgeline.cli.formats.groups import MESSAGE, Group, groups, sentence, spread, tame
from pledgeline.cli.formats.json import dumped
from pledgeline.cli.formats.locations import location
from pledgeline.report import Error, Report
from pledgeline.standard.values import JsonObject

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
MOST = 25_000  # a file with more results is refused by GitHub's code scanning


def render(reports: Sequence[Report]) -> str:
    """One run for all reports: services refuse several runs of one tool.

    `properties` has the exact counts.
    """
    found = [group for report in reports for group in groups(report)]
    rules: dict[str, JsonObject] = {}
    for group in found:
        rules.setdefault(group.type, _rule(group))
    index = {type: number for number, type in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "pledgeline",
                "semanticVersion": __version__,
                "rules": list(rules.values()),
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(group, error, index[group.type]) for group, error in [*spread(found)][:MOST]
        ],
        "properties": {
            name: sum(report.count(name[:-1]) for report in reports)
            for name in ("errors", "warnings")
        },
    }
    return dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(group: Group) -> JsonObject:
    id = tame(group.type, MESSAGE)
    fixes = [error.fix for error in group.errors if error.fix]
    return {
        "id": id,
        "shortDescription": {"text": _message(id.replace("-", " "))},
        "fullDescription": {"text": _message(f"What pledgeline validate reports as {id}.")},
        "help": {
            "text": _message(
                fixes[0] if fixes else "The message of each result says what was expected."
            )
        },
        "defaultConfiguration": {"level": _level(group.severity)},
    }


def _result(group: Group, error: Error, rule: int) -> JsonObject:
    path, line = location(group.report, group.task, error)
    text = f"{group.subject}: {sentence(error)}" + (
        f" ({tame(error.fix, MESSAGE)})" if error.fix else ""
    )
    # GitHub requires a line: the first one means the whole file
    region = {"startLine": line or 1}
    return {
        "ruleId": tame(group.type, MESSAGE),
        "ruleIndex": rule,
        "level": _level(group.severity),
        "message": {"text": _message(text)},
        "locations": [
            {"physicalLocation": {"artifactLocation": {"uri": _uri(path)}, "region": region}}
        ],
    }


def _level(severity: str) -> str:
    return severity if severity in ("error", "warning") else "note"


def _message(text: str) -> str:
    """`text` as a message: on one line, never empty, and without links.

    Data that looks like SARIF's `[text](link)` is escaped.
    """
    return tame(text, 3 * MESSAGE).replace("](", "] (") or "-"


def _uri(path: str) -> str:
    """A relative reference; what is not a file of the repository, such as a URL, is escaped too."""
    return quote(path, safe="/", errors="backslashreplace")
