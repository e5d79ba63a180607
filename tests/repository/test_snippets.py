"""The snippets that people paste into their own repositories, run as they stand: pre-commit's
configuration and the workflow, against the engine of this repository under the tag that they name.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from support.action import ACTION, run_step
from support.copies import REPOSITORY
from support.releases import commit, git

import pledgeline
from scripts import pages

PAGES = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))]
BLOCKS = [
    yaml.safe_load(block)
    for path in PAGES
    for block in re.findall(r"```yaml\n(.*?)```", path.read_text("utf-8"), re.DOTALL)
]
TAG = f"engine-{pledgeline.__version__}"
(HOOKS,) = [block for block in BLOCKS if "repos" in block]
(WORKFLOW,) = [block for block in BLOCKS if "jobs" in block]
STEPS = [
    step
    for block in BLOCKS
    for step in (block["jobs"]["validate"]["steps"] if block is WORKFLOW else block)
    if isinstance(step, dict) and "pledgeline@" in step.get("uses", "")
]
INVALID = "counts: 1 foreign-key, in counts.csv"


@pytest.fixture(scope="module")
def engine(tmp_path_factory) -> Path:
    """This repository's engine in a repository of its own, with the tag that it will be given."""
    root = tmp_path_factory.mktemp("engine")
    shutil.copytree(REPOSITORY / "src", root / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in (".pre-commit-hooks.yaml", "action.yml", "LICENSE", "README.md", "pyproject.toml"):
        shutil.copy(REPOSITORY / name, root)
    git(root, "init", "-q")
    commit(root)
    git(root, "tag", TAG)
    return root


@pytest.fixture
def theirs(tmp_path) -> Path:
    """Somebody's repository with a package that has four errors."""
    root = shutil.copytree(REPOSITORY / "docs/example", tmp_path / "theirs")
    git(root, "init", "-q")
    return root


def corrected(root: Path) -> None:
    for name, wrong, right in (
        ("counts.csv", "eighteen", "18"),
        ("counts.csv", "markt", "market"),
        ("stations.csv", "Square,0,", "Square,10,"),
        ("stations.csv", "2020-03-31", ""),
    ):
        text = (root / name).read_text()
        assert wrong in text
        (root / name).write_text(text.replace(wrong, right))


def test_every_snippet_names_the_version_that_the_engine_has():
    """Catches a snippet of a version that does not exist, or that `make pages` does not update."""
    for path in PAGES:
        named = set(pages.TAG.findall(path.read_text("utf-8"))) - {"0.0.0"}
        assert named <= {pledgeline.__version__} or path.name == "release.md", path
        if named and path.name != "release.md":
            assert pages.with_version in pages.PAGES[path.relative_to(REPOSITORY).as_posix()]
    assert [repo["rev"] for repo in HOOKS["repos"]] == [TAG]
    assert {step["uses"].partition("@")[2] for step in STEPS} == {TAG} and len(STEPS) == 2
    assert pages.with_version("OWNER/pledgeline@engine-0.0.0", REPOSITORY).endswith(TAG)


@pytest.mark.long
def test_the_pre_commit_snippet_runs(engine, theirs, tmp_path):
    """Catches a hook that cannot be installed from the tag, or that passes what is invalid."""
    configuration = yaml.safe_dump(HOOKS).replace(
        "https://github.com/OWNER/pledgeline", str(engine)
    )
    assert str(engine) in configuration
    (theirs / ".pre-commit-config.yaml").write_text(configuration)

    def run() -> subprocess.CompletedProcess:
        git(theirs, "add", "-A")
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", "run"],
            cwd=theirs,
            env={**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "home")},
            capture_output=True,
            text=True,
        )

    refused = run()
    assert refused.returncode == 1 and INVALID in refused.stdout, refused.stdout + refused.stderr
    corrected(theirs)
    passed = run()
    assert passed.returncode == 0 and "Passed" in passed.stdout, passed.stdout + passed.stderr


def environment(step: dict) -> dict[str, str]:
    """The inputs of a step that uses the action, as its scripts get them."""
    assert set(step["with"]) <= set(ACTION["inputs"])
    return {f"PLEDGELINE_{name.upper()}": str(value) for name, value in step["with"].items()}


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step["with"].get("format", "github"))
def test_the_workflow_snippets_validate(theirs, step):
    """Catches an input that the action does not have, and a workflow that passes invalid data."""
    (theirs / "temp").mkdir()
    (theirs / "temp/pledgeline").symlink_to(REPOSITORY / "src")
    given = environment(step)
    refused = run_step("Validate", theirs, **given)
    written = [name for name in given if name == "PLEDGELINE_OUTPUT"]
    shown = (theirs / given[written[0]]).read_text() if written else refused.stdout
    assert refused.returncode == 1 and "markt" in shown, refused.stderr
    if not written:
        assert "::error file=counts.csv,line=4," in shown and "file=stations.csv,line=4" in shown
    corrected(theirs)
    assert run_step("Validate", theirs, **given).returncode == 0


@pytest.mark.long
def test_the_action_installs_the_engine_of_its_tag(engine, theirs):
    """Catches an action whose own steps do not fit together."""
    clone = theirs.parent / "clone"
    git(theirs.parent, "clone", "-q", "--branch", TAG, str(engine), str(clone))
    installed = run_step("Install Pledgeline", theirs, PLEDGELINE_SOURCE=str(clone))
    assert installed.returncode == 0, installed.stderr
    run = run_step(
        "Validate",
        theirs,
        **environment(WORKFLOW["jobs"]["validate"]["steps"][-1]),
        PYTHONNOUSERSITE="1",
    )
    assert run.returncode == 1 and "::error file=counts.csv,line=4," in run.stdout, run.stderr
