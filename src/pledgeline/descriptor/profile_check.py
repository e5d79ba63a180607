"""A stranger's JSON Schema applied to part of a descriptor: nothing fetched, bounded in time."""

import time
from collections.abc import Iterator
from typing import Any

import jsonschema
import regex
from jsonschema.exceptions import SchemaError, ValidationError
from jsonschema.validators import extend, validator_for
from referencing import Registry
from referencing.exceptions import Unresolvable

from pledgeline.descriptor.conformance import (
    describe_error,
    nearest,
    pointer,
    suggest_fix,
)
from pledgeline.standard.values import JsonObject

SECONDS = 5.0  # that a profile may take with one part of a descriptor
ERRORS = 100  # of one profile


class TooSlow(Exception):
    """A profile takes longer with the descriptor than it may."""


class NotApplied(Exception):
    """A profile cannot be applied: why, how to fix it, and whether the profile is at fault."""

    def __init__(self, wrong: str, fix: str, at_fault: bool = False):
        super().__init__(wrong)
        self.wrong, self.fix, self.at_fault = wrong, fix, at_fault


def apply_profile(part: JsonObject, profile: object) -> list[tuple[str, str, str]]:
    """Where `part` breaks the JSON Schema `profile`: the place in it, what is wrong, how to fix it.

    Raises NotApplied.
    """
    found = []
    try:
        for error in violations(part, profile):
            place = pointer("", error.absolute_path)
            found.append((place, describe_error(error), suggest_fix(error)))
            if len(found) == ERRORS:
                break
    except (SchemaError, TypeError, AttributeError, regex.error, RecursionError) as error:
        reason = (str(error).splitlines() or [""])[0][:100]
        raise NotApplied(f"it is not a JSON Schema ({reason})", "fix the profile", True) from None
    except Unresolvable as error:
        wrong = f"it refers to {error.ref}"
        raise NotApplied(wrong, "write what it refers to into the profile") from None
    except TooSlow:
        raise NotApplied(f"it takes more than {SECONDS:.0f} s", "simplify it") from None
    return found


def violations(part: JsonObject, profile: Any) -> Iterator[ValidationError]:
    """Where a part of a descriptor breaks a JSON Schema; nothing that it refers to is fetched.

    Raises SchemaError, TooSlow, and Unresolvable for a reference that leads out of it.
    """
    until = time.monotonic() + SECONDS
    known = validator_for(profile, default=jsonschema.Draft7Validator)
    known.check_schema(profile)

    def in_time(keyword: Any) -> Any:
        def check(validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[Any]:
            if time.monotonic() > until:
                raise TooSlow
            yield from keyword(validator, value, instance, schema) or ()

        return check

    def pattern(validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[Any]:
        if isinstance(instance, str) and not matches(value, instance):
            yield ValidationError(f"{instance[:80]!r} does not match {value[:80]!r}")

    def matches(expression: str, text: str) -> bool:
        try:
            left = max(until - time.monotonic(), 0.001)
            return regex.search(expression, text, timeout=left) is not None
        except TimeoutError:
            raise TooSlow from None

    keywords = {name: in_time(keyword) for name, keyword in known.VALIDATORS.items()}
    validator: Any = extend(known, {**keywords, "pattern": pattern})  # type: ignore[no-untyped-call]
    registry: Registry[Any] = Registry()  # retrieves nothing
    for error in validator(profile, registry=registry).iter_errors(part):
        yield nearest(error)
