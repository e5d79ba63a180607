"""The steps of action.yml, run as a runner runs them."""

import os
import subprocess
import sys
from pathlib import Path

import yaml

from support.copies import REPOSITORY

ACTION = yaml.safe_load((REPOSITORY / "action.yml").read_text("utf-8"))
SCRIPTS = {step["name"]: step for step in ACTION["runs"]["steps"] if "run" in step}
DEFAULTS = {
    f"PLEDGELINE_{name.upper()}": str(declared["default"])
    for name, declared in ACTION["inputs"].items()
}


def run_step(name: str, folder: Path, **environment: str) -> subprocess.CompletedProcess:
    """The script of a step, as a runner runs `shell: bash`, on inputs in the environment."""
    temp = {"RUNNER_TEMP": str(folder / "temp"), "PYTHON": sys.executable, "PYTHONSAFEPATH": "1"}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", SCRIPTS[name]["run"]]
    environment = {**os.environ, **DEFAULTS, **temp, **environment}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
