"""Whatever happens to a release, the package is the old version or the new one."""

import os
import random
import shutil
import subprocess
import sys

import pytest
from support import kills
from support.fresh import edit, in_git
from support.releases import (
    DAY,
    commit,
    copy_of,
    expected,
    release,
    released,
    state,
)

from pledgeline.write import publish


@pytest.fixture
def unreleased_small(tmp_path):
    """A small data set in git, ready for 1.0.0."""
    root = in_git(tmp_path / "package")
    edit(root, "CHANGELOG.md", "# Changelog\n", "# Changelog\n\n## 1.0.0\n\nNew.\n")
    commit(root)
    return root


def start(root) -> subprocess.Popen:
    command = [sys.executable, "-m", "pledgeline", "release", "1.0.1", "--date", DAY]
    return subprocess.Popen(
        command,
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2))
def test_a_release_killed_at_any_moment_is_made_or_not(seed, unreleased_small, tmp_path):
    """Catches a release that is written step by step; a hundred times in all."""
    root, before = unreleased_small, state(unreleased_small)
    kept = copy_of(root, tmp_path / "kept")
    life, draw = kills.life_of(kills.run_release, root), random.Random(seed)
    after = state(root)
    assert after != before
    for _ in range(50):
        if state(root) == after:
            shutil.rmtree(root)
            copy_of(kept, root)
        kills.kill_at_random(kills.run_release, root, draw, life)
        assert state(root) in (before, after)


@pytest.mark.long
@pytest.mark.parametrize("half", range(2))
def test_a_release_killed_before_any_step_of_publishing_is_reported_and_finished(
    half, unreleased_small, tmp_path
):
    """Catches a mixed version that some reader takes for a whole one, and one that is not finished:
    a hundred power cuts in all, before each step of publishing in turn.
    """
    root, before = unreleased_small, state(unreleased_small)
    kept = copy_of(root, tmp_path / "kept")
    assert not kills.kill_before_step(kills.run_release, root, 1_000)
    after, stop, mixed = state(root), 0, 0
    for _ in range(50):
        shutil.rmtree(root)
        copy_of(kept, root)
        if not kills.kill_before_step(kills.run_release, root, stop):
            stop = 0
            continue
        mixed += not kills.assert_whole_or_reported(root)
        publish.finish(root)
        assert state(root) == (before if stop == 0 else after)
        stop += 1
    assert mixed >= 4


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
