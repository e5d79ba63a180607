"""Reports as one JSON object in ASCII, each in the form of frictionless-py's report."""

import json
import math
from collections.abc import Sequence

from pledgeline import __version__
from pledgeline.report import Report


def render(reports: Sequence[Report]) -> str:
    """`{"version", "valid", "reports"}`: Pledgeline's version, the overall verdict, all reports."""
    valid = all(report.valid for report in reports)
    return dumped(
        {
            "version": __version__,
            "valid": valid,
            "reports": [report.to_dict() for report in reports],
        }
    )


def dumped(value: object) -> str:
    """`value` as JSON that every parser reads.

    No line of it is one that a CI runner takes for a command (such as `##[...]`).
    """
    text = json.dumps(encodable(value), ensure_ascii=True, allow_nan=False, indent=2)
    return text.replace("##", r"#\u0023") + "\n"


def encodable(value: object) -> object:
    """`value` without what JSON cannot hold.

    NaN and infinities become null, lone surrogates the text of their escape.
    """
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, dict):
        return {encodable(str(key)): encodable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [encodable(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return (
        value if value is None or isinstance(value, bool | int | float) else encodable(str(value))
    )
