"""The layout of records: which files hold which table, and which keys hold nested tables.

It is declared in validate/records.yaml.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pledgeline.errors import InvalidRecords, Problem
from pledgeline.records.declarations import Declaration, read_declaration
from pledgeline.records.forms import Place
from pledgeline.records.schemas import all_fields
from pledgeline.text import suggestion

LAYOUT = "validate/records.yaml"
REGISTRY = ("id", "table", "status", "replaced_by", "reason")  # the columns of a registry of ids


@dataclass(frozen=True)
class Layout:
    """How the records of one table are written: in their own files, or nested in other records.

    `files` is the pattern of their own files; nested records get their parent's id in the column
    `parent`.
    """

    table: str
    files: str = ""
    parent: str = ""
    stem: str = ""  # the column that the file's name fills
    order: str = ""  # the column that the record's number in its file fills
    registry: bool = False  # whether it lists every id, and its file those that were retired
    defaults: dict[str, str] = field(default_factory=dict)
    nested: dict[str, "Layout"] = field(default_factory=dict)

    def all(self) -> Iterator["Layout"]:
        """This one and those nested in it, at any depth."""
        yield self
        for inside in self.nested.values():
            yield from inside.all()


Layouts = Mapping[str, Layout]  # table -> how its files are written


def read_layout(root: Path, written: Mapping[str, dict[str, Any]]) -> dict[str, Layout]:
    """The layout of the data set under `root`, whose schemas are `written`.

    Raises InvalidRecords for a file that is not a layout, or names what no schema has.
    """
    declared = read_declaration(root / LAYOUT, root, "layout")
    tables = {name: each for name, each in declared.content.items() if not name.startswith(".")}
    problems = [
        problem
        for name, each in tables.items()
        for problem in layout_problems(declared, (name,), name, each, written)
    ]
    registries = [name for name, each in tables.items() if each.get("registry")]
    for name in registries[1:]:
        found, fix = f"{registries[0]} and {name} are both the registry", "keep one of them"
        at = (name, "registry")
        problems.append(declared.problem(at, "two-registries", found, "one registry", fix))
    if problems:
        raise InvalidRecords(problems)
    return {name: layout_of(name, each) for name, each in tables.items()}


def layout_of(table: str, declared: Mapping[str, Any]) -> Layout:
    own = {key: value for key, value in declared.items() if key not in ("table", "nested")}
    nested = {
        key: layout_of(inside["table"], inside)
        for key, inside in declared.get("nested", {}).items()
    }
    return Layout(table, nested=nested, **own)


def layout_problems(
    declared: Declaration,
    at: Place,
    table: str,
    layout: Mapping[str, Any],
    written: Mapping[str, dict[str, Any]],
) -> Iterator[Problem]:
    """The tables and columns that the layout names and no schema has."""
    if table not in written:
        found, expected = f"the layout names {table}", "tables of validate/schemas"
        place = (*at, "table") if "table" in layout else at
        fix = (
            suggestion(table, written)
            or f"correct the name, or write validate/schemas/{table}.yaml"
        )
        yield declared.problem(place, "unknown-table", found, expected, fix)
        return
    columns = [column["name"] for column in all_fields(written[table])]
    named = [((*at, key), layout[key]) for key in ("stem", "order", "parent") if key in layout]
    named += [((*at, "defaults", column), column) for column in layout.get("defaults", {})]
    if layout.get("registry"):
        named += [((*at, "registry"), column) for column in REGISTRY]
    for place, column in named:
        if column not in columns:
            found, expected = f"{table} has no column {column}", f"one of {', '.join(columns)}"
            fix = suggestion(column, columns) or f"correct it, or add it to the schema of {table}"
            yield declared.problem(place, "unknown-column", found, expected, fix)
    nested = layout.get("nested", {})
    if nested and "id" not in columns:
        found, fix = f"{table} has no column id", "add the column, or nest nothing"
        place = (*at, "nested")
        expected = "an id, which the rows nested in a record refer to"
        yield declared.problem(place, "unknown-column", found, expected, fix)
    for key, inside in nested.items():
        if key in columns:
            found, fix = f"{table} has a column {key} too", "rename one of them"
            place = (*at, "nested", key)
            yield declared.problem(place, "wrong-value", found, "a key of its own", fix)
        yield from layout_problems(declared, (*at, "nested", key), inside["table"], inside, written)


def tables_of(layouts: Layouts) -> set[str]:
    """Every table that the layout names, at any depth."""
    return {inside.table for layout in layouts.values() for inside in layout.all()}


def registry_of(layouts: Layouts) -> str | None:
    """The table that lists every id, where the data set has one."""
    return next((name for name, layout in layouts.items() if layout.registry), None)
