"""Pledgeline: from hand-written records to a validated data package.

The engine knows data packages and record files; it knows nothing of any one subject.
"""

__version__ = "0.1.0"
__all__ = ["__version__", "open", "validate"]


def __getattr__(name: str):
    """`validate` and `open`, imported at their first use: the command's help and version need none of what they need."""
    if name == "validate":
        from pledgeline.validation.validate import validate

        return validate
    if name == "open":
        from pledgeline.opened import open_package

        return open_package
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
