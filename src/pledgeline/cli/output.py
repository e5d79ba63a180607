"""How a command ends: a message, never a traceback, and the exit code that matches it."""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress

from pledgeline.cli.ended import Ended
from pledgeline.errors import PledgelineError
from pledgeline.text import printable, without_secrets

VALID, INVALID, COULD_NOT_RUN, INTERRUPTED = 0, 1, 2, 130


def colour() -> bool:
    """Whether the report may be coloured: on a capable terminal, unless NO_COLOR is set.

    https://no-color.org
    """
    terminal = sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    return terminal and not os.environ.get("NO_COLOR")


def write(text: str, code: int) -> int:
    """Writes `text` to stdout and flushes it; returns `code`, also if the reader has gone."""
    try:
        if sys.stdout is not None:
            if hasattr(sys.stdout, "reconfigure"):
                sys.stdout.reconfigure(errors="backslashreplace")
            sys.stdout.write(text)
            sys.stdout.flush()
    except OSError as error:
        # or the interpreter tries again at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return code if isinstance(error, BrokenPipeError) else report_failure(error, "stdout")
    return code


def report_failure(error: BaseException, about: str = "") -> int:
    """Says on stderr why the command could not run; returns its exit code."""
    if Ended.latest is not None:
        return say(str(Ended.latest), Ended.latest.exit_code)
    # the second is DuckDB's, a RuntimeError
    if isinstance(error, KeyboardInterrupt) or "Query interrupted" in str(error):
        return say("interrupted", INTERRUPTED)
    named = f"{about}: " if about else ""
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if error.filename and str(error.filename) != about else ""
        return say(f"{named}{where}{error.strerror}", COULD_NOT_RUN)
    if isinstance(error, PledgelineError):
        return say(f"{'' if about in str(error) else named}{error}", error.exit_code)
    if os.environ.get("PLEDGELINE_DEBUG"):
        raise error
    reason = f"a defect of pledgeline, not of the data: {type(error).__name__}: {error}"
    return say(f"{named}{reason} (PLEDGELINE_DEBUG=1 shows where; please report it)", COULD_NOT_RUN)


def say(message: str, code: int) -> int:
    """Prints one line on stderr, if anybody reads it; returns `code`.

    No data in it can steer the terminal.
    """
    with suppress(OSError):
        if sys.stderr is not None:
            print(f"pledgeline: {without_secrets(printable(message))}", file=sys.stderr, flush=True)
    return code


def refuse(lines: Iterable[object], ending: str) -> int:
    """Prints on stderr why a command that writes has written nothing; returns its exit code.

    What is found in records may be printed as it is: it comes escaped.
    """
    with suppress(OSError):
        if sys.stderr is not None:
            print(*lines, sep="\n", file=sys.stderr)
            print(f"\n{ending}", file=sys.stderr, flush=True)
    return INVALID
