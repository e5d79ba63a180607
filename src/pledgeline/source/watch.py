"""How far a validation has come, in bytes of the package's files, for whoever asks to be told.

A thread looks from time to time at the file that is being read and at the query that runs, so that
nothing that reads has to count. Without anybody to tell there is no thread.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path

import duckdb

from pledgeline.standard.package import Resource

Progress = Callable[[str, int, int], None]  # a resource's name, bytes done, bytes of all files

INTERVAL = 0.2  # seconds between two looks
# Of what is left of a resource, how much one pass over its files takes, and how much one query. How
# many of either there will be is not known, so that each begins where the last one ended.
READING, SCANNING = 1 / 4, 3 / 4


@dataclass
class Step:
    """A part of the way through a resource, both ends as fractions of the whole way."""

    start: float = 0.0
    end: float = 0.0

    def at(self, fraction: float) -> float:
        return self.start + (self.end - self.start) * min(max(fraction, 0.0), 1.0)


@dataclass
class Watch:
    """Where a validation is; `tell` hears of it, and never that it went back."""

    tell: Progress | None
    total: int
    database: duckdb.DuckDBPyConnection  # whose queries are looked at
    name: str = ""
    size: int = 0  # bytes of the resource
    before: int = 0  # bytes of the resources before it
    reached: float = 0.0  # of the way through the resource
    reading: Step = field(default_factory=Step)
    scanning: Step = field(default_factory=Step)
    percent: float = -1.0  # of the query; below 0 where none runs
    # the files of the present pass and their sizes, and the one that was opened last
    passed: dict[Path, int] = field(default_factory=dict)
    file: Callable[[], BufferedReader | None] = lambda: None
    lock: threading.Lock = field(default_factory=threading.Lock)
    failure: BaseException | None = None  # of `tell`, in the thread

    def begin(self, resource: Resource) -> None:
        """`resource` is what is checked from now on."""
        if self.tell:
            self.turn_to(resource.name, size_of(resource))

    def turn_to(self, name: str, size: int) -> None:
        """Raises what `tell` has raised in the thread."""
        if self.failure:
            raise self.failure
        with self.lock:
            self.before += self.size
            self.name, self.size, self.reached = name, size, 0.0
            self.reading, self.scanning, self.percent = Step(), Step(), -1.0
            self.passed, self.file = {}, lambda: None
            self.say()

    def opened(self, path: Path, file: BufferedReader, size: int) -> None:
        """A file of the resource, or one made of it, is read from its beginning."""
        with self.lock:
            self.look()
            if not self.passed or path in self.passed:
                self.passed, self.reading = {}, self.step(READING)
            self.passed[path] = size
            self.file = weakref.ref(file)

    def look(self) -> None:
        """Finds out how far it has come."""
        percent = self.database.query_progress()
        file = self.file()
        if percent >= 0:
            if not 0 <= self.percent <= percent:
                self.scanning = self.step(SCANNING)
            # The database counts what comes after the scan, such as the comparison of keys, for
            # more than it is: often less than a third is left when it ends.
            self.reached = max(self.reached, self.scanning.at(1 - (1 - percent / 100) ** 3))
        elif file and not file.closed:
            try:
                there = file.tell()
            except ValueError:  # closed meanwhile
                return
            *before, last = self.passed.values()
            whole = max(self.size, sum(before) + last, 1)
            self.reached = max(self.reached, self.reading.at((sum(before) + there) / whole))
        self.percent = percent

    def step(self, share: float) -> Step:
        """The next step, which takes a share of what is left of the resource."""
        return Step(self.reached, self.reached + (1 - self.reached) * share)

    def say(self) -> None:
        if self.tell and self.name:  # not before the first resource
            self.tell(self.name, self.before + int(self.size * self.reached), self.total)

    def keep_looking(self, over: threading.Event) -> None:
        """Tells until it is `over`."""
        try:
            while not over.wait(INTERVAL):
                with self.lock:
                    self.look()
                    self.say()
        except BaseException as error:
            self.failure = error


WATCH: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watching(
    tell: Progress | None, resources: Iterable[Resource], database: duckdb.DuckDBPyConnection
) -> Iterator[Watch]:
    """A watch over the checks of `resources`; at the end, `tell` hears that all of it is done."""
    if not tell:
        yield Watch(None, 0, database)
        return
    watch = Watch(tell, sum(map(size_of, resources)), database)
    over = threading.Event()
    thread = threading.Thread(target=watch.keep_looking, args=(over,), daemon=True)
    token = WATCH.set(watch)
    thread.start()
    try:
        yield watch
    finally:
        over.set()
        thread.join()
        WATCH.reset(token)
    watch.turn_to(watch.name, 0)


def size_of(resource: Resource) -> int:
    """The bytes of the files of a resource."""
    files = (
        file for path in resource.paths for file in (path.rglob("*") if path.is_dir() else [path])
    )
    return sum(file.stat().st_size for file in files if file.is_file())
