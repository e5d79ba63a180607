"""One resource under validation: its source, its columns, and the relation that checks run over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import duckdb

from pledgeline.check.column import Column, with_judgement, with_values
from pledgeline.check.columns import column_of, is_keyed
from pledgeline.check.constraints import Check, cell_checks
from pledgeline.check.pattern import Patience
from pledgeline.check.stack import Stack, blank_rows, judged_by, stacks_of
from pledgeline.check.undecided import Tally, judge
from pledgeline.report import Task
from pledgeline.source.source import Source
from pledgeline.standard.package import Resource

if TYPE_CHECKING:
    from pledgeline.check.count import Counts


FEW = 2  # columns that are decided with the source where it lies


@dataclass
class CheckedTable:
    """A table, its columns in the order of the source; `number` is part of its relations' names."""

    number: int
    resource: Resource
    source: Source
    columns: list[Column]
    task: Task
    counts: Counts = field(init=False, repr=False, compare=False)  # set once they are known
    # fields -> the relation of their distinct keys
    key_sets: dict[tuple[str, ...], str] = field(default_factory=dict)
    # keys by number -> the relation of the hashes that several rows have, where these were counted
    repeated_hashes: dict[int, str] = field(default_factory=dict)
    # columns by number -> the verdicts on their undecided cells
    tallies: dict[int, Tally] = field(default_factory=dict)
    # columns that are judged alike, all of them or none: see `stack`
    stacks: list[Stack] = field(default_factory=list)
    filled: bool = False  # whether it is known that no row is blank: see `find_filled`
    copied: bool = False  # whether the source lies in the database
    may_have_twin: bool = False  # whether another resource may be the same table
    suspects: CheckedTable | None = None  # the rows in which something may be wrong, if few
    patience: Patience = field(default_factory=Patience)  # of the whole package

    @property
    def right_columns(self) -> list[Column]:
        """The columns where it is known that every value is of its type."""
        return [column.right for column in self.columns]

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)

    @property
    def checks(self) -> list[Check]:
        return [check for column in self.columns for check in cell_checks(column, "blank")]

    def cells(
        self, columns: Iterable[Column] = (), valued: Iterable[Column] = (), rows: bool = True
    ) -> str:
        """SQL: the source, the verdicts on the cells of `columns`, and whether each row is `blank`.

        The values of `columns` and of `valued` are there as well. A statement names the columns
        that it asks of, since each verdict is a join. Without `rows`, there is nothing else but the
        `row_number`: a statement takes time to plan for every column that it could ask of.
        """
        judged = {column.number: column for column in columns}.values()
        named = {column.number: column for column in (*judged, *valued)}.values()
        blank = [f"{self.blank} AS blank"] if rows or self.filled else []
        cells = ", ".join(["row_number", *(column.cell for column in named)])
        return with_judgement(judged, self.values(named, "*" if rows else cells), blank)

    def stacked(self, stack: Stack) -> str:
        """SQL: each cell of the columns of `stack` as `c0`, with its value.

        With its `row_number`, the `number` of its column, and whether its row is `blank`.
        """
        rows, blank = self.source.relation, "FALSE"
        if self.counts.blank:  # seldom, and it takes time to plan
            rows, blank = f"(SELECT *, {self.blank} AS blank FROM {rows} AS source)", "blank"
        cells = f"(SELECT row_number, {blank} AS blank, {stack.unnested} FROM {rows} AS rows)"
        return with_values([stack.column], cells)

    @property
    def blank(self) -> str:
        """SQL: whether all cells of a row are missing.

        A CASE looks no further than the first cell that is not. Where many columns are judged
        alike, it would take longer to plan than to look at all cells.
        """
        if self.filled:
            return "FALSE"
        if self.stacks:
            return blank_rows(self.stacks)
        filled = [
            f"WHEN {column.computed_value or column.value} IS NOT NULL THEN FALSE"
            for column in self.columns
        ]
        return f"CASE {' '.join(filled)} ELSE TRUE END" if filled else "FALSE"

    def values(self, columns: Iterable[Column], kept: str = "*") -> str:
        """SQL: the source, or what is `kept` of it, with the values of the cells of `columns`."""
        return with_values(columns, self.source.relation, kept)

    @property
    def short(self) -> str:
        """SQL: whether a row is too short, and not blank."""
        return f"c{self.source.width} IS NULL AND NOT blank" if self.source.width else "FALSE"

    def find_filled(self, database: duckdb.DuckDBPyConnection) -> None:
        """Looks whether one column is filled in every row, so that no row is blank.

        Otherwise all columns would have to be read together.
        """
        columns = [column for column in self.columns if column.field.constraints.required]
        if not columns or self.filled:
            return
        column = min(columns, key=lambda column: (column.text, column.number))
        values = self.values([column], f"row_number, {column.cell}")
        missing = f"SELECT 1 FROM {values} AS cells WHERE {column.value} IS NULL LIMIT 1"
        self.filled = not database.execute(missing).fetchall()

    def first(self, rows: int) -> CheckedTable:
        """The table of the first rows of this one."""
        relation = f"(SELECT * FROM {self.source.relation} LIMIT {rows})"
        return replace(self, source=replace(self.source, relation=relation, rows=0, lines=0))

    def keep_suspects(
        self,
        database: duckdb.DuckDBPyConnection,
        conditions: list[str],
        columns: Iterable[Column],
        most: int,
    ) -> None:
        """Copies the rows that meet one of `conditions` over `columns`, if they are at most `most`.

        Then no more than them is read for their errors.
        """
        names = ["row_number", *(f"c{n}" for n in range(1, self.source.width + 1))]
        names += ["extras", "extra", *(["size"] if self.source.sized else [])]
        relation = f"suspects_{self.number}"
        (kept,) = database.execute(
            f"CREATE OR REPLACE TABLE {relation} AS SELECT {', '.join(names)}"
            f" FROM {self.cells(columns)} AS cells"
            f" WHERE {' OR '.join(conditions)} LIMIT {most + 1}"
        ).fetchall()[0]
        if kept <= most:
            source = replace(self.source, relation=relation, rows=0, lines=0)
            self.suspects = replace(self, source=source, copied=True)

    def copy(self, database: duckdb.DuckDBPyConnection) -> None:
        """Copies a source that is text into the database, before it is read many times.

        The text is parsed anew each time, for one column as for all of them.
        """
        if self.source.sized and not self.copied:
            relation = f"copy_{self.number}"
            database.execute(
                f"CREATE OR REPLACE TABLE {relation} AS SELECT * FROM {self.source.relation}"
            )
            self.source = replace(self.source, relation=relation, rows=0, lines=0)
            self.copied = True
            self.repeated_hashes.clear()  # may be of before cells were decided

    def stack(self, database: duckdb.DuckDBPyConnection, keyed: set[str]) -> None:
        """Puts columns that are judged alike in stacks, where that is quicker for a small table."""

        def alike(column: Column) -> str:
            sql = self.source.types[column.number - 1]
            return judged_by(column.field, [sql, is_keyed(column.field, keyed)])

        for columns in stacks_of(self.columns, alike):
            first = columns[0]
            sql, in_key = self.source.types[first.number - 1], is_keyed(first.field, keyed)
            own = column_of(database, self.source, first.field, 0, sql, in_key)
            self.stacks.append(Stack(replace(own, codes=first.codes), columns))
        if self.stacks:
            self.copy(database)

    def judge_stack(self, database: duckdb.DuckDBPyConnection, stack: Stack) -> None:
        """Has the undecided cells of `stack` decided."""
        name = f"verdicts_{self.number}_{stack.columns[0].number}"
        values = with_values([stack.column], stack.doubtful)
        stack.column, _ = judge(database, values, name, stack.column, self.patience)
        unchecked = stack.column.unchecked
        stack.columns = [replace(c, verdicts=name, unchecked=unchecked) for c in stack.columns]
        for column in stack.columns:
            self.columns[column.number - 1] = column

    def judge(self, database: duckdb.DuckDBPyConnection, columns: list[Column]) -> None:
        """Has the undecided cells of `columns` decided, so that the checks know them."""
        if len(columns) > FEW:
            self.copy(database)
        for column in columns:
            position = self.columns.index(column)
            name = f"verdicts_{self.number}_{column.number}"
            self.columns[position], self.tallies[column.number] = judge(
                database, self.values([column]), name, column, self.patience
            )
