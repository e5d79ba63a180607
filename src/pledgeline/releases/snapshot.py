"""One version of a package in memory: what its descriptor says, and its tables' rows as text."""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass

from pledgeline.records.history import HISTORY
from pledgeline.releases.change import SCHEMA
from pledgeline.releases.diff import descriptors, load_usable_package
from pledgeline.releases.row_changes import fetch_rows
from pledgeline.releases.schema_changes import Rows, from_schema_rows, schema_rows
from pledgeline.releases.text_tables import read_as_text
from pledgeline.source.sandbox import sandbox
from pledgeline.standard.twins import one_resource_per_table
from pledgeline.standard.values import JsonObject

Row = dict[str, str]  # the cells that have a value, by column


@dataclass
class Snapshot:
    """The rows of each table, without missing cells, and the schema as in `schema_changes`."""

    version: str | None
    schema: Rows
    tables: dict[str, list[Row]]

    @property
    def package(self) -> JsonObject:
        """What the descriptor says of the package as a whole."""
        return from_schema_rows(self.schema)[0]

    @property
    def descriptors(self) -> dict[str, JsonObject]:
        """What the descriptor says of each table: its title, description and schema."""
        return from_schema_rows(self.schema)[1]


def key_of(schema: JsonObject) -> list[str]:
    """The primary key of a table; all its columns where it has none."""
    return schema.get("primaryKey") or [field["name"] for field in schema["fields"]]


def snapshot(path: str | os.PathLike[str]) -> Snapshot:
    """The package at `path` as it is. Raises UnreadablePackage where it cannot be read."""
    package = load_usable_package(path)
    resources = one_resource_per_table(package)
    tables = {}
    with sandbox(path for resource in resources.values() for path in resource.paths) as place:
        for number, (name, resource) in enumerate(resources.items()):
            table = read_as_text(place, resource, f"t{number}")
            columns = ", ".join(map(table.column, table.fields))
            rows = fetch_rows(place.database, f"SELECT {columns} FROM {table.relation}")
            pairs = (zip(table.fields, row, strict=True) for row in rows)
            tables[name] = [
                {column: cell for column, cell in row if cell is not None} for row in pairs
            ]
    version = package.descriptor.get("version")
    return Snapshot(
        version and str(version), schema_rows(package.descriptor, descriptors(resources)), tables
    )


def hashes(version: Snapshot) -> dict[str, tuple[int, str]]:
    """The number of rows and the hash of the logical rows of every table.

    The descriptor is one of them, as SCHEMA. The hash is SHA-256 over lines of JSON without blanks:
    the column names, then the cells of each row (null where there is none), rows in the order of
    their keys' texts. It depends on values alone, not on a file's format or order.
    """
    found = {}
    for name, about in version.descriptors.items():
        if name not in HISTORY:
            columns, key = (
                [field["name"] for field in about["schema"]["fields"]],
                key_of(about["schema"]),
            )
            rows = sorted(version.tables[name], key=lambda row: [row.get(part, "") for part in key])
            cells = ([row.get(column) for column in columns] for row in rows)
            found[name] = len(rows), lines_hash([columns, *cells])
    own = own_rows(version.schema)
    return {**found, SCHEMA: (len(own), lines_hash(sorted(own.items())))}


def own_rows(schema: Rows) -> Rows:
    """The rows of a schema without those of the tables that list versions.

    These may change without a new version.
    """
    return {key: row for key, row in schema.items() if key.split("|")[0] not in HISTORY}


def lines_hash(lines: Iterable[object]) -> str:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(
            json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
            + b"\n"
        )
    return "sha256:" + digest.hexdigest()


GONE = (0, lines_hash([]))  # of a table in the release that removes it: no row, and no column
