"""Files of a package opened without following a link that has replaced one of them.

The descriptor's paths were resolved and checked once (`descriptor.paths`). Anyone who can write
into the package can replace a file by a link afterwards; so each file is opened without following
links, the opened file is checked, and that one is read.
"""

import os
import stat
from io import BufferedReader
from pathlib import Path

from pledgeline.source.source import Unreadable
from pledgeline.source.watch import WATCH


def open_regular(path: Path) -> BufferedReader:
    """The regular file at `path`, whose links have been followed, for reading.

    Raises Unreadable where it is gone, or is no longer that file.
    """
    try:
        # A pipe must not make us wait, and a link must not lead us elsewhere.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        handle = os.open(path, flags)
    except OSError as error:
        raise changed(path, (error.strerror or "it cannot be opened").lower()) from None
    opened = os.fstat(handle)
    try:
        there = os.stat(os.path.realpath(path, strict=True))
        same = (there.st_dev, there.st_ino) == (opened.st_dev, opened.st_ino)
        moved = Path(os.path.realpath(path)) != path  # a folder above became a link
    except OSError:
        same, moved = False, True
    if not stat.S_ISREG(opened.st_mode) or not same or moved:
        os.close(handle)
        raise changed(path, "it is another file now")
    file = os.fdopen(handle, "rb")
    if watch := WATCH.get():
        watch.opened(path, file, opened.st_size)
    return file


def check_unchanged(path: Path) -> None:
    """Raises Unreadable where the file at `path` is no longer what the descriptor was checked for.

    For readers that open files by themselves, to be asked when they are done.
    """
    open_regular(path).close()


def changed(path: Path, why: str) -> Unreadable:
    """The refusal of a file that is not as it was checked."""
    wrong = f'the file "{path.name}" changed while the package was read ({why}); validate it again'
    return Unreadable("source-error", wrong)
