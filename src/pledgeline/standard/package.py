"""A package and its resources as every other room sees them: checked, with safe paths."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pledgeline.standard.dialect import Dialect
from pledgeline.standard.schema import Schema
from pledgeline.standard.values import JsonObject

PLAIN, NO_SCHEMA = Dialect(), Schema()
# Formats of tables alone; of any other format is what may be a table, and may be none.
TABULAR = {"csv", "tsv", "parquet", "xlsx", "xls", "ods", "jsonl", "ndjson"}


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource that can be used.

    Nothing is filled in that the descriptor does not declare, except for `encoding` and what the
    schema and the dialect default to.
    """

    name: str
    place: str  # the path(s) as the descriptor writes them, or "<inline>", for messages
    # absolute, inside the package's folder, existing; () for inline data; a folder only for Parquet
    paths: tuple[Path, ...] = ()
    data: Any = None  # inline data (list, dict or str), or an Arrow table
    # lower case: "csv", "tsv", "parquet", "inline", or whatever else it is ("xlsx", "json", ...)
    format: str = ""
    compression: str = ""  # "", "gz" or "zip"
    innerpath: str = ""  # of a zip
    encoding: str = "utf-8"
    dialect: Dialect = PLAIN
    schema: Schema = NO_SCHEMA  # without fields, and so false, where the descriptor has none
    hash: str | None = None
    bytes: int | None = None
    rows: int | None = None
    fields: int | None = None
    # the resource's descriptor, schema and dialect dereferenced
    descriptor: JsonObject = dataclasses.field(default_factory=dict)
    version: str = "v2"  # or "v1"

    def to_descriptor(self) -> JsonObject:
        """The descriptor again, with everything in it."""
        return self.descriptor

    @property
    def in_memory(self) -> bool:
        """Whether `data` is an Arrow table, as a build hands it over."""
        return self.data is not None and not isinstance(self.data, list | dict | str)

    @property
    def is_table(self) -> bool:
        """Whether it is a table, and not a picture, a text, a map or anything else.

        It is if it says so, has a schema, or is of a format that only tables have.
        https://datapackage.org/standard/data-resource/#type
        """
        about = self.descriptor
        declared = about.get("type") == "table" or about.get("profile") == "tabular-data-resource"
        rows = self.format in TABULAR or isinstance(self.data, list)
        return bool(self.schema) or declared or rows or self.in_memory


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
