"""The GitHub action and the pre-commit hook: what their files declare, and the action's script run
in bash.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from support.action import ACTION, DEFAULTS, SCRIPTS, run_step
from support.copies import REPOSITORY

from pledgeline.cli.formats import FORMATS
from pledgeline.cli.main import parser

(HOOK,) = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text("utf-8"))
SHOW = 'import sys\nprint(*map(repr, sys.argv[1:]), sep="\\n")\nsys.exit(1)\n'


@pytest.fixture
def folder(tmp_path) -> Path:
    """A repository to check, and an installed command that shows its arguments and fails."""
    installed = tmp_path / "temp" / "pledgeline" / "pledgeline"
    installed.mkdir(parents=True)
    (installed / "__init__.py").touch()
    (installed / "__main__.py").write_text(SHOW)
    return tmp_path


def shown(run: subprocess.CompletedProcess) -> list[str]:
    return [eval(line) for line in run.stdout.splitlines()]


def test_the_action_runs_the_command_and_ends_with_its_exit_code(folder):
    """Catches arguments that get lost, and an action that passes what is invalid."""
    run = run_step("Validate", folder)
    assert run.returncode == 1 and shown(run) == [
        "validate",
        "--format=github",
        "--",
        "datapackage.json",
    ]
    run = run_step(
        "Validate", folder, PLEDGELINE_PATH="a b.json\n\n-c.json\n", PLEDGELINE_RULES="my rules"
    )
    assert shown(run) == [
        "validate",
        "--format=github",
        "--rules=my rules",
        "--",
        "a b.json",
        "-c.json",
    ]
    run = run_step(
        "Validate", folder, PLEDGELINE_OUTPUT="my report.sarif", PLEDGELINE_FORMAT="sarif"
    )
    assert run.returncode == 1 and run.stdout == ""
    assert "'--format=sarif'" in (folder / "my report.sarif").read_text()


@pytest.mark.parametrize(
    "text",
    ['"; touch pwned; "', "$(touch pwned)", "`touch pwned`", "* ; touch pwned", "${PATH}", "'"],
)
def test_no_input_becomes_code(folder, text):
    """Catches an injection through a file's name."""
    inputs = {name: text for name in DEFAULTS if name != "PLEDGELINE_OUTPUT"}
    run = run_step("Validate", folder, **inputs)
    assert shown(run) == ["validate", f"--format={text}", f"--rules={text}", "--", text]
    assert run_step("Validate", folder, PLEDGELINE_OUTPUT=text.replace("/", "")).stdout == ""
    assert not (folder / "pwned").exists()


def test_no_script_has_an_expression_in_it():
    """Catches `${{ inputs.x }}` in a script, where text becomes code before bash runs, and an input
    that nothing reads.
    """
    for step in SCRIPTS.values():
        assert "${{" not in step["run"] and step["env"]["PYTHONSAFEPATH"] == "1"
        assert set(re.findall(r"\$(PLEDGELINE\w+|PYTHON)\b", step["run"])) == set(step["env"]) - {
            "PYTHONSAFEPATH"
        }
    written = (REPOSITORY / "action.yml").read_text("utf-8")
    assert set(re.findall(r"\$\{\{ inputs\.(\w+) \}\}", written)) == set(ACTION["inputs"])


def test_the_folder_that_is_checked_lends_no_code(folder):
    """Catches Python that imports the checked repository's own modules."""
    (folder / "pledgeline").mkdir()
    (folder / "pledgeline" / "__main__.py").write_text("print('pwned')")
    (folder / "argparse.py").write_text("print('pwned')")
    assert "pwned" not in run_step("Validate", folder).stdout


def test_the_action_installs_the_clone_that_it_is_part_of(folder):
    """Catches an action that checks with another version than the one it is pinned to."""
    pip = folder / "python"
    pip.write_text(f"#!/bin/sh\nexec {sys.executable} -c '{SHOW}' \"$@\"")
    pip.chmod(0o755)
    run = run_step("Install Pledgeline", folder, PYTHON=str(pip), PLEDGELINE_SOURCE="/the clone")
    assert shown(run)[:3] == ["-m", "pip", "install"] and shown(run)[-2:] == [
        f"{folder}/temp/pledgeline",
        "/the clone",
    ]


def test_the_defaults_are_arguments_that_the_command_takes():
    """Catches an action or hook that no longer fits the command."""
    assert ACTION["inputs"]["format"]["default"] in FORMATS
    assert all(format in ACTION["inputs"]["format"]["description"] for format in FORMATS)
    program, *arguments = HOOK["entry"].split()
    assert program == "pledgeline" and parser().parse_args(arguments).paths == ["datapackage.json"]


@pytest.mark.parametrize(
    "changed",
    ["datapackage.json", "sub/datapackage.yaml", "data/a.csv", "data/a.parquet", "rules/x.sql"],
)
def test_the_hook_runs_when_data_change(changed):
    """Catches a hook that sees only the descriptor, while data changes pass by."""
    assert re.search(HOOK["files"], changed) and HOOK["pass_filenames"] is False
    assert not re.search(HOOK["files"], "src/main.py")
