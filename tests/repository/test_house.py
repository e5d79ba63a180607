"""docs/house.md and the rooms themselves: the floors, what each room says of itself, and that both
walks name what exists.
"""

import ast
import importlib
import re
import shutil
import subprocess
import sys
import tomllib

import pytest
from support.copies import REPOSITORY

PAGE = (REPOSITORY / "docs/house.md").read_text("utf-8")
CONFIGURATION = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
LAYERS, *_ = [
    contract["layers"]
    for contract in CONFIGURATION["tool"]["importlinter"]["contracts"]
    if contract["type"] == "layers"
]
FLOORS = [re.split(r" [|:] ", layer) for layer in LAYERS]
ROOMS = [floor[0] for floor in FLOORS if (REPOSITORY / "src/pledgeline" / floor[0]).is_dir()]
NAMED = re.findall(r"`((?:src|scripts|tests|validate|data)/[\w./-]*)`", PAGE)
STEPS = [
    (path, name)
    for line in PAGE.splitlines()
    if (step := re.match(r"\d+\. `([\w/]+\.py)`, ((?:`\w+`(?: and )?)+): ", line))
    for path, names in [step.groups()]
    for name in re.findall(r"`(\w+)`", names)
]


@pytest.mark.parametrize("path,name", STEPS)
def test_a_walk_names_what_exists(path, name):
    """Catches a step whose file or function has gone or has another name now."""
    tree = ast.parse((REPOSITORY / path).read_text("utf-8"))
    assert name in {
        node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }


def test_both_walks_are_read():
    """Catches a step that this test passes over, and a path that leads nowhere."""
    numbered = re.findall(r"^\d+\. ", PAGE, re.M)
    assert len(numbered) > 20 and len({path for path, _ in STEPS}) == len(numbered)
    assert all((REPOSITORY / path).exists() for path in NAMED)


def test_the_table_has_every_floor():
    """Catches a room without a row, and a row that says otherwise than the linter holds."""
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \| (.+?) \| (.+?) \| (.+?) \|$", PAGE, re.M)
    assert [re.findall(r"`(\w+)`", names) for names, *_ in rows] == FLOORS
    for (_, _, _, below), lower in zip(rows[:-1], FLOORS[1:], strict=True):
        assert re.findall(r"`(\w+)`", below) == lower
    drawn = PAGE.split("```text\n")[1].split("```")[0]
    assert set(re.findall(r"\b[a-z]+\b", re.sub(r"\(.*?\)", "", drawn))) == {
        room for floor in FLOORS for room in floor
    }


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_comes_in_what_goes_out_and_what_it_may_import(room):
    """Catches a room that does not say what it is for, or names another floor than the linter."""
    said = " ".join(importlib.import_module(f"pledgeline.{room}").__doc__.split())
    (below, *_) = FLOORS[[floor[0] for floor in FLOORS].index(room) + 1]
    assert "In: " in said and "Out: " in said
    assert f"May import `{below}` and the floors below it" in said


@pytest.mark.parametrize(
    "module,line,broken",
    [
        ("text", "import pledgeline.cli", "A room imports only"),
        ("cli/output", "import pledgeline.cli.main", "No circle"),
        ("cli/main", "import scripts.pages", "The engine knows nothing"),
    ],
)
def test_the_linter_refuses(tmp_path, module, line, broken):
    """Catches a contract that nothing can break: an import upwards, a cycle, one of scripts."""
    for name in ("src", "scripts"):
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    with (tmp_path / f"src/pledgeline/{module}.py").open("a") as file:
        file.write(f"\n{line}\n")
    code = (
        "import sys; sys.path.insert(0, 'src');"
        " from importlinter.cli import lint_imports_command as c; c()"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, "--no-cache"], cwd=tmp_path, capture_output=True, text=True
    )
    (state,) = [
        line
        for line in run.stdout.splitlines()
        if line.startswith(broken) and line.endswith(("KEPT", "BROKEN"))
    ]
    assert run.returncode == 1 and state.endswith("BROKEN"), run.stdout + run.stderr
