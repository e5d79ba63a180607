"""Puts a finished build in place, so that readers see the whole old or the whole new one.

A build writes everything into a staging folder, and last the list of moves. From then on the build
can only be finished: the moves are made by a process of their own, which a kill of the build or of
its process group does not reach, and if the machine itself goes down between two moves, `finish`
makes the rest before anything else is done.
"""

import errno
import fcntl
import filecmp
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

STAGING = ".build"
MOVES = "moves.json"


@contextmanager
def staging(root: Path) -> Iterator["Staging"]:
    """An empty staging folder under `root`, once an interrupted publication is finished.

    One build runs at a time; others wait.
    """
    with (root / ".build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (root / STAGING / MOVES).exists():
            move(root, lock.fileno())
        folder = root / STAGING
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            yield Staging(root, folder, lock.fileno())
        finally:
            if not (
                folder / MOVES
            ).exists():  # else some moves are still to be made, by the next build
                shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class Staging:
    """Where a build writes, and the lock it holds."""

    root: Path
    folder: Path
    lock: int

    def file(self, name: str) -> Path:
        """Where to write the file that will be `name` under the root."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def files(self) -> list[Path]:
        """The files written so far, by their path under the root."""
        return [
            path.relative_to(self.folder)
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        ]

    def publish(self, folders: Iterable[str], last: str) -> None:
        """Puts the staged `folders` in place of those under `root`, then the descriptor `last`.

        A file whose bytes are the same stays as it is; one that the new build no longer has is
        removed at the end. Raises Unfinished when not all files could be moved.
        """
        staged = self.files()
        new = [path for path in staged if not same(self.folder / path, self.root / path)]
        files = sorted(new, key=lambda path: path == Path(last))
        there = [
            path.relative_to(self.root)
            for folder in folders
            for path in sorted((self.root / folder).glob("*"))
        ]
        moves = {
            "place": [p.as_posix() for p in files],
            "remove": [p.as_posix() for p in there if p not in staged],
        }
        draft = self.folder / (MOVES + ".draft")
        draft.write_text(json.dumps(moves), "utf-8")
        for path in [*files, draft.relative_to(self.folder)]:
            sync(self.folder / path)
        draft.rename(self.folder / MOVES)
        move(self.root, self.lock)


class Unfinished(OSError):
    """Only some of the new files are in place; the next build moves the others first."""

    def __init__(self, path: str):
        super().__init__(
            errno.EIO, "the new files could not all be put in place; build again to finish", path
        )


def move(root: Path, lock: int) -> None:
    """Has `finish` done by a process of its own, which holds the lock too.

    Raises Unfinished, of the path it says last.
    """
    mover = [sys.executable, "-I", __file__, str(root.resolve())]
    # Ctrl-C waits until the moves are made
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        run = subprocess.run(
            mover, start_new_session=True, pass_fds=(lock,), stdout=subprocess.PIPE, text=True
        )
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    if run.returncode:
        raise Unfinished((run.stdout or "").strip() or str(root))


def finish(root: Path) -> None:
    """Makes the moves of a publication that was begun; does nothing when there is none.

    Safe to repeat.
    """
    staged = root / STAGING
    if not (staged / MOVES).exists():
        return
    try:
        moves = json.loads((staged / MOVES).read_text("utf-8"))
        safe = all(map(is_inside, [*moves["place"], *moves["remove"]]))
    except (ValueError, LookupError, TypeError, AttributeError):
        safe = False
    if not safe:  # a build has not written this; the next one puts everything in place anew
        (staged / MOVES).unlink()
        return
    for name in moves["place"]:
        if (staged / name).exists():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(staged / name, root / name)
    for name in moves["remove"]:
        (root / name).unlink(missing_ok=True)
    (staged / MOVES).unlink()


def is_inside(name: str) -> bool:
    """Whether a name is that of a file below the root, as `publish` writes them."""
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts


def same(one: Path, other: Path) -> bool:
    """Whether both files are there with the same bytes."""
    return other.is_file() and filecmp.cmp(one, other, shallow=False)


def sync(path: Path) -> None:
    """Makes sure that the file's bytes are on disk before anything counts on them."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


if __name__ == "__main__":
    try:
        finish(Path(sys.argv[1]))
    except OSError as error:
        print(error.filename2 or error.filename)
        sys.exit(
            f"{error.filename2 or error.filename}: could not be put in place or removed"
            f" ({error.strerror})"
        )
