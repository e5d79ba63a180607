"""Merging two ids of one thing.

References to the old id become references to the new one, and the registry records what became of
the old one.
"""

import json
from pathlib import Path

import yaml

from pledgeline.errors import InvalidRecords, Problem, UnknownRecord
from pledgeline.records.files import FOLDER
from pledgeline.records.layout import registry_of
from pledgeline.records.load import Records, read_records
from pledgeline.records.new_record import end_of
from pledgeline.records.rows import Row
from pledgeline.records.schemas import TableDefinition
from pledgeline.text import counted, suggestion

REASONS = "data/reasons.yaml"


def merge_ids(root: Path, old: str, new: str, reason: str) -> list[str]:
    """Merges the record `old` into `new`, of the same table; returns what was done, a line each.

    The record of `old` is removed with the rows nested in it; every other reference to it is
    changed. Raises UnknownRecord for ids that do not exist or are not of one table, or where the
    data set has no registry of ids, and InvalidRecords where records cannot be read.
    """
    records = read_records(root)
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
    done.append(retire(root, records.layouts[registry].files, gone, new, reason))
    done.append(explain(root, old, reason))
    return done


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
        raise UnknownRecord(
            f"{id}: no record has this id; {suggestion(id, known) or 'is it retired?'}"
        )
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


def retire(root: Path, file: str, gone: Row, new: str, reason: str) -> str:
    """Adds the entry of the registry; returns what was done."""
    path = root / FOLDER / file
    entry = {
        "id": gone.cells["id"],
        "table": gone.table,
        "status": "merged",
        "replaced_by": new,
        "reason": reason,
    }
    text = path.read_text("utf-8") if path.exists() else ""
    written = yaml.safe_dump([entry], sort_keys=False, allow_unicode=True, width=10**6)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{text.rstrip()}\n{written}" if text.strip() else written, "utf-8")
    return f"{FOLDER}/{file}: says that {gone.cells['id']} was merged into {new}"


def explain(root: Path, old: str, reason: str) -> str:
    """Adds the reason of the rows that go with the record, which the next release asks for."""
    path = root / REASONS
    text = path.read_text("utf-8") if path.exists() else "reasons: []\n"
    entry = f"  - {{record: {json.dumps(old)}, reason: {json.dumps(reason, ensure_ascii=False)}}}\n"
    text = text.replace("reasons: []", "reasons:")
    path.write_text(f"{text.rstrip()}\n{entry}", "utf-8")
    return f"{REASONS}: has the reason for the next release"
