"""Actors by whatever they are called: id, name, or a code of ISO, COW, Gleditsch-Ward, Wikidata."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from babel.core import get_global

from pledgeline.errors import UnknownRecord
from pledgeline.text import quoted

if TYPE_CHECKING:
    from pledgeline.read.table import Table

SPELLINGS = ("id", "name", "iso3", "cow", "gw", "wikidata")  # the columns, the surest first
SHOWN, ALIKE = 8, 0.75  # candidates in a message, and how like they are


def actor_id(package: Mapping[str, Table], called: str) -> str:
    """The id of the actor that is called so, whatever the case, accents and dashes.

    Raises UnknownRecord where there is none, or more than one, with those that may be meant.

    >>> import pledgeline
    >>> package = pledgeline.open(".")
    >>> [actor_id(package, name) for name in ("RUS", "Russia", "ru", "Recep Tayyip Erdogan")]
    ['RUS', 'RUS', 'RUS', 'recep-tayyip-erdogan']
    """
    if "actors" not in package:
        raise UnknownRecord(
            "this package has no table actors; it is not a package of events and commitments"
        )
    actors = package["actors"].to_arrow().to_pylist()
    names = {row["id"]: row["name"] for row in actors}
    if called in names:
        return called
    spelled = spellings(actors)
    found = spelled.get(folded(called), set())
    if len(found) == 1:
        return min(found)
    candidates = sorted(found) or alike(called, names, spelled)
    shown = ", ".join(f"{quoted(id)} ({names[id]})" for id in candidates[:SHOWN])
    more = f" and {len(candidates) - SHOWN} more" if len(candidates) > SHOWN else ""
    if found:
        raise UnknownRecord(
            f"{called}: several actors are called so: {shown}{more}; name one by its id"
        )
    hint = f"did you mean {shown}{more}?" if candidates else "see the table actors"
    raise UnknownRecord(f"{called}: no actor has this id, name or code; {hint}")


def spellings(actors: list[dict[str, object]]) -> dict[str, set[str]]:
    """Every spelling of an actor, folded, with the ids of those that have it."""
    found: dict[str, set[str]] = {}
    two_letters = get_global("territory_aliases")  # CLDR's: of "AZE", ["AZ"]
    for row in actors:
        stored = [row.get(column) for column in SPELLINGS]
        stored += two_letters.get(str(row.get("iso3")), [])
        for spelling in stored:
            if spelling is not None:
                found.setdefault(folded(str(spelling)), set()).add(str(row["id"]))
    return found


def folded(text: str) -> str:
    """`text` without case, accents and punctuation, so that one name is one."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", bare.casefold().replace("ı", "i")))


def alike(called: str, names: Mapping[str, str], spelled: Mapping[str, set[str]]) -> list[str]:
    """The ids of actors whose names have all words of `called`, else of those spelled like it."""
    words = set(folded(called).split())
    having = [id for id, name in names.items() if words and words <= set(folded(name).split())]
    near = get_close_matches(folded(called), spelled, SHOWN, ALIKE)
    return having or list(dict.fromkeys(id for each in near for id in sorted(spelled[each])))
