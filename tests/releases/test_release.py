"""A release: the version and the archive that it makes, and every change that it records."""

import csv
import os

import pytest
from support.command import pledgeline_process
from support.copies import run_build
from support.releases import (
    DAY,
    LOG,
    NAME,
    PLACE,
    PRINTED,
    STATION,
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
    assert {"stations", "schema"} <= published and not published & {"releases", "changes"}
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
    corrected = {
        "version": "1.0.1",
        "field": "name",
        "kind": "modified",
        "old": STATION,
        "new": f"{STATION} (a correction)",
    }
    for row, table in zip(
        rows(root, "1.0.1", "changes"), ("station_overview", "stations"), strict=True
    ):
        assert corrected.items() <= row.items() and row["table"] == table and row["reason"]
    commit(root)
    assert run_build(root).returncode == 0 and git(root, "status", "--porcelain") == ""
    today = pledgeline.open(root)
    assert today.versions == ["1.0.0", "1.0.1"] and today.at("1.0.0").version == "1.0.0"
    archive = root / f"dist/{NAME}-1.0.1.zip"
    assert pledgeline.open(archive).at("1.0.0")["stations"].to_pandas()["name"].eq(STATION).any()


@pytest.mark.long
@pytest.mark.parametrize("status", ["merged", "withdrawn"])
def test_an_id_that_is_retired_stays_resolvable(status, tmp_path):
    """Catches a retired record reported as removed, without reason or successor, or not undone."""
    root = copy_of(released(), tmp_path / "package")
    gone, kept = "market", "harbour"
    path = root / PLACE
    text = path.read_text()
    start = text.index(f"- id: {gone}")
    path.write_text(text[:start])
    successor = f"  replaced_by: {kept}\n" if status == "merged" else ""
    retired = f"- id: {gone}\n  table: stations\n  status: {status}\n{successor}"
    retired += "  reason: It was a slip.\n"
    (root / "data/records/retired.yaml").write_text(retired)
    (root / "data/reasons.yaml").write_text(
        f"reasons:\n- {{record: {gone}, reason: It went with its station.}}\n"
    )
    (root / "CHANGELOG.md").write_text(LOG.format(version="2.0.0"))
    built = run_build(root)
    assert built.returncode == 0, built.stderr
    commit(root)
    run = release(root, "2.0.0")
    assert run.returncode == 0, run.stderr
    reported = [
        row
        for row in rows(root, "2.0.0", "changes")
        if row["table"] == "stations" and row["key"] == gone
    ]
    assert [(row["kind"], row["reason"]) for row in reported] == [(status, "It was a slip.")]
    commit(root)
    today = pledgeline.open(root)
    (record,) = (row for row in today["records"].to_arrow().to_pylist() if row["id"] == gone)
    assert record["status"] == status and record["replaced_by"] == (
        kept if status == "merged" else None
    )
    ids = {
        version: today.at(version)["stations"].to_arrow()["id"].to_pylist()
        for version in ("1.0.0", "2.0.0")
    }
    assert gone in ids["1.0.0"] and gone not in ids["2.0.0"]


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
        names.append(state(root)[f"dist/{NAME}-1.0.0.zip"])
    assert names[0] == names[1]
