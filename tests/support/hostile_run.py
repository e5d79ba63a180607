"""Runs the command in a process of its own, with limits.

It says what the command wrote, how it ended and what it took.
"""

import multiprocessing
import os
import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

SECONDS, MEGABYTES = 30, 700
ADDRESSES = 8 << 30  # bytes that may be asked for: a stop for what would bring the machine down
# So that libraries are imported once, those as well that only some cells need, and every run is
# fresh.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(
    [
        *("pledgeline.cli.main", "pledgeline.validation", "pyarrow.compute", "regex", "pandas"),
        *("dateutil.parser", "frictionless.formats", "frictionless.resources"),
        *("frictionless.portals", "frictionless.schemes", "pyarrow.pandas_compat"),
    ]
)


@dataclass(frozen=True)
class Ended:
    """How a run ended; `code` is negative where a signal ended it."""

    code: int | None
    output: str
    complaint: str
    seconds: float
    megabytes: int


def run(path: Path, form: str = "json") -> Ended:
    """`pledgeline validate PATH --format FORM`, killed when it takes too long."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("out", "err", "peak")]
        process = PROCESSES.Process(
            target=command, args=(["validate", str(path), "--format", form], files)
        )
        begun = time.monotonic()
        process.start()
        process.join(SECONDS)
        seconds = time.monotonic() - begun
        if process.is_alive():
            process.kill()
            process.join()
        output, complaint, peak = (
            file.read_text("utf-8") if file.exists() else "" for file in files
        )
        return Ended(process.exitcode, output, complaint, seconds, int(peak or 0) // 1024)


def command(arguments: list[str], files: list[Path]) -> None:
    from pledgeline.cli.main import main

    for number, file in enumerate(files[:2], 1):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT), number)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8") for number in (1, 2))
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    code = main(arguments)
    files[2].write_text(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
    sys.exit(code)
