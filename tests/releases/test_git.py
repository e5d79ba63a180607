"""What git knows of a package, and what is said where it knows nothing."""

import pytest
from support.releases import commit, git

from pledgeline.errors import GitFailed
from pledgeline.releases.git import is_committed, uncommitted, unpack_commit_of


def test_a_folder_that_git_does_not_know_is_refused(tmp_path):
    """Catches a release of files that nobody has committed."""
    with pytest.raises(GitFailed, match=r"git status: .*not a git repository"):
        uncommitted(tmp_path)


def test_without_git_it_says_so(tmp_path, monkeypatch):
    """Catches a bare FileNotFoundError."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitFailed, match="git is not installed"):
        uncommitted(tmp_path)


def test_the_commit_of_a_file_is_unpacked(tmp_path):
    """Catches the files of another commit, and a file that no commit adds."""
    root = tmp_path / "package"
    root.mkdir()
    git(root, "init", "-q")
    (root / "a.txt").write_text("then")
    commit(root)
    (root / "a.txt").write_text("now")
    assert uncommitted(root) == ["a.txt"] and is_committed(root, "a.txt")
    commit(root)
    unpack_commit_of(root, "a.txt", tmp_path / "then")
    assert (tmp_path / "then/a.txt").read_text() == "then" and not uncommitted(root)
    with pytest.raises(GitFailed, match=r"no commit adds b\.txt"):
        unpack_commit_of(root, "b.txt", tmp_path / "other")
