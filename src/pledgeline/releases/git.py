"""What git knows of a package: uncommitted changes, and the files of a version's commit."""

import subprocess
import tarfile
from io import BytesIO
from pathlib import Path

from pledgeline.errors import GitFailed


def git(root: Path, *arguments: str) -> bytes:
    """The output of a git command. Raises GitFailed where git is not there or fails."""
    try:
        run = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True)
    except FileNotFoundError as error:
        raise GitFailed(
            "git is not installed; a release needs it to know what is committed"
        ) from error
    if run.returncode:
        # git says nothing if a signal ended it
        said = " ".join(run.stderr.decode(errors="replace").split("\n")).strip()
        why = said or f"could not be run (exit code {run.returncode})"
        raise GitFailed(f"git {arguments[0]}: {why}")
    return run.stdout


def uncommitted(root: Path) -> list[str]:
    """The paths under `root` that differ from the last commit or are not in it."""
    lines = (
        git(root, "status", "--porcelain", "--untracked-files=all", "--", ".")
        .decode(errors="replace")
        .splitlines()
    )
    return [line[3:] for line in lines]


def is_committed(root: Path, path: str) -> bool:
    """Whether the last commit has a file of this path (relative to `root`)."""
    return bool(git(root, "ls-tree", "--name-only", "HEAD", "--", path).strip())


def unpack_commit_of(root: Path, path: str, folder: Path) -> None:
    """Writes the files under `root`, as of the commit that added `path`, into `folder`."""
    commits = git(root, "log", "--diff-filter=A", "--format=%H", "-1", "--", path).decode().split()
    if not commits:
        raise GitFailed(f"no commit adds {path}; is this a shallow clone? (git fetch --unshallow)")
    with tarfile.open(
        fileobj=BytesIO(git(root, "archive", "--format=tar", commits[0], "."))
    ) as files:
        files.extractall(folder, filter="data")
