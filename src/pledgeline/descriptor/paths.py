"""Paths of a descriptor become files inside the package's folder, or a reason why not.

No data file is opened. The standard allows relative POSIX paths: no `..`, no absolute path, no
hidden folder (https://datapackage.org/standard/data-resource/#path-or-data). Stricter here: no URL,
since nothing is fetched, and links are followed before a path is judged.
"""

import os
import re
import stat
from pathlib import Path

from pledgeline.descriptor.json_file import reason
from pledgeline.text import quoted, without_secrets

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
DRIVE = re.compile(r"[A-Za-z]:")
ENTRIES = 100_000  # files in a directory of Parquet parts


class UnsafePath(ValueError):
    """A path is refused: frictionless-py's type of the error, what is wrong, and how to fix it."""

    def __init__(self, type: str, wrong: str, fix: str):
        super().__init__(wrong)
        self.type, self.wrong, self.fix = type, wrong, fix


def check_path_text(path: str, type: str = "resource-error") -> None:
    """Refuses a path by its text alone."""
    relative = "write a path relative to the descriptor's folder, such as data/table.csv"
    if SCHEME.match(path):
        raise UnsafePath(
            "scheme-error",
            f"{quoted(without_secrets(path))} is a URL, which is not fetched",
            "copy it beside the descriptor",
        )
    steps = path.split("/")
    if not path or path.isspace():
        wrong = "the path is empty"
    elif "\0" in path:
        wrong = f"{quoted(path)} holds a NUL character"
    elif path.startswith("/"):
        wrong = f"{quoted(path)} is an absolute path"
    elif "\\" in path or DRIVE.match(path):
        wrong = f"{quoted(path)} is not a POSIX path (a backslash or a drive letter)"
    elif ".." in steps:
        wrong = f"{quoted(path)} leads upwards (..)"
    elif path.startswith(("~", "$")) or re.match("%.+%", path):
        wrong = f"{quoted(path)} begins with a name that a shell would expand"
    elif any(step.startswith(".") and step != "." for step in steps):
        wrong = f"{quoted(path)} is hidden (a name beginning with a dot)"
    else:
        return
    raise UnsafePath(type, wrong, relative)


def resolve_inside(
    base: Path, path: str, directory: bool = False, type: str = "resource-error"
) -> Path:
    """The regular file that `path` names under the folder `base`, which is real and absolute.

    With `directory`, it may also be a folder of files. Raises UnsafePath.
    """
    check_path_text(path, type)
    # frictionless-py's type for a file that is not there
    missing = "scheme-error" if type == "resource-error" else type
    try:
        real = Path(os.path.realpath(base / path, strict=True))
        status = real.stat()
    except (OSError, ValueError) as error:
        raise UnsafePath(
            missing,
            f"{quoted(path)} cannot be found ({reason(error)})",
            "add the file or fix the path",
        ) from None
    if not real.is_relative_to(base):
        raise UnsafePath(
            type,
            f"{quoted(path)} leads out of the package's folder",
            "replace the link by the file",
        )
    if stat.S_ISDIR(status.st_mode) and directory:
        check_directory(base, real, path)
    elif not stat.S_ISREG(status.st_mode):
        kind = "a folder" if stat.S_ISDIR(status.st_mode) else "a device, pipe or socket"
        raise UnsafePath(
            missing, f"{quoted(path)} is {kind}, expected a regular file", "give the path of a file"
        )
    return real


def check_directory(base: Path, directory: Path, path: str) -> None:
    """Refuses a folder of parts that has too many entries, or one that leads out of the package.

    Each entry must be a file or a folder. Raises UnsafePath.
    """
    seen = 0
    for folder, folders, files in os.walk(directory):
        for name in folders + files:
            seen += 1
            real = Path(os.path.realpath(Path(folder, name)))
            if not real.is_relative_to(base) or not (real.is_file() or real.is_dir()):
                raise UnsafePath(
                    "resource-error",
                    f"{quoted(path)} holds {quoted(name)}, which leads out",
                    "remove that entry",
                )
        if seen > ENTRIES:
            raise UnsafePath(
                "resource-error",
                f"{quoted(path)} holds more than {ENTRIES:,} entries",
                "merge the parts",
            )
    if not seen:
        raise UnsafePath("scheme-error", f"{quoted(path)} is an empty folder", "add the parts")
