"""A package at an https address, fetched into a folder.

Only https is allowed, bytes and seconds are bounded, and hashes are checked. What comes back is a
stranger's: it is written into that folder alone, and read as any other package is.
"""

import hashlib
import json
import os
import re
from collections.abc import Hashable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from pledgeline.check.integrity import file_errors
from pledgeline.descriptor.json_file import DocumentError, read_json, reason
from pledgeline.descriptor.normalize import format_of
from pledgeline.descriptor.paths import UnsafePath, check_path_text
from pledgeline.errors import FetchRefused
from pledgeline.read.https import BYTES, Downloads
from pledgeline.releases.diff import load_usable_package
from pledgeline.releases.pack import SUMS
from pledgeline.releases.unpack import package_at
from pledgeline.releases.verify import wrong_sums
from pledgeline.standard.schema import Schema
from pledgeline.standard.twins import table_identity, without_twins
from pledgeline.text import quoted, without_secrets

DESCRIPTOR_BYTES = 16 << 20
FILES = 2_000
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def is_address(path: str | os.PathLike[str]) -> bool:
    return isinstance(path, str) and bool(SCHEME.match(path))


def fetch_package(address: str, folder: Path, sha256: str | None = None) -> Path:
    """Fetches the archive or the descriptor with its files; returns where it lies under `folder`.

    Of a table in several formats the first is fetched. Raises FetchRefused for anything
    but https, for what is not there, too large or too slow, and for a file whose hash is not the
    published one.
    """
    downloads = Downloads(address)
    packed = urlsplit(address).path.lower().endswith(".zip")
    target = folder / ("package.zip" if packed else "datapackage.json")
    downloads.fetch(address, target, BYTES if packed else DESCRIPTOR_BYTES)
    base, address = address, without_secrets(address)
    if sha256 and (found := hashlib.sha256(target.read_bytes()).hexdigest()) != sha256.lower():
        raise FetchRefused(
            f"{address}: its SHA-256 is {found}, expected {sha256};"
            " it is not the file that was meant"
        )
    if packed:
        check_archive(address, target)
        return target
    descriptor = read_descriptor(address, target)
    for path in paths(address, descriptor["resources"]):
        place = folder / path
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FetchRefused(
                f"{address}: {quoted(path)} cannot be written ({reason(error)})"
            ) from None
        downloads.fetch(urljoin(base, quote(path)), place, BYTES)
    target.write_text(json.dumps(descriptor), "utf-8")
    wrong = [
        f"{each.name}: {e.message}"
        for each in load_usable_package(target).resources
        for e in file_errors(each)
        if e.severity == "error"
    ]
    if wrong:
        raise FetchRefused(f"{address}: {wrong[0]}; the files are not those that were described")
    return target


def check_archive(address: str, path: Path) -> None:
    """Raises FetchRefused for an archive whose files do not match its own sums, if it has any."""
    with package_at(path) as found:
        folder = found if found.is_dir() else found.parent
        if (folder / SUMS).exists() and (wrong := list(wrong_sums(folder))):
            raise FetchRefused(f"{address}: {wrong[0]}")


def read_descriptor(address: str, file: Path) -> dict[str, Any]:
    """The descriptor, of a table in several formats with the first of them alone.

    Raises FetchRefused where the file is not a descriptor.
    """
    try:
        descriptor = read_json(file, DESCRIPTOR_BYTES)
    except DocumentError as error:
        raise FetchRefused(f"{address}: this is no datapackage.json: {error}") from None
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    if (
        not isinstance(descriptor, dict)
        or not isinstance(resources, list)
        or not all(isinstance(each, dict) for each in resources)
    ):
        raise FetchRefused(
            f"{address}: this is not a datapackage.json with a list of resources;"
            " give the address of one"
        )
    return {**descriptor, "resources": without_twins(resources, identity_and_format)}


def identity_and_format(resource: dict[str, Any]) -> tuple[Hashable, str]:
    """By which a table in several formats is known before its files are here."""
    path, schema = resource.get("path"), resource.get("schema")
    if not isinstance(path, str) or not isinstance(schema, dict | None):
        return None, ""
    described = Schema.from_descriptor(schema or {})
    return table_identity([PurePosixPath(path)], described), format_of(resource, path)[0]


def paths(address: str, resources: list[dict[str, Any]]) -> Iterator[str]:
    """The files to fetch, each relative to the descriptor and below it.

    Raises FetchRefused for any other.
    """
    listed: list[Any] = []
    for each in resources:
        listed += each["path"] if isinstance(each.get("path"), list) else [each.get("path")]
        listed += [each[key] for key in ("schema", "dialect") if isinstance(each.get(key), str)]
    if len(listed) > FILES:
        raise FetchRefused(f"{address}: {len(listed):,} files, expected at most {FILES:,}")
    for path in dict.fromkeys(str(path) for path in listed if path is not None):
        try:
            check_path_text(path)
        except UnsafePath as error:
            raise FetchRefused(
                f"{address}: {error.wrong}; only files beside the descriptor are fetched"
            ) from None
        yield path
