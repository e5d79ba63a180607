"""All the records of a package, read once: rows by table, and every problem found on the way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pledgeline.declarations import read_declaration
from pledgeline.edtf import days
from pledgeline.problems import Problem, RecordsRefused, quoted, shown
from pledgeline.records.rows import Reader, Row
from pledgeline.records.text import read_text
from pledgeline.records.tree import Node, parse
from pledgeline.schema import CodeLists, Table, all_fields, expand

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
    nested = [inside for part in layout.values() for inside in part.get("nested", {}).values()]
    return layout.keys() | {inside["table"] for inside in nested} | set().union(*(nested_tables(inside) for inside in nested))


def nested_tables(inside: dict) -> set[str]:
    deeper = inside.get("nested", {}).values()
    return {part["table"] for part in deeper}.union(*(nested_tables(part) for part in deeper))


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


def code_lists(rows: list[Row], written: dict[str, dict], unreadable: set[str]) -> tuple[CodeLists, list[Problem]]:
    """The code lists by name, and the lists that a schema names but no file holds (empty, so that reading can go on)."""
    lists: CodeLists = {"date_precision": {}}
    problems = []
    numbered = {
        f["codes"] for schema in written.values() for f in all_fields(schema) if "codes" in f and f["type"] == "integer"
    }
    for row in rows:
        name, code = row.cells["list"], row.cells.get("code", "")
        if name in numbered and not (code.isascii() and code.isdigit()):
            found = f"the code {quoted(code)} of the list {name} is no number"
            problems.append(
                Problem(row.path, *row.place("code"), "wrong-type", found, "a number, as its fields are integers", "correct it")
            )
        else:
            lists.setdefault(name, {})[code] = row.cells.get("label", "")
    for table, schema in written.items():
        for column in all_fields(schema):
            name = column.get("codes")
            if name and not lists.setdefault(name, {}) and name not in unreadable:
                found = f"{table}.{column['name']} takes its codes from the list {quoted(name)}"
                where = f"validate/schemas/{table}.yaml"
                problems.append(
                    Problem(where, 1, 1, "unknown-code-list", found, f"data/records/codes/{name}.yaml", "write that file")
                )
    return lists, problems


def add_days(row: Row, table: Table) -> Iterator[Problem]:
    """Fills the three columns after each EDTF date of `row`; yields what is wrong with a date."""
    for name in table.dates:
        text = row.cells.get(name)
        if text is None:
            continue
        line, column = row.place(name)
        try:
            covered = days(text)
        except ValueError:
            found = f"{row.table}.{name} is {quoted(text)}, which no calendar has or EDTF level 1 does not know"
            expected = "a date such as 2022-02-22, 2021-06, 2021-22 (summer), 2019, 2020-11-09/2020-11-10, 2022-02-21~"
            yield Problem(row.path, line, column, "impossible-date", found, expected, "see CONTRIBUTING.md on dates")
            continue
        if covered.reversed:
            found = f"{row.table}.{name} is {quoted(text)}, which ends before it starts"
            yield Problem(row.path, line, column, "reversed-date", found, "the earlier day first", "swap the two ends")
            continue
        bounds = {"start": covered.start and covered.start.isoformat(), "end": covered.end and covered.end.isoformat()}
        for bound, value in {**bounds, "precision": covered.precision}.items():
            if value:
                row.cells[f"{name}_{bound}"] = value
                row.places[f"{name}_{bound}"] = (line, column)
