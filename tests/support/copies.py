"""Copies of packages in other folders, and questions about a package on disk.

Tests that change records work on `tests/data/article`, the records of one article as they once
were: few, and always the same.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import gettempdir

from support.command import pledgeline

REPOSITORY = Path(__file__).resolve().parents[2]
# what every package here has
SHARED = ("validate", "scripts", "data/records/codes", "data/package.yaml")
INPUTS = ("validate", "scripts", "data/records", "data/releases", "data/package.yaml")
PUBLISHED = ("data/csv", "data/parquet", "datapackage.json")


def copy_package(target: Path, *parts: str) -> Path:
    """A copy of the package's inputs, and of `parts` of its output, under `target`."""
    for part in (*INPUTS, *parts):
        source = REPOSITORY / part
        if source.is_dir():
            shutil.copytree(source, target / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            (target / part).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target / part)
    return target


def copy_records(records: Path, target: Path) -> Path:
    """A package under `target` with our schemas, rules, scripts and codes.

    Its records are those of the folder `records`.
    """
    for part in SHARED:
        (target / part).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (REPOSITORY / part).is_dir() else shutil.copy
        copy(REPOSITORY / part, target / part)
    shutil.copytree(records, target / "data/records", dirs_exist_ok=True)
    return target


def copy_article(target: Path, built: bool = False) -> Path:
    """The package of `tests/data/article` under `target`; `built`: with its published files."""
    if built:
        return shutil.copytree(built_article(), target, dirs_exist_ok=True)
    return copy_records(REPOSITORY / "tests/data/article/records", target)


def once_a_run(fill: Callable[[Path], None]) -> Callable[[], Path]:
    """A folder that the first process of a test run fills by `fill`, and that all others copy."""

    @cache
    def folder() -> Path:
        home = (
            Path(gettempdir())
            / f"pledgeline-{os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}"
        )
        home.mkdir(exist_ok=True)
        made = home / fill.__name__
        with (home / f"{fill.__name__}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                fill(home / "unfinished" / fill.__name__)
                (home / "unfinished" / fill.__name__).rename(made)
        return made

    return folder


@once_a_run
def built_article(root: Path) -> None:
    """The package of `tests/data/article`, built."""
    copy_article(root)
    run = run_build(root)
    assert run.returncode == 0, run.stderr


def run_build(root: Path) -> CompletedProcess[str]:
    """`pledgeline build` in `root`, as `make build` runs it."""
    return pledgeline("build", folder=root)


def published(root: Path) -> dict[str, str]:
    """The hash of every published file, by path."""
    files = [
        root / "datapackage.json",
        *(path for name in ("csv", "parquet") for path in (root / "data" / name).glob("*")),
    ]
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(files)
    }


def described(root: Path) -> dict[str, str]:
    """The hash that datapackage.json gives for every file it describes, by path."""
    resources = json.loads((root / "datapackage.json").read_text("utf-8"))["resources"]
    return {resource["path"]: resource["hash"].removeprefix("sha256:") for resource in resources}


def whole(root: Path) -> bool:
    """Whether exactly the files that the descriptor describes are there, each with its hash."""
    files = published(root)
    del files["datapackage.json"]
    return files == described(root)
