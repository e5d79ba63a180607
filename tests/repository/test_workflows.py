"""The forge's workflows: what runs on which tag, and that a tag names the version it releases."""

import os
import subprocess

import pytest
import yaml
from support.copies import REPOSITORY

import pledgeline

FOLDER = REPOSITORY / ".github/workflows"
WORKFLOWS = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in FOLDER.glob("*.yml")}
DATA = yaml.safe_load((REPOSITORY / "data/package.yaml").read_text("utf-8"))["version"]
RELEASES = {"release-data": f"data-{DATA}", "release-engine": f"engine-{pledgeline.__version__}"}


def steps(name: str) -> list[dict]:
    (job,) = WORKFLOWS[name]["jobs"].values()
    return job["steps"]


def test_every_workflow_runs_all_checks():
    """Catches a release whose checks are not those of a pull request, and checks that do not begin
    with the quick ones.
    """
    for name in WORKFLOWS:
        assert {"run": "bash .ci/run"} in steps(name)
    commands = [
        line
        for line in (REPOSITORY / ".ci/run").read_text("utf-8").splitlines()
        if line.startswith("make ")
    ]
    assert commands[0] == "make check" and {
        "make build",
        "make test-coverage",
        "make test-long",
    } <= {command.partition("  #")[0] for command in commands}


@pytest.mark.parametrize("name", RELEASES)
def test_a_tag_names_the_version_that_it_releases(name):
    """Catches the data released under an engine's tag, and a tag of a version that is not there."""
    prefix = RELEASES[name].split("-")[0]
    assert WORKFLOWS[name][True] == {"push": {"tags": [f"{prefix}-*"]}}  # YAML 1.1: on is true
    (script,) = [step["run"] for step in steps(name) if step.get("name", "").startswith("The tag")]
    for tag, expected in ((RELEASES[name], 0), (f"{prefix}-9.9.9", 1)):
        run = subprocess.run(
            ["bash", "-e", "-c", script],
            cwd=REPOSITORY,
            env={**os.environ, "GITHUB_REF_NAME": tag},
        )
        assert run.returncode == expected


def test_make_prints_the_map():
    """Catches a target that nobody finds."""
    run = subprocess.run(["make"], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")
    (phony,) = [line for line in makefile.replace("\\\n", "").splitlines() if ".PHONY" in line]
    for target in phony.split()[1:]:
        assert f"  make {target} " in run.stdout
    groups = [line.split(":")[0] for line in run.stdout.splitlines() if line[:1].isupper()]
    assert groups == ["By hand", "Built", "Checked", "Published"]


@pytest.mark.parametrize(
    "target,tag", [("tag", RELEASES["release-data"]), ("tag-engine", RELEASES["release-engine"])]
)
def test_a_version_has_a_tag_of_its_own(target, tag):
    """Catches a tag that no workflow waits for."""
    run = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", target],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.splitlines()[-1] == f"git tag {tag}"
