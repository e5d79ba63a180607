"""The release step: what it records, what it refuses, and that whatever happens to it leaves the
old version or the new one.
"""

import csv
import fcntl
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import date

import pytest
from support.command import pledgeline_process
from support.copies import run_build
from support.releases import (
    DAY,
    EVENT,
    LOG,
    PLACE,
    PRINTED,
    commit,
    copy_of,
    expected,
    git,
    release,
    released,
    state,
    undisturbed,
    unreleased,
)

import pledgeline
from pledgeline.errors import ReleaseRefused
from pledgeline.releases.release import release as publish


def rows(root, version, name):
    with (root / f"data/releases/{version}/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_first_version(tmp_path):
    """Catches a release that is not what a fresh build makes, or that says nothing of the tables it
    publishes.
    """
    root = copy_of(released(), tmp_path / "package")
    assert rows(root, "1.0.0", "changes") == []
    published = {row["table"] for row in rows(root, "1.0.0", "releases")}
    assert {"events", "schema"} <= published and not published & {"releases", "changes"}
    git(root, "checkout", "-q", "HEAD~1")
    assert run_build(root).returncode == 0 and git(root, "status", "--porcelain") == ""
    assert (
        "## 1.0.0 (2026-12-01)\n\nWhat is new, in words.\n\n| table | rows |"
        in (root / "CHANGELOG.md").read_text()
    )


def test_the_second_version_records_every_change(tmp_path):
    """Catches a change without its row, a row without its reason, and a version that cannot be
    turned back.
    """
    root = copy_of(undisturbed(), tmp_path / "package")
    assert "1.0.1 is made (2 changes since 1.0.0)" in (undisturbed().parent / PRINTED).read_text()
    title = {
        "version": "1.0.1",
        "field": "title",
        "kind": "modified",
        "old": EVENT,
        "new": f"{EVENT} (a correction)",
    }
    for row, table in zip(rows(root, "1.0.1", "changes"), ("events", "timeline"), strict=True):
        assert title.items() <= row.items() and row["table"] == table and row["reason"]
    commit(root)
    assert run_build(root).returncode == 0 and git(root, "status", "--porcelain") == ""
    today = pledgeline.open(root)
    assert today.versions == ["1.0.0", "1.0.1"] and today.at("1.0.0").version == "1.0.0"
    archive = root / "dist/azerbaijan-alliance-diplomacy-1.0.1.zip"
    assert pledgeline.open(archive).at("1.0.0")["events"].to_pandas()["title"].eq(EVENT).any()


@pytest.mark.long
@pytest.mark.parametrize("status", ["merged", "withdrawn"])
def test_an_id_that_is_retired_stays_resolvable(status, tmp_path):
    """Catches a retired record that is told as removed, whose reason or successor is lost, or that
    cannot be turned back.
    """
    root = copy_of(released(), tmp_path / "package")
    gone, kept = "azerbaijan-buys-russian-weapons", "russia-nuclear-plant-proposal-2019"
    path = root / PLACE
    text = path.read_text()
    start = text.index(f"- id: {gone}")
    path.write_text(text[:start] + text[text.index("- id: ", start + 1) :])
    successor = f"  replaced_by: {kept}\n" if status == "merged" else ""
    retired = (
        f"- id: {gone}\n  table: events\n  status: {status}\n{successor}  reason: It was a slip.\n"
    )
    (root / "data/records/retired.yaml").write_text(retired)
    readings = root / "data/records/interpretations/article.yaml"
    readings.write_text(readings.read_text().replace(gone, kept))
    (root / "data/reasons.yaml").write_text(
        f"reasons:\n- {{record: {gone}, reason: It went with its event.}}\n"
    )
    (root / "CHANGELOG.md").write_text(LOG.format(version="2.0.0"))
    built = run_build(root)
    assert built.returncode == 0, built.stderr
    commit(root)
    run = release(root, "2.0.0")
    assert run.returncode == 0, run.stderr
    told = [
        row
        for row in rows(root, "2.0.0", "changes")
        if row["table"] == "events" and row["key"] == gone
    ]
    assert [(row["kind"], row["reason"]) for row in told] == [(status, "It was a slip.")]
    commit(root)
    today = pledgeline.open(root)
    (record,) = (row for row in today["records"].to_arrow().to_pylist() if row["id"] == gone)
    assert record["status"] == status and record["replaced_by"] == (
        kept if status == "merged" else None
    )
    ids = {
        version: today.at(version)["events"].to_arrow()["id"].to_pylist()
        for version in ("1.0.0", "2.0.0")
    }
    assert gone in ids["1.0.0"] and gone not in ids["2.0.0"]


def wrong_build(root):
    path = root / "data/csv/events.csv"
    path.write_text(path.read_text().replace("Russia", "Rossia"))
    commit(root)


def wrong_package(root):
    rule = root / "validate/rules/never.sql"
    rule.write_text(
        "-- error: nothing\n-- fix: nothing\nSELECT 'events' AS resource, 1 AS row_number, 'title' AS field\n"
    )
    commit(root)


def wrong_reason(root):
    (root / "data/reasons.yaml").write_text("reasons:\n- {record: nobody, reason: none}\n- 7\n")
    commit(root)


def removed_citation(root):
    path = root / PLACE
    lines = path.read_text().splitlines(keepends=True)
    twice = [
        n
        for n, line in enumerate(lines)
        if line.startswith("    - {source") and lines[n - 1].startswith("    - {source")
    ]
    del lines[twice[0]]
    path.write_text("".join(lines))
    assert run_build(root).returncode == 0
    commit(root)


def new_event(root):
    path = root / PLACE
    record = path.read_text().split("\n- id: ")[1]
    path.write_text(
        path.read_text()
        + "- id: "
        + record.replace(record.split("\n")[0], "a-new-event-2020", 1)
        + "\n"
    )
    assert run_build(root).returncode == 0
    commit(root)


def untidy(root):
    (root / "CHANGELOG.md").write_text(LOG.format(version="1.0.1") + "x")
    (root / "data/new.txt").write_text("x")


REFUSALS = {  # what is wrong -> what is done before, the version, all that is said
    "no version": (None, "1.1", ["1.1 is no version"]),
    "published": (None, "1.0.0", ["1.0.0 is published already"]),
    "lower": (None, "0.9.9", ["lower than the last published version"]),
    "untidy": (
        untidy,
        "1.0.2",
        ["not everything is committed: CHANGELOG.md, data/new.txt", "CHANGELOG.md has no entry"],
    ),
    "stale": (wrong_build, "1.0.1", ["data/csv/events.csv is not what a fresh build makes"]),
    "invalid": (wrong_package, "1.0.1", ["never"]),
    "no reason": (removed_citation, "1.0.1", ["removed without a reason"]),
    "wrong reasons": (
        wrong_reason,
        "1.0.1",
        ["data/reasons.yaml, entry 2: found 7", "no change is about nobody"],
    ),
    "too low": (new_event, "1.0.1", ["ask for a minor version: at least 1.1.0, not 1.0.1"]),
}


LONG = (
    "no version",
    "lower",
    "published",
    "wrong reasons",
    "too low",
)  # the quick suite has others of their sort


@pytest.mark.parametrize(
    "case",
    [pytest.param(each, marks=pytest.mark.long if each in LONG else ()) for each in REFUSALS],
)
def test_what_may_not_be_published_is_refused(case, tmp_path):
    """Catches a refusal that is not made, that writes something, or that does not say what to do."""
    spoil, version, told = REFUSALS[case]
    root = copy_of(released(), tmp_path / "package")
    if spoil:
        spoil(root)
    before = state(root)
    run = release(root, version)
    assert (
        run.returncode == 1
        and all(each in run.stderr for each in told)
        and "Traceback" not in run.stderr
    ), run.stderr
    assert "nothing was written" in run.stderr and state(root) == before


def test_a_refusal_lists_its_reasons(tmp_path):
    """Catches reasons that are lost on the way to whoever calls it from Python."""
    root = copy_of(released(), tmp_path / "package")
    with pytest.raises(ReleaseRefused) as refused:
        publish(root, "one", date(2026, 1, 1))
    first = refused.value.reasons[0]
    assert "one" in first and str(refused.value).startswith(first)


@pytest.mark.long
def test_a_release_that_is_made_already_says_so(tmp_path):
    """Catches a second run that refuses, or records the changes twice, after one that was cut off
    at its end.
    """
    root = copy_of(released(), tmp_path / "package")
    assert release(root, "1.0.1").returncode == 0
    run = release(root, "1.0.1")
    assert (
        run.returncode == 0 and "1.0.1 is made already" in run.stdout and state(root) == expected()
    )


@pytest.mark.long
def test_two_machines_make_the_same_archive(tmp_path):
    """Catches a time, a place, a user or an order of files in the archive."""
    names = []
    for number, surroundings in enumerate(
        ({"TZ": "Asia/Baku", "LC_ALL": "C"}, {"TZ": "America/Lima", "LC_ALL": "C.UTF-8"})
    ):
        root = copy_of(unreleased(), tmp_path / f"package {number}")
        os.umask(0o022 if number else 0o077)
        surroundings["PYTHONHASHSEED"] = str(number)
        run = pledgeline_process("release", "1.0.0", "--date", DAY, folder=root, **surroundings)
        assert run.returncode == 0, run.stderr
        names.append(state(root)["dist/azerbaijan-alliance-diplomacy-1.0.0.zip"])
    assert names[0] == names[1]


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
    assert run.returncode == 1 and "dist is no folder" in run.stderr and state(root) == before


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
