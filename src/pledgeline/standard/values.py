"""Values of a descriptor as Python types.

The standard lets a descriptor hold any other property, and the profiles do not look into those. So
a value that is not of the expected type counts as not declared; what the standard forbids has been
reported before.
"""

from typing import Any, TypeAlias

JsonObject: TypeAlias = dict[str, Any]  # a JSON object as `json` reads it


def as_text(value: object, default: str = "") -> str:
    """`value` if it is a text, else `default`."""
    return value if isinstance(value, str) else default


def as_texts(value: object) -> tuple[str, ...]:
    """The texts in the list `value`."""
    items = value if isinstance(value, list | tuple) else ()
    return tuple(item for item in items if isinstance(item, str))


def as_object(value: object) -> JsonObject:
    """`value` if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def as_objects(value: object) -> list[JsonObject]:
    """The objects in the list `value`."""
    return [item for item in as_list(value) if isinstance(item, dict)]


def as_list(value: object) -> list[Any]:
    """`value` if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def as_flag(value: object, default: bool = False) -> bool:
    """`value` if it is true or false, else `default`."""
    return value if isinstance(value, bool) else default


def as_whole_number(value: object) -> int | None:
    """`value` as a whole number, also where JSON writes it as 3.0; else None."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
