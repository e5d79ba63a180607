"""Data sets in git to release: as `pledgeline new` makes them, a first version, a later change."""

import hashlib
import shutil
import subprocess
from pathlib import Path

from pledgeline.write.new import new_data_set
from support.command import pledgeline
from support.copies import once_a_run, run_build

NAME = "bicycle-stations"
DAY = "2026-12-01"
STATION = "Market"  # a name that the second version corrects
LOG = "# Changelog\n\n## {version}\n\nWhat is new, in words.\n\n## 0.9.0 (2026-01-01)\n\nOld.\n"
PRINTED = "release-1.0.1.txt"  # beside the packages: what the release of `undisturbed` printed
PLACE = Path("data/records/stations/town.yaml")


def git(root: Path, *arguments: str) -> str:
    who = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main")
    return subprocess.run(
        ["git", "-C", root, *who, *arguments], check=True, capture_output=True, text=True
    ).stdout


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-qm", "a step")


def release(root: Path, version: str) -> subprocess.CompletedProcess[str]:
    """`pledgeline release` on DAY."""
    return pledgeline("release", version, "--date", DAY, folder=root)


def copy_of(made: Path, folder: Path) -> Path:
    return shutil.copytree(made, folder, symlinks=True)


@once_a_run
def unreleased(root: Path) -> None:
    """A data set in git with nothing published yet, and all that 1.0.0 needs."""
    new_data_set(root)
    declared = root / "data/package.yaml"
    declared.write_text(declared.read_text().replace(f"name: {root.name}", f"name: {NAME}"))
    (root / "CHANGELOG.md").write_text(LOG.format(version="1.0.0"))
    assert run_build(root).returncode == 0
    git(root, "init", "-q")
    commit(root)


@once_a_run
def released(root: Path) -> None:
    """The same with 1.0.0 published, and ready for 1.0.1: a name was corrected."""
    copy_of(unreleased(), root)
    run = release(root, "1.0.0")
    assert run.returncode == 0, run.stderr
    commit(root)
    path = root / PLACE
    path.write_text(path.read_text().replace(f"name: {STATION}", f"name: {STATION} (a correction)"))
    (root / "CHANGELOG.md").write_text(LOG.format(version="1.0.1"))
    assert run_build(root).returncode == 0
    commit(root)


@once_a_run
def undisturbed(root: Path) -> None:
    """The same with 1.0.1 published by a release that nothing disturbs."""
    copy_of(released(), root)
    run = release(root, "1.0.1")
    assert run.returncode == 0, run.stderr
    (root.parents[1] / PRINTED).write_text(run.stdout)


def expected() -> dict[str, str]:
    """What a release of 1.0.1 makes of `released`."""
    return state(undisturbed())


def state(root: Path) -> dict[str, str]:
    """The hash of every file but those of git and of builds that go on, by path."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    names = {path: path.relative_to(root) for path in files}
    own = (".git", ".build", ".build.lock", "__pycache__")
    return {
        name.as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path, name in names.items()
        if not set(name.parts) & set(own)
    }
