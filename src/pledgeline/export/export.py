"""A built package in the forms of other tools, as data/package.yaml declares them.

These are SQLite with Datasette's metadata, Excel, iCalendar and Atom. The same package gives the
same bytes. All files are written in a folder of their own and then put in place, so that whatever
interrupts it leaves whole files.
"""

import datetime
import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from pledgeline.errors import UnreadablePackage
from pledgeline.export.built import read_built
from pledgeline.export.common import tables_of
from pledgeline.export.datasette import datasette
from pledgeline.export.sqlite import write_sqlite
from pledgeline.records.package import PACKAGE, Exports, read_package

EXPORTS = "exports"
# the moment of a package that has none yet: no clock, so that bytes stay the same
UNDATED = "1980-01-01T00:00:00Z"


def export(root: Path) -> Iterator[str]:
    """Writes all files into the folder `exports` under `root`; yields a line a file.

    Raises UnreadablePackage, InvalidRecords for a declaration that cannot be used, MissingExtra,
    OSError, and ValueError for rows that do not fit.
    """
    content, tables = read_built(root)
    exports = read_package(root / PACKAGE, root).exports
    if missing := sorted(named_tables(exports) - tables.keys()):
        why = f"{root / 'datapackage.json'}: has no {', '.join(missing)}"
        raise UnreadablePackage(f"{why}; run `pledgeline build`")
    written = {}
    with unfinished(root / EXPORTS) as folder:
        for name, write in writers(content, tables, exports).items():
            written[name] = write(folder / name)
        for name in written:
            os.replace(folder / name, root / EXPORTS / name)
    for name, what in written.items():
        path = root / EXPORTS / name
        yield f"{EXPORTS}/{name:<40}{path.stat().st_size:>10,} bytes  {what}"


def named_tables(exports: Exports) -> set[str]:
    """The tables that the exports are made of, beyond those that all tables are in."""
    found = set(exports.feed) | ({"releases", "changes"} if exports.feed else set())
    if exports.calendar:
        found |= {exports.calendar.table}
    if exports.sources:
        found |= {exports.sources.citations, exports.sources.table}
    return found


def writers(
    content: dict[str, Any], tables: Mapping[str, pa.Table], exports: Exports
) -> dict[str, Callable[[Path], str]]:
    """What writes each file, and returns in words what is in it.

    Libraries that not everybody has are imported here, before the first file is begun.
    """
    from pledgeline.export.workbook import write_workbook

    moment = datetime.datetime.fromisoformat(content.get("created", UNDATED))

    def sqlite(path: Path) -> str:
        schemas = {table["name"]: table["schema"] for table in tables_of(content)}
        write_sqlite(tables, schemas, path)
        return f"{len(tables)} tables"

    def metadata(path: Path) -> str:
        text = json.dumps(datasette(content), indent=2, ensure_ascii=False)
        path.write_text(text + "\n", "utf-8")
        return f"datasette {EXPORTS}/{content['name']}.sqlite --metadata {EXPORTS}/datasette.json"

    made: dict[str, Callable[[Path], str]] = {
        f"{content['name']}.sqlite": sqlite,
        "datasette.json": metadata,
        f"{content['name']}.xlsx": lambda path: write_workbook(content, tables, moment, path),
    }
    if (calendar := exports.calendar) is not None:
        from pledgeline.export.calendar import write_calendar

        made[f"{calendar.table}.ics"] = lambda path: write_calendar(
            content, tables, calendar, exports.sources, moment, path
        )
    if exports.feed:
        from pledgeline.export.feed import write_feed

        made["additions.atom"] = lambda path: write_feed(
            content, tables, exports.feed, moment, path
        )
    return made


@contextmanager
def unfinished(exports: Path) -> Iterator[Path]:
    """An empty folder in `exports` for unfinished files; one export at a time, others wait."""
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
