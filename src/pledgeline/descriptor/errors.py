"""How everything here says what is wrong: a place in the descriptor, what is wrong there, and how
to fix it.
"""

from collections.abc import Iterable

from pledgeline.report import Error
from pledgeline.text import printable, quoted

# errors of one part of the descriptor that are told, so that a million cannot fill the memory
MOST = 1_000
LONGEST = 400  # characters of a message; what a stranger wrote may be megabytes


def descriptor_error(
    type: str, where: str, wrong: str, fix: str = "", resource: str | None = None
) -> Error:
    """An error of frictionless-py's `type` at the JSON pointer `where`, with the resource's name if
    any, safe to print.
    """
    place = ": ".join(
        filter(None, [f"resource {quoted(resource)}" if resource is not None else "", where])
    )
    text = f"{place}: {wrong}" if place else wrong
    cut = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return Error(type, printable(cut), fix=printable(fix))


def pointer(start: str, steps: Iterable[object]) -> str:
    """A JSON pointer (RFC 6901) from `start` down the keys and indexes in `steps`."""
    return start + "".join(
        "/" + str(step)[:80].replace("~", "~0").replace("/", "~1") for step in steps
    )


def in_words(value: object) -> str:
    """What stands in the descriptor, short, as JSON would write it; of lists and objects only what
    they are.
    """
    match value:
        case None | bool():
            return {None: "null", True: "true", False: "false"}[value]
        case str():
            return quoted(value)
        case list():
            return f"a list of {len(value)}"
        case dict():
            return f"an object of {len(value)} properties"
    return str(value)[:40]
