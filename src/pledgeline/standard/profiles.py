"""The JSON profiles of the standard's versions 1 and 2, as dplib-py ships them, with changes.

A profile is taken apart at `resources`, `schema`, `dialect` and `fields`, so that each part is
checked once, under its own name and, a field, against its own type only.
"""

import importlib.util
import json
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from pledgeline.standard.values import JsonObject

MOST = 1_000  # errors of one part, so that a million cannot fill the memory
FOLDERS = {"v1": "1.0", "v2": "2.0"}
MEDIATYPE = "^[^/\\n]+/[^\\n]+$"  # the profiles' own pattern takes quadratic time on many slashes
# Where the profiles say something else than the standard's text, or only one of the versions says
# it: `descriptor` checks these properties in both versions. Schemas and dialects may be paths.
LEFT_OUT = {
    "package": ("resources", "created"),
    "resource": ("path", "data", "schema", "dialect"),
    "dialect": (),
    "schema": ("fields", "fieldsMatch", "uniqueKeys", "foreignKeys", "missingValues"),
    "field": ("example", "missingValues"),
}
# what is surely of a type
PLAIN: dict[str, set[type]] = {"string": {str}, "integer": {int}, "number": {int, float}}
# https://datapackage.org/standard/table-schema/#list, a type that the profiles lack
LIST_PROPERTIES: JsonObject = {
    "type": {"enum": ["list"]},
    "delimiter": {"type": "string"},
    "itemType": {"enum": ["string", "integer", "boolean", "number", "datetime", "date", "time"]},
    "constraints": {
        "type": "object",
        "properties": {
            **{name: {"type": "boolean"} for name in ("required", "unique")},
            **{name: {"type": "integer"} for name in ("minLength", "maxLength")},
            "enum": {"type": "array", "minItems": 1, "uniqueItems": True},
        },
    },
}


def check_unique_items(
    validator: object, wanted: bool, instance: object, schema: object
) -> Iterator[ValidationError]:
    """`uniqueItems` in linear time: jsonschema compares mixed items pair by pair."""
    if wanted and isinstance(instance, list):
        same_type = len(set(map(type, instance))) == 1
        plain = same_type and isinstance(instance[0], str | int)
        keys = instance if plain else [json.dumps(item, sort_keys=True) for item in instance]
        if len(set(keys)) < len(instance):
            yield ValidationError("the list has an item twice")


def check_items(
    validator: Draft7Validator, wanted: Any, instance: Any, schema: Any
) -> Iterator[ValidationError]:
    """`items` up to MOST errors: within `oneOf`, jsonschema keeps every one of them.

    Items that only have to be of a type are looked at in one go: there may be a million codes.
    """
    for name, types in PLAIN.items() if isinstance(instance, list) else ():
        if wanted == {"type": name} and set(map(type, instance)) <= types:
            return iter(())
    return islice(Draft7Validator.VALIDATORS["items"](validator, wanted, instance, schema), MOST)


Validator = extend(  # type: ignore[no-untyped-call]
    Draft7Validator, {"uniqueItems": check_unique_items, "items": check_items}
)


@cache
def validators(version: str) -> dict[str, Draft7Validator]:
    """A validator for each kind of part, and one for each type of a field.

    The kinds are "package", "resource", "dialect" and "schema", and for fields "field:integer" and
    the like.
    """
    package = read_profile(version)
    resource = package["properties"]["resources"]["items"]
    schema, dialect = resource["properties"]["schema"], resource["properties"]["dialect"]
    items = schema["properties"]["fields"]["items"]
    fields = {
        field["properties"]["type"]["enum"][0]: field
        for field in items.get("oneOf") or items["anyOf"]
    }
    fields["list"] = {
        **fields["array"],
        "properties": {**fields["array"]["properties"], **LIST_PROPERTIES},
    }
    resource["properties"]["mediatype"]["pattern"] = MEDIATYPE
    package["properties"]["contributors"]["items"]["type"] = "object"  # both profiles lack it
    dialect["properties"] |= {  # frictionless-py's own
        "csv": {"type": "object"},
        "headerCase": {"type": "boolean"},
        "skipBlankRows": {"type": "boolean"},
    }
    dialect["type"] = schema["type"] = "object"  # a path has been followed by now
    resource.pop("oneOf")  # path or data: `descriptor.files` says it better
    package["required"] = []
    parts = {"package": package, "resource": resource, "dialect": dialect, "schema": schema}
    found = {kind: Validator(without(part, LEFT_OUT[kind])) for kind, part in parts.items()}
    for type, field in fields.items():
        profile = without(field, LEFT_OUT["field"]) | {"required": ["name"]}
        found[f"field:{type}"] = Validator(profile)
    return found


def read_profile(version: str) -> JsonObject:
    """The profile of a package of version "v1" or "v2", with those of its parts in it."""
    spec = importlib.util.find_spec("dplib")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("dplib-py is not installed, which ships the standard's profiles")
    folder = Path(spec.submodule_search_locations[0]) / "profiles" / FOLDERS[version]
    profile: JsonObject = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return profile


def without(profile: JsonObject, names: tuple[str, ...]) -> JsonObject:
    """`profile` without some of its properties."""
    kept = {key: value for key, value in profile["properties"].items() if key not in names}
    return {**profile, "properties": kept}
