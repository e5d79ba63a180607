"""Parquet scanned by DuckDB where it lies: one file, several parts, or a folder of parts."""

from pathlib import Path

import duckdb

from pledgeline.source.source import Source, Unreadable, check_width
from pledgeline.sql import identifier, literal
from pledgeline.text import quoted

MANY_ROWS, ROWS_PER_BYTE = 10_000_000, 5  # hardly a table has so many rows in so few bytes

DEPTH = 40  # lists and structures in the type of a column


def parts(paths: tuple[Path, ...]) -> list[Path]:
    """The files of a Parquet resource: those given, and of a folder all its Parquet files by name.

    Links are left out: the folder was checked to lie inside the package, the targets of links in it
    were not.
    """
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            found = path.rglob("*.parquet")
            files += sorted(file for file in found if file.is_file() and not file.is_symlink())
        else:
            files.append(path)
    return files


def open_parquet(database: duckdb.DuckDBPyConnection, name: str, paths: list[Path]) -> Source:
    """A view over `paths` as the relation `name`.

    Raises Unreadable for a file that is no Parquet, or is cut short.
    """
    if not paths:
        raise Unreadable("source-error", "the folder holds no Parquet file")
    single = len(paths) == 1
    files = ", ".join(literal(str(path)) for path in paths)
    reader = f"read_parquet([{files}], hive_partitioning = false, file_row_number = {single})"
    try:
        described = database.execute(f"DESCRIBE SELECT * FROM {reader}").fetchall()
        counted = database.execute(f"SELECT sum(num_rows) FROM parquet_file_metadata([{files}])")
        ((rows,),) = counted.fetchall()
    except duckdb.Error as error:
        raise Unreadable(
            "source-error", f"this is no readable Parquet ({first_line(error)})"
        ) from error
    columns = [(label, type) for label, type, *_ in described][: -1 if single else None]
    check_width(len(columns))
    if deep := next((label for label, type in columns if depth(type) > DEPTH), None):
        raise Unreadable(
            "source-error", f"the type of the column {quoted(deep)} nests deeper than {DEPTH}"
        )
    check_size(rows, paths)
    number = "file_row_number + 2" if single else "row_number() OVER () + 1"
    cells = ", ".join(f"{identifier(label)} AS c{n}" for n, (label, _) in enumerate(columns, 1))
    database.execute(
        f"CREATE OR REPLACE VIEW {name} AS SELECT {number} AS row_number, {cells},"
        f" 0 AS extras, NULL AS extra FROM {reader}"
    )
    return Source(
        name,
        [label for label, _ in columns],
        [type for _, type in columns],
        agrees=lambda read, size: read == rows,  # as the footers say
    )


def depth(type: str) -> int:
    """How deep an SQL type nests, or more."""
    return type.count("[") + type.count("(")


def check_size(rows: int, paths: list[Path]) -> None:
    """Raises Unreadable for small files that declare a great many rows, which would take hours."""
    size = sum(path.stat().st_size for path in paths)
    if rows > MANY_ROWS and rows > size * ROWS_PER_BYTE:
        raise Unreadable("source-error", f"{size:,} bytes of Parquet declare {rows:,} rows")


def first_line(error: Exception) -> str:
    """What DuckDB says, without its context."""
    return str(error).splitlines()[0]
