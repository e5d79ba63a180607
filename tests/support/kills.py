"""Builds and releases that are killed: at any moment, or between two steps of publishing.

They are forked from a server that has imported everything and runs nothing, so that each costs no
more than its own work.
"""

import fcntl
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from random import Random

from frictionless import Package

import pledgeline
from pledgeline.errors import InvalidPackage
from pledgeline.releases.release import release
from pledgeline.write import publish
from pledgeline.write.build import build
from support.copies import whole

DAY = date(2026, 12, 1)
STEPS = ("os.rename", "os.remove")  # the audit events of putting files in place
server = get_context("forkserver")
server.set_forkserver_preload(
    ["pledgeline.releases.release", "pledgeline.write.build", "frictionless", "pyarrow.parquet"]
)


def run_build(root: Path, stop: int | None) -> None:
    """A build in a process group of its own, which dies before step `stop` of publishing."""
    os.setsid()
    if stop is not None:
        die_before_step(stop)
    build(root)


def run_release(root: Path, stop: int | None) -> None:
    """The same of a release of 1.0.0."""
    os.setsid()
    if stop is not None:
        die_before_step(stop)
    release(root, "1.0.0", DAY)


def die_before_step(stop: int) -> None:
    """Kills this process before its step `stop` of publishing, from 0, as a power cut would.

    The moves are made in this process, since nothing but a power cut reaches that of their own.
    """
    publish.move = lambda root, lock: publish.finish(root)
    place, steps = publish.Staging.publish, iter(range(-stop, 1))
    publishing = False

    def publish_here(*arguments: object, **named: object) -> None:
        nonlocal publishing
        publishing = True
        place(*arguments, **named)
        publishing = False

    def count(event: str, _: object) -> None:
        if publishing and event in STEPS and next(steps) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    publish.Staging.publish = publish_here
    sys.addaudithook(count)


def kill_at_random(run: Callable, root: Path, draw: Random, life: float) -> None:
    """Kills one run and its process group at a moment of its life; waits until nobody publishes."""
    process = server.Process(target=run, args=(root, None))
    process.start()
    time.sleep(draw.uniform(0, life))
    with suppress(ProcessLookupError):  # it may have ended by itself, or not yet have a group
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join()
    with (root / ".build.lock").open("w") as lock:  # the moves go on in a process of their own
        fcntl.flock(lock, fcntl.LOCK_EX)


def kill_before_step(run: Callable, root: Path, stop: int) -> bool:
    """Kills one run before a step of publishing; whether there was such a step."""
    process = server.Process(target=run, args=(root, stop))
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def life_of(run: Callable, root: Path) -> float:
    """The seconds of a run that nothing disturbs."""
    began = time.perf_counter()
    process = server.Process(target=run, args=(root, None))
    process.start()
    process.join()
    assert process.exitcode == 0
    return time.perf_counter() - began


def assert_whole_or_reported(root: Path) -> bool:
    """A tree with files of two builds is reported by every reader; returns whether it is whole."""
    if whole(root):
        return True
    assert_reported(root)
    return False


def assert_reported(root: Path) -> None:
    """Every reader says that a file is not the one that the descriptor describes."""
    tables = pledgeline.validate(root).tasks
    wrong = {error.type for task in tables for error in task.errors}
    assert wrong & {"hash-count", "byte-count", "scheme-error"}, wrong
    assert refused(root)
    assert not Package(str(root / "datapackage.json")).validate().valid


def refused(root: Path) -> bool:
    """Whether `open` refuses the package or one of its tables."""
    try:
        opened = pledgeline.open(root)
        return not all(opened[name].name == name for name in opened)
    except InvalidPackage:
        return True
