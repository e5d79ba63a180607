"""The record files of a package: which there are, parsed, and which are missing or cannot be read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pledgeline.errors import InvalidRecords, Problem
from pledgeline.records.rows import Reader, Row
from pledgeline.records.schemas import TableDefinition
from pledgeline.records.text import read_text
from pledgeline.records.tree import Node, parse
from pledgeline.text import relative_path

FOLDER = "data/records"
ID_LINE = re.compile(r"\bid:\s*[\"']?([\w-]+)")


@dataclass
class Unsure:
    """What is not to be called unknown, as a file or record that may hold it could not be read."""

    names: set[str] = field(default_factory=set)  # ids and code lists
    tables: set[str] = field(default_factory=set)  # tables of which a whole file is not known


@dataclass(frozen=True)
class FileTree:
    """One parsed record file and how the layout says to read it."""

    table: str
    layout: dict
    path: str
    stem: str
    node: Node

    def rows(
        self, tables: dict[str, TableDefinition], problems: list[Problem], stand_ins: set[str]
    ) -> Iterator[Row]:
        return Reader(tables, self.path, problems, stand_ins).file(
            self.table, self.layout, self.node, self.stem
        )


def read_files(root: Path, layout: dict[str, dict]) -> tuple[list[FileTree], list[Problem], Unsure]:
    """Every record file parsed, the problems met, and what may be in those that could not be
    parsed.

    Raises InvalidRecords when there is no folder of records at all.
    """
    folder = root / FOLDER
    if not folder.is_dir():
        raise InvalidRecords(
            [missing(FOLDER, "there is no such folder", "the folder of all records")]
        )
    trees, problems, unsure, used = [], [], Unsure(), set()
    for table, inside in layout.items():
        paths = sorted(folder.glob(inside["files"]))
        if not paths and "*" in inside["files"]:
            problems.append(no_file(folder, inside["files"]))
            unsure.tables |= tables_of({table: inside}) | {"records"}
        for path in paths:
            used.add(path)
            text, found = read_text(path, root)
            node, more = parse(text, relative_path(path, root)) if text else (None, [])
            if any(problem.code == "tab" for problem in found):
                more = [
                    problem for problem in more if problem.code != "yaml-syntax"
                ]  # the tab is its cause
            problems += found + more
            if node is not None:
                trees.append(FileTree(table, inside, relative_path(path, root), path.stem, node))
                continue
            unsure.names |= {*ID_LINE.findall(text), path.stem}
            if not ID_LINE.search(text) and "stem" not in inside:
                unsure.tables |= tables_of({table: inside}) | {"records"}
    return trees, problems + list(unused(root, layout, used)), unsure


def unused(root: Path, layout: dict[str, dict], used: set[Path]) -> Iterator[Problem]:
    """A problem for every file in the folder of records that no table reads."""
    patterns = ", ".join(inside["files"] for inside in layout.values())
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
    """The problem of a pattern of the layout that no file matches: its folder is missing or holds
    none.
    """
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


def tables_of(layout: dict[str, dict]) -> set[str]:
    """Every table that the layout names, at any depth."""
    found = set(layout)
    for inside in layout.values():
        found |= tables_of({child["table"]: child for child in inside.get("nested", {}).values()})
    return found
