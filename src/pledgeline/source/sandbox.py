"""Where one validation works: a database that reaches only the package's files, and a folder.

The folder is removed afterwards.
"""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pledgeline.sql import literal, literals

# What all archives and Parquet files together may unpack to: a gigabyte, or this multiple of what
# was packed.
LARGE, MULTIPLE = 1 << 30, 100
# Of the database; what does not fit goes to the folder. Python and its libraries need some 150 MB
# beside it.
MEMORY = "1400MB"


RUNNING: set[duckdb.DuckDBPyConnection] = set()  # databases that may be at work


@dataclass
class Sandbox:
    """A database that reads the files it was opened for and those in `folder`, and nothing else.

    It cannot write outside of its folder either.
    """

    database: duckdb.DuckDBPyConnection
    folder: Path
    capacity: int  # bytes that may be unpacked, into `folder` or while they are read
    read: int = 0  # bytes that were unpacked while they were read

    def room(self) -> int:
        """How many more bytes may be unpacked: ten thousand archives must not fill the disk."""
        unpacked = sum(file.stat().st_size for file in self.folder.iterdir())
        return self.capacity - unpacked - self.read


@contextmanager
def sandbox(files: Iterable[Path]) -> Iterator[Sandbox]:
    """A sandbox for `files`, which are paths of files or of folders to read."""
    files = list(files)
    with tempfile.TemporaryDirectory(prefix="pledgeline-") as name:
        folder = Path(name).resolve() / "files"  # TMPDIR may lead through a link
        folder.mkdir()
        database = duckdb.connect(
            config={"autoload_known_extensions": "false", "autoinstall_known_extensions": "false"}
        )
        RUNNING.add(database)
        try:
            database.execute(
                f"SET memory_limit = '{MEMORY}';"
                f" SET temp_directory = {literal(str(Path(name) / 'spill'))}"
            )
            database.execute(
                "SET enable_progress_bar = true; SET enable_progress_bar_print = false;"
                " SET python_enable_replacements = false"
            )
            folders = [f"{path}/" for path in files if path.is_dir()] + [f"{folder}/"]
            database.execute(f"SET allowed_directories = [{literals(folders)}]")
            database.execute(
                f"SET allowed_paths = [{literals(str(path) for path in files if path.is_file())}]"
            )
            database.execute("SET enable_external_access = false; SET lock_configuration = true")
            inside = (
                part for path in files for part in (path.rglob("*") if path.is_dir() else [path])
            )
            packed = sum(path.stat().st_size for path in set(inside) if path.is_file())
            yield Sandbox(database, folder, max(LARGE, MULTIPLE * packed))
        finally:
            RUNNING.discard(database)
            database.close()


def database_in_memory() -> duckdb.DuckDBPyConnection:
    """A database that reads no file and loads no extension, for tables that are in memory."""
    return duckdb.connect(
        config={"enable_external_access": "false", "autoload_known_extensions": "false"}
    )
