"""Pledgeline: from hand-written records to a validated data package.

The engine knows data packages and record files; it knows nothing of any one subject.
"""

__version__ = "0.1.0"
__all__ = ["__version__", "validate"]


def __getattr__(name: str):
    """`pledgeline.validate`, imported at its first use: the command's help and version need none of what it needs."""
    if name == "validate":
        from pledgeline.validation.validate import validate

        return validate
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
