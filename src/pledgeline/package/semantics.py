"""What the standard demands of a Table Schema beyond the JSON profile: names that are there, constraints that fit the type.

In: a schema whose keys are lists already (`modern_schema`). Out: errors, with the place of each.
"""

import re
from collections.abc import Iterator

from pledgeline.package.faults import fault, pointer, shown
from pledgeline.package.profiles import conforms, validators
from pledgeline.problems import quoted
from pledgeline.validation.report import Error

ORDERED = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
SIZED = {"minLength", "maxLength"}
# https://datapackage.org/standard/table-schema/#field-constraints: which types a constraint is for; the others are for all.
CONSTRAINTS = {
    **{type: ORDERED for type in ("integer", "number", "date", "time", "datetime", "duration", "year", "yearmonth")},
    "string": SIZED | {"pattern"},
    "array": SIZED | {"jsonSchema"},
    "object": SIZED | {"jsonSchema"},
    "list": SIZED,
}
ALWAYS = {"required", "unique", "enum"}
MATCHES = ("exact", "equal", "subset", "superset", "partial")
XML_CLASSES = re.compile(r"\\[pP]\{[A-Za-z]+\}|\\[icIC]")  # what a standard pattern may have and Python's re does not know
LONGEST_PATTERN = 10_000  # characters
FIELDS = 100_000  # far more than any reader takes


def check_schema(schema: dict, where: str, version: str, resource: str) -> list[Error]:
    """Everything wrong with one schema, the fields first (https://datapackage.org/standard/table-schema/)."""
    found = conforms(schema, "schema", where, version, resource)

    def refuse(place: str, wrong: str, mend: str) -> None:
        found.append(fault("schema-error", where + place, wrong, mend, resource))

    fields = schema.get("fields")
    if not isinstance(fields, list) or not fields:
        if "fields" in schema:
            refuse("/fields", f"found {shown(fields)}, expected a list of fields", "describe at least one field")
        return found
    if len(fields) > FIELDS:
        refuse("/fields", f"found {len(fields):,} fields, expected at most {FIELDS:,}", "turn columns into rows")
        return found
    names: dict[str, int] = {}
    for number, field in enumerate(fields):
        place = f"{where}/fields/{number}"
        if not isinstance(field, dict):
            wrong = f"found {shown(field)}, expected an object"
            found.append(fault("field-error", place, wrong, "describe the field by an object", resource))
            continue
        found += check_field(field, place, version, resource)
        if isinstance(name := field.get("name"), str):
            if name in names:
                wrong = f"{quoted(name)} is already the name of field {names[name]}, expected unique names"
                refuse(f"/fields/{number}/name", wrong, "rename one of the two fields")
            names.setdefault(name, number)
    match schema.get("fieldsMatch", "exact"):
        case "exact" | "equal" | "subset" | "superset" | "partial":
            pass
        case [str(one)] if one in MATCHES:  # version 2.0's profile has a list, its text and later ones a string
            pass
        case other:
            refuse("/fieldsMatch", f"found {shown(other)}, expected one of {', '.join(MATCHES)}", "change the value")
    found += check_missing(schema, where, version, "schema-error", resource)
    for place, wrong, mend in broken_keys(schema, set(names)):
        refuse(place, wrong, mend)
    return found


def broken_keys(schema: dict, names: set[str]) -> Iterator[tuple[str, str, str]]:
    """Keys that name fields which are not there (https://datapackage.org/standard/table-schema/#primarykey and following)."""
    mend = "name a field of this schema or describe the field"
    groups = [("/primaryKey", schema.get("primaryKey"))]
    unique = schema.get("uniqueKeys", [])
    if not isinstance(unique, list) or not all(is_names(group) for group in unique):
        yield "/uniqueKeys", f"found {shown(unique)}, expected a list of lists of names", "list the names of each key"
    else:
        groups += [(f"/uniqueKeys/{number}", group) for number, group in enumerate(unique)]
    keys = schema.get("foreignKeys", [])
    if "foreignKeys" in schema and not (isinstance(keys, list) and keys):
        yield "/foreignKeys", f"found {shown(keys)}, expected a list of foreign keys", "remove the property or fill it"
    for number, key in enumerate(keys if isinstance(keys, list) else ()):
        place = f"/foreignKeys/{number}"
        reference = key.get("reference") if isinstance(key, dict) else None
        if not isinstance(key, dict) or not isinstance(reference, dict):
            yield place, f'found {shown(key)}, expected an object with "fields" and "reference"', "write both"
            continue
        groups.append((place + "/fields", key.get("fields")))
        bad = [each for each in (key, reference) if not is_names(each.get("fields"))]
        if bad:
            yield (
                place + ("/fields" if bad[0] is key else "/reference/fields"),
                f"found {shown(bad[0].get('fields'))}, expected one or more names of fields",
                "list the names",
            )
        elif len(key["fields"]) != len(reference["fields"]):
            wrong = f"{len(key['fields'])} fields refer to {len(reference['fields'])}, expected as many"
            yield place, wrong, "list the fields of both sides in the same order"
        if not isinstance(reference.get("resource", ""), str):
            wrong = f"found {shown(reference['resource'])}, expected the name of a resource"
            yield place + "/reference/resource", wrong, 'name a resource, or "" for this one'
    for place, group in groups:
        for number, name in enumerate(group if isinstance(group, list) else ()):
            if isinstance(name, str) and name not in names:
                yield f"{place}/{number}", f"{quoted(name)} is not a field, expected the name of one", mend


def is_names(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) for each in value)


def check_field(field: dict, where: str, version: str, resource: str) -> list[Error]:
    """Everything wrong with one field (https://datapackage.org/standard/table-schema/#field)."""
    type = field.get("type", "string")
    if not isinstance(type, str) or f"field:{type}" not in validators(version):
        known = ", ".join(sorted(kind[6:] for kind in validators(version) if kind.startswith("field:")))
        return [fault("field-error", where + "/type", f"found {shown(type)}, expected one of {known}", "change it", resource)]
    plain = {**field, "type": type}
    if isinstance(format := field.get("format"), str) and format.startswith("fmt:"):
        plain["format"] = format[4:]  # how the standard's forerunner marked a pattern
    found = conforms(plain, f"field:{type}", where, version, resource)

    def refuse(place: str, wrong: str, mend: str) -> None:
        found.append(fault("field-error", where + place, wrong, mend, resource))

    if "required" in field:
        refuse("/required", "found here, expected in constraints", "write it as constraints.required")
    constraints = field.get("constraints")
    fitting = ALWAYS | CONSTRAINTS.get(type, set())
    for name, value in constraints.items() if isinstance(constraints, dict) else ():
        place = pointer("/constraints", [name])
        if name not in fitting:
            refuse(place, f'not a constraint of type "{type}", expected one of {", ".join(sorted(fitting))}', "remove it")
        elif version == "v1" and name.startswith("exclusive"):
            refuse(place, "found in a version 1 descriptor, expected version 2", "set the package's $schema to version 2.0")
        elif name == "pattern" and isinstance(value, str) and (wrong := unparsable(value)):
            refuse(place, f"{quoted(value)} is not a regular expression ({wrong})", "mend the pattern")
    return found + check_missing(field, where, version, "field-error", resource)


def unparsable(pattern: str) -> str:
    """Why a pattern is no regular expression of the kind every engine knows, or ""."""
    if len(pattern) > LONGEST_PATTERN:
        return f"longer than {LONGEST_PATTERN:,} characters"
    try:
        re.compile(XML_CLASSES.sub("w", pattern))
    except (re.error, RecursionError, OverflowError) as error:
        return str(error)[:100] or "nested too deeply"
    return ""


def check_missing(part: dict, where: str, version: str, type: str, resource: str) -> list[Error]:
    """`missingValues` are texts or, in version 2, objects with unique values and labels; one kind at a time.

    https://datapackage.org/standard/table-schema/#missingvalues
    """
    values = part.get("missingValues", [])

    def refuse(place: str, wrong: str, mend: str) -> list[Error]:
        return [fault(type, f"{where}/missingValues{place}", wrong, mend, resource)]

    if not isinstance(values, list):
        return refuse("", f"found {shown(values)}, expected a list", "list the texts that mean a missing value")
    if all(isinstance(value, str) for value in values):
        return []
    if version == "v1" and all(isinstance(value, dict) for value in values):
        return refuse("", "found objects, expected texts in a version 1 descriptor", "set the package's $schema to version 2.0")
    found, seen = [], set()
    for number, value in enumerate(values):
        match value:
            case {"value": str(), **rest} if isinstance(rest.get("label", ""), str):
                for key, text in value.items():
                    if key in ("value", "label") and (key, text) in seen:
                        found += refuse(f"/{number}/{key}", f"{quoted(text)} stands twice, expected it once", "remove one")
                    seen.add((key, text) if isinstance(text, str) else key)
            case _:
                wrong = f'found {shown(value)}, expected only texts or only objects with "value" and "label"'
                found += refuse(f"/{number}", wrong, "write all of them in one form")
    return found
