"""A version in memory written as a package of files, or given as Arrow and pandas tables."""

import re
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from pledgeline.errors import InvalidPackage, TargetExists
from pledgeline.records.history import HISTORY
from pledgeline.records.schemas import STANDARD, TableDefinition
from pledgeline.releases.snapshot import Snapshot, key_of
from pledgeline.standard.values import JsonObject
from pledgeline.text import quoted
from pledgeline.write.descriptor import FORMATS, descriptor, write_descriptor
from pledgeline.write.files import write_csv, write_parquet
from pledgeline.write.tables import in_key_order, text_table, typed_table

SAFE = re.compile(r"\w[\w.-]{0,199}")


def write_checkout(version: Snapshot, folder: Path) -> JsonObject:
    """Writes `version` into a new or empty `folder`; returns the descriptor.

    The files are CSV, Parquet and datapackage.json. The descriptor is written last. Raises
    TargetExists for a folder with something in it, InvalidPackage for a table whose name leads out
    of the folder, OSError where it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise TargetExists(
            f"{folder}: it is there already and is not an empty folder; name another one"
        )
    check_names(version.tables)
    tables = [table_definition(version, name) for name in version.tables]
    for format in FORMATS:
        (folder / "data" / format).mkdir(parents=True, exist_ok=True)
    for table in tables:
        typed = arrow_table(version, table.name)
        write_csv(typed, folder / "data" / "csv" / f"{table.name}.csv")
        write_parquet(typed, folder / "data" / "parquet" / f"{table.name}.parquet")
    counts = {name: len(rows) for name, rows in version.tables.items()}
    content = descriptor(about(version), tables, counts, folder / "data")
    write_descriptor(content, folder / "datapackage.json")
    return content


def check_names(names: Iterable[str]) -> None:
    """Raises InvalidPackage for a table whose name, a stranger's, cannot be that of a file."""
    for name in names:
        if not SAFE.fullmatch(name):
            raise InvalidPackage(
                f"{quoted(name)} cannot be the name of a file; expected letters, digits, "
                "dots, hyphens and underscores, a letter or digit first"
            )


def about(version: Snapshot) -> JsonObject:
    """The package's own properties, with its version and release date.

    The table `changes` leaves out both.
    """
    days = [
        row["date"]
        for row in version.tables.get(HISTORY[0], [])
        if row["version"] == version.version
    ]
    made = {"version": version.version} if version.version else {}
    return {**version.package, **made, **({"created": f"{days[0]}T00:00:00Z"} if days else {})}


def table_definition(version: Snapshot, name: str) -> TableDefinition:
    said = version.descriptors[name]
    schema = {"$schema": STANDARD, **said["schema"]}
    return TableDefinition(name, said.get("title", name), said.get("description", ""), schema)


def arrow_table(version: Snapshot, name: str) -> pa.Table:
    """A table, each column in its field's type, rows in the order of their key."""
    table = table_definition(version, name)
    rows = version.tables[name]
    ordered = [rows[i] for i in in_key_order(rows, key_of(table.schema), table.fields)]
    return typed_table(text_table(ordered, table), table)
