"""From the path of a data package to a checked `DataPackage` and the errors in it.

Nothing is fetched, no data file is opened.
"""

import os
import re
from pathlib import Path

from pledgeline.descriptor.conformance import descriptor_error, in_words, profile_errors
from pledgeline.descriptor.document import read_document
from pledgeline.descriptor.files import LoadState
from pledgeline.descriptor.json_file import DocumentError, reason
from pledgeline.descriptor.named_profiles import Profiles, named_profile_errors
from pledgeline.descriptor.package import check_package, check_references
from pledgeline.descriptor.resources import read_resource
from pledgeline.report import Error
from pledgeline.standard.package import DataPackage, Resource
from pledgeline.standard.values import JsonObject
from pledgeline.text import quoted

NAMES = ("datapackage.json", "datapackage.yaml", "datapackage.yml")
ERRORS = 10_000  # nobody reads more, and a million would fill the memory
PROFILE = re.compile(r"https?://datapackage\.org/(?:[^?#]*/)?profiles/(\d+)\.\d+/")


def read_package(
    path: Path, profiles: Profiles | None = None
) -> tuple[DataPackage | None, list[Error]]:
    """The package at `path` (a descriptor, or the folder of one), and all errors in it.

    `profiles` has local files to use for the addresses of profiles and schemas, which are never
    fetched. The package is None if the descriptor is unusable. A resource that cannot be used is
    left out of `resources`, with an error that names it. https://datapackage.org/standard/data-package/
    """
    try:
        file = find(Path(path))
        base = Path(os.path.realpath(file.parent, strict=True))
        descriptor = read_document(file)
    except OSError as refusal:
        return None, [unreadable(path, reason(refusal), "check the path")]
    except DocumentError as refusal:
        return None, [unreadable(path, refusal.wrong, refusal.fix)]
    if not isinstance(descriptor, dict):
        wrong = f"found {in_words(descriptor)}, expected an object with a list of resources"
        return None, [descriptor_error("package-error", "/", wrong, 'write {"resources": [...]}')]
    version = version_of(descriptor)
    errors = profile_errors(descriptor, "package", "", version) + check_package(descriptor)
    errors += named_profile_errors(descriptor, base, profiles)
    resources = descriptor.get("resources")
    if not isinstance(resources, list) or not resources:
        wrong = (
            f"found {in_words(resources)}, expected a list of resources"
            if "resources" in descriptor
            else "it is missing"
        )
        return None, [
            *errors,
            descriptor_error(
                "package-error", "/resources", wrong, "list at least one resource, each an object"
            ),
        ]
    tabular = descriptor.get("profile") == "tabular-data-package"
    reader = LoadState(base, version, tabular, profiles or {})
    usable: dict[str, Resource] = {}
    for number, each in enumerate(resources):
        where = f"/resources/{number}"
        if len(errors) > ERRORS:
            errors.append(
                descriptor_error(
                    "package-error",
                    where,
                    f"there are more than {ERRORS:,} errors before this resource",
                    "fix those first",
                )
            )
            break
        found_resource, found = read_resource(each, where, reader)
        errors += found
        if found_resource is not None:
            usable[where] = found_resource
    for where, error in check_references(reader.names, reader.schemas):
        usable.pop(where, None)
        errors.append(error)
    return DataPackage(file, base, descriptor, version, tuple(usable.values())), errors


def unreadable(path: Path, wrong: str, fix: str) -> Error:
    """The error of a descriptor that cannot be read."""
    return descriptor_error("package-error", "", f"{quoted(str(path), 200)}: {wrong}", fix)


def find(path: Path) -> Path:
    """The descriptor's file: `path` itself, or the first of the known names in that folder.

    Raises DocumentError where there is none.
    """
    if "\0" in str(path):
        raise DocumentError("the path has a NUL character", "check it")
    if not path.is_dir():
        if path.suffix.lower() not in (".json", ".yaml", ".yml") and path.exists():
            raise DocumentError(
                "this is not a descriptor", "give a datapackage.json or a folder that holds one"
            )
        return path
    found = [path / name for name in NAMES if (path / name).exists()]
    if not found:
        raise DocumentError(
            "the folder holds no datapackage.json", "give the path of the descriptor"
        )
    return found[0]


def version_of(descriptor: JsonObject) -> str:
    """The version of the standard that a descriptor follows, "v1" or "v2".

    It is "v1" without `$schema` or with a profile of version 1; a profile of anybody else may use
    all of version 2. https://datapackage.org/standard/data-package/#dollar-schema
    """
    profile = descriptor.get("$schema")
    if not profile or not isinstance(profile, str):
        return "v1"
    match = PROFILE.match(profile)
    return "v1" if match and match[1] == "1" else "v2"
