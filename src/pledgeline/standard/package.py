"""A package and its resources as everything after the reading sees them: checked, dereferenced,
with paths that are safe.
"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Resource:
    """One resource that can be used.

    Nothing in it is filled in that the descriptor does not declare, but `encoding`.
    """

    name: str
    place: str  # the path(s) as the descriptor writes them, or "<inline>", for messages
    paths: tuple[
        Path, ...
    ]  # absolute, inside the package's folder, existing; () for inline data; a folder only for Parquet
    data: object | None  # inline data (list, dict or str), else None
    # lower case: "csv", "tsv", "parquet", "inline", or whatever else it is ("xlsx", "json", ...)
    format: str
    compression: str  # "", "gz" or "zip"
    innerpath: str  # of a zip, or ""
    encoding: str  # as declared, else "utf-8"
    dialect: dict  # Table Dialect in version 2's form
    schema: dict | None  # Table Schema; keys are lists of names, otherwise as written
    hash: str | None
    bytes: int | None
    rows: int | None
    fields: int | None
    descriptor: dict  # the resource's descriptor, schema and dialect dereferenced
    version: str  # "v1" or "v2"

    @property
    def in_memory(self) -> bool:
        """Whether `data` is an Arrow table, which no descriptor can hold, but a build hands over."""
        return self.data is not None and not isinstance(self.data, list | dict | str)


@dataclass(frozen=True)
class DataPackage:
    """A descriptor that could be read, and those of its resources that can be used."""

    path: Path  # the descriptor's file
    base: Path  # its folder, absolute, links followed
    descriptor: dict
    version: str
    resources: tuple[Resource, ...]
