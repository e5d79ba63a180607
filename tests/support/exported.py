"""The package as built, with its exports, made once a run."""

import datetime
import hashlib
import json
import shutil
from pathlib import Path
from subprocess import CompletedProcess

import pyarrow.parquet as pq

from pledgeline.records.package import PACKAGE, read_package
from support.command import pledgeline
from support.copies import REPOSITORY, once_a_run

CONTENT = json.loads((REPOSITORY / "datapackage.json").read_text("utf-8"))
RESOURCES = {
    resource["name"]: resource for resource in CONTENT["resources"] if resource["format"] == "csv"
}
EXPORTS = read_package(REPOSITORY / PACKAGE, REPOSITORY).exports
NAME = CONTENT["name"]
MOMENT = datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)
HOSTILE = (
    "<script>alert(1)</script> & one, two; three\\n\nBEGIN:VEVENT ]]> \x00 \u2028 Ə" + "ş" * 80
)
TAMED = HOSTILE.replace("\x00", "\ufffd").replace("\u2028", "\ufffd")
FILES = {f"{NAME}.sqlite", "datasette.json", f"{NAME}.xlsx", "timeline.ics", "additions.atom"}


def run_export(root: Path) -> CompletedProcess[str]:
    return pledgeline("export", "--root", root)


@once_a_run
def built(root: Path) -> None:
    """What a build has published and what is declared of it, and nothing else."""
    shutil.copytree(REPOSITORY / "data/parquet", root / "data/parquet")
    shutil.copy(REPOSITORY / "data/package.yaml", root / "data")
    shutil.copy(REPOSITORY / "datapackage.json", root)


@once_a_run
def exported(root: Path) -> None:
    """The same with its exports, and what was printed."""
    shutil.copytree(built(), root)
    run = run_export(root)
    assert run.returncode == 0, run.stderr
    (root / "printed.txt").write_text(run.stdout)


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name in FILES
    }


def parquet(table: str) -> list[dict]:
    return pq.read_table(REPOSITORY / f"data/parquet/{table}.parquet").to_pylist()
