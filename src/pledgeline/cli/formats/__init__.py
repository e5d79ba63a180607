"""Reports of validation in the formats that people, CI and code scanning read.

Each format is a module with a function `render`.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pledgeline.report import Report

FORMATS = ("text", "json", "junit", "sarif", "github")


def render(format: str, reports: "Sequence[Report]", colour: bool = False) -> str:
    """`reports` in one of FORMATS.

    The format's module is imported only now, so that the command starts at once.
    """
    module = import_module(f"pledgeline.cli.formats.{format}")
    return str(module.render(reports, colour) if format == "text" else module.render(reports))
