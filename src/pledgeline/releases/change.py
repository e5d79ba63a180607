"""One difference between two versions of a package, in the form of the published table `changes`.

What a package's descriptor says is compared as rows too, in a table called SCHEMA, so that one form
holds every difference.
"""

from collections.abc import Iterable
from dataclasses import dataclass

SCHEMA = "schema"  # the table of what the descriptor says: see `schemas.py`
ALL = "all"  # the field of a change that is about a whole row
COLUMNS = ("version", "table", "key", "field", "kind", "old", "new", "reason")
# What each row of the tables that list versions must have.
NEEDED = {
    "releases": ("version", "table", "rows", "rows_hash"),
    "changes": tuple(name for name in COLUMNS if name not in ("old", "new", "reason")),
}


@dataclass(frozen=True)
class Change:
    """One changed field of the row `key`, or a whole row that was added or removed.

    For a whole row, `field` is ALL and the row's cells are a JSON object. `old` and `new` are
    texts, None where there was or is no value; `kind` is added, removed, modified, merged or
    withdrawn.
    """

    table: str
    key: str
    field: str
    kind: str
    old: str | None
    new: str | None
    reason: str = ""


def joined(parts: Iterable[str | None]) -> str:
    """The parts of a key as one text, joined by `|`.

    A `|` or backslash that belongs to a part is escaped with a backslash.
    """
    return "|".join((part or "").replace("\\", "\\\\").replace("|", "\\|") for part in parts)


def marked(name: str) -> str:
    """The name of a field as changes give it.

    A name that is ALL or begins with a backslash is escaped with a backslash.
    """
    return f"\\{name}" if name == ALL or name.startswith("\\") else name


def unmarked(field: str) -> str:
    """The inverse of `marked`."""
    return field.removeprefix("\\")


def kind_of(old: str | None, new: str | None) -> str:
    """What was done to a field."""
    return "added" if old is None else "removed" if new is None else "modified"
