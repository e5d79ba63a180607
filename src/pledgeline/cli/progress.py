"""A progress bar for long work, on a terminal.

It appears after the first second, on one line that disappears at the end.
"""

import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

PATIENCE, INTERVAL = 1.0, 0.2  # seconds before the bar is drawn, and between two drawings
CELLS = 24


@contextmanager
def progress(stream: TextIO | None = None) -> Iterator[Callable[[str, int, int], None] | None]:
    """Gives a function to call as `(name, done, total)`; None where no bar is wanted.

    A thread draws the bar, for the time runs on while one part takes long.
    """
    stream = stream or sys.stderr
    if not wanted(stream):
        yield None
        return
    now, over, start = ("", 0, 0), threading.Event(), time.monotonic()

    def begin(name: str, done: int, total: int) -> None:
        nonlocal now
        now = name, done, total

    def draw() -> None:
        drawn, pause = 0, PATIENCE
        while not over.wait(pause):
            line = bar(*now, time.monotonic() - start)[: shutil.get_terminal_size().columns - 1]
            stream.write(f"\r{line:<{drawn}}")
            stream.flush()
            drawn, pause = len(line), INTERVAL
        if drawn:
            stream.write(f"\r{'':<{drawn}}\r")
            stream.flush()

    thread = threading.Thread(target=draw, daemon=True)
    thread.start()
    try:
        yield begin
    finally:
        over.set()
        thread.join()


def wanted(stream: TextIO | None) -> bool:
    """Whether somebody watches: a terminal that can go back on its line, and no CI service."""
    if stream is None or not stream.isatty() or os.environ.get("TERM") == "dumb":
        return False
    return os.environ.get("CI", "").lower() in ("", "0", "false")


def bar(name: str, done: int, total: int, seconds: float) -> str:
    """`[######------]  50 %  12 s  events`, with nothing in the name that a terminal obeys."""
    from pledgeline.cli.formats.groups import NAME, tame

    share = min(done / total, 1.0) if total > 0 else 0.0
    full = int(CELLS * share)
    bar = f"[{'#' * full}{'-' * (CELLS - full)}]"
    return f"{bar}  {int(100 * share)} %  {seconds:.0f} s  {tame(name, NAME)}"
