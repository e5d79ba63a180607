"""The argument parser, and the arguments that several commands share.

It is argparse's, and suggests the nearest name for a word that it does not know.
"""

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from pledgeline.text import printable, without_secrets

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction["Parser"]
else:
    Subparsers = argparse._SubParsersAction

UNKNOWN = re.compile(
    r"invalid choice: '(?P<choice>[^']*)'|unrecognized arguments: (?P<option>--?[^\s=]+)"
)


class Parser(argparse.ArgumentParser):
    """The parsers of commands are of this class, too."""

    def error(self, message: str) -> NoReturn:
        """Ends with argparse's message, usage and exit code, and suggests the nearest name."""
        if unknown := UNKNOWN.search(message):
            from pledgeline.text import suggestion

            wrong = unknown["choice"] or unknown["option"] or ""
            names = self.options() if wrong.startswith("-") else self.choices()
            if hint := suggestion(wrong, names):
                message = f"{message}; {hint}"
        super().error(without_secrets(message))

    def choices(self) -> set[str]:
        """All words that an argument of this parser may be."""
        return {str(choice) for action in self._actions for choice in action.choices or ()}

    def options(self) -> set[str]:
        """The names of all options of this parser and its commands."""
        subparsers = [
            action for action in self._actions if isinstance(action, argparse._SubParsersAction)
        ]
        parsers = [self, *(parser for action in subparsers for parser in action.choices.values())]
        return {
            name
            for parser in parsers
            for action in parser._actions
            for name in action.option_strings
        }


def add_command(
    subparsers: Subparsers,
    name: str,
    run: Callable[[argparse.Namespace], int],
    *,
    summary: str,
    description: str,
    epilog: str,
) -> Parser:
    """The parser of a new command; `summary` appears in the list of commands.

    The rest appears in the command's own help.
    """
    parser = subparsers.add_parser(
        name,
        help=summary,
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    return parser


def add_root(parser: Parser) -> None:
    """The option `--root DIR`: the folder of the data set to work on."""
    parser.add_argument(
        "--root", type=folder, default=Path("."), metavar="DIR", help="the data set (default: here)"
    )


def folder(text: str) -> Path:
    """A folder that is there."""
    path = Path(text)
    if not path.is_dir():
        raise argparse.ArgumentTypeError(f"{printable(text)}: no such folder")
    return path


def natural(text: str) -> int:
    """A whole number from 0."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{printable(text)}: not a number from 0")
    return int(text)
