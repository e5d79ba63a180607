"""Pledgeline: from hand-written records to a validated data package.

    import pledgeline

    pledgeline.validate("datapackage.json").valid                  # whether nothing is wrong
    pledgeline.open("datapackage.json")["events"].to_pandas()      # a table in its own types
    print(pledgeline.diff("old/", "new/"))                         # what differs, and the version

The engine knows data packages and record files; it knows nothing of any one subject.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pledgeline.errors import PledgelineError
    from pledgeline.read.package import Package, checkout
    from pledgeline.read.package import open_package as open
    from pledgeline.read.table import Table
    from pledgeline.releases.diff import diff
    from pledgeline.releases.verify import verify
    from pledgeline.report import Error, Report, Task
    from pledgeline.validation import validate

__version__ = "0.3.0"
# name -> its module and its name there: imported at first use, so that the command starts at once
_HOMES = {
    "Error": ("report", "Error"),
    "Package": ("read.package", "Package"),
    "PledgelineError": ("errors", "PledgelineError"),
    "Report": ("report", "Report"),
    "Table": ("read.table", "Table"),
    "Task": ("report", "Task"),
    "checkout": ("read.package", "checkout"),
    "diff": ("releases.diff", "diff"),
    "open": ("read.package", "open_package"),
    "validate": ("validation", "validate"),
    "verify": ("releases.verify", "verify"),
}
__all__ = [
    "Error",
    "Package",
    "PledgelineError",
    "Report",
    "Table",
    "Task",
    "__version__",
    "checkout",
    "diff",
    "open",
    "validate",
    "verify",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module, own = _HOMES[name]
    return getattr(import_module(f"pledgeline.{module}"), own)


def __dir__() -> list[str]:
    return __all__
