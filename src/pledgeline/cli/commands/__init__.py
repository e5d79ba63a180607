"""The commands, one module each: nothing else in this package knows any of them.

A module has `register(subparsers)`, which adds the command's parser, and `run(options)`, which does
the work and returns the exit code. Libraries are imported in `run`, so that help starts at once.
"""

from importlib import import_module
from pkgutil import iter_modules

from pledgeline.cli.arguments import Subparsers


def register_commands(subparsers: Subparsers) -> None:
    """Adds the command of every module in this folder."""
    for module in sorted(iter_modules(__path__), key=lambda module: module.name):
        import_module(f"{__name__}.{module.name}").register(subparsers)
