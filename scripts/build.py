"""Builds the data package: records -> tables -> checks -> CSV, Parquet and datapackage.json.

    python scripts/build.py            the package in the current directory
    python scripts/build.py --root DIR another one with the same layout

Exit code 1 and one line a problem (path:line:column: code: ...) when the records are refused;
nothing is written then.
"""

import argparse
import csv
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from pledgeline.errors import InvalidRecords, Problem
from pledgeline.export.citation import citations
from pledgeline.records.declarations import read_declaration
from pledgeline.records.load import Records, read_layout, read_records
from pledgeline.records.rows import Row
from pledgeline.records.schemas import TableDefinition, read_schemas
from pledgeline.write.check import check_records
from pledgeline.write.descriptor import descriptor, write_descriptor
from pledgeline.write.destinations import blocked_destinations
from pledgeline.write.files import write_csv, write_parquet
from pledgeline.write.publish import Staging, Unfinished, staging
from pledgeline.write.views import view_table

VIEWS = ("timeline", "commitment_tracker")
RELEASES = "data/releases"  # a folder a version, made by release.py
FOLDERS = ("data/csv", "data/parquet")  # what a build publishes in them is all that may be there


def build(root: Path) -> tuple[dict, list[Problem]]:
    """Builds the package under `root`; returns its descriptor and the warnings.

    Raises InvalidRecords on any error.
    """
    made = make(root)
    with staging(root) as staged:
        content = made.write(staged)
        if blocked := blocked_destinations(root, staged.files(), FOLDERS):
            raise InvalidRecords(blocked)
        staged.publish(FOLDERS, last="datapackage.json")
    return content, made.warnings


@dataclass
class Made:
    """The package in memory: what is said of it, the schemas and rows of its tables, and what was
    noticed on the way.
    """

    about: dict
    schemas: list[TableDefinition]
    tables: dict[str, pa.Table]
    warnings: list[Problem]

    def write(self, target: Staging) -> dict:
        """Writes all files of the package, and what catalogues say of it; returns its descriptor."""
        for name, table in self.tables.items():
            write_csv(table, target.file(f"data/csv/{name}.csv"))
            write_parquet(table, target.file(f"data/parquet/{name}.parquet"))
        counts = {name: table.num_rows for name, table in self.tables.items()}
        content = descriptor(self.about, self.schemas, counts, target.folder / "data")
        for name, text in citations(content).items():
            target.file(name).write_text(text, "utf-8")
        write_descriptor(content, target.file("datapackage.json"))
        return content


def make(root: Path, declaration: Path | None = None, history: Iterable[Row] = ()) -> Made:
    """Makes the package of the records under `root`, checks and all; nothing is written. Raises
    InvalidRecords on any error.

    `declaration` is another file than data/package.yaml, and `history` are rows of `releases` and
    `changes` beside those of data/releases: the release step has both.
    """
    declaration = declaration or root / "data" / "package.yaml"
    about = read_declaration(declaration, root, required=("name", "title", "version", "licenses"))
    records = read_records(root, read_layout(root), read_schemas(root))
    records.rows["records"] += registered(records)
    for row in [*published(root), *history]:
        records.rows[row.table].append(row)
    tables, problems = check_records(records, root / "validate" / "rules")
    if any(problem.severity == "error" for problem in problems):
        raise InvalidRecords(problems)
    for name in VIEWS:
        sql = (root / "scripts" / "views" / f"{name}.sql").read_text("utf-8")
        try:
            tables[name] = view_table(sql, tables, records.tables[name])
        except ValueError as error:
            where, columns = (
                f"scripts/views/{name}.sql",
                f"the columns of validate/schemas/{name}.yaml",
            )
            raise InvalidRecords(
                [Problem(where, 1, 1, "broken-view", str(error), columns, "correct the SELECT")]
            ) from error
    about["temporal"] = temporal_coverage(tables["events"])
    return Made(about, list(records.tables.values()), tables, sorted(problems))


def published(root: Path) -> Iterator[Row]:
    """The rows of `releases` and `changes` of all versions so far, which the release step has
    written to data/releases.
    """
    for path in sorted((root / RELEASES).glob("*/*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for number, cells in enumerate(csv.DictReader(file), 2):
                filled = {name: cell for name, cell in cells.items() if cell}
                yield Row(path.stem, path.relative_to(root).as_posix(), number, 1, filled)


def registered(records: Records) -> list[Row]:
    """A row of the table `records` for every live id, at the place where the id is written."""
    return [
        Row(
            "records",
            row.path,
            *row.place("id"),
            {"id": row.cells["id"], "table": name, "status": "live"},
            {"id": row.place("id")},
        )
        for name, rows in records.rows.items()
        for row in rows
        if name != "records" and "id" in row.cells
    ]


def temporal_coverage(events: pa.Table) -> dict[str, str]:
    """The first and the last day that an event which occurred covers, for the descriptor."""
    occurred = events.filter(pc.equal(pc.cast(events["status"], pa.string()), "occurred"))
    bounds = {
        "start": pc.min(occurred["date_start"]).as_py(),
        "end": pc.max(occurred["date_end"]).as_py(),
    }
    return {name: day.isoformat() for name, day in bounds.items() if day}


def summary(content: dict, seconds: float) -> str:
    """The build in a few lines: tables, rows, sizes, seconds, where to look."""
    csv = [r for r in content["resources"] if r["format"] == "csv"]
    lines = [f"{content['name']} {content['version']}", ""]
    lines += [f"  {r['name']:<20}{r['rows']:>7,} rows{r['bytes']:>11,} bytes" for r in csv]
    lines += ["", f"  {len(csv)} tables, {sum(r['rows'] for r in csv):,} rows, {seconds:.1f} s"]
    lines += [
        "",
        "Start with data/csv/timeline.csv and data/csv/commitment_tracker.csv; datapackage.json describes every table.",
    ]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--root",
        type=Path,
        default=Path("."),
        metavar="DIR",
        help="the package to build (default: here)",
    )
    root = parser.parse_args().root
    start = time.perf_counter()
    try:
        content, warnings = build(root)
    except InvalidRecords as refused:
        print(*refused.problems, sep="\n", file=sys.stderr)
        print(f"\n{refused}: nothing was written, the package is as it was.", file=sys.stderr)
        return 1
    except Unfinished as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    except OSError as error:
        where = error.filename or root
        print(
            f"{where}: could not be read or written ({error.strerror}); the package is as it was.",
            file=sys.stderr,
        )
        return 1
    print(*warnings, sep="\n", end="\n\n" if warnings else "", file=sys.stderr)
    print(summary(content, time.perf_counter() - start))
    return 0


if __name__ == "__main__":
    sys.exit(main())
