"""How errors in a descriptor are worded: the place, what was found and expected, how to fix it.

Also the words for errors that the standard's profiles find.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

from jsonschema.exceptions import ValidationError

from pledgeline.report import Error
from pledgeline.standard.profiles import validators
from pledgeline.standard.values import as_object
from pledgeline.text import printable, quoted, shortened

LONGEST = 400  # characters of a message; what a stranger wrote may be megabytes
ERROR_TYPES = {
    "package": "package-error",
    "resource": "resource-error",
    "dialect": "dialect-error",
    "schema": "schema-error",
    "field": "field-error",
}
JSON_TYPES = {
    "object": "an object",
    "array": "a list",
    "string": "a string",
    "integer": "a whole number",
}


def descriptor_error(
    type: str, where: str, wrong: str, fix: str = "", resource: str | None = None
) -> Error:
    """An error of frictionless-py's `type` at the JSON pointer `where`, safe to print.

    `resource` is the name of the resource, if it has one.
    """
    place = ": ".join(
        filter(None, [f"resource {quoted(resource)}" if resource is not None else "", where])
    )
    text = f"{place}: {wrong}" if place else wrong
    return Error(type, printable(shortened(text, LONGEST)), fix=printable(fix))


def pointer(start: str, steps: Iterable[object]) -> str:
    """A JSON pointer (RFC 6901) from `start` down the keys and indexes in `steps`."""
    return start + "".join(
        "/" + str(step)[:80].replace("~", "~0").replace("/", "~1") for step in steps
    )


def in_words(value: object) -> str:
    """A value of the descriptor, short, as JSON writes it; of lists and objects only the size."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return quoted(value)
        case list():
            return f"a list of {len(value)}"
        case dict():
            return f"an object of {len(value)} properties"
    return str(value)[:40]


def profile_errors(
    part: object, kind: str, where: str, version: str, resource: str | None = None
) -> list[Error]:
    """What the published profile says against one part of a descriptor.

    `kind` is "package", "resource", "dialect", "schema", or a field's such as "field:integer".
    """
    type = ERROR_TYPES[kind.partition(":")[0]]
    found = []
    for each in validators(version)[kind].iter_errors(part):
        error = nearest(each)
        place = pointer(where, error.absolute_path)
        found.append(
            descriptor_error(type, place, describe_error(error), suggest_fix(error), resource)
        )
    return found


def nearest(error: ValidationError) -> ValidationError:
    """Of the alternatives of `oneOf` and `anyOf`, the error of the one that was probably meant.

    That is the one which got furthest.
    """
    while error.context:
        types = [
            each.validator_value
            for each in error.context
            if each.validator == "type" and not each.path
        ]
        if len(types) == len(error.context):
            error.validator, error.validator_value = "type", types
            return error
        error = max(
            error.context, key=lambda each: (len(each.absolute_path), each.validator != "type")
        )
    return error


def describe_error(error: ValidationError) -> str:
    """The error in our words; jsonschema's would hold the whole instance."""
    found = f"found {in_words(error.instance)}"
    limit: Any = error.validator_value  # what the keyword of the profile asks for
    match error.validator:
        case "type":
            types = [limit] if isinstance(limit, str) else limit
            expected = " or ".join(JSON_TYPES.get(type, f"a {type}") for type in types)
            return f"{found}, expected {expected}"
        case "required":
            missing = (json.dumps(name) for name in limit if name not in as_object(error.instance))
            return f"{', '.join(missing)} is missing"
        case "enum":
            return f"{found}, expected {' or '.join(map(in_words, limit))}"
        case "pattern":
            return f"{found}, expected a text of the form {limit}"
        case "minItems" | "minProperties" | "minimum":
            return f"{found}, expected at least {limit}"
        case "oneOf":
            return f"{found}, which is ambiguous"
    return re.sub(r"\s+", " ", error.message[:300])


def suggest_fix(error: ValidationError) -> str:
    """What to do about an error of a profile."""
    match error.validator:
        case "required":
            return "add it"
        case "minItems" | "minProperties":
            return "remove the property or fill it"
        case "uniqueItems":
            return "remove one of the two"
    return "change the value"
