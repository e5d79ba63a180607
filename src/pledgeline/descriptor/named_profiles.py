"""Profiles that a descriptor names beside the standard's: JSON Schemas that it must meet as well.

A local file is read within the package and applied within bounds. An address is never fetched: the
user says which local file holds it, or the report says that it was not applied.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from pledgeline.descriptor.conformance import descriptor_error
from pledgeline.descriptor.json_file import DocumentError, read_json
from pledgeline.descriptor.paths import SCHEME, UnsafePath, resolve_inside
from pledgeline.report import Error
from pledgeline.standard.values import JsonObject
from pledgeline.text import quoted, without_secrets

Profiles = Mapping[str, Path]  # the address of a profile or schema -> the file that holds it
# Profiles of the standard, by name or address: these are applied already.
STANDARD = re.compile(
    r"(tabular-)?data-(package|resource)|"
    r"https?://(datapackage\.org/(.*/)?profiles|specs\.frictionlessdata\.io/schemas)/.*|"
    r"https?://frictionlessdata\.io/schemas/.*"
)
BYTES = 5_000_000  # of a profile; the fiscal one, the largest known to us, has 200 KB


def named_profile_errors(
    descriptor: JsonObject, base: Path, profiles: Profiles | None = None
) -> list[Error]:
    """What the profiles named by a package and its resources say against them.

    `base` is the package's folder; `profiles` has the local files to use for addresses. A profile
    that cannot be applied is a warning if it is elsewhere, and an error if the file is at fault.
    """
    found: list[Error] = []
    for where, part in profiled_parts(descriptor):
        for key in ("$schema", "profile"):
            name = part.get(key)
            if isinstance(name, str) and name and not STANDARD.fullmatch(name):
                found += errors_of(part, name, where, key, base, profiles or {})
    return found


def profiled_parts(descriptor: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    """The parts of a descriptor that may name a profile, each with its place."""
    yield "", descriptor
    resources = descriptor.get("resources")
    for number, resource in enumerate(resources if isinstance(resources, list) else ()):
        if isinstance(resource, dict):
            yield f"/resources/{number}", resource


def errors_of(
    part: JsonObject, name: str, where: str, key: str, base: Path, profiles: Profiles
) -> Iterator[Error]:
    """What one named profile says against the part of the descriptor at `where`."""
    type = "resource-error" if where else "package-error"
    place = f"{where}/{key}"
    try:
        file = profiles.get(name) or (None if SCHEME.match(name) else resolve_inside(base, name))
        if file is None:
            wrong = (
                f"the profile {quoted(without_secrets(name))} was not applied: nothing is fetched"
            )
            fix = "download it, and give it with --profile ADDRESS=FILE"
            yield warning(type, place, wrong, fix)
            return
        profile = read_json(file, BYTES)
    except (UnsafePath, DocumentError) as error:
        wrong = f"the profile cannot be read: {error.wrong}"
        yield descriptor_error(type, place, wrong, error.fix)
        return
    from pledgeline.descriptor.profile_check import NotApplied, apply_profile

    try:
        for at, wrong, fix in apply_profile(part, profile):
            wrong = f"{wrong} (profile {quoted(name)})"
            yield descriptor_error(type, where + at or "/", wrong, fix)
    except NotApplied as error:
        wrong = f"the profile {quoted(without_secrets(name))} was not applied: {error.wrong}"
        say = descriptor_error if error.at_fault else warning
        yield say(type, place, wrong, error.fix)


def warning(type: str, where: str, wrong: str, fix: str) -> Error:
    """A profile that was not applied: the package may or may not be valid."""
    error = descriptor_error(type, where, wrong, fix)
    return Error(error.type, error.found, severity="warning", fix=error.fix)
