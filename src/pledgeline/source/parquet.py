"""Parquet scanned by DuckDB where it lies: one file, several parts, or a folder of parts."""

from pathlib import Path

import duckdb

from pledgeline.source.regular import check_unchanged
from pledgeline.source.source import BeyondBounds, Source, Unreadable, check_width
from pledgeline.sql import balanced, literal
from pledgeline.text import quoted

VALUE_BYTES = 8  # of a value that is no text
# Files in which the texts are measured: these are smaller, and many rows may have one long text.
MEASURED_BYTES, MEASURED_PRODUCT = 16 << 20, 10_000_000_000  # bytes; bytes times rows
# Rows that are read with all their columns at once: a statement for each would take longer.
FEW_ROWS = 20_000
NUMBER = "file_row_number"  # the column that DuckDB can add
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


def open_parquet(
    database: duckdb.DuckDBPyConnection, name: str, paths: list[Path], room: int
) -> Source:
    """A view over `paths` as the relation `name`.

    Raises Unreadable for a file that is not Parquet, is truncated, or was replaced, and
    BeyondBounds for files that unpack to more than `room` bytes.
    """
    if not paths:
        raise Unreadable("source-error", "the folder holds no Parquet file")
    check_all_unchanged(paths)
    single = len(paths) == 1
    files = ", ".join(literal(str(path)) for path in paths)
    reader = f"read_parquet([{files}], hive_partitioning = false)"
    try:
        described = database.execute(f"DESCRIBE SELECT * FROM {reader}").fetchall()
        labels = labels_of(database, paths[0])
        counted = database.execute(f"SELECT sum(num_rows) FROM parquet_file_metadata([{files}])")
        ((rows,),) = counted.fetchall()
    except duckdb.Error as error:
        raise Unreadable(
            "source-error", f"this is not readable Parquet ({first_line(error)})"
        ) from error
    types = [type for _, type, *_ in described]
    check_width(len(types))
    if len(labels) != len(types):
        raise Unreadable("source-error", "the parts of the table have different columns")
    columns = list(zip(labels, types, strict=True))
    if deep := next((label for label, type in columns if depth(type) > DEPTH), None):
        raise BeyondBounds(f"the type of the column {quoted(deep)} nests deeper than {DEPTH}")
    try:
        unpacked = unpacked_size(database, files, reader, columns, paths)
    except duckdb.Error as error:
        raise Unreadable("source-error", first_line(error)) from error
    if unpacked > room:
        size = sum(path.stat().st_size for path in paths)
        wrong = f"{size:,} bytes of Parquet unpack to {unpacked:,}, in {rows:,} rows"
        raise BeyondBounds(f"{wrong}: more than the files of this package may")
    # The columns are renamed by position: their names may differ only in case, or be that of the
    # row number that DuckDB adds.
    names = [f"c{number}" for number in range(1, len(types) + 1)]
    number = "row_number() OVER () + 1"
    if single and NUMBER not in map(str.lower, labels):
        reader = f"read_parquet([{files}], hive_partitioning = false, {NUMBER} = true)"
        number, names = "numbered + 2", [*names, "numbered"]
    database.execute(
        f"CREATE OR REPLACE VIEW {name} AS SELECT {number} AS row_number,"
        f" {', '.join(names[: len(types)])}, 0 AS extras, NULL AS extra"
        f" FROM (SELECT * FROM {reader}) AS file({', '.join(names)})"
    )

    def agrees(read: int, size: int) -> bool:
        check_all_unchanged(paths)
        return bool(read == rows)  # as the footers say

    many = rows if rows > FEW_ROWS else 0
    return Source(name, labels, types, agrees=agrees, unpacked=unpacked, rows=many)


def check_all_unchanged(paths: list[Path]) -> None:
    """Raises Unreadable where one of the files was replaced since the descriptor was checked."""
    for path in paths:
        check_unchanged(path)


def labels_of(database: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    """The names of the columns as in the file; DuckDB renames those it considers equal."""
    nodes = database.execute(
        f"SELECT name, COALESCE(num_children, 0) FROM parquet_schema({literal(str(path))})"
    ).fetchall()
    labels, inside = [], [nodes[0][1]]  # how many children are still to come, level by level
    for label, children in nodes[1:]:
        while not inside[-1]:
            inside.pop()
        inside[-1] -= 1
        if len(inside) == 1:
            labels.append(label)
        inside.append(children)
    return labels


def depth(type: str) -> int:
    """How deep an SQL type nests, or more."""
    return type.count("[") + type.count("(")


def unpacked_size(
    database: duckdb.DuckDBPyConnection,
    files: str,
    reader: str,
    columns: list[tuple[str, str]],
    paths: list[Path],
) -> int:
    """About how many bytes all values take: a few bytes may repeat one value a billion times.

    Only of small files are the texts measured, since that is one more scan of them.
    """
    ((values, rows),) = database.execute(
        "SELECT COALESCE(sum(num_values), 0), COALESCE(max(row_group_num_rows), 0)"
        f" FROM parquet_metadata([{files}])"
    ).fetchall()
    unpacked = int(values) * VALUE_BYTES
    size = sum(path.stat().st_size for path in paths)
    texts = [n for n, (_, type) in enumerate(columns) if type == "VARCHAR"]
    if texts and size < MEASURED_BYTES and size * rows > MEASURED_PRODUCT:
        lengths = balanced([f"COALESCE(sum(strlen(c{n})), 0)" for n in texts], "+")
        names = ", ".join(f"c{n}" for n in range(len(columns)))
        measured = f"SELECT {lengths} FROM {reader} AS file({names})"
        unpacked += int(database.execute(measured).fetchall()[0][0])
    return unpacked


def first_line(error: Exception) -> str:
    """What DuckDB says, without its context."""
    return str(error).splitlines()[0]
