"""The JSON profiles of the standard's versions 1 and 2, as dplib-py ships them, applied to a
descriptor's parts.

A profile is taken apart at `resources`, `schema`, `dialect` and `fields`, so that each part is
checked once, under its own name and, a field, against its own type only. `HOLES` are what the
profiles cannot be asked.
"""

import importlib.util
import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from pledgeline.descriptor.errors import MOST, descriptor_error, in_words, pointer
from pledgeline.report import Error

VERSIONS = {"v1": "1.0", "v2": "2.0"}
ERRORS = {
    "package": "package-error",
    "resource": "resource-error",
    "dialect": "dialect-error",
    "schema": "schema-error",
    "field": "field-error",
}
JSON_NAMES = {
    "object": "an object",
    "array": "a list",
    "string": "a string",
    "integer": "a whole number",
}
# What the profiles say otherwise than the text, or only one of them says; other modules check it in
# both versions.
MEDIATYPE = "^[^/\\n]+/[^\\n]+$"  # the profiles' own pattern takes quadratic time on many slashes
HOLES = {
    "package": ("resources", "created"),
    "resource": (
        "path",
        "data",
        "schema",
        "dialect",
    ),  # a schema may be a path in both versions, a dialect too
    "dialect": (),
    "schema": ("fields", "fieldsMatch", "uniqueKeys", "foreignKeys", "missingValues"),
    "field": ("example", "missingValues"),
}


def unique(validator, wanted, instance, schema) -> Iterator[ValidationError]:
    """`uniqueItems` in linear time: jsonschema compares mixed items pair by pair, which a stranger
    can make endless.
    """
    if wanted and isinstance(instance, list):
        keys: set[str] = set()
        for item in instance:
            keys.add(json.dumps(item, sort_keys=True))
        if len(keys) < len(instance):
            yield ValidationError("an item stands twice in the list")


def items(validator, wanted, instance, schema) -> Iterator[ValidationError]:
    """`items` up to so many errors: within `oneOf`, jsonschema keeps every one of them."""
    return islice(Draft7Validator.VALIDATORS["items"](validator, wanted, instance, schema), MOST)


Validator = extend(Draft7Validator, {"uniqueItems": unique, "items": items})


@cache
def validators(version: str) -> dict[str, Draft7Validator]:
    """A validator for each kind of part, and one for each field type (`field:integer`); "field"
    knows what all have.
    """
    folder = (
        Path(*importlib.util.find_spec("dplib").submodule_search_locations)
        / "profiles"
        / VERSIONS[version]
    )
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    resource = package["properties"]["resources"]["items"]
    schema, dialect = resource["properties"]["schema"], resource["properties"]["dialect"]
    items = schema["properties"]["fields"]["items"]
    fields = {
        field["properties"]["type"]["enum"][0]: field
        for field in items.get("oneOf") or items["anyOf"]
    }
    resource["properties"]["mediatype"]["pattern"] = MEDIATYPE
    package["properties"]["contributors"]["items"]["type"] = (
        "object"  # both profiles forget to say so
    )
    dialect["properties"] |= {
        "csv": {"type": "object"},
        "headerCase": {"type": "boolean"},
        "skipBlankRows": {"type": "boolean"},
    }  # frictionless-py's
    dialect["type"] = schema["type"] = "object"  # a path has been followed by now
    resource.pop("oneOf")  # path or data: said better by semantics.py
    package["required"] = []
    whole = {"package": package, "resource": resource, "dialect": dialect, "schema": schema}
    made = {kind: Validator(without(profile, HOLES[kind])) for kind, profile in whole.items()}
    fields["list"] = {
        **fields["array"],
        "properties": {**fields["array"]["properties"], **list_properties()},
    }
    for type, profile in fields.items():
        made[f"field:{type}"] = Validator(without(profile, HOLES["field"]) | {"required": ["name"]})
    return made


def list_properties() -> dict:
    """What a field of type `list` may say (https://datapackage.org/standard/table-schema/#list);
    the profiles forget it.
    """
    types = ["string", "integer", "boolean", "number", "datetime", "date", "time"]
    return {
        "type": {"enum": ["list"]},
        "delimiter": {"type": "string"},
        "itemType": {"enum": types},
        "constraints": {
            "type": "object",
            "properties": {
                **{name: {"type": "boolean"} for name in ("required", "unique")},
                **{name: {"type": "integer"} for name in ("minLength", "maxLength")},
                "enum": {"type": "array", "minItems": 1, "uniqueItems": True},
            },
        },
    }


def without(profile: dict, names: tuple[str, ...]) -> dict:
    return {
        **profile,
        "properties": {
            key: value for key, value in profile["properties"].items() if key not in names
        },
    }


def profile_errors(
    part: object, kind: str, where: str, version: str, resource: str | None = None
) -> list[Error]:
    """What the published profile says against one part of a descriptor: "package", "resource",
    "field:integer", ...
    """
    type = ERRORS[kind.partition(":")[0]]
    found = []
    for error in validators(version)[kind].iter_errors(part):
        error = nearest(error)
        found.append(
            descriptor_error(
                type, pointer(where, error.absolute_path), wrong(error), fix(error), resource
            )
        )
    return found


def nearest(error: ValidationError) -> ValidationError:
    """Of the alternatives of `oneOf` and `anyOf`, the error that came furthest: the alternative
    that was probably meant.
    """
    while error.context:
        kinds = [
            each.validator_value
            for each in error.context
            if each.validator == "type" and not each.path
        ]
        if len(kinds) == len(error.context):
            error.validator, error.validator_value = "type", kinds
            return error
        error = max(
            error.context, key=lambda each: (len(each.absolute_path), each.validator != "type")
        )
    return error


def wrong(error: ValidationError) -> str:
    """The error in our words; jsonschema's would hold the whole instance."""
    value, limit = error.instance, error.validator_value
    match error.validator:
        case "type":
            names = [limit] if isinstance(limit, str) else limit
            return f"found {in_words(value)}, expected {' or '.join(JSON_NAMES.get(name, f'a {name}') for name in names)}"
        case "required":
            return (
                f"{', '.join(json.dumps(name) for name in limit if name not in value)} is missing"
            )
        case "enum":
            return (
                f"found {in_words(value)}, expected {' or '.join(in_words(item) for item in limit)}"
            )
        case "pattern":
            return f"found {in_words(value)}, expected a text of the form {limit}"
        case "minItems" | "minProperties":
            return f"found {in_words(value)}, expected at least {limit}"
        case "minimum":
            return f"found {in_words(value)}, expected at least {limit}"
        case "oneOf":
            return f"found {in_words(value)}, which is ambiguous"
    return re.sub(r"\s+", " ", error.message[:300])


def fix(error: ValidationError) -> str:
    match error.validator:
        case "required":
            return "add it"
        case "minItems" | "minProperties":
            return "remove the property or fill it"
        case "uniqueItems":
            return "remove one of the two"
    return "change the value"
