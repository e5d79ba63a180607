"""What stands where a build publishes is named before anything is written, and nothing is lost."""

import subprocess
import sys

import pytest
from support.copies import copy_article, published, run_build

from pledgeline.write import publish


def put(path, content) -> None:
    """A file with `content`, a folder with a file in it (None), or a link to nowhere (...), in
    place of what is at `path`.
    """
    if path.is_dir():
        for inner in path.iterdir():
            inner.unlink()
        path.rmdir()
    path.unlink(missing_ok=True)
    if content is ...:
        path.symlink_to("nowhere")
    elif content is None:
        path.mkdir()
        (path / "mine.txt").write_text("mine")
    else:
        path.write_text(content)


BLOCKED = {
    "data/csv": "plain file",
    "data/parquet": ...,
    "data/csv/events.csv": None,
    "data/csv/mine": None,
    "datapackage.json": None,
}


LONG = ("data/parquet", "data/csv/events.csv", "datapackage.json")


@pytest.mark.parametrize(
    "target",
    [pytest.param(each, marks=pytest.mark.long if each in LONG else ()) for each in BLOCKED],
)
def test_what_stands_in_the_way_is_named(target, tmp_path):
    """Catches a traceback, a message that blames a file of the build's own, and a package half
    replaced.
    """
    root = copy_article(tmp_path / "package", built=True)
    put(root / target, BLOCKED[target])
    before = {
        path: path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name != ".build.lock"
    }
    run = run_build(root)
    assert run.returncode == 1
    assert run.stderr.startswith(f"{target}:1:1: blocked-target: {target} is not a ")
    assert (
        "Traceback" not in run.stderr
        and ".build" not in run.stderr
        and run.stderr.count("blocked-target") == 1
    )
    after = {
        path: path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name != ".build.lock"
    }
    assert after == before


def test_moves_that_fail_half_way_do_not_claim_that_nothing_was_done(tmp_path):
    """Catches a message that says both "build again to finish" and "the package is as it was"."""
    root = copy_article(tmp_path / "package", built=True)
    before = published(root)
    (root / publish.STAGING).mkdir()
    (root / publish.STAGING / publish.MOVES).write_text('{"place": [], "remove": ["data/csv"]}')
    run = run_build(root)
    assert run.returncode == 1 and "Traceback" not in run.stderr
    assert run.stderr.endswith(
        "data/csv: the new files could not all be put in place; build again to finish\n"
    )
    mover = subprocess.run(
        [sys.executable, "-I", publish.__file__, str(root)], capture_output=True, text=True
    )
    assert (
        mover.returncode == 1
        and "data/csv: could not be" in mover.stderr
        and "Traceback" not in mover.stderr
    )
    assert published(root) == before
