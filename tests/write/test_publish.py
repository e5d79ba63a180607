"""Whatever happens to a build, the package on disk is the old one or the new one, whole."""

import fcntl
import hashlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest
from support import kills
from support.copies import copy_article, published, run_build, whole
from support.fresh import fresh
from support.small import package

from pledgeline.write import publish
from pledgeline.write.build import build

EVENT = "Russia offers Azerbaijan the construction of a nuclear power plant"


def changed_package(folder):
    """A published package whose records have changed since, and what it was."""
    root = copy_article(folder, built=True)
    change(root, 0)
    return root, published(root)


def change(root, number) -> None:
    """Makes the records differ from whatever was published: a title ends in `number`."""
    path = root / "data/records/events/1991-2020.yaml"
    path.write_text(re.sub(f"{EVENT}.*", f"{EVENT} ({number})", path.read_text()))


def start_build(root) -> subprocess.Popen:
    command = [sys.executable, "-m", "pledgeline", "build"]
    return subprocess.Popen(
        command,
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill_and_settle(build, root, how=signal.SIGKILL) -> None:
    """Sends a signal to the build and all its process group, then waits until nobody holds the
    lock.
    """
    with suppress(ProcessLookupError):  # it may have ended by itself
        os.killpg(build.pid, how)
    build.wait()
    with (root / ".build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)


def assert_old_or_new(root, old) -> bool:
    assert whole(root)
    now = published(root)
    assert now == old or now["data/csv/events.csv"] != old["data/csv/events.csv"]
    return now != old


def kill_some(folder, count, seed) -> int:
    """Kills `count` builds of a changed package at random moments of their life; returns how many
    had published.
    """
    root, old = changed_package(folder / "package")
    start = time.perf_counter()
    assert run_build(copy_article(folder / "timed")).returncode == 0
    life, moments, finished = time.perf_counter() - start, random.Random(seed), 0
    for number in range(1, count + 1):
        build = start_build(root)
        time.sleep(moments.uniform(0, life))
        kill_and_settle(build, root)
        finished += assert_old_or_new(root, old)
        old = published(root)
        change(root, number)
    assert run_build(root).returncode == 0
    assert whole(root)
    return finished


@pytest.mark.long
def test_a_build_killed_at_some_moments_leaves_a_whole_package(tmp_path):
    """Catches a package that is written in place, file by file."""
    kill_some(tmp_path, 3, seed=1)


def stations(folder):
    """A small data set, built, and what makes its records differ from the last ones built."""
    root = fresh(folder / "package")
    build(root)
    place = root / "data/records/stations/town.yaml"
    text = place.read_text("utf-8")

    def renamed(number) -> None:
        place.write_text(text.replace("Harbour", f"Harbour {number}"), "utf-8")

    return root, renamed


def test_a_file_of_another_build_is_reported_by_every_reader(tmp_path):
    """Catches a mixed tree that is read as if it were one version."""
    root = package(tmp_path)
    path, table = root / "datapackage.json", root / "things.csv"
    content, rows = json.loads(path.read_text("utf-8")), table.read_bytes()
    content["resources"][0] |= {"hash": f"sha256:{hashlib.sha256(rows).hexdigest()}"}
    path.write_text(json.dumps(content), "utf-8")
    assert not kills.refused(root)
    table.write_bytes(rows.replace(b"three", b"seven"))
    kills.assert_reported(root)


@pytest.mark.long
def test_a_build_killed_at_any_moment_leaves_a_whole_package(tmp_path):
    """Catches a package that is written in place, a hundred times."""
    root, renamed = stations(tmp_path)
    life, draw = kills.life_of(kills.run_build, root), random.Random(2)
    for number in range(100):
        renamed(number)
        kills.kill_at_random(kills.run_build, root, draw, life)
        assert whole(root)
    build(root)
    assert whole(root)


@pytest.mark.long
def test_a_build_killed_before_any_step_of_publishing_is_reported_and_finished(tmp_path):
    """Catches a mixed package that some reader takes for a whole one, and one that the next build
    does not finish: a hundred power cuts, before each step of publishing in turn.
    """
    root, renamed = stations(tmp_path)
    stop = mixed = 0
    for number in range(100):
        old = published(root)
        renamed(number)
        if not kills.kill_before_step(kills.run_build, root, stop):
            stop = 0
            continue
        mixed += not kills.assert_whole_or_reported(root)
        publish.finish(root)
        assert whole(root) and (published(root) != old or stop == 0)
        stop += 1
    assert mixed >= 20


@pytest.mark.long
def test_a_build_killed_while_it_publishes_leaves_a_whole_package(tmp_path):
    """Catches a publication that dies with its build: the kill comes as soon as the list of moves
    is there.
    """
    root, old = changed_package(tmp_path)
    build = start_build(root)
    while not (root / publish.STAGING / publish.MOVES).exists() and build.poll() is None:
        time.sleep(0.0005)
    kill_and_settle(build, root)
    assert whole(root)
    run = run_build(root)
    assert run.returncode == 0 and whole(root) and published(root) != old


@pytest.mark.long
def test_ctrl_c_while_it_publishes_leaves_a_whole_package(tmp_path):
    """Catches an interrupt that stops the moves half-way or throws away the files still to be
    moved.
    """
    root, _ = changed_package(tmp_path)
    build = start_build(root)
    while not (root / publish.STAGING / publish.MOVES).exists() and build.poll() is None:
        time.sleep(0.0005)
    kill_and_settle(build, root, signal.SIGINT)
    assert whole(root)


@pytest.mark.long
def test_a_machine_that_stops_between_any_two_moves_is_completed_by_the_next_build(
    tmp_path, monkeypatch
):
    """Catches a publication that cannot be finished: the moves stop after each of them in turn, as
    with a power cut.
    """

    def moves_nothing(*_, **__):
        return subprocess.CompletedProcess([], 1)

    for stop in range(5):
        root, old = changed_package(tmp_path / str(stop))
        monkeypatch.setattr(publish.subprocess, "run", moves_nothing)
        with pytest.raises(OSError, match="build again to finish"):
            build(root)
        moved = []

        def replace(source, target, real=os.replace, moved=moved, stop=stop):
            if len(moved) == stop:
                raise OSError("the machine stops")
            moved.append(target)
            real(source, target)

        monkeypatch.setattr(publish.os, "replace", replace)
        with pytest.raises(OSError, match="the machine stops"):
            publish.finish(root)
        monkeypatch.undo()
        assert whole(root) is (stop == 0)
        publish.finish(root)
        assert whole(root) and published(root) != old


@pytest.mark.long
def test_two_builds_at_once_both_finish(tmp_path):
    """Catches two builds that write into each other's staging folder."""
    root, _ = changed_package(tmp_path)
    builds = [start_build(root) for _ in range(3)]
    assert [build.wait() for build in builds] == [0, 0, 0]
    assert whole(root)


@pytest.mark.long
def test_a_table_that_is_gone_leaves_no_file_behind(tmp_path):
    """Catches a stale file that the descriptor no longer describes."""
    root, _ = changed_package(tmp_path)
    (root / "data/csv/old_table.csv").write_text("id\n")
    assert run_build(root).returncode == 0
    assert whole(root)
