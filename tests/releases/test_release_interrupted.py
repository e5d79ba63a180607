"""Whatever happens to a release, the package is the old version or the new one."""

import fcntl
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest
from support.releases import (
    DAY,
    copy_of,
    expected,
    release,
    released,
    state,
)


def start(root) -> subprocess.Popen:
    command = [sys.executable, "-m", "pledgeline", "release", "1.0.1", "--date", DAY]
    return subprocess.Popen(
        command,
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kills(folder, count, seed) -> int:
    """Kills `count` releases at random moments; returns how many had published.

    Each time, running it again finishes it.
    """
    began = time.perf_counter()
    assert release(copy_of(released(), folder / "timed"), "1.0.1").returncode == 0
    life, moments, finished = time.perf_counter() - began, random.Random(seed), 0
    after, before = expected(), state(released())
    root = copy_of(released(), folder / "package")
    for _ in range(count):
        process = start(root)
        time.sleep(moments.uniform(0, life))
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        with (root / ".build.lock").open("w") as lock:  # the moves go on in a process of their own
            fcntl.flock(lock, fcntl.LOCK_EX)
        now = state(root)
        assert now in (before, after)
        if now == after:
            finished += 1
            shutil.rmtree(root)
            copy_of(released(), root)
    assert release(root, "1.0.1").returncode == 0 and state(root) == after
    return finished


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_a_release_killed_at_many_moments_is_made_or_not(seed, tmp_path):
    """Catches a release that is written step by step; a hundred and twenty times in all."""
    finished = kills(tmp_path, 30, seed=10 + seed)
    print(f"{finished} of 30 killed releases had published")


def test_a_full_disk_ends_in_a_message_and_the_old_version(tmp_path):
    """Catches a traceback or half a version when no more than a few kilobytes can be written."""
    root = copy_of(released(), tmp_path / "package")
    before = state(root)
    command = f"ulimit -f 40; exec '{sys.executable}' -m pledgeline release 1.0.1"
    run = subprocess.run(["bash", "-c", command], cwd=root, capture_output=True, text=True)
    assert run.returncode == 1 and "could not be" in run.stderr and "Traceback" not in run.stderr, (
        run.stderr
    )
    assert state(root) == before


@pytest.mark.long
def test_what_stands_in_the_way_of_the_archive_is_named(tmp_path):
    """Catches a folder that cannot be written to, and that is found only when half of the files are
    moved.
    """
    root = copy_of(released(), tmp_path / "package")
    shutil.rmtree(root / "dist")
    (root / "dist").write_text("no folder")
    (root / ".git/info/exclude").write_text("dist\n")
    before = state(root)
    run = release(root, "1.0.1")
    assert run.returncode == 1 and "dist is not a folder" in run.stderr and state(root) == before


FILL = """
mount -t tmpfs -o size=64m tmpfs "$1" && cp -a "$2/." "$1" && cd "$1" || exit 9
cat /dev/zero > .git/fill 2>/dev/null; truncate -s -100K .git/fill
"$3" -m pledgeline release 1.0.1; code=$?
rm .git/fill && rm -rf "$2" && cp -a "$1" "$2"; exit $code
"""

MOUNTS = shutil.which("unshare") and subprocess.run(
    ["unshare", "-m", "mount", "-t", "tmpfs", "t", "/mnt"], capture_output=True
)


@pytest.mark.long
@pytest.mark.skipif(
    not MOUNTS or MOUNTS.returncode != 0, reason="this user may not mount a disk of its own"
)
def test_a_disk_that_is_really_full(tmp_path):
    """Catches a traceback or half a version on a disk of 64 MB of which 100 kB are free."""
    root, disk = copy_of(released(), tmp_path / "package"), tmp_path / "disk"
    disk.mkdir()
    before = state(root)
    command = ["unshare", "-m", "bash", "-c", FILL, "bash", disk, root, sys.executable]
    run = subprocess.run(command, capture_output=True, text=True)
    assert (
        run.returncode == 1
        and "No space left on device" in run.stderr
        and "Traceback" not in run.stderr
    ), run.stderr
    assert state(root) == before


# Root may write everywhere, but for a root who has given that right up.
PLAIN = ["setpriv", "--bounding-set", "-dac_override"] if os.geteuid() == 0 else []


@pytest.mark.skipif(
    bool(PLAIN) and not shutil.which("setpriv"),
    reason="root may write everywhere, and setpriv is not here",
)
def test_a_folder_that_cannot_be_written_to_ends_in_a_message(tmp_path):
    """Catches a traceback, or half a version, in a package that is mounted to be read only."""
    root = copy_of(released(), tmp_path / "package")
    before = state(root)
    root.chmod(0o500)
    command = [*PLAIN, sys.executable, "-m", "pledgeline", "release", "1.0.1"]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True)
    root.chmod(0o700)
    assert (
        run.returncode == 1 and "Permission denied" in run.stderr and "Traceback" not in run.stderr
    )
    assert state(root) == before


@pytest.mark.long
def test_two_releases_at_once(tmp_path):
    """Catches two releases that write into each other: one waits, and then finds it made."""
    root = copy_of(released(), tmp_path / "package")
    both = [start(root) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0] and state(root) == expected()
