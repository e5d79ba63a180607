"""One table: its rows in Arrow, its description, and the forms that other libraries take."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pledgeline.errors import MissingExtra
from pledgeline.read.describe import Description, describe_table
from pledgeline.standard.schema import Schema

if TYPE_CHECKING:
    import duckdb
    import pandas
    import polars


class Table:
    """One table: `name`, `about` (its title, description and schema) and its rows.

    >>> table = pledgeline.open("stations")["stations"]
    >>> table
    <table stations: 3 rows, 3 columns>
    >>> table.to_pandas()["docks"].dtype
    Int64Dtype()

    Libraries other than pyarrow are imported when they are asked for.
    """

    def __init__(self, name: str, about: dict[str, Any], rows: pa.Table):
        self.name, self.about, self._rows = name, about, rows
        self._fields = Schema.from_descriptor(about["schema"]).by_name

    def __len__(self) -> int:
        return int(self._rows.num_rows)

    def __repr__(self) -> str:
        return f"<table {self.name}: {len(self):,} rows, {self._rows.num_columns} columns>"

    def labels(self, field: str) -> dict[str | int, str]:
        """The label of each code of a field, in the order of its list; empty where there is none.

        >>> pledgeline.open("stations")["stations"].labels("kind")
        {'street': 'On a street', 'park': 'In a park'}
        """
        categories = self._fields[field].categories
        return {each.value: each.label for each in categories if each.label is not None}

    @property
    def fields(self) -> dict[str, dict[str, Any]]:
        """The fields of the Table Schema by name."""
        return {field["name"]: field for field in self.about["schema"]["fields"]}

    def describe(self) -> Description:
        """What a row is, and every field with its type, meaning and codes; it prints as text.

        >>> pledgeline.open("stations")["stations"].describe()
        stations: 3 rows
        A place where bicycles are lent.
        <BLANKLINE>
        key: id
        <BLANKLINE>
        id                      (string) The name of the station.
        docks                   (integer, 2 filled) Places for bicycles.
        kind                    (string) Where it stands.
                                codes: street On a street; park In a park
        """
        return describe_table(self.name, self.about, self._rows)

    def to_arrow(self) -> pa.Table:
        """The rows, each column in its field's type; codes are dictionaries in their list's order.

        >>> pledgeline.open("stations")["stations"].to_arrow()["docks"].to_pylist()
        [24, 18, None]
        """
        return self._rows

    def to_pandas(self, *, labels: bool = False) -> pandas.DataFrame:
        """A data frame: categories for codes, nullable integers and booleans, datetime64 dates.

        Categories are ordered where the codes are. With `labels` every field with codes, numbers
        too, has their labels in place of the codes. Raises MissingExtra without pandas.

        >>> pledgeline.open("stations")["stations"].to_pandas(labels=True)["kind"].tolist()
        ['In a park', 'On a street', 'In a park']
        """
        require("pandas")
        import pandas

        frame = self._rows.to_pandas(date_as_object=False)
        for name in self.fields if labels else ():
            names = self.labels(name)
            if len(set(names.values())) == len(names) > 0:  # else two codes would become one
                ordered = self._fields[name].categories_ordered
                column = frame[name].map(names)
                frame[name] = pandas.Categorical(column, list(names.values()), ordered=ordered)
        return frame

    def to_polars(self) -> polars.DataFrame:
        """A data frame in which codes are enums in the order of their list.

        Raises MissingExtra without Polars.

        >>> pledgeline.open("stations")["stations"].to_polars()["kind"].dtype
        Enum(categories=['street', 'park'])
        """
        require("polars")
        import polars

        frame = polars.DataFrame(polars.from_arrow(self._rows))
        coded = [f.name for f in self._rows.schema if pa.types.is_dictionary(f.type)]
        enums = [
            polars.col(name)
            .cast(polars.Utf8)
            .cast(polars.Enum(self._fields[name].constraints.enum))
            for name in coded
        ]
        return frame.with_columns(enums)

    def to_duckdb(
        self, connection: duckdb.DuckDBPyConnection | None = None
    ) -> duckdb.DuckDBPyRelation:
        """A relation of `connection`, or of a new database in memory; codes are enums.

        >>> pledgeline.open("stations")["stations"].to_duckdb().sum("docks").fetchall()
        [(42,)]
        """
        import duckdb

        return (connection or duckdb.connect()).from_arrow(self._rows)


def require(name: str) -> None:
    """Raises MissingExtra where the optional library `name` is not installed."""
    try:
        import_module(name)
    except ModuleNotFoundError:
        raise MissingExtra(
            f"{name} is not installed; install it with: pip install 'pledgeline[{name}]'"
        ) from None
