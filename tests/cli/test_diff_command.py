"""`pledgeline diff`, as it is run: forms of output, exit codes, and data that would steer a
terminal or a page.
"""

import csv
import io
import json
from subprocess import CompletedProcess

import pyarrow.parquet as pq
import pytest
from support.command import pledgeline
from support.small import ROWS, things

NASTY = "\x1b[31m</summary><script>alert(1)</script> | `x`"


def diff(*arguments) -> CompletedProcess[str]:
    return pledgeline("diff", *arguments)


def two(folder):
    old = things(folder / "old")
    return old, things(
        folder / "new",
        [{**ROWS[0], "note": NASTY}, *ROWS[1:], {"id": "z", "n": "9"}],
        version="1.0.1",
    )


def test_the_same_package_does_not_differ(tmp_path):
    """Catches an exit code that tells CI of differences where there are none."""
    run = diff(things(tmp_path / "a"), things(tmp_path / "b"))
    assert (run.returncode, run.stdout) == (0, "1.0.0 -> 1.0.0\nNothing differs.\n")


def test_text_tells_rows_fields_and_the_version(tmp_path):
    """Catches a summary without its parts, and control characters that reach the terminal."""
    run = diff(*two(tmp_path))
    assert run.returncode == 1 and "\x1b" not in run.stdout
    assert "~ a  note: one -> " in run.stdout and "+ z" in run.stdout
    assert (
        "The changes ask for a minor version: at least 1.1.0; it is 1.0.1, which is too low."
        in run.stdout
    )


def test_markdown_is_escaped(tmp_path):
    """Catches a cell that ends the table, or HTML that runs in a pull request."""
    run = diff(*two(tmp_path), "--format", "markdown")
    assert (
        run.returncode == 1
        and "<script>" not in run.stdout
        and "&lt;script&gt;" in run.stdout
        and "\\|" in run.stdout
    )


def test_json_and_csv_have_every_change(tmp_path):
    """Catches output that is cut, or no JSON, or no table of the form of `changes`."""
    old, new = two(tmp_path)
    reported = json.loads(diff(old, new, "--format", "json").stdout)
    assert reported["bump"] == "minor" and [change["field"] for change in reported["changes"]] == [
        "note",
        "all",
    ]
    rows = list(csv.DictReader(io.StringIO(diff(old, new, "--format", "csv", "--limit", 1).stdout)))
    assert [(row["version"], row["key"], row["kind"]) for row in rows] == [
        ("1.0.1", "a", "modified"),
        ("1.0.1", "z", "added"),
    ]
    assert rows[0]["new"] == NASTY


@pytest.mark.long
def test_two_versions_differ_as_the_published_changes_say(last_release):
    """Catches a comparison of versions that tells of the tables of versions themselves, or that
    leaves a change out.
    """
    run = diff("1.0.0", "1.1.0", "--package", last_release, "--format", "csv")
    reported = [
        (row["table"], row["key"], row["field"], row["old"], row["new"])
        for row in csv.DictReader(io.StringIO(run.stdout))
    ]
    changes = pq.read_table(last_release / "data/parquet/changes.parquet").to_pylist()
    published = [row for row in changes if row["version"] == "1.1.0"]
    assert run.returncode == 1 and len(reported) == len(published)
    assert {
        (r["table"], r["key"], r["field"], r["old"] or "", r["new"] or "") for r in published
    } == set(reported)


def test_what_cannot_be_read_ends_in_a_message(tmp_path):
    """Catches a traceback for a path that is not there, a version of no package, and a package that
    is broken.
    """
    old = things(tmp_path / "old")
    broken = things(tmp_path / "broken")
    (broken / "things.csv").unlink()
    for arguments, message in (
        ((old, tmp_path / "none"), "there is no such file or folder"),
        ((old, "1.0.0", "--package", old), "so it lists no versions"),
        ((old, broken), "validate"),
    ):
        run = diff(*arguments)
        assert run.returncode == 2 and message in run.stderr and "Traceback" not in run.stderr, run
