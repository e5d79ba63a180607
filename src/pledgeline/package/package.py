"""What the standard demands of a package as a whole: dates and addresses that are some, references that lead somewhere."""

import re
from datetime import datetime

from pledgeline.package.faults import fault, shown
from pledgeline.package.resource import Resource
from pledgeline.problems import quoted
from pledgeline.validation.report import Error

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
DATETIME = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:?\d\d)?")


def check_package(descriptor: dict) -> list[Error]:
    """The package's own properties (https://datapackage.org/standard/data-package/#properties)."""
    found = check_people(descriptor, "", "package-error", None)
    created = descriptor.get("created")
    if created not in (None, "") and not is_datetime(created):
        wrong = f"found {shown(created)}, expected a date and time such as 2024-05-06T07:08:09Z"
        found.append(fault("package-error", "/created", wrong, "change the value"))
    for key in ("fields", "missingValues"):
        if key in descriptor:
            wrong = "found here, expected in a resource's schema"
            found.append(fault("package-error", f"/{key}", wrong, f"write it as resources[].schema.{key}"))
    return found


def is_datetime(value: object) -> bool:
    """RFC 3339's date-time; the offset may be missing, as frictionless-py has it."""
    if not isinstance(value, str) or not DATETIME.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value.upper())
    except ValueError:
        return False
    return True


def check_people(part: dict, where: str, type: str, name: str | None) -> list[Error]:
    """The e-mail addresses of contributors and sources (https://datapackage.org/standard/data-package/#contributors)."""
    found = []
    for key in ("contributors", "sources"):
        people = part.get(key)
        for number, person in enumerate(people if isinstance(people, list) else ()):
            email = person.get("email") if isinstance(person, dict) else None
            if isinstance(email, str) and email and not EMAIL.fullmatch(email):
                place = f"{where}/{key}/{number}/email"
                found.append(fault(type, place, f"{quoted(email)} is not an e-mail address", "mend or remove it", name))
    return found


def check_references(usable: dict[int, Resource], resources: list) -> tuple[tuple[Resource, ...], list[Error]]:
    """The resources whose foreign keys lead to resources and fields that are there, and an error for each that does not.

    A key to a resource that is itself refused says nothing more: its own errors have been told.
    https://datapackage.org/standard/table-schema/#foreignkeys
    """
    known = {each["name"] for each in resources if isinstance(each, dict) and isinstance(each.get("name"), str)}
    fields = {each.name: names_of(each.schema) for each in usable.values()}
    kept, found = [], []
    for number, resource in usable.items():
        before = len(found)
        for index, key in enumerate((resource.schema or {}).get("foreignKeys", ())):
            place = f"/resources/{number}/schema/foreignKeys/{index}/reference"
            target = key["reference"].get("resource") or resource.name
            if target not in known:
                wrong = f"{quoted(target)} is not a resource of this package, expected the name of one"
                found.append(
                    fault("schema-error", place + "/resource", wrong, "name a resource of this package", resource.name)
                )
                continue
            there = fields.get(target)
            for name in key["reference"]["fields"] if there is not None else ():
                if name not in there:
                    wrong = f"{quoted(name)} is not a field of {quoted(target)}, expected the name of one"
                    found.append(
                        fault("schema-error", place + "/fields", wrong, "name a field of that resource", resource.name)
                    )
        if len(found) == before:
            kept.append(resource)
    return tuple(kept), found


def names_of(schema: dict | None) -> set[str] | None:
    """The names of a schema's fields, None without a schema."""
    return {each["name"] for each in schema["fields"]} if schema else None
