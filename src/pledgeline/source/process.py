"""A function run in a process of its own: without network, within bounds of memory and time.

For libraries that read a stranger's file without bounds of their own.
"""

from __future__ import annotations

import importlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

# Isolated, so that neither the current folder nor the environment adds a module.
START = (
    "import json, sys; asked = json.loads(sys.stdin.readline()); sys.path[:] = asked['path'];"
    " from pledgeline.source.process import serve; serve(asked)"
)


@dataclass(frozen=True)
class Bounds:
    """What a process may take: bytes of memory, and seconds of a processor."""

    memory: int
    seconds: int


class ProcessFailed(Exception):
    """The process ended before its function did; the message says why."""


def values_from(function: str, argument: object, bounds: Bounds) -> Iterator[Any]:
    """What the generator `function` ("module:name") yields for `argument`, run on its own.

    The argument and the values are what JSON holds. Raises ProcessFailed where the function fails,
    or exceeds its bounds.
    """
    asked = {
        "path": sys.path,
        "function": function,
        "argument": argument,
        "memory": bounds.memory,
        "seconds": bounds.seconds,
    }
    process = subprocess.Popen(
        [sys.executable, "-I", "-c", START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert process.stdin and process.stdout
        try:
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            process.stdin.close()
        except BrokenPipeError:  # it has ended already; what follows says how
            pass
        for line in process.stdout:
            if not line.endswith(b"\n"):  # it was stopped while it wrote
                break
            kind, value = json.loads(line)
            if kind == "end":
                return
            if kind == "failed":
                raise ProcessFailed(value)
            yield value
        raise ProcessFailed(why_ended(process.wait(), bounds))
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()


def why_ended(code: int, bounds: Bounds) -> str:
    """Why a process ended without an answer, by its exit code."""
    if code == -9 or code == -24:  # SIGKILL and SIGXCPU: the limit of time
        return f"it takes more than {bounds.seconds:,} seconds, or was stopped"
    return f"it takes more than {bounds.memory >> 20:,} MB of memory, or ended with the code {code}"


def serve(asked: dict[str, Any]) -> None:
    """Runs the function that was asked for; its values go to stdout, a line each."""
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # whatever a library prints is not an answer
    limit(asked["memory"], asked["seconds"])
    refuse_network()
    module, _, name = asked["function"].partition(":")
    try:
        function = getattr(importlib.import_module(module), name)
        for value in function(asked["argument"]):
            answers.write(json.dumps(["value", value]) + "\n")
        answers.write('["end", null]\n')
    except MemoryError:
        memory = asked["memory"] >> 20
        answers.write(json.dumps(["failed", f"it takes more than {memory:,} MB of memory"]) + "\n")
    except Exception as error:  # libraries raise anything on broken files
        answers.write(json.dumps(["failed", f"{type(error).__name__}: {error}"[:1_000]]) + "\n")
    answers.flush()
    os._exit(0)  # without what libraries do at the end


def limit(memory: int, seconds: int) -> None:
    """Bounds this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def refuse_network() -> None:
    """Lets no library of this process open a connection."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise PermissionError("there is no network in this process")

    class Refused(socket.socket):
        def __init__(self, *_: object, **__: object) -> None:
            refuse()

    socket.socket = Refused  # type: ignore[misc]
    socket.create_connection = socket.socketpair = socket.getaddrinfo = refuse
