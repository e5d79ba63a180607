"""A package in a zip from a stranger, unpacked into a folder of its own, or refused.

Nothing is written outside of that folder: no entry that is a link, has a path that leads out, or
occurs twice is taken.
"""

import os
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from pledgeline.descriptor.load import NAMES
from pledgeline.errors import UnreadablePackage
from pledgeline.source.unpack import BROKEN
from pledgeline.text import quoted, without_secrets

CHUNK = 1 << 20
ENTRIES = 10_000
# What all entries may unpack to: a gigabyte, or this multiple of what was packed.
LARGE, MULTIPLE = 1 << 30, 100


@contextmanager
def package_at(path: str | os.PathLike[str]) -> Iterator[Path]:
    """The folder or descriptor at `path`, or in the zip at `path`, while the context lasts.

    Raises UnreadablePackage for a zip that is broken, unsafe or too large, and where there is
    nothing at `path`.
    """
    given, path = path, Path(path)
    if not path.exists():
        raise UnreadablePackage(f"{without_secrets(str(given))}: there is no such file or folder")
    if path.suffix.lower() != ".zip" or path.is_dir():
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="pledgeline-") as folder:
        try:
            unpack(path, Path(folder))
        except BROKEN as error:
            raise UnreadablePackage(f"{path}: the archive cannot be unpacked ({error})") from error
        yield descriptor_in(Path(folder), path)


def descriptor_in(folder: Path, path: Path) -> Path:
    """The folder with the descriptor: the top, or the only folder in it."""
    inside = list(folder.iterdir())
    single = inside if len(inside) == 1 and inside[0].is_dir() else []
    for place in [folder, *single]:
        if any((place / name).is_file() for name in NAMES):
            return place
    raise UnreadablePackage(f"{path}: the archive holds no datapackage.json")


def unpack(path: Path, folder: Path) -> None:
    """Writes the entries of the zip at `path` under `folder`.

    Raises UnreadablePackage for one that is unsafe, and BROKEN errors.
    """
    room = max(LARGE, MULTIPLE * path.stat().st_size)
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        if len(entries) > ENTRIES:
            raise UnreadablePackage(
                f"{path}: the archive has {len(entries):,} entries, expected at most {ENTRIES:,}"
            )
        seen: set[str] = set()
        for entry in entries:
            if wrong := unsafe(entry, seen):
                raise UnreadablePackage(
                    f"{path}: the entry {quoted(entry.filename)} {wrong}; nothing was used"
                )
            seen.add(entry.filename.rstrip("/").casefold())
            target = folder / entry.filename
            if entry.is_dir():
                target.mkdir(parents=True, exist_ok=True)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(entry) as packed, target.open("xb") as file:
                while chunk := packed.read(CHUNK):
                    room -= len(chunk)
                    if room < 0:
                        raise UnreadablePackage(
                            f"{path}: the archive unpacks to too much, "
                            f"expected at most {MULTIPLE} times its size"
                        )
                    file.write(chunk)


def unsafe(entry: zipfile.ZipInfo, seen: set[str]) -> str:
    """Why an entry is not unpacked; nothing where it may be.

    `seen` has the names before it, in small letters.
    """
    name = entry.filename
    mode = entry.external_attr >> 16
    steps = PurePosixPath(name).parts
    if not name or "\0" in entry.orig_filename or not name.isprintable():
        return "has a name that cannot be printed"
    if name.startswith("/") or "\\" in name or ".." in steps or ":" in steps[0]:
        return "leads out of the archive"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a link or a device"
    if name.rstrip("/").casefold() in seen:
        return "occurs twice"
    return ""
