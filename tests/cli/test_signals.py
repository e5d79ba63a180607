"""A command ended by a signal says so, exits with the signal's code, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


def endless(root: Path) -> list[str]:
    """A rule that takes longer than any test waits, and the command that runs it."""
    (root / "t.csv").write_text("id\n1\n")
    (root / "datapackage.json").write_text('{"resources": [{"name": "t", "path": "t.csv"}]}')
    (root / "rules").mkdir()
    (root / "rules/r.sql").write_text(
        "-- error: x\n-- fix: y\n"
        "SELECT 't', sum(a.range * b.range) , 'id' FROM range(1000000) AS a, range(1000000) AS b\n"
    )
    command = [sys.executable, "-m", "pledgeline", "validate", str(root)]
    return [*command, "--rules", str(root / "rules")]


def as_in_a_terminal() -> None:
    """Hears the signals that whoever runs the tests may have switched off, as nohup does."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_the_command_cleanly(number, tmp_path):
    """Catches temporary folders left behind, a traceback, and another exit code."""
    spool = tmp_path / "spool"
    spool.mkdir()
    (tmp_path / "package").mkdir()
    process = subprocess.Popen(
        endless(tmp_path / "package"),
        env={**os.environ, "TMPDIR": str(spool)},
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=as_in_a_terminal,
    )
    until = time.monotonic() + 60
    while not list(spool.iterdir()) and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(number)
    _, said = process.communicate(timeout=30)  # the rule has a minute
    assert process.returncode == (130 if number == signal.SIGINT else 128 + number), said
    assert "Traceback" not in said and said.startswith("pledgeline: ")
    assert list(spool.iterdir()) == []
