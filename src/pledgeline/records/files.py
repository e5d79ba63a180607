"""The record files of a package: found and parsed, with those missing or unreadable."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from pledgeline.errors import InvalidRecords, Problem
from pledgeline.records.layout import Layout, Layouts, registry_of, tables_of
from pledgeline.records.rows import Reader, Row
from pledgeline.records.schemas import TableDefinition
from pledgeline.records.text import read_text
from pledgeline.records.tree import Node, Sequence, parse
from pledgeline.text import relative_path

FOLDER = "data/records"
NOTHING = {"empty-file", "missing-folder"}  # the codes of a table without a record
ID_LINE = re.compile(r"\bid:\s*[\"']?([\w-]+)")


@dataclass
class Unsure:
    """What is not to be called unknown, as a file or record that may hold it could not be read."""

    names: set[str] = field(default_factory=set)  # ids and code lists
    tables: set[str] = field(default_factory=set)  # tables of which a whole file is not known


@dataclass(frozen=True)
class FileTree:
    """One parsed record file and how the layout says to read it."""

    layout: Layout
    path: str
    stem: str
    node: Node

    def rows(
        self, tables: dict[str, TableDefinition], problems: list[Problem], stand_ins: set[str]
    ) -> Iterator[Row]:
        return Reader(tables, self.path, problems, stand_ins).file(
            self.layout, self.node, self.stem
        )


@dataclass
class Files:
    """The record files of a data set, and the problems met in finding and parsing them.

    It has what may be in files that could not be parsed, and `empty` the problems of each table
    whose files hold no record at all.
    """

    trees: list[FileTree] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unsure: Unsure = field(default_factory=Unsure)
    empty: dict[str, list[Problem]] = field(default_factory=dict)


def read_files(root: Path, layouts: Layouts) -> Files:
    """Every record file of the data set under `root`.

    Raises InvalidRecords when the folder of records is missing.
    """
    folder = root / FOLDER
    if not folder.is_dir():
        raise InvalidRecords(
            [missing(FOLDER, "there is no such folder", "the folder of all records")]
        )
    files, used = Files(), set()
    registry = {name for name in (registry_of(layouts),) if name}
    for layout in layouts.values():
        paths = sorted(folder.glob(layout.files))
        used.update(paths)
        found = [no_file(folder, layout.files)] if not paths and "*" in layout.files else []
        doubtful = bool(found)
        trees = []
        for path in paths:
            text, problems, node = parsed(path, root)
            found += problems
            if node is not None:
                trees.append(FileTree(layout, relative_path(path, root), path.stem, node))
                continue
            files.unsure.names |= {*ID_LINE.findall(text), path.stem}
            doubtful |= not ID_LINE.search(text) and not layout.stem
        if doubtful:
            files.unsure.tables |= tables_of({layout.table: layout}) | registry
        files.trees += trees
        if found and not trees and all(problem.code in NOTHING for problem in found):
            files.empty[layout.table] = found
        else:
            files.problems += found
    files.problems += unused(root, layouts, used)
    return files


def parsed(path: Path, root: Path) -> tuple[str, list[Problem], Node | None]:
    """The text of a file, what is wrong with it, and its tree; None for a file without a record."""
    text, problems = read_text(path, root)
    node, more = parse(text, relative_path(path, root)) if text else (None, [])
    if any(problem.code == "tab" for problem in problems):  # it is the cause
        more = [each for each in more if each.code not in ("yaml-syntax", "missing-dash")]
    if isinstance(node, Sequence) and not node.items:
        node, more = None, [replace(problem, code="empty-file") for problem in more]
    return text, [*problems, *more], node


def unused(root: Path, layouts: Layouts, used: set[Path]) -> Iterator[Problem]:
    """A problem for every file in the folder of records that no table reads."""
    patterns = ", ".join(layout.files for layout in layouts.values())
    for path in sorted(set((root / FOLDER).rglob("*")) - used):
        if path.is_file():
            yield Problem(
                relative_path(path, root),
                1,
                1,
                "unused-file",
                "no table reads this file",
                patterns,
                "rename or move it",
            )


def no_file(folder: Path, pattern: str) -> Problem:
    """The problem of a layout pattern that matches no file: the folder is missing or empty."""
    inner, _, name = pattern.rpartition("/")
    there = (folder / inner).is_dir()
    found = f"the folder holds no {name}" if there else "there is no such folder"
    return missing(f"{FOLDER}/{inner}", found, f"{FOLDER}/{pattern}, as validate/records.yaml says")


def missing(path: str, found: str, expected: str) -> Problem:
    return Problem(
        path,
        1,
        1,
        "missing-folder",
        found,
        expected,
        "bring it back, or start it as CONTRIBUTING.md shows",
    )
