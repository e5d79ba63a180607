"""`pledgeline export`: every file is written or none, and a failure is reported in one line."""

import datetime
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from support.exported import FILES, NAME, built, exported, hashes

from pledgeline.cli.main import main
from pledgeline.export import feed, workbook
from pledgeline.export.export import export


@pytest.fixture
def copy(tmp_path) -> Path:
    """A built package of one's own, with its exports."""
    return shutil.copytree(exported(), tmp_path / "package")


def test_every_file_is_written_and_reported(exports):
    """Catches a form that is left out, and a line that gives no size."""
    assert {path.name for path in exports.iterdir()} == FILES | {".lock"}
    printed = (exports.parent / "printed.txt").read_text()
    for path in exports.iterdir():
        assert path.name == ".lock" or f"{path.stat().st_size:,} bytes" in printed


@pytest.mark.long
def test_the_same_package_gives_the_same_bytes(copy):
    """Catches a clock, a locale, a random id or an order of sets in a file."""
    shutil.rmtree(copy / "exports")
    environment = {
        "TZ": "Asia/Baku",
        "LC_ALL": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "7",
        "PATH": "/usr/bin:/bin",
    }
    command = [sys.executable, "-m", "pledgeline", "export"]
    assert subprocess.run(command, cwd=copy, env=environment, capture_output=True).returncode == 0
    assert hashes(copy / "exports") == hashes(exported() / "exports")


def quick(content: dict, tables: dict[str, pa.Table], moment: datetime.datetime, path: Path) -> str:
    """Stands for the workbook, which takes longest, where it does not matter what is in it."""
    path.write_text("another workbook")
    return "another workbook"


@pytest.mark.long
def test_an_interruption_leaves_the_old_files_whole(copy, monkeypatch):
    """Catches an export that is written over the old one, and leavings of one that failed."""
    before = hashes(copy / "exports")
    content = json.loads((copy / "datapackage.json").read_text()) | {"title": "Another title"}
    (copy / "datapackage.json").write_text(json.dumps(content))
    monkeypatch.setattr(workbook, "write_workbook", quick)
    with monkeypatch.context() as patch:
        patch.setattr(
            feed, "write_feed", lambda *arguments: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        with pytest.raises(KeyboardInterrupt):
            list(export(copy))
    assert hashes(copy / "exports") == before and not (copy / "exports/.unfinished").exists()
    (copy / "exports/.unfinished").mkdir()
    (copy / f"exports/.unfinished/{NAME}.sqlite").write_text("half a file of a run that was killed")
    list(export(copy))
    after = hashes(copy / "exports")
    assert after.keys() == before.keys() and after["additions.atom"] != before["additions.atom"]


def no_descriptor(root: Path) -> None:
    (root / "datapackage.json").unlink()


def broken_descriptor(root: Path) -> None:
    (root / "datapackage.json").write_text('{"resources": [')


def another_descriptor(root: Path) -> None:
    (root / "datapackage.json").write_text('{"resources": [{"name": "a", "path": "a.csv"}]}')


def empty_descriptor(root: Path) -> None:
    (root / "datapackage.json").write_text('{"resources": []}')


def no_table(root: Path) -> None:
    (root / "data/parquet/events.parquet").unlink()


def another_table(root: Path) -> None:
    shutil.copy(root / "data/parquet/actors.parquet", root / "data/parquet/events.parquet")


@pytest.mark.parametrize(
    "harm",
    [
        no_descriptor,
        broken_descriptor,
        another_descriptor,
        empty_descriptor,
        no_table,
        another_table,
    ],
)
def test_what_is_no_built_package_is_refused_in_one_line(harm, tmp_path, capsys):
    """Catches a traceback, and a message that names no file or no remedy."""
    root = shutil.copytree(built(), tmp_path / "package")
    harm(root)
    assert main(["export", "--root", str(root)]) == 1
    reported = capsys.readouterr().err
    where = "events.parquet" if "_table" in harm.__name__ else "datapackage.json"
    assert (
        reported.count("\n") == 1
        and where in reported
        and "run `pledgeline build`" in reported
        and not (root / "exports").exists()
    )


@pytest.mark.parametrize("place", ["exports", "exports/additions.atom"])
def test_a_place_that_cannot_be_written_is_named(place, tmp_path, capsys, monkeypatch):
    """Catches a traceback where something else stands in the place of the folder or of a file."""
    root = shutil.copytree(built(), tmp_path / "package")
    if place == "exports":
        (root / place).write_text("no folder")
    else:
        (root / place / "taken").mkdir(parents=True)
    monkeypatch.setattr(workbook, "write_workbook", quick)
    assert main(["export", "--root", str(root)]) == 1
    reported = capsys.readouterr().err
    assert (
        reported.count("\n") == 1
        and f"{root / place}: could not be written" in reported
        and "make room" in reported
    )


@pytest.mark.long
def test_a_full_disk_ends_in_a_message_and_the_old_files(copy):
    """Catches a traceback, of SQLite's writer too, and half a file, when not all can be written."""
    before = hashes(copy / "exports")
    command = f"ulimit -f 1000; exec '{sys.executable}' -m pledgeline export"
    run = subprocess.run(["bash", "-c", command], cwd=copy, capture_output=True, text=True)
    assert (
        run.returncode == 1 and run.stderr.count("\n") == 1 and "could not be written" in run.stderr
    ), run.stderr
    assert hashes(copy / "exports") == before
