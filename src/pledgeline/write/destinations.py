"""Whether the output of a build can be put in place, checked before the first file is moved."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pledgeline.errors import Problem


def blocked_destinations(
    root: Path, files: Iterable[Path], folders: Iterable[str]
) -> list[Problem]:
    """What under `root` blocks one of `files` (relative paths), or is not a file in `folders`."""
    files = sorted(files)
    above = sorted({parent for path in files for parent in path.parents if parent != Path(".")})
    problems = [
        blocked(path, "is not a folder", "a folder")
        for path in above
        if taken(root / path) and not (root / path).is_dir()
    ]
    problems += [
        blocked(path, "is not a file", "a file or nothing")
        for path in files
        if is_no_file(root / path)
    ]
    return problems + list(inner_folders(root, files, folders))


def inner_folders(root: Path, files: list[Path], folders: Iterable[str]) -> Iterator[Problem]:
    """Folders among the published files.

    A build removes files that it did not make, but never a whole folder of somebody else's.
    """
    for folder in folders:
        for path in sorted((root / folder).glob("*")):
            relative = path.relative_to(root)
            if is_no_file(path) and relative not in files:
                yield blocked(relative, "is not a file", "nothing but the files that a build makes")


def taken(path: Path) -> bool:
    """Whether there is anything at `path`, be it a link to nowhere."""
    return path.exists() or path.is_symlink()


def is_no_file(path: Path) -> bool:
    return path.exists() and not path.is_file()


def blocked(path: Path, found: str, expected: str) -> Problem:
    name = path.as_posix()
    return Problem(
        name,
        1,
        1,
        "blocked-target",
        f"{name} {found}",
        expected,
        "move it elsewhere or remove it, and build again",
    )
