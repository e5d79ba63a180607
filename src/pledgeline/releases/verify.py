"""Whether an archive, packed or not, is what was published.

Its files are checked by their sums, its rows by the schemas and their published hashes.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from pledgeline.descriptor.json_file import read_text
from pledgeline.descriptor.load import NAMES
from pledgeline.errors import UnreadablePackage
from pledgeline.records.history import HISTORY
from pledgeline.releases.pack import SUMS
from pledgeline.releases.signature import wrong_signature
from pledgeline.releases.snapshot import snapshot
from pledgeline.releases.undo import wrong_tables
from pledgeline.releases.unpack import package_at
from pledgeline.text import quoted
from pledgeline.validation import validate
from pledgeline.versions import numbers

CHUNK = 1 << 20
LISTED = 20  # errors of rows that are listed; `pledgeline validate` lists all


NO_ARCHIVE = (
    f"this is not an archive of a release: there is no {SUMS} in it; "
    "name the zip that was published, or the folder that it was unpacked to"
)


def verify(path: str | os.PathLike[str], *, key: str | os.PathLike[str] | None = None) -> list[str]:
    """The differences of an archive (.zip, or the folder of one) from what was published.

    A sentence each; an empty list says that all is as published: files, rows and hashes agree. That
    does not show who published it, since whoever changes a file can change its hash. With `key`, a
    file of allowed signers (ssh-keygen(1)), the signature beside the zip must be of one of them.
    Raises UnreadablePackage where there is nothing to check or it is not safe to unpack, and
    MissingProgram where a signature is to be checked and ssh-keygen is not installed.

    >>> pledgeline.verify("stations-1.1.0.zip")
    []
    >>> pledgeline.verify("stations-changed.zip")[0]
    '"stations.csv" is not the published file (its SHA-256 is another)'
    """
    unsigned = [] if key is None else list(wrong_signature(Path(path), Path(key)))
    with package_at(path) as found:
        folder = found if found.is_dir() else found.parent
        if found.is_file() and found.name not in NAMES:
            return [*unsigned, NO_ARCHIVE]
        if not os.path.lexists(folder / SUMS):
            return [*unsigned, NO_ARCHIVE]
        return [*unsigned, *wrong_sums(folder), *wrong_rows(folder), *wrong_history(folder)]


def wrong_sums(folder: Path) -> Iterator[str]:
    """The files that differ from SHA256SUMS, are missing, or are not in it."""
    if (folder / SUMS).is_symlink():  # to a file of the reader's, which a message would quote
        yield f"{SUMS} is a link, expected a file"
        return
    try:
        lines = read_text(folder / SUMS).splitlines()
    except ValueError as error:
        yield f"{SUMS}: {error}"
        return
    listed = {}
    for number, line in enumerate(lines, 1):
        digest, gap, name = line.partition("  ")
        if (
            len(digest) != 64
            or not gap
            or name.startswith("/")
            or ".." in Path(name).parts
            or name in listed
        ):
            yield (
                f"{SUMS}:{number}: found {quoted(line)},"
                " expected a SHA-256, two blanks and the path of a file, once each"
            )
        else:
            listed[name] = digest
    there = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }
    for name, digest in listed.items():
        if name not in there:
            yield f"{quoted(name)} is missing"
        elif file_hash(folder / name) != digest:
            yield f"{quoted(name)} is not the published file (its SHA-256 is another)"
    for name in sorted(there - listed.keys() - {SUMS}):
        yield f"{quoted(name)} was not published (it is not in {SUMS})"


def file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def wrong_rows(folder: Path) -> Iterator[str]:
    """What validation finds: of the descriptor, the files and every row."""
    report = validate(folder, limit_errors=LISTED)
    errors = [("datapackage.json", error) for error in report.errors]
    errors += [
        (task.place, error)
        for task in report.tasks
        for error in task.errors
        if error.severity == "error"
    ]
    for place, error in errors[:LISTED]:
        yield f"{place}: {error.message}"
    if not report.valid and not errors:
        yield "the package is not valid; see pledgeline validate"


def wrong_history(folder: Path) -> Iterator[str]:
    """The tables that do not match the hashes the package itself has for its version, if any."""
    try:
        today = snapshot(folder)
    except UnreadablePackage:
        return  # `wrong_rows` says why
    if set(HISTORY) <= today.tables.keys():
        known = {row["version"] for row in today.tables["releases"]}
        if today.version not in known:
            last = max(known, key=numbers, default="none")
            yield f"version {today.version} is not published: the last in `releases` is {last}"
        else:
            for name in wrong_tables(today, today.version):
                yield (
                    f"{name}: the rows are not those of version {today.version}"
                    " (their hash is another)"
                )
