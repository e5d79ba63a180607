"""Pledgeline: from hand-written records to a validated data package.

The engine knows data packages and record files; it knows nothing of any one subject.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pledgeline.reading.opened import open_package as open
    from pledgeline.validation.validate import CannotRun, validate

__version__ = "0.2.0"
__all__ = ["CannotRun", "__version__", "open", "validate"]


def __getattr__(name: str):
    """What others use, imported at its first use: the command's help and version need none of what it needs."""
    if name == "validate":
        from pledgeline.validation.validate import validate

        return validate
    if name == "CannotRun":
        from pledgeline.validation.validate import CannotRun

        return CannotRun
    if name == "open":
        from pledgeline.reading.opened import open_package

        return open_package
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
