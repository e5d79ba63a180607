"""One table that was read: its rows in Arrow, its words from the descriptor, and the forms that
other libraries take.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from pledgeline.read.describe import table_words

if TYPE_CHECKING:
    import duckdb
    import pandas
    import polars


class Table:
    """`name`, `about` (title, description, schema) and rows.

    Libraries other than pyarrow are imported when asked for.
    """

    def __init__(self, name: str, about: dict, rows: pa.Table):
        self.name, self.about, self._rows = name, about, rows

    def __len__(self) -> int:
        return self._rows.num_rows

    def __repr__(self) -> str:
        return f"<table {self.name}: {len(self):,} rows, {self._rows.num_columns} columns>"

    def labels(self, field: str) -> dict[str | int, str]:
        """The label of each code of a field, in the order of its list; empty for a field without
        codes.
        """
        return {
            each["value"]: each["label"]
            for each in self.fields[field].get("categories", [])
            if isinstance(each, dict)
        }

    @property
    def fields(self) -> dict[str, dict]:
        """The fields of the Table Schema by name."""
        return {field["name"]: field for field in self.about["schema"]["fields"]}

    def describe(self) -> None:
        """Prints what a row is, and every column with its type, meaning and number of values."""
        print(table_words(self.name, self.about, self._rows))

    def to_arrow(self) -> pa.Table:
        """Each column in its field's type; codes are dictionaries in the order of their list."""
        return self._rows

    def to_pandas(self, *, labels: bool = False) -> pandas.DataFrame:
        """Codes are (ordered) categories, integers and booleans nullable, dates datetime64. Needs
        pandas.

        `labels`: every field with codes, numbers too, has the words of its list in place of the
        codes.
        """
        import pandas

        frame = self._rows.to_pandas(date_as_object=False)
        for name in self.fields if labels else ():
            words = self.labels(name)
            if (
                len(set(words.values())) == len(words) > 0
            ):  # two codes of one label would become one
                ordered = bool(self.fields[name].get("categoriesOrdered"))
                frame[name] = pandas.Categorical(
                    frame[name].map(words), list(words.values()), ordered=ordered
                )
        return frame

    def to_polars(self) -> polars.DataFrame:
        """Codes are enums, whose order is that of their list. Needs Polars."""
        import polars

        frame = polars.from_arrow(self._rows)
        levels = {
            f.name: self.fields[f.name]["constraints"]["enum"]
            for f in self._rows.schema
            if pa.types.is_dictionary(f.type)
        }
        enums = [
            polars.col(name).cast(polars.Utf8).cast(polars.Enum(codes))
            for name, codes in levels.items()
        ]
        return frame.with_columns(enums) if enums else frame

    def to_duckdb(
        self, connection: duckdb.DuckDBPyConnection | None = None
    ) -> duckdb.DuckDBPyRelation:
        """A relation of `connection`, or of a new database in memory; codes are enums."""
        import duckdb

        return (connection or duckdb.connect()).from_arrow(self._rows)
