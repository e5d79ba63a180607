"""All the records of a package, read once: rows by table, and every problem found on the way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pledgeline.declarations import read_declaration
from pledgeline.problems import Problem, RecordsRefused, shown
from pledgeline.records.codes import code_lists
from pledgeline.records.dates import add_days
from pledgeline.records.rows import Reader, Row
from pledgeline.records.text import read_text
from pledgeline.records.tree import Node, parse
from pledgeline.schema import Table, expand

ID_LINE = re.compile(r"\bid:\s*[\"']?([\w-]+)")


@dataclass
class Records:
    """What the record files hold. `unsure_ids` are not to be called unknown: their file or record could not be read."""

    tables: dict[str, Table]
    rows: dict[str, list[Row]]
    problems: list[Problem] = field(default_factory=list)
    unsure_ids: set[str] = field(default_factory=set)


def read_layout(root: Path) -> dict[str, dict]:
    """The layout in validate/records.yaml; keys that start with a dot only hold shared parts."""
    written = read_declaration(root / "validate" / "records.yaml", root)
    return {table: layout for table, layout in written.items() if not table.startswith(".")}


def read_records(root: Path, layout: dict[str, dict], written: dict[str, dict]) -> Records:
    """Reads data/records under `root`. `written` are the schemas as written; the code lists among the records complete them."""
    if unknown := sorted(tables_of(layout) - written.keys()):
        found = f"the layout names {', '.join(unknown)}"
        where = "validate/records.yaml"
        raise RecordsRefused([Problem(where, 1, 1, "unknown-table", found, "tables of validate/schemas", "correct the name")])
    trees, problems, unsure = read_trees(root, layout)
    codes_only = {"codes": expand("codes", written["codes"], {})} if "codes" in written else {}
    code_rows = [row for tree in trees if tree.table == "codes" for row in tree.rows(codes_only, [], set())]
    lists, missing = code_lists(code_rows, written, unsure)
    tables = {name: expand(name, schema, lists) for name, schema in written.items()}

    rows: dict[str, list[Row]] = {name: [] for name in tables}
    for tree in trees:
        for row in tree.rows(tables, problems, unsure):
            rows[row.table].append(row)
            problems += add_days(row, tables[row.table])
    return Records(tables, rows, problems + missing, unsure)


def tables_of(layout: dict[str, dict]) -> set[str]:
    """Every table that the layout names, at any depth."""
    found = set(layout)
    for inside in layout.values():
        found |= tables_of({child["table"]: child for child in inside.get("nested", {}).values()})
    return found


@dataclass(frozen=True)
class FileTree:
    """One parsed record file and how the layout says to read it."""

    table: str
    layout: dict
    path: str
    stem: str
    node: Node

    def rows(self, tables: dict[str, Table], problems: list[Problem], unsure: set[str]) -> Iterator[Row]:
        return Reader(tables, self.path, problems, unsure).file(self.table, self.layout, self.node, self.stem)


def read_trees(root: Path, layout: dict[str, dict]) -> tuple[list[FileTree], list[Problem], set[str]]:
    """Every record file parsed, the problems met, and the ids in files that could not be parsed."""
    folder = root / "data" / "records"
    trees, problems, unreadable, used = [], [], set(), set()
    for table, inside in layout.items():
        for path in sorted(folder.glob(inside["files"])):
            used.add(path)
            text, found = read_text(path, root)
            node, more = parse(text, shown(path, root)) if text else (None, [])
            if any(problem.code == "tab" for problem in found):
                more = [problem for problem in more if problem.code != "yaml-syntax"]  # the tab is its cause
            problems += found + more
            if node is None:
                unreadable |= {*ID_LINE.findall(text), path.stem}
            else:
                trees.append(FileTree(table, inside, shown(path, root), path.stem, node))
    patterns = ", ".join(inside["files"] for inside in layout.values())
    for path in sorted(set(folder.rglob("*")) - used):
        if path.is_file():
            found = "no table reads this file"
            problems.append(Problem(shown(path, root), 1, 1, "unused-file", found, patterns, "rename or move it"))
    return trees, problems, unreadable
