"""The YAML parser's errors, explained to the person who wrote the file, at the right place."""

from typing import Any

import yaml

from pledgeline.errors import Problem
from pledgeline.records.nesting import nesting_fault
from pledgeline.text import quoted

FIX = "fix the line or the one above"


def syntax_problem(error: yaml.YAMLError, text: str, name: str, loader: type) -> Problem:
    """The one problem of a file that breaks the YAML grammar."""
    if isinstance(error, yaml.reader.ReaderError):
        before = text[: error.position] if isinstance(error.position, int) else ""
        place = (before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
        number = (
            f"character U+{ord(error.character):04X} is not allowed"
            if isinstance(error.character, str)
            else error.reason
        )
        return Problem(name, *place, "yaml-syntax", str(number), "printable text", "remove it")
    if not isinstance(error, yaml.MarkedYAMLError):
        return Problem(name, 1, 1, "yaml-syntax", "this is not YAML", "YAML", FIX)
    begun = error.context_mark
    mark = error.problem_mark or begun or yaml.Mark(name, 0, 0, 0, None, 0)
    since = (
        f"{error.context} from {begun.line + 1}:{begun.column + 1}:"
        if error.context and begun
        else error.context
    )
    words = " ".join(filter(None, [since, error.problem]))
    found, expected, fix = f"this is not YAML ({words})", "YAML", FIX
    if quote := open_quote(error, text, loader):
        broken = f" before {place_of(mark)}, where YAML breaks" if mark else ""
        mark, found = quote, f"a quotation mark opens here and does not close{broken}"
        fix = "close it where the value ends, or put the whole value in the other kind of quotes"
    elif begun and "flow" in (error.context or ""):
        bracket = text[begun.index : begun.index + 1]
        found = f'the "{bracket}" in {place_of(begun)} does not close, or a comma is missing in it'
        fix = "close it where it ends, with a comma after each item"
    elif "cannot start any token" in (error.problem or "") and mark:
        found = (
            f"a value begins with {quoted(text[mark.index : mark.index + 1])}, so this is not YAML"
        )
        fix = "put the whole value in quotes"
    elif fault := nesting(error, text):
        line, column, found, expected, fix = fault
        return Problem(name, line, column, "yaml-syntax", found, expected, fix)
    elif "mapping values are not allowed" in (error.problem or ""):
        found = "there is a colon and a space inside a value, so this is not YAML"
        fix = "put the whole value in quotes, or correct the indentation"
    place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem(name, *place, "yaml-syntax", found, expected, fix)


def nesting(error: yaml.MarkedYAMLError, text: str) -> tuple[int, int, str, str, str] | None:
    """The line that is nested wrongly, if it is that: where, found, expected and how to fix it."""
    simple = error.context == "while scanning a simple key"  # which is noticed a line too late
    mark = error.context_mark if simple else error.problem_mark
    fault = nesting_fault(text.splitlines(), mark.line + 1) if mark else None
    return (mark.line + 1, *fault) if mark and fault else None


def open_quote(error: yaml.MarkedYAMLError, text: str, loader: type) -> yaml.Mark | None:
    """Where the quotation mark opened from which the error follows: closed too late, or never."""
    if error.context == "while scanning a quoted scalar":
        return error.context_mark
    last: Any = None
    end = error.problem_mark.index if error.problem_mark else len(text)
    try:
        for token in yaml.scan(text, Loader=loader):
            if token.start_mark.index >= end:
                break
            last = token
    except yaml.YAMLError:
        pass  # the tokens before it are what matters
    if not isinstance(last, yaml.ScalarToken) or last.style not in ("'", '"'):
        return None
    return last.start_mark if last.end_mark.line > last.start_mark.line else None


def place_of(mark: yaml.Mark) -> str:
    return f"{mark.line + 1}:{mark.column + 1}"
