"""One resource under validation: its source, its columns, and the relation that checks run over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import duckdb

from pledgeline.check.column import Column
from pledgeline.check.conditions import DECIDED, parsed_once, text_column, typed_column
from pledgeline.check.constraints import Check, cell_checks
from pledgeline.check.pattern import Patience
from pledgeline.check.undecided import Tally, judge
from pledgeline.report import Task
from pledgeline.source.source import BeyondBounds, Source
from pledgeline.standard.field import Field
from pledgeline.standard.package import Resource

if TYPE_CHECKING:
    from pledgeline.check.count import Counts


FEW = 2  # columns that are decided with the source where it lies
MOST_LISTED = 100  # codes that a statement lists; with a few it is quicker than a table
MOST_MISSING = 10_000  # texts that mean a missing value


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
    # columns by number -> the verdicts on their undecided cells
    tallies: dict[int, Tally] = field(default_factory=dict)
    copied: bool = False  # whether the source lies in the database
    suspects: CheckedTable | None = None  # the rows in which something may be wrong, if few
    patience: Patience = field(default_factory=Patience)  # of the whole package

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
        judgements = [part for column in judged for part in column.judgement]
        joins = [
            f" LEFT JOIN {c.verdicts} ON {c.verdicts}.cell = {c.as_text}"
            for c in judged
            if c.verdicts
        ]
        blank = [f"{self.blank} AS blank"] if rows else []
        selected = ", ".join(["known.*", *blank, *judgements])
        cells = ", ".join(["row_number", *(column.cell for column in named)])
        values = self.values(named, "*" if rows else cells)
        return f"(SELECT {selected} FROM {values} AS known{''.join(joins)})"

    @property
    def blank(self) -> str:
        """SQL: whether all cells of a row are missing.

        A CASE looks no further than the first cell that is not.
        """
        filled = [
            f"WHEN {column.computed_value or column.value} IS NOT NULL THEN FALSE"
            for column in self.columns
        ]
        return f"CASE {' '.join(filled)} ELSE TRUE END" if filled else "FALSE"

    def values(self, columns: Iterable[Column], kept: str = "*") -> str:
        """SQL: the source, or what is `kept` of it, with the values of the cells of `columns`."""
        computed = [part for column in columns for part in column.computed]
        return f"(SELECT {', '.join([kept, *computed])} FROM {self.source.relation} AS source)"

    @property
    def short(self) -> str:
        """SQL: whether a row is too short, and not blank."""
        return f"c{self.source.width} IS NULL AND NOT blank" if self.source.width else "FALSE"

    def first(self, rows: int) -> CheckedTable:
        """The table of the first rows of this one."""
        relation = f"(SELECT * FROM {self.source.relation} LIMIT {rows})"
        return replace(self, source=replace(self.source, relation=relation))

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
            source = replace(self.source, relation=relation)
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
            self.source, self.copied = replace(self.source, relation=relation), True

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


def columns_of(
    database: duckdb.DuckDBPyConnection,
    resource: Resource,
    source: Source,
    fields: list[Field],
    keyed: set[str],
) -> list[Column]:
    """The columns of a source, each with its field.

    A source without a header may have more columns than fields, or fewer: the rest is left out.
    `keyed` has the names of the fields whose values are compared as keys.
    """
    columns = []
    for number, (described, sql) in enumerate(zip(fields, source.types, strict=False), 1):
        missing = missing_values(described, source)
        in_key = described.name in keyed or described.constraints.unique
        cell = f"c{number}"
        if sql == "VARCHAR":
            column = parsed_once(
                text_column(described, number, cell, missing, in_key, source.marked)
            )
        else:
            column = typed_column(described, number, cell, sql, missing, in_key)
        columns.append(
            column
            if knows_pattern(database, described)
            else replace(column, accept="FALSE", refuse="FALSE")
        )
    return columns


def with_codes(database: duckdb.DuckDBPyConnection, name: str, column: Column) -> Column:
    """`column` with a table of its codes where these are many.

    Comparing a cell with a list takes time in proportion to it; looking it up in a table does not.
    """
    tables = {}
    for constraint, values in column.field.allowed.items():
        if len(values) > MOST_LISTED and column.field.type in DECIDED:
            tables[constraint] = f"{name}_{column.number}_{constraint}"
            database.execute(
                f"CREATE OR REPLACE TABLE {tables[constraint]} AS"
                " SELECT DISTINCT unnest($codes::VARCHAR[]) AS code",
                {"codes": list(map(str, values))},
            )
    return replace(column, codes=tables) if tables else column


def missing_values(described: Field, source: Source) -> list[str]:
    """The texts that mean a missing value in the field or in the whole source.

    Raises BeyondBounds where there are too many to compare every cell with.
    """
    values = described.missing_values
    if len(values) > MOST_MISSING:
        wrong = f"there are {len(values):,} `missingValues`, expected at most {MOST_MISSING:,}"
        raise BeyondBounds(wrong)
    return [*values, *source.missing]


def knows_pattern(database: duckdb.DuckDBPyConnection, described: Field) -> bool:
    """Whether the database's engine for regular expressions (RE2) can run the field's pattern."""
    pattern = described.constraints.pattern
    if not pattern:
        return True
    try:
        database.execute("SELECT regexp_full_match('', ?)", [pattern])
    except duckdb.Error:
        return False
    return True
