"""Typed tables as CSV and Parquet files whose bytes depend on nothing but the rows."""

import csv
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pledgeline.write.tables import as_text


def write_csv(table: pa.Table, path: Path) -> None:
    """RFC 4180 with LF, in UTF-8 without BOM, with a header.

    Quotes are used only where needed, and an empty cell is null.
    """
    write_rows(as_text(table), table.column_names, path)


def write_rows(
    rows: Iterable[Mapping[str, str | None]], columns: Sequence[str], path: Path
) -> None:
    """Rows of text in the same form."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_parquet(table: pa.Table, path: Path) -> None:
    """Settings fixed by name, so that a new default of the library does not change the bytes.

    Snappy: every reader has it.
    """
    pq.write_table(
        table,
        path,
        version="2.6",
        compression="snappy",
        row_group_size=100_000,
        data_page_version="1.0",
        use_dictionary=True,
        write_statistics=True,
        store_schema=True,
    )


def sha256(path: Path) -> str:
    """The file's hash as a descriptor writes it."""
    with path.open("rb") as file:
        return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()
