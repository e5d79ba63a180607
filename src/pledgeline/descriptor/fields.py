"""What the standard demands of a field beyond the profile: a known type, fitting constraints."""

import json
import re
from functools import lru_cache
from itertools import islice

from pledgeline.descriptor.categories import check_categories
from pledgeline.descriptor.conformance import descriptor_error, in_words, pointer, profile_errors
from pledgeline.report import Error
from pledgeline.standard.profiles import MOST, validators
from pledgeline.standard.values import JsonObject
from pledgeline.text import quoted

ORDERED = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
SIZED = {"minLength", "maxLength"}
# https://datapackage.org/standard/table-schema/#field-constraints: which types a constraint is for;
# the others are for all.
CONSTRAINTS = {
    **{
        type: ORDERED
        for type in (
            "integer",
            "number",
            "date",
            "time",
            "datetime",
            "duration",
            "year",
            "yearmonth",
        )
    },
    "string": SIZED | {"pattern"},
    "array": SIZED | {"jsonSchema"},
    "object": SIZED | {"jsonSchema"},
    "list": SIZED,
}
ALWAYS = {"required", "unique", "enum"}
NAMES = ("name", "title", "description")  # of which the profiles say that they are texts, no more
LONGEST_KNOWN = 10_000  # characters of a field that is remembered
# what a pattern of the standard may have and Python's re does not know
XML_CLASSES = re.compile(r"\\[pP]\{[A-Za-z]+\}|\\[icIC]")
LONGEST_PATTERN = 10_000  # characters


def check_field(field: JsonObject, where: str, version: str, resource: str | None) -> list[Error]:
    """Everything wrong with one field (https://datapackage.org/standard/table-schema/#field)."""
    type = field.get("type", "string")
    if not isinstance(type, str) or f"field:{type}" not in validators(version):
        known = ", ".join(
            sorted(kind[6:] for kind in validators(version) if kind.startswith("field:"))
        )
        return [
            descriptor_error(
                "field-error",
                where + "/type",
                f"found {in_words(type)}, expected one of {known}",
                "change it",
                resource,
            )
        ]
    described = {**field, "type": type}
    if isinstance(field.get("categories"), dict):  # a table of them, which the profile has not
        del described["categories"]
    if isinstance(format := field.get("format"), str) and format.startswith("fmt:"):
        described["format"] = format[4:]  # how the standard's forerunner marked a pattern
    kind = f"field:{type}"
    if meets_profile(described, kind, version):
        found = []
    else:
        found = profile_errors(described, kind, where, version, resource)

    def refuse(place: str, wrong: str, fix: str) -> None:
        found.append(descriptor_error("field-error", where + place, wrong, fix, resource))

    if "required" in field:
        refuse(
            "/required", "found here, expected in constraints", "write it as constraints.required"
        )
    constraints = field.get("constraints")
    fitting = ALWAYS | CONSTRAINTS.get(type, set())
    for name, value in islice(constraints.items(), MOST) if isinstance(constraints, dict) else ():
        place = pointer("/constraints", [name])
        if name not in fitting:
            refuse(
                place,
                f'not a constraint of type "{type}", expected one of {", ".join(sorted(fitting))}',
                "remove it",
            )
        elif version == "v1" and name.startswith("exclusive"):
            refuse(
                place,
                "found in a version 1 descriptor, expected version 2",
                "set the package's $schema to version 2.0",
            )
        elif name == "pattern" and isinstance(value, str) and (wrong := why_unusable(value)):
            refuse(
                place, f"{quoted(value)} is not a regular expression ({wrong})", "fix the pattern"
            )
    for place, wrong, fix in check_categories(field) if version != "v1" else ():
        refuse(place, wrong, fix)
    return found + check_missing(field, where, version, "field-error", resource)


def meets_profile(field: JsonObject, kind: str, version: str) -> bool:
    """Whether a field surely meets the profile of its kind.

    Many fields differ in what they are called only, so that one look is enough for all of these.
    """
    names = {key: "" for key in NAMES if isinstance(field.get(key), str)}
    written = json.dumps({**field, **names}, sort_keys=True)
    return len(written) <= LONGEST_KNOWN and is_known(written, kind, version)


@lru_cache(MOST)
def is_known(written: str, kind: str, version: str) -> bool:
    """Whether a field, as JSON, meets the profile of its kind."""
    return validators(version)[kind].is_valid(json.loads(written))


def why_unusable(pattern: str) -> str:
    """Why a pattern is not a regular expression that every engine knows; "" if it is one."""
    if len(pattern) > LONGEST_PATTERN:
        return f"longer than {LONGEST_PATTERN:,} characters"
    try:
        re.compile(XML_CLASSES.sub("w", pattern))
    except (re.error, RecursionError, OverflowError) as error:
        return str(error)[:100] or "nested too deeply"
    return ""


def check_missing(
    part: JsonObject, where: str, version: str, type: str, resource: str | None
) -> list[Error]:
    """Everything wrong with the `missingValues` of a field or a schema.

    They are texts or, in version 2, objects with unique values and labels, but not both.
    https://datapackage.org/standard/table-schema/#missingvalues
    """
    values = part.get("missingValues", [])

    def refuse(place: str, wrong: str, fix: str) -> list[Error]:
        return [descriptor_error(type, f"{where}/missingValues{place}", wrong, fix, resource)]

    if not isinstance(values, list):
        return refuse(
            "",
            f"found {in_words(values)}, expected a list",
            "list the texts that mean a missing value",
        )
    if all(isinstance(value, str) for value in values):
        return []
    if version == "v1" and all(isinstance(value, dict) for value in values):
        return refuse(
            "",
            "found objects, expected texts in a version 1 descriptor",
            "set the package's $schema to version 2.0",
        )
    found: list[Error] = []
    seen: set[object] = set()
    for number, value in enumerate(values):
        if len(found) > MOST:
            break
        match value:
            case {"value": str(), **rest} if isinstance(rest.get("label", ""), str):
                for key, text in value.items():
                    if key in ("value", "label") and (key, text) in seen:
                        found += refuse(
                            f"/{number}/{key}",
                            f"{quoted(text)} appears twice, expected it once",
                            "remove one",
                        )
                    seen.add((key, text) if isinstance(text, str) else key)
            case _:
                wrong = (
                    f"found {in_words(value)}, expected only texts or only objects with "
                    '"value" and "label"'
                )
                found += refuse(f"/{number}", wrong, "write all of them in the same form")
    return found
