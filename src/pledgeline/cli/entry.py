"""The command's process: signals are heard before anything is imported that takes time.

An interruption, or the wish of a service to end the command, always ends it in a sentence, with the
exit code that shells expect (128 and the signal's number), and with temporary folders removed.
"""

import gc
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from types import FrameType
from typing import NoReturn

from pledgeline.cli.ended import Ended

SIGNALS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


def end_at_once(number: int, frame: FrameType | None) -> NoReturn:
    """Ends the process while nothing is in it yet that would have to be cleaned up."""
    os.write(2, b"pledgeline: interrupted\n")
    os._exit(128 + number)


def end_cleanly(number: int, frame: FrameType | None) -> NoReturn:
    """Ends what runs, so that temporary folders are removed on the way out."""
    raise Ended(number)


def interrupt_databases() -> None:
    """Interrupts what the databases run as soon as there is a signal, so that Python hears of it.

    Python's own handlers run when the main thread comes back to Python. A database that waits for
    its other threads does not come back, and does not always look for signals.
    """
    receiver, sender = os.pipe()
    os.set_blocking(sender, False)
    signal.set_wakeup_fd(sender, warn_on_full_buffer=False)

    def listen() -> None:
        os.read(receiver, 1)
        while True:
            if sandbox := sys.modules.get("pledgeline.source.sandbox"):
                for database in list(sandbox.RUNNING):
                    database.interrupt()
            time.sleep(0.2)

    threading.Thread(target=listen, daemon=True).start()


def command() -> NoReturn:
    """Runs the command, and ends its process with the exit code.

    It ends at once, since taking libraries down takes longer than a small table.
    """
    for number in (signal.SIGINT, *SIGNALS):
        if signal.getsignal(number) != signal.SIG_IGN:  # as nohup has it
            signal.signal(number, end_at_once)

    from pledgeline.cli.main import main

    for number in (signal.SIGINT, *SIGNALS):
        if signal.getsignal(number) == end_at_once:
            clean = signal.default_int_handler if number == signal.SIGINT else end_cleanly
            signal.signal(number, clean)
    interrupt_databases()
    # What is read is kept to the end: looking for garbage among it again and again finds none.
    gc.set_threshold(50_000, 20, 20)
    code = main()
    with suppress(OSError, AttributeError, ValueError):  # nobody may listen to stderr any more
        sys.stderr.flush()
    os._exit(code)
