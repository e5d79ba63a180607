"""frictionless-py's reports, in the process that `frictionless` starts for it."""

import time
from collections.abc import Iterator
from typing import Any

import frictionless
from frictionless import FrictionlessException

PROPERTIES = ("rowNumber", "fieldName", "fieldNumber", "fieldNames")


def reports(asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What it finds in each resource of a package, in their order.

    A resource that it cannot take is an error of that resource alone.
    """
    refused: dict[str, list[dict[str, Any]]] = {}
    for resource in asked["resources"]:
        try:
            frictionless.Resource.from_descriptor(resource, basepath=asked["base"])
        except FrictionlessException as error:
            reasons = error.reasons or [error.error]
            refused[resource["name"]] = [described(reason) for reason in reasons]
    usable = [each for each in asked["resources"] if each["name"] not in refused]
    package = frictionless.Package.from_descriptor(
        {**asked["package"], "resources": usable}, basepath=asked["base"]
    )
    for resource in asked["resources"]:
        name = resource["name"]
        if name in refused:
            yield found(name, refused[name])
        else:
            yield report(package.get_resource(name), asked["limit"])


def report(resource: frictionless.Resource, limit: int) -> dict[str, Any]:
    """What it finds in one resource."""
    begun = time.perf_counter()
    try:
        made = resource.validate(limit_errors=limit)
    except FrictionlessException as error:
        return found(resource.name, [described(error.error)])
    except MemoryError:
        raise
    except Exception as error:  # what its parsers raise on broken files is of many kinds
        note = f"frictionless-py cannot read it ({type(error).__name__}: {error})"
        return found(resource.name, [{"type": "source-error", "message": note, "note": note}])
    errors = [*made.errors, *(error for task in made.tasks for error in task.errors)]
    own = found(resource.name, [described(error) for error in errors])
    for task in made.tasks:
        own["labels"] = [str(label) for label in task.labels]
        own |= {key: task.stats.get(key) for key in ("rows", "fields", "bytes")}
    return own | {"seconds": time.perf_counter() - begun}


def found(name: str, errors: list[dict[str, Any]]) -> dict[str, Any]:
    """An answer about one resource; nothing is known of it but its errors."""
    unknown = dict.fromkeys(("rows", "fields", "bytes"))
    return {"name": name, "labels": [], "seconds": 0.0, "errors": errors, **unknown}


def described(error: Any) -> dict[str, Any]:
    """An error as JSON holds it."""
    all_of_it = error.to_descriptor()
    cell = all_of_it.get("cell")
    return {
        "type": error.type,
        "message": error.message,
        "note": error.note,
        "cell": None if cell is None else str(cell),
        **{name: all_of_it[name] for name in PROPERTIES if name in all_of_it},
    }
