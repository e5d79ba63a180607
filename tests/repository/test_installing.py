"""The wheel holds the engine and its types, and works where nothing else is installed; the command
helps to be typed.
"""

import os
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from support.command import pledgeline
from support.copies import REPOSITORY


@cache
def wheel() -> Path:
    folder = mkdtemp(prefix="pledgeline-wheel-")
    code = "import sys; from flit_core.buildapi import build_wheel; print(build_wheel(sys.argv[1]))"
    run = subprocess.run(
        [sys.executable, "-c", code, folder],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(folder) / run.stdout.split()[-1]


def test_the_wheel_holds_the_engine_and_nothing_else():
    """Catches a module that is not packed, types that tools do not see, and records or tests that
    are.
    """
    names = set(zipfile.ZipFile(wheel()).namelist())
    source = REPOSITORY / "src"
    modules = {path.relative_to(source).as_posix() for path in source.rglob("*.py")}
    assert modules | {"pledgeline/py.typed"} <= names
    assert all(name.startswith(("pledgeline/", "pledgeline-")) for name in names)


@pytest.mark.long
def test_the_wheel_works_in_a_clean_environment(tmp_path):
    """Catches a library that only our environment has, and a dependency on pandas or Polars."""
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "clean"], check=True)
    python = tmp_path / "clean/bin/python"
    subprocess.run(
        [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", wheel()], check=True
    )
    run = subprocess.run(
        [tmp_path / "clean/bin/pledgeline", "validate", REPOSITORY / "datapackage.json"],
        cwd=tmp_path,
    )
    assert run.returncode == 0
    code = (
        "import importlib.util as u;"
        " assert not u.find_spec('pandas') and not u.find_spec('polars');"
        " import pledgeline, sys;"
        " assert len(pledgeline.open(sys.argv[1])['events'].to_arrow()) > 100"
    )
    subprocess.run([python, "-c", code, REPOSITORY], cwd=tmp_path, check=True)


@pytest.mark.parametrize(
    "arguments,reported",
    [
        (["valdate"], 'did you mean "validate"?'),
        (["validate", "--formt", "json"], 'did you mean "--format"?'),
        (["validate", "--format", "jsn"], 'did you mean "json"?'),
    ],
)
def test_a_near_name_is_suggested(arguments, reported):
    """Catches a slip of the pen that ends in a list of all that would have been right."""
    run = pledgeline(*arguments)
    assert run.returncode == 2 and reported in run.stderr


def test_the_shell_completes_the_command(tmp_path):
    """Catches a completion that bash cannot read, or that knows no command."""
    (tmp_path / "completion").write_text(pledgeline("completion", "bash").stdout)
    ask = (
        "source ./completion; COMP_WORDS=(pledgeline ver); COMP_CWORD=1; _shtab_pledgeline;"
        ' echo "${COMPREPLY[@]}"'
    )
    run = subprocess.run(
        ["bash", "-c", ask],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "C"},
    )
    assert run.stdout.strip() == "verify", run.stderr
    for shell in ("zsh", "fish"):
        assert "checkout" in pledgeline("completion", shell).stdout


def test_help_teaches_by_examples():
    """Catches a command whose help says only what its options are called."""
    printed = pledgeline("--help").stdout
    named = ("validate", "diff", "checkout", "verify", "new", "build", "release")
    assert all(f"\n  pledgeline {name} " in printed for name in named)
