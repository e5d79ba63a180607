"""Record trees as rows of tables, each cell with its place.

The layout (validate/records.yaml) says which files hold which table and which key of a record holds
which nested table. A child row gets its parent's id; everything else in it is written by hand.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pledgeline.errors import Problem
from pledgeline.records.layout import Layout
from pledgeline.records.schemas import TableDefinition
from pledgeline.records.tree import Mapping, Node, Scalar, Sequence
from pledgeline.text import quoted, suggestion

# In place of a value that is not text, or is empty: that is a problem of its own, reported at its
# place, and the value is wrong and not missing.
NO_TEXT = "\ufffd"


@dataclass
class Row:
    """One row as text.

    `places` has the line and column of each written cell; the row's own place serves for the rest.
    """

    table: str
    path: str
    line: int
    column: int
    cells: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)

    def place(self, name: str | None) -> tuple[int, int]:
        return self.places.get(name or "", (self.line, self.column))


@dataclass
class Reader:
    """Turns the tree of one file into rows, by the layout and the tables' schemas."""

    tables: dict[str, TableDefinition]
    path: str
    problems: list[Problem]
    # ids made up for records that lack one, so that their children are read
    stand_ins: set[str] = field(default_factory=set)
    met: set[tuple[int, int]] = field(init=False)  # the places of errors in the file

    def __post_init__(self) -> None:
        self.met = {place[1:] for place in places_of_errors(self.problems) if place[0] == self.path}

    def file(self, layout: Layout, root: Node, stem: str) -> Iterator[Row]:
        """The rows of a whole file: one record (a mapping) or many (a sequence)."""
        given = {layout.stem: stem} if layout.stem else {}
        records = root.items if isinstance(root, Sequence) else [root]
        for number, record in enumerate(records, 1):
            order = {layout.order: str(number)} if layout.order else {}
            yield from self.record(layout, record, given | order)

    def record(
        self, layout: Layout, node: Node, given: dict[str, str], outer: str = ""
    ) -> Iterator[Row]:
        """One record: its own row, then the rows nested in it; `outer` is the table around it."""
        table = layout.table
        if not isinstance(node, Mapping):
            self.refuse(
                node,
                "wrong-shape",
                f"a record of {table} is {kind(node)}",
                "a mapping",
                "write `key: value` lines",
            )
            return
        nested = layout.nested
        row = Row(table, self.path, node.line, node.column, {**layout.defaults, **given})
        writable = [
            name
            for name in self.tables[table].fields
            if name not in self.tables[table].derived | given.keys()
        ]
        for key, value in node.items.items():
            if key not in nested and key not in writable:
                self.unknown_key(node.keys[key], layout, [*writable, *nested], outer)
                continue
            if key in writable and not isinstance(value, Scalar):
                self.refuse(
                    value,
                    "wrong-shape",
                    f"{table}.{key} is {kind(value)}",
                    "one value",
                    "write it after the colon",
                )
            if key in writable:
                row.cells[key] = (value.text if isinstance(value, Scalar) else "") or NO_TEXT
            # where a rule misses something, its problem is already reported
            if key in writable or not has_items(value):
                row.places[key] = (value.line, value.column)
        if row.places or not node.items:  # else each key is reported already
            yield row
        if nested and "id" not in row.cells:
            self.stand_ins.add(f"{self.path}:{node.line}")
        for key, inside in nested.items():
            if key in node.items:
                parent = row.cells.get("id", f"{self.path}:{node.line}")
                yield from self.children(table, key, inside, node.items[key], parent)

    def children(
        self, table: str, key: str, layout: Layout, node: Node, parent: str
    ) -> Iterator[Row]:
        if not isinstance(node, Sequence):
            self.refuse(
                node,
                "wrong-shape",
                f"{table}.{key} is {kind(node)}",
                "a list",
                "start each item with `- `",
            )
            return
        for item in node.items:
            yield from self.record(layout, item, {layout.parent: parent}, table)

    def unknown_key(self, key: Scalar, layout: Layout, known: list[str], outer: str) -> None:
        inner = (name for name, each in layout.nested.items() if self.has(each.table, key.text))
        if below := next(inner, ""):
            fix = f"indent it below `{below}:`, whose entries have this key"
        elif self.has(outer, key.text):
            fix = f"indent it like the keys of {outer}, which has this one"
        else:
            fix = suggestion(key.text, known) or "remove it or use one of these"
        self.refuse(
            key,
            "unknown-key",
            f"{layout.table} has no key {quoted(key.text)}",
            "one of " + ", ".join(known),
            fix,
        )

    def has(self, table: str, key: str) -> bool:
        """Whether people write this key in records of a table."""
        return table in self.tables and key in self.tables[table].fields

    def refuse(self, node: Node, code: str, found: str, expected: str, fix: str) -> None:
        """Adds a problem, unless there is an error at its place already, from which it follows."""
        if (node.line, node.column) not in self.met:
            self.met.add((node.line, node.column))
            self.problems.append(
                Problem(self.path, node.line, node.column, code, found, expected, fix)
            )


def places_of_errors(problems: Iterable[Problem]) -> set[tuple[str, int, int]]:
    return {
        (problem.path, problem.line, problem.column)
        for problem in problems
        if problem.severity == "error"
    }


def has_items(node: Node) -> bool:
    return isinstance(node, Sequence) and bool(node.items)


def kind(node: Node) -> str:
    """What `node` is, in words for a message."""
    return {Scalar: "a single value", Mapping: "a mapping", Sequence: "a list"}[type(node)]
