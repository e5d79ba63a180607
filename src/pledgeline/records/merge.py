"""Merging two ids of one thing.

References to the old id become references to the new one, and the registry records what became of
the old one.
"""

from collections.abc import Iterable
from pathlib import Path

import yaml

from pledgeline.errors import InvalidRecords, Problem, UnknownRecord
from pledgeline.records.files import FOLDER
from pledgeline.records.layout import registry_of
from pledgeline.records.load import Records, read_records
from pledgeline.records.new_record import end_of
from pledgeline.records.registry import register_ids, retired_help
from pledgeline.records.rows import Row
from pledgeline.records.schemas import TableDefinition
from pledgeline.text import counted, suggestion

Entries = Iterable[dict[str, str]]


def merge_ids(root: Path, old: str, new: str, reason: str) -> list[str]:
    """Merges the record `old` into `new`, of the same table; returns what was done, a line each.

    The record of `old` is removed with the rows nested in it; every other reference to it is
    changed. Raises UnknownRecord for ids that do not exist or are not of one table, or where the
    data set has no registry of ids, and InvalidRecords where records cannot be read.
    """
    records = read_records(root)
    register_ids(records)
    if wrong := [problem for problem in records.problems if problem.severity == "error"]:
        raise InvalidRecords(wrong)
    registry = registry_of(records.layouts)
    if registry is None:
        raise UnknownRecord(
            "this data set has no registry of ids: mark a table with `registry: true` in the layout"
        )
    gone, kept = record_of(records, old, registry), record_of(records, new, registry)
    if gone.table != kept.table or old == new:
        raise UnknownRecord(f"{old} is of {gone.table}, {new} of {kept.table}; both must be of one")
    lines = {path: (root / path).read_text("utf-8").splitlines() for path in paths_of(records)}
    last = last_line(lines[gone.path], gone)
    moved = [
        place
        for place in references(records, gone.table, registry, old)
        if not (place[0] == gone.path and gone.line <= place[1] <= last)
    ]
    for path, line, column in sorted(moved, reverse=True):  # each leaves the places before it
        lines[path][line - 1] = replaced(lines[path][line - 1], column - 1, old, new, path, line)
    del lines[gone.path][gone.line - 1 : last]
    for path in {gone.path, *(path for path, *_ in moved)}:
        text = "\n".join(lines[path])
        (root / path).write_text(text + "\n" if text.strip() else "", "utf-8")
    if not "".join(lines[gone.path]).strip():
        (root / gone.path).unlink()
    done = [f"{path}:{line}: refers to {new} now" for path, line, _ in moved if path != gone.path]
    near = counted(len(moved) - len(done), "reference") if len(done) < len(moved) else ""
    done += [f"{gone.path}: {near} moved to {new}"] if near else []
    done.append(
        f"{gone.path}:{gone.line}: {old} is taken out, {counted(last - gone.line + 1, 'line')}"
    )
    file = f"{FOLDER}/{records.layouts[registry].files}"
    retired = list(entries(records, registry, gone, last, new, reason))
    retire(root / file, retired)
    done.append(f"{file}: says that {old} was merged into {new}")
    return done + [f"{file}: says that {each['id']} was withdrawn with it" for each in retired[1:]]


def record_of(records: Records, id: str, registry: str) -> Row:
    """The row of a live id. Raises UnknownRecord where there is none."""
    rows = [
        row
        for name, rows in records.rows.items()
        for row in rows
        if name != registry and row.cells.get("id") == id
    ]
    if not rows:
        known = [
            row.cells["id"] for rows in records.rows.values() for row in rows if "id" in row.cells
        ]
        why = retired_help(records, id) or suggestion(id, known) or "see the tables"
        raise UnknownRecord(f"{id}: no record has this id; {why}")
    return rows[0]


def paths_of(records: Records) -> set[str]:
    return {row.path for rows in records.rows.values() for row in rows}


def references(records: Records, table: str, registry: str, id: str) -> list[tuple[str, int, int]]:
    """The places of all written references to a record, to its table or to the registry."""
    return [
        (row.path, *row.places[column])
        for name, rows in records.rows.items()
        for column in sorted(referring(records.tables[name], {table, registry}))
        for row in rows
        if row.cells.get(column) == id and column in row.places
    ]


def referring(table: TableDefinition, targets: set[str]) -> set[str]:
    """The columns of `table` that refer to the id of one of `targets`."""
    return {
        column
        for key in table.schema.get("foreignKeys", [])
        if (key["reference"]["resource"] or table.name) in targets
        for column, target in zip(key["fields"], key["reference"]["fields"], strict=True)
        if target == "id"
    }


def last_line(lines: list[str], row: Row) -> int:
    """The last line of a record: all of a file that is one record."""
    begin = lines[row.line - 1]
    if not begin.lstrip().startswith("- "):
        return len(lines)
    return end_of(lines, row.line, len(begin) - len(begin.lstrip()))


def replaced(line: str, at: int, old: str, new: str, path: str, number: int) -> str:
    """`line` with `new` in place of the `old` that begins at `at`, or behind a quotation mark."""
    begin = at + (line[at : at + 1] in ("'", '"'))
    if not line.startswith(old, begin):
        found, fix = f"{old} is not written as it is read", "run `pledgeline fmt` and merge again"
        raise InvalidRecords(
            [Problem(path, number, at + 1, "wrong-shape", found, "a plain text", fix)]
        )
    return line[:begin] + new + line[begin + len(old) :]


def entries(
    records: Records, registry: str, gone: Row, last: int, new: str, reason: str
) -> Entries:
    """What the registry is to say of the old id, and of the ids in its record, which go with it."""
    yield {
        "id": gone.cells["id"],
        "table": gone.table,
        "status": "merged",
        "replaced_by": new,
        "reason": reason,
    }
    for name, rows in records.rows.items():
        for row in rows:
            nested = row.path == gone.path and gone.line <= row.line <= last and row is not gone
            if nested and name != registry and "id" in row.cells:
                yield {
                    "id": row.cells["id"],
                    "table": name,
                    "status": "withdrawn",
                    "reason": reason,
                }


def retire(path: Path, retired: Entries) -> None:
    """Adds entries to the file of the registry."""
    text = path.read_text("utf-8") if path.exists() else ""
    written = yaml.safe_dump([*retired], sort_keys=False, allow_unicode=True, width=10**6)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{text.rstrip()}\n{written}" if text.strip() else written, "utf-8")
