"""A package in one zip whose bytes depend on nothing but its files: the same on every machine.

Entries are stored as they are, since what deflate makes depends on the version of zlib; Parquet is
packed already.
"""

import hashlib
import zipfile
from collections.abc import Iterable
from pathlib import Path

SUMS = "SHA256SUMS"
MOMENT = (1980, 1, 1, 0, 0, 0)  # of every entry: the earliest that a zip can record
MODE = 0o100644 << 16  # a file that everybody may read


def pack(folder: Path, target: Path) -> None:
    """Writes all files under `folder`, and their sums, to the zip `target`.

    They are in one folder that has the archive's name.
    """
    paths = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path in paths:
            add(archive, f"{target.stem}/{path.as_posix()}", (folder / path).read_bytes())
        add(archive, f"{target.stem}/{SUMS}", sums(folder, paths).encode())


def add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, MOMENT)
    entry.create_system = 3  # Unix, wherever it is made
    entry.external_attr = MODE
    archive.writestr(entry, content)


def sums(folder: Path, paths: Iterable[Path]) -> str:
    """A line a file in the form of sha256sum, which can check it."""
    return "".join(
        f"{hashlib.sha256((folder / path).read_bytes()).hexdigest()}  {path.as_posix()}\n"
        for path in paths
    )
