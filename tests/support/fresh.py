"""A data set as `pledgeline new` makes it, in git, and what is done to it there."""

from pathlib import Path

from pledgeline.cli.main import main
from pledgeline.write.new import new_data_set
from support.releases import commit, git

DAY = "2026-12-01"


def fresh(folder: Path) -> Path:
    """A new data set under `folder`."""
    new_data_set(folder)
    return folder


def in_git(folder: Path) -> Path:
    """The same, built and committed."""
    root = fresh(folder)
    git(root.parent, "init", "-q", str(root))
    assert main(["build", "--root", str(root)]) == 0
    commit(root)
    return root


def edit(root: Path, name: str, old: str, new: str) -> None:
    """Puts `new` in place of `old`, which is there."""
    text = (root / name).read_text("utf-8")
    assert old in text, f"{name} has no {old!r}"
    (root / name).write_text(text.replace(old, new), "utf-8")


def publish(root: Path, version: str) -> None:
    """Builds, writes the heading of the changelog, commits, releases and commits."""
    log = root / "CHANGELOG.md"
    if f"## {version}" not in log.read_text("utf-8"):
        edit(root, "CHANGELOG.md", "# Changelog\n", f"# Changelog\n\n## {version}\n\nNew.\n")
    assert main(["build", "--root", str(root)]) == 0
    git(root, "add", "-A")
    git(root, "commit", "-qm", "a step", "--allow-empty")
    assert main(["release", version, "--date", DAY, "--root", str(root)]) == 0
    commit(root)
