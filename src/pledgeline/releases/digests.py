"""A hash of each row of a table, and the rows themselves where they are asked for.

So two large tables are compared in the memory that their keys take: few rows differ as a rule, and
those are read again.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

import duckdb

from pledgeline.check.table import CheckedTable
from pledgeline.errors import InvalidPackage
from pledgeline.releases.change import joined
from pledgeline.releases.text_tables import TextTable, cells_of, every_cell, read
from pledgeline.source.sandbox import Sandbox
from pledgeline.sql import all_of
from pledgeline.standard.package import Resource
from pledgeline.text import quoted

SUMMED = 40  # columns whose hashes go into one, since a hash of very many arguments is slow to plan


@dataclass(frozen=True)
class DigestedTable:
    """A table of which the database has a digest, and whose cells stay where they are.

    `relation` has the `number` of each row, the parts of its key as k0, k1 ..., its `hash`, and
    whether it is `bare`: has nothing in the fields that the other table lacks.
    """

    text: TextTable
    checked: CheckedTable
    hash: str  # SQL over the cells

    @property
    def relation(self) -> str:
        return self.text.relation

    def read_rows(self, database: duckdb.DuckDBPyConnection, numbers: str) -> TextTable:
        """Reads the rows whose numbers the SQL `numbers` gives; the table has their `number`, too.

        Raises InvalidPackage where they are not the rows that were read before.
        """
        relation, source = f"{self.relation}_rows", self.checked.source
        ((expected,),) = database.execute(f"SELECT count(*) FROM ({numbers})").fetchall()
        asked = "FALSE"  # then the database reads nothing
        if expected:  # IN alone becomes a semi join, which may hold the whole file
            asked = f"coalesce(row_number IN ({numbers}), FALSE)"
        chosen = f"(SELECT * FROM {source.relation} WHERE {asked})"
        checked = replace(self.checked, source=replace(source, relation=chosen))
        database.execute(
            f"CREATE OR REPLACE TABLE {relation} AS SELECT {every_cell(self.text)},"
            f" number, {self.hash} AS hash FROM {cells_of(checked)}"
        )
        ((same,),) = database.execute(
            f"SELECT count(*) FROM {relation} JOIN {self.relation} USING (number, hash)"
        ).fetchall()
        if same != expected:
            name = self.text.name
            raise InvalidPackage(f"{name}: its file changed while it was read; compare again")
        return replace(self.text, relation=relation)


def read_digests(
    place: Sandbox, resource: Resource, other: Resource, relation: str
) -> DigestedTable:
    """Reads the digests of a resource, to be compared with those of `other`, into a table.

    Raises InvalidPackage where it cannot be read, or its key has no column or occurs twice.
    """
    ours, theirs = set(resource.schema.names), set(other.schema.names)
    keyed = bool(resource.schema.primary_key)
    left_out = ours ^ theirs if keyed else set()  # without a key, all cells are the key

    def hashed(table: TextTable) -> str:
        return row_hash(table, (ours | theirs | {*table.fields}) - left_out)

    def kept(table: TextTable) -> str:
        check_key_columns(table)
        keys = [f"{table.column(name)} AS k{n}" for n, name in enumerate(table.key)]
        rest = [f"{table.column(name)} IS NULL" for name in table.fields if name in left_out]
        bare = f"{all_of(rest) if rest else 'TRUE'} AS bare"
        return ", ".join([*keys, f"{hashed(table)} AS hash", bare])

    text, checked = read(place, resource, relation, kept)
    if keyed:
        check_distinct(place.database, text, [f"k{n}" for n in range(len(text.key))])
    return DigestedTable(text, checked, hashed(text))


def row_hash(table: TextTable, names: Collection[str]) -> str:
    """SQL: a hash over the cells of a row, in which a missing cell and an empty text differ.

    Equal for equal rows of two tables, whatever the order of their columns: a field that has no
    column is missing in all rows.
    """
    missing = "CAST(NULL AS VARCHAR)"
    cells = [table.column(name) if name in table.fields else missing for name in sorted(names)]
    parts = [cells[i : i + SUMMED] for i in range(0, len(cells), SUMMED)]
    hashes = [f"hash({', '.join(part)})" for part in parts]
    return f"hash({', '.join(hashes)})" if len(hashes) > 1 else (hashes or ["hash(0)"])[0]


def check_key_columns(table: TextTable) -> None:
    """Raises InvalidPackage where a part of the key has no column."""
    if missing := [name for name in table.key if name not in table.fields]:
        raise InvalidPackage(
            f"{table.name}: the key has the field {quoted(missing[0])}, which is not there;"
            " validate the package first"
        )


def check_distinct(
    database: duckdb.DuckDBPyConnection, table: TextTable, columns: Iterable[str]
) -> None:
    """Raises InvalidPackage where two rows of the relation have the same key, in `columns`."""
    keys = ", ".join(columns)
    twice = database.execute(
        f"SELECT {keys} FROM {table.relation} GROUP BY {keys} HAVING count(*) > 1 LIMIT 1"
    ).fetchall()
    if twice:
        raise InvalidPackage(
            f"{table.name}: two rows have the key {quoted(joined(twice[0]))}, so that rows"
            " cannot be distinguished; validate the package first"
        )
