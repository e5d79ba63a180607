"""From a row of a built table back to the hand-written record that it was built from."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pledgeline.errors import InvalidRecords
from pledgeline.report import Task

FOLDERS = ("validate", "data/records")
FILES, BYTES = 5_000, 50 << 20  # in them; ours have some 150 files and 4 MB
LAYOUT = Path("validate/records.yaml")  # a package that has it is built from records


def place_in_records(tasks: Iterable[Task], root: Path) -> None:
    """Gives every listed error of a row the place of its record, found by the row's primary key.

    Does nothing in a package that is not built from records, or whose records cannot be read.
    """
    broken = [task for task in tasks if task.keys]
    if not broken or not (root / LAYOUT).is_file() or not is_bounded(root):
        return
    from pledgeline.records.load import read_records
    from pledgeline.records.schemas import PARQUET_SUFFIX

    try:
        records = read_records(root)
    except (InvalidRecords, OSError, LookupError, TypeError, ValueError, RecursionError):
        # a stranger's folders may hold anything; the errors are reported without their records
        return
    for task in broken:
        name = task.name.removesuffix(PARQUET_SUFFIX)
        if name not in records.tables:
            continue
        key = records.tables[name].key
        by_key = {tuple(row.cells.get(part) for part in key): row for row in records.rows[name]}
        rows = {number: by_key.get(values) for number, values in task.keys.items()}
        task.errors = [
            replace(error, record=f"{row.path}:{row.place(error.field_name)[0]}")
            if error.row_number is not None and (row := rows.get(error.row_number))
            else error
            for error in task.errors
        ]


def is_bounded(root: Path) -> bool:
    """Whether the folders of records are such as people write: regular files, not too many."""
    size = files = 0
    for folder in FOLDERS:
        for path in (root / folder).rglob("*"):
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                return False
            files += 1
            size += path.stat().st_size
            if files > FILES or size > BYTES:
                return False
    return True
