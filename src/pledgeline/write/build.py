"""Builds the data package: records -> tables -> checks -> CSV, Parquet and datapackage.json."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pledgeline.errors import InvalidRecords, Problem
from pledgeline.export.citation import citations
from pledgeline.export.dictionary import dictionary
from pledgeline.records.editor import FOLDER as EDITOR
from pledgeline.records.editor import editor_schemas
from pledgeline.records.history import history_rows
from pledgeline.records.load import Records, read_records
from pledgeline.records.package import (
    PACKAGE,
    PackageDeclaration,
    Temporal,
    check_package,
    read_package,
)
from pledgeline.records.registry import register_ids
from pledgeline.records.rows import Row
from pledgeline.write.check import check_records
from pledgeline.write.descriptor import descriptor, write_descriptor
from pledgeline.write.destinations import blocked_destinations
from pledgeline.write.files import write_csv, write_parquet
from pledgeline.write.publish import Staging, staging
from pledgeline.write.views import add_views

# what a build publishes in them is all that may be there
FOLDERS = ("data/csv", "data/parquet", EDITOR)
RULES = "validate/rules"


@dataclass
class Build:
    """A package in memory: its metadata, records, tables, and the warnings of the build."""

    package: PackageDeclaration
    about: dict[str, Any]
    records: Records
    tables: dict[str, pa.Table]
    warnings: list[Problem]

    def write(self, target: Staging) -> dict[str, Any]:
        """Writes all files of the package and its catalogue entries; returns its descriptor."""
        for name, table in self.tables.items():
            write_csv(table, target.file(f"data/csv/{name}.csv"))
            write_parquet(table, target.file(f"data/parquet/{name}.parquet"))
        counts = {name: table.num_rows for name, table in self.tables.items()}
        content = descriptor(
            self.about, list(self.records.tables.values()), counts, target.folder / "data"
        )
        for name, text in citations(content).items():
            target.file(name).write_text(text, "utf-8")
        if page := self.package.exports.dictionary:
            target.file(page).write_text(dictionary(content, self.tables), "utf-8")
        for name, schema in editor_schemas(self.records):
            path = target.file(f"{EDITOR}/{name}")
            path.write_text(json.dumps(schema, indent=1, ensure_ascii=False) + "\n", "utf-8")
        write_descriptor(content, target.file("datapackage.json"))
        return content


def build(root: Path) -> tuple[dict[str, Any], list[Problem]]:
    """Builds the data set under `root` in place; returns its descriptor and the warnings.

    Raises InvalidRecords on any error, and OSError; nothing was changed then.
    """
    with staging(root) as staged:  # read within the lock: a release before may have changed them
        made = make(root)
        content = made.write(staged)
        if blocked := blocked_destinations(root, staged.files(), FOLDERS):
            raise InvalidRecords(blocked)
        staged.publish(FOLDERS, last="datapackage.json")
    return content, made.warnings


def make(root: Path, declaration: Path | None = None, history: Iterable[Row] = ()) -> Build:
    """Builds the package of the records under `root` with all checks, writing nothing.

    Raises InvalidRecords on any error. `declaration` is another file than data/package.yaml, and
    `history` are rows of `releases` and `changes` beside those of data/releases: the release step
    has both.
    """
    package, records = read_inputs(root, declaration)
    register_ids(records)
    for row in [*history_rows(root), *history]:
        if row.table in records.rows:
            records.rows[row.table].append(row)
    rules = root / RULES
    tables, problems = check_records(records, rules if any(rules.glob("*.sql")) else None)
    if any(problem.severity == "error" for problem in problems):
        raise InvalidRecords(problems)
    add_views(root, tables, records.tables)
    about = package.about
    if package.temporal:
        about = {**about, "temporal": temporal_coverage(tables, package.temporal)}
    return Build(package, about, records, tables, sorted(problems))


def read_inputs(root: Path, declaration: Path | None) -> tuple[PackageDeclaration, Records]:
    """What the package is made of. Raises InvalidRecords with what is wrong in either."""
    problems: list[Problem] = []
    package = records = None
    try:
        package = read_package(declaration or root / PACKAGE, root)
    except InvalidRecords as refused:
        problems += refused.problems
    try:
        records = read_records(root)
        if package:
            check_package(package, records.tables)
    except InvalidRecords as refused:
        problems += refused.problems
    if not package or not records or problems:
        raise InvalidRecords(problems)
    return package, records


def temporal_coverage(tables: dict[str, pa.Table], declared: Temporal) -> dict[str, str]:
    """The first and the last day that the rows which `declared` means cover."""
    rows = tables[declared.table]
    for column, value in declared.where.items():
        rows = rows.filter(pc.equal(pc.cast(rows[column], pa.string()), value))
    bounds = {
        "start": pc.min(rows[declared.start]).as_py(),
        "end": pc.max(rows[declared.end]).as_py(),
    }
    return {name: day.isoformat() for name, day in bounds.items() if day}
