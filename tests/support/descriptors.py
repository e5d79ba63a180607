"""Descriptors to read, and what an error on one must be."""

import json
from pathlib import Path

from pledgeline.descriptor.load import read_package

ROOT = Path(__file__).parents[2]
V2 = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json"}
FIELDS = [{"name": "id", "type": "integer"}]


def read(folder, descriptor):
    """What reading a descriptor gives, written as JSON unless it is text already."""
    text = descriptor if isinstance(descriptor, bytes) else json.dumps(descriptor).encode()
    (folder / "datapackage.json").write_bytes(text)
    return read_package(folder)


def only(folder, version=None, **resource):
    """The one resource of a package that must be right."""
    package, errors = read(folder, {**(version or {}), "resources": [{"name": "a", **resource}]})
    assert not errors
    return package.resources[0]


def one(**resource):
    return {"resources": [{"name": "a", **resource}]}


def reported(package, errors, part):
    """One error has the text; each is one printable line of bounded length.

    Nothing usable is made of what the error is about.
    """
    lines = [f"{error.message}; {error.fix}" for error in errors]
    assert any(part in line for line in lines), lines
    assert all(line.isprintable() and len(line) < 1_000 for line in lines)
    assert not package or not package.resources
    return lines
