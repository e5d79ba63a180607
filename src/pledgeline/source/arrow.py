"""Arrow tables in memory as one more source, so that built tables are checked like read ones."""

import duckdb
import pyarrow as pa

from pledgeline.source.source import Source, check_width

FIRST_ROW = 2  # as in a file, whose row 1 is the header


def open_arrow(database: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> Source:
    """`table` as the relation `name`; the row at index 0 is row 2, where its CSV file has it."""
    width = table.num_columns
    check_width(width)
    numbers = pa.array(range(FIRST_ROW, table.num_rows + FIRST_ROW), pa.int64())
    columns = [f"c{number}" for number in range(1, width + 1)]
    cells = table.rename_columns(columns).add_column(0, "row_number", numbers)
    database.register("arrow", cells)  # seen by this connection alone, hence the copy
    database.execute(
        f"CREATE OR REPLACE TABLE {name} AS"
        " SELECT *, 0 AS extras, CAST(NULL AS VARCHAR) AS extra FROM arrow"
    )
    database.unregister("arrow")
    described = database.execute(f"DESCRIBE SELECT {', '.join(columns)} FROM {name}").fetchall()
    return Source(
        name,
        list(table.column_names),
        [type for _, type, *_ in described],
        agrees=lambda rows, size: rows == table.num_rows,
    )
