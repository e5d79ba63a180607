"""What the standard demands of a Table Schema beyond the JSON profile: keys that name fields.

In: a schema whose keys are lists already (see `normalize_schema`). Out: errors, each with its
place.
"""

from collections.abc import Iterator
from itertools import islice

from pledgeline.descriptor.conformance import descriptor_error, in_words, profile_errors
from pledgeline.descriptor.fields import check_field, check_missing
from pledgeline.report import Error
from pledgeline.standard.profiles import MOST
from pledgeline.standard.schema import MATCHES
from pledgeline.standard.values import JsonObject
from pledgeline.text import quoted

FIELDS = 100_000  # far more than any reader takes


def check_schema(schema: JsonObject, where: str, version: str, resource: str | None) -> list[Error]:
    """Everything wrong with one schema, the fields first.

    https://datapackage.org/standard/table-schema/
    """
    found = profile_errors(schema, "schema", where, version, resource)

    def refuse(place: str, wrong: str, fix: str) -> None:
        found.append(descriptor_error("schema-error", where + place, wrong, fix, resource))

    fields = schema.get("fields")
    if not isinstance(fields, list) or not fields:
        if "fields" in schema:
            refuse(
                "/fields",
                f"found {in_words(fields)}, expected a list of fields",
                "describe at least one field",
            )
        return found
    if len(fields) > FIELDS:
        refuse(
            "/fields",
            f"found {len(fields):,} fields, expected at most {FIELDS:,}",
            "turn columns into rows",
        )
        return found
    names: dict[str, int] = {}
    for number, field in enumerate(fields):
        place = f"{where}/fields/{number}"
        if not isinstance(field, dict):
            wrong = f"found {in_words(field)}, expected an object"
            found.append(
                descriptor_error(
                    "field-error", place, wrong, "describe the field by an object", resource
                )
            )
            continue
        found += check_field(field, place, version, resource)
        if len(found) > 10 * MOST:
            return found
        if isinstance(name := field.get("name"), str):
            if name in names:
                taken = f"{quoted(name)} is already the name of field {names[name]}"
                wrong = f"{taken}, expected unique names"
                refuse(f"/fields/{number}/name", wrong, "rename one of the two fields")
            names.setdefault(name, number)
    match schema.get("fieldsMatch", "exact"):
        case "exact" | "equal" | "subset" | "superset" | "partial":
            pass
        # version 2.0's profile has a list, its text and later ones a string
        case [str(one)] if one in MATCHES:
            pass
        case other:
            refuse(
                "/fieldsMatch",
                f"found {in_words(other)}, expected one of {', '.join(MATCHES)}",
                "change the value",
            )
    found += check_missing(schema, where, version, "schema-error", resource)
    for place, wrong, fix in islice(broken_keys(schema, set(names)), MOST):
        refuse(place, wrong, fix)
    return found


def broken_keys(schema: JsonObject, names: set[str]) -> Iterator[tuple[str, str, str]]:
    """The keys that name fields which do not exist: the place, what is wrong and how to fix it.

    https://datapackage.org/standard/table-schema/#primarykey and the sections after it
    """
    fix = "name a field of this schema or describe the field"
    groups: list[tuple[str, object]] = [("/primaryKey", schema.get("primaryKey"))]
    unique = schema.get("uniqueKeys", [])
    if not isinstance(unique, list) or not all(is_names(group) for group in unique):
        yield (
            "/uniqueKeys",
            f"found {in_words(unique)}, expected a list of lists of names",
            "list the names of each key",
        )
    else:
        groups += [(f"/uniqueKeys/{number}", group) for number, group in enumerate(unique)]
    keys = schema.get("foreignKeys", [])
    if "foreignKeys" in schema and not (isinstance(keys, list) and keys):
        yield (
            "/foreignKeys",
            f"found {in_words(keys)}, expected a list of foreign keys",
            "remove the property or fill it",
        )
    for number, key in enumerate(keys if isinstance(keys, list) else ()):
        place = f"/foreignKeys/{number}"
        reference = key.get("reference") if isinstance(key, dict) else None
        if not isinstance(key, dict) or not isinstance(reference, dict):
            yield (
                place,
                f'found {in_words(key)}, expected an object with "fields" and "reference"',
                "write both",
            )
            continue
        groups.append((place + "/fields", key.get("fields")))
        bad = [each for each in (key, reference) if not is_names(each.get("fields"))]
        if bad:
            yield (
                place + ("/fields" if bad[0] is key else "/reference/fields"),
                f"found {in_words(bad[0].get('fields'))}, expected one or more names of fields",
                "list the names",
            )
        elif len(key["fields"]) != len(reference["fields"]):
            counts = f"{len(key['fields'])} fields refer to {len(reference['fields'])}"
            wrong = f"{counts}, expected the same number"
            yield place, wrong, "list the fields of both sides in the same order"
        if not isinstance(reference.get("resource", ""), str):
            wrong = f"found {in_words(reference['resource'])}, expected the name of a resource"
            yield place + "/reference/resource", wrong, 'name a resource, or "" for this one'
    for place, group in groups:
        for number, name in enumerate(group if isinstance(group, list) else ()):
            if isinstance(name, str) and name not in names:
                yield (
                    f"{place}/{number}",
                    f"{quoted(name)} is not a field, expected the name of one",
                    fix,
                )


def is_names(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) for each in value)
