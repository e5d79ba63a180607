"""The command as a process, with a stand-in engine: its output, and how it is interrupted."""

import os
import pty
import re
import signal
import subprocess
import sys
import time

from support.copies import REPOSITORY

COMMAND = [sys.executable, str(REPOSITORY / "tests/support/stand_in.py")]


def piped(command: str, **environment: str) -> subprocess.CompletedProcess:
    """A line of bash in which $COMMAND is the command with the stand-in."""
    environment = {**os.environ, "COMMAND": " ".join(COMMAND), **environment}
    return subprocess.run(
        ["bash", "-c", command], cwd=REPOSITORY, env=environment, capture_output=True, text=True
    )


def on_a_terminal(*arguments: str, **environment: str) -> str:
    """What the command writes to a terminal, where no CI service runs it."""
    ours, its = pty.openpty()
    environment = {
        **{k: v for k, v in os.environ.items() if k not in ("CI", "NO_COLOR")},
        "TERM": "xterm",
        **environment,
    }
    run = subprocess.Popen(
        [*COMMAND, *arguments], cwd=REPOSITORY, env=environment, stdin=its, stdout=its, stderr=its
    )
    os.close(its)
    written = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # the other end is closed
            part = b""
        if not part:
            break
        written += part
    os.close(ours)
    run.wait()
    return written.decode()


def test_a_reader_who_had_enough_ends_it_quietly():
    """Catches a traceback, or another verdict, after `| head`."""
    head = piped(
        "$COMMAND validate --format json | head -n 1; echo ${PIPESTATUS[0]}", REPORT="many"
    )
    assert (head.stdout, head.stderr) == ("{\n1\n", "")
    for arguments in ("--help", "validate"):
        nobody = piped(f"$COMMAND {arguments} | true; echo ${{PIPESTATUS[0]}}", REPORT="valid")
        assert (nobody.stdout, nobody.stderr) == ("0\n", "")


def test_an_output_that_cannot_be_written_is_reported():
    """Catches a verdict of 0 although nobody can read the report."""
    full = piped("$COMMAND validate > /dev/full", REPORT="valid")
    assert (full.returncode, full.stderr) == (2, "pledgeline: stdout: No space left on device\n")
    assert piped("$COMMAND validate >&-", REPORT="many").returncode == 1


def test_an_output_of_another_encoding_is_written():
    """Catches a crash on names in letters that the terminal does not have."""
    run = piped("$COMMAND validate", REPORT="hostile", PYTHONIOENCODING="ascii")
    assert run.returncode == 1 and run.stdout.isascii() and "Traceback" not in run.stderr


def test_ctrl_c_ends_it_with_one_line(tmp_path):
    """Catches a traceback after Ctrl-C, and an exit code that looks like a verdict."""
    environment = {**os.environ, "SECONDS": "60", "BEGUN": str(tmp_path / "begun")}
    command = [*COMMAND, "validate"]
    run = subprocess.Popen(
        command,
        cwd=REPOSITORY,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not (tmp_path / "begun").exists():
        assert run.poll() is None
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    assert (
        run.communicate(timeout=20) == ("", "pledgeline: interrupted\n") and run.returncode == 130
    )


def test_a_terminal_gets_colour_and_after_a_second_a_bar():
    """Catches a command that seems to hang, and a bar that stays or comes for short work."""
    long = on_a_terminal("validate", SECONDS="1.6")
    assert re.search(r"\r\[-{24}\]  0 %  [12] s  events", long)
    assert (
        long.index("[---") < long.index(" \r\x1b[1mpack/datapackage.json")
        and "\x1b[31mINVALID" in long
    )
    short = on_a_terminal("validate", NO_COLOR="1")
    assert "0 %" not in short and "\x1b" not in short and "INVALID:" in short


def test_a_ci_log_gets_neither():
    """Catches hundreds of lines of a bar, and escapes, in a log."""
    assert "0 %" not in on_a_terminal("validate", SECONDS="1.4", CI="true")
    run = piped("$COMMAND validate", SECONDS="1.4")
    assert run.stderr == "" and "\x1b" not in run.stdout
