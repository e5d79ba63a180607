"""A package and its resources as every other room sees them: checked, and with paths that are safe."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pledgeline.standard.dialect import Dialect
from pledgeline.standard.schema import Schema
from pledgeline.standard.values import JsonObject


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource that can be used.

    Nothing is filled in that the descriptor does not declare, except for `encoding` and what the
    schema and the dialect default to.
    """

    name: str
    place: str  # the path(s) as the descriptor writes them, or "<inline>", for messages
    # absolute, inside the package's folder, existing; () for inline data; a folder only for Parquet
    paths: tuple[Path, ...]
    data: object | None  # inline data (list, dict or str), else None
    # lower case: "csv", "tsv", "parquet", "inline", or whatever else it is ("xlsx", "json", ...)
    format: str
    compression: str  # "", "gz" or "zip"
    innerpath: str  # of a zip, or ""
    encoding: str  # as declared, else "utf-8"
    dialect: Dialect
    schema: Schema  # without fields, and so false, where the descriptor has none
    hash: str | None
    bytes: int | None
    rows: int | None
    fields: int | None
    descriptor: JsonObject  # the resource's descriptor, schema and dialect dereferenced
    version: str  # "v1" or "v2"

    def to_descriptor(self) -> JsonObject:
        """The descriptor again, with everything in it."""
        return self.descriptor


@dataclass(frozen=True, slots=True)
class DataPackage:
    """A descriptor that could be read, and those of its resources that can be used."""

    path: Path  # the descriptor's file
    base: Path  # its folder, absolute, links followed
    descriptor: JsonObject
    version: str
    resources: tuple[Resource, ...]

    def to_descriptor(self) -> JsonObject:
        """The descriptor again, with everything in it."""
        return self.descriptor
