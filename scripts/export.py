"""Writes the built package in the forms of other tools: SQLite with Datasette's metadata, Excel,
iCalendar and Atom.

    python scripts/export.py            into exports/ of the current directory
    python scripts/export.py --root DIR another package with the same layout

It reads datapackage.json and data/parquet as `make build` made them. The same package gives the
same bytes. All files are written in a folder of their own and then put in place, so that whatever
interrupts it leaves whole files. Exit code 1 and one line when the package cannot be read or a file
cannot be written.
"""

import argparse
import datetime
import fcntl
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from calendar_file import write_calendar
from database import datasette, write_sqlite
from feed import write_feed
from workbook import write_workbook

EXPORTS = "exports"
SAID = {
    "name",
    "title",
    "version",
    "description",
    "licenses",
}  # of the package, and shown in every file
TABLES = {
    "timeline",
    "citations",
    "sources",
    "releases",
    "changes",
}  # what the calendar and the feed are made of
WHOLE = "what stands in exports/ is whole, if perhaps of an earlier build"
# the moment of a package that has none yet: no clock, so that bytes stay the same
UNDATED = "1980-01-01T00:00:00Z"


class Unreadable(Exception):
    """The package is not there, or is not as the build made it."""


def read(root: Path) -> tuple[dict, dict[str, pa.Table]]:
    """The descriptor and the tables of the package under `root`. Raises Unreadable."""
    path = root / "datapackage.json"
    try:
        content = json.loads(path.read_text("utf-8"))
        files = {
            Path(resource["path"]).stem: resource
            for resource in content["resources"]
            if resource["format"] == "parquet"
        }
        tables = {
            name: table_of(root / resource["path"], resource["hash"])
            for name, resource in files.items()
        }
    except OSError as error:
        raise Unreadable(
            f"{error.filename}: could not be read ({error.strerror}); run `make build`"
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(
            f"{path}: does not describe a package as the build does ({error!r}); run `make build`"
        ) from error
    if missing := (SAID - set(content)) | (TABLES - set(tables)):
        raise Unreadable(f"{path}: has no {', '.join(sorted(missing))}; run `make build`")
    return content, tables


def table_of(path: Path, expected: str) -> pa.Table:
    """The table in a Parquet file, which must be the one that is described: another is of another
    build.
    """
    data = path.read_bytes()
    if "sha256:" + hashlib.sha256(data).hexdigest() != expected:
        raise Unreadable(
            f"{path}: is not the file that datapackage.json describes; run `make build`"
        )
    return pq.read_table(pa.BufferReader(data))


def export(root: Path) -> Iterator[str]:
    """Writes all files; yields a line a file.

    Raises Unreadable, OSError, and ValueError for rows that do not fit.
    """
    content, tables = read(root)
    moment = datetime.datetime.fromisoformat(content.get("created", UNDATED))
    told = {}
    with unfinished(root / EXPORTS) as folder:
        for name, write in writers(content, tables, moment).items():
            told[name] = write(folder / name)
        for name in told:
            os.replace(folder / name, root / EXPORTS / name)
    for name, what in told.items():
        path = root / EXPORTS / name
        yield f"{EXPORTS}/{name:<40}{path.stat().st_size:>10,} bytes  {what}"


def writers(
    content: dict, tables: dict[str, pa.Table], moment: datetime.datetime
) -> dict[str, Callable[[Path], str]]:
    """What writes each file, and returns in words what is in it."""

    def sqlite(path: Path) -> str:
        schemas = {
            table["name"]: table["schema"]
            for table in content["resources"]
            if table["format"] == "csv"
        }
        write_sqlite(tables, schemas, path)
        return f"{len(tables)} tables"

    def metadata(path: Path) -> str:
        path.write_text(
            json.dumps(datasette(content), indent=2, ensure_ascii=False) + "\n", "utf-8"
        )
        return f"datasette {EXPORTS}/{content['name']}.sqlite --metadata {EXPORTS}/datasette.json"

    return {
        f"{content['name']}.sqlite": sqlite,
        "datasette.json": metadata,
        f"{content['name']}.xlsx": lambda path: write_workbook(content, tables, moment, path),
        "timeline.ics": lambda path: write_calendar(content, tables, moment, path),
        "additions.atom": lambda path: write_feed(content, tables, moment, path),
    }


@contextmanager
def unfinished(exports: Path) -> Iterator[Path]:
    """An empty folder in `exports` for files that are not finished; one export at a time, others
    wait.
    """
    exports.mkdir(exist_ok=True)
    with (exports / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = exports / ".unfinished"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--root",
        type=Path,
        default=Path("."),
        metavar="DIR",
        help="the built package (default: here)",
    )
    root = parser.parse_args().root
    try:
        print(*export(root), sep="\n")
    except (Unreadable, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        where = error.filename2 or error.filename or root / EXPORTS
        print(
            f"{where}: could not be written ({error.strerror}); make room for it and run this again: {WHOLE}",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
