"""The parser of arguments: argparse's, which also says what somebody may have meant by a word it
does not know.
"""

import argparse
import re
from typing import NoReturn

UNKNOWN = re.compile(
    r"invalid choice: '(?P<choice>[^']*)'|unrecognized arguments: (?P<option>--?[^\s=]+)"
)


class Parser(argparse.ArgumentParser):
    """The parsers of commands are of this class, too."""

    def error(self, message: str) -> NoReturn:
        """Ends with argparse's message, usage and exit code, and with the nearest name where one is
        near.
        """
        if unknown := UNKNOWN.search(message):
            from pledgeline.text import suggestion

            wrong = unknown["choice"] or unknown["option"] or ""
            names = self.options() if wrong.startswith("-") else self.choices()
            if hint := suggestion(wrong, names):
                message = f"{message}; {hint}"
        super().error(message)

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
