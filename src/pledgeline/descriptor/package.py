"""What the standard demands of a package as a whole: valid dates, addresses and references."""

import re
from collections.abc import Iterator
from datetime import datetime

from pledgeline.descriptor.conformance import descriptor_error, in_words
from pledgeline.report import Error
from pledgeline.standard.profiles import MOST
from pledgeline.standard.schema import Schema
from pledgeline.standard.values import JsonObject
from pledgeline.text import quoted

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
DATETIME = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:?\d\d)?")


def check_package(descriptor: JsonObject) -> list[Error]:
    """The package's own properties (https://datapackage.org/standard/data-package/#properties)."""
    found = check_people(descriptor, "", "package-error", None)
    created = descriptor.get("created", "")
    if created != "" and not is_datetime(created):
        wrong = f"found {in_words(created)}, expected a date and time such as 2024-05-06T07:08:09Z"
        found.append(descriptor_error("package-error", "/created", wrong, "change the value"))
    for key in ("fields", "missingValues"):
        if key in descriptor:
            wrong = "found here, expected in a resource's schema"
            found.append(
                descriptor_error(
                    "package-error", f"/{key}", wrong, f"write it as resources[].schema.{key}"
                )
            )
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


def check_people(part: JsonObject, where: str, type: str, name: str | None) -> list[Error]:
    """Everything wrong with the e-mail addresses of contributors and sources.

    https://datapackage.org/standard/data-package/#contributors
    """
    found = []
    for key in ("contributors", "sources"):
        people = part.get(key)
        for number, person in enumerate(people[:MOST] if isinstance(people, list) else ()):
            email = person.get("email") if isinstance(person, dict) else None
            if isinstance(email, str) and email and not EMAIL.fullmatch(email):
                place = f"{where}/{key}/{number}/email"
                found.append(
                    descriptor_error(
                        type,
                        place,
                        f"{quoted(email)} is not an e-mail address",
                        "fix or remove it",
                        name,
                    )
                )
    return found


def check_references(
    names: dict[str, str], schemas: dict[str, Schema]
) -> Iterator[tuple[str, Error]]:
    """An error, and the place of its resource, for each foreign key that refers to nothing.

    `names` has the place of each resource by its name, `schemas` each schema without errors of its
    own by its resource's place. A key to a resource whose schema is wrong is left alone: that error
    is reported already. https://datapackage.org/standard/table-schema/#foreignkeys
    """
    called = {where: name for name, where in names.items()}
    fields = {where: set(schema.names) for where, schema in schemas.items()}
    for where, schema in schemas.items():
        for index, key in enumerate(schema.foreign_keys):
            place = f"{where}/schema/foreignKeys/{index}/reference"
            target = key.resource
            there = names.get(target) if target else where
            if there is None:
                wrong = (
                    f"{quoted(target)} is not a resource of this package, expected the name of one"
                )
                fix = "name a resource of this package"
                yield (
                    where,
                    descriptor_error(
                        "schema-error", place + "/resource", wrong, fix, called.get(where)
                    ),
                )
                continue
            for number, name in enumerate(key.reference_fields):
                if there in fields and name not in fields[there]:
                    owner = quoted(called.get(there, there))
                    wrong = f"{quoted(name)} is not a field of {owner}, expected the name of one"
                    fix = "name a field of that resource"
                    yield (
                        where,
                        descriptor_error(
                            "schema-error",
                            f"{place}/fields/{number}",
                            wrong,
                            fix,
                            called.get(where),
                        ),
                    )
