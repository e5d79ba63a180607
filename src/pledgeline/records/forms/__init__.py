"""The forms of declarations, as JSON Schemas: what a file may contain.

They are checked here, and editors complete keys and codes from them.
"""

import datetime
import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

from pledgeline.errors import Problem
from pledgeline.text import quoted, suggestion

if TYPE_CHECKING:
    from jsonschema import ValidationError

    from pledgeline.records.declarations import Declaration

FORMS = ("layout", "package", "reasons", "schema")
Place = tuple[str | int, ...]  # keys and positions from the top of a file to a value
TYPES = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "object": "a mapping",
    "string": "text",
}


@cache
def form(name: str) -> dict[str, Any]:
    """The JSON Schema of the declarations called `name`: one of FORMS."""
    return dict(json.loads((files(__package__) / f"{name}.json").read_text("utf-8")))


def form_problems(declared: "Declaration", name: str) -> Iterator[Problem]:
    """What keeps a declaration from being of the form `name`, each at its place."""
    from jsonschema import Draft7Validator

    dated = list(no_json(declared.content, ()))
    one = "bad-schema" if name == "schema" else None  # the code of whatever is wrong with a schema
    for at, value in dated:
        found = f"{address(at)} is {describe_value(value)}"
        yield declared.problem(at, "wrong-type", found, "text", "put it in quotation marks")
    for error in Draft7Validator(form(name)).iter_errors(declared.content):
        at = tuple(error.absolute_path)
        if all(at[: len(where)] != where for where, _ in dated):
            for problem in problems_of(declared, error, at):
                yield replace(problem, code=one or problem.code)


def no_json(value: object, at: Place) -> Iterator[tuple[Place, object]]:
    """The values that YAML has and JSON does not: dates, bytes, infinite numbers."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from no_json(inner, (*at, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from no_json(inner, (*at, number))
    elif not isinstance(value, str | int | float | type(None)) or (
        isinstance(value, float) and not math.isfinite(value)
    ):
        yield at, value


def problems_of(declared: "Declaration", error: "ValidationError", at: Place) -> Iterator[Problem]:
    """The problems of one violation of a form.

    A mapping may lack several keys, or have several unknown ones.
    """
    value, asked = cast(Any, error.instance), cast(Any, error.validator_value)
    schema = cast(Mapping[str, Any], error.schema)
    found = f"{address(at)} is {describe_value(value)}"
    hint = str(schema.get("description", "")).rstrip(".") or "correct it"
    if error.validator == "required":
        for key in asked:
            if key not in value:
                found = f"{address(at)} has no {key}"
                keys = ", ".join(asked)
                yield declared.problem(at, "missing-key", found, keys, f"add `{key}: ...`")
    elif error.validator == "additionalProperties":
        patterns, known = schema.get("patternProperties", {}), schema.get("properties", {})
        for key in value:
            if key not in known and not any(re.search(each, key) for each in patterns):
                found = f"{address(at)} has the key {quoted(key)}"
                expected = f"one of {', '.join([*known, *patterns])}"
                fix = suggestion(key, known) or "remove it or use one of these"
                yield declared.problem((*at, key), "unknown-key", found, expected, fix)
    elif error.validator == "type":
        kinds = [asked] if isinstance(asked, str) else asked
        expected = " or ".join(TYPES[kind] for kind in kinds)
        yield declared.problem(at, "wrong-type", found, expected, f"write {expected}")
    elif error.validator == "enum":
        fix = suggestion(str(value), map(str, asked)) or "use one of these"
        yield declared.problem(at, "wrong-value", found, " | ".join(map(str, asked)), fix)
    elif error.validator == "pattern":
        yield declared.problem(at, "wrong-value", found, f"text of the form {asked}", hint)
    else:
        yield declared.problem(at, "wrong-value", found, f"{error.validator} {asked}", hint)


def address(at: Place) -> str:
    """`fields[2].type`; the file itself where there is nothing above."""
    if not at:
        return "the file"
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in at)
    return "".join(parts).removeprefix(".")


def describe_value(value: object) -> str:
    """A value in words for a message."""
    if isinstance(value, datetime.date):
        return f"the date {value}"
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a mapping" if value else "an empty mapping"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    return quoted(str(value))
