"""The command `pledgeline`: what it prints and how it ends.

It runs in this process, which saves the second that another takes to start; or in one of its own,
where that is the point.
"""

import io
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from subprocess import CompletedProcess

from pledgeline.cli.main import main


def pledgeline(*arguments: object, folder: Path | str = ".") -> CompletedProcess[str]:
    """`pledgeline ARGUMENTS` in `folder`."""
    words = list(map(str, arguments))
    with (
        chdir(folder),
        redirect_stdout(io.StringIO()) as out,
        redirect_stderr(io.StringIO()) as err,
    ):
        code = main(words)
    return CompletedProcess(["pledgeline", *words], code, out.getvalue(), err.getvalue())


def pledgeline_process(
    *arguments: object, folder: Path | str = ".", **environment: str
) -> CompletedProcess[str]:
    """The same in a process of its own, with `environment` put over that of the tests."""
    command = [sys.executable, "-m", "pledgeline", *map(str, arguments)]
    environment = {**os.environ, **environment}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
