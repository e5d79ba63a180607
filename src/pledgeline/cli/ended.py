"""How a process ends that a signal asks to end."""

import signal


class Ended(BaseException):
    """The process was asked to end by the signal `number`."""

    latest: "Ended | None" = None  # what DuckDB turns into an error of its own

    def __init__(self, number: int):
        Ended.latest = self
        super().__init__(f"ended by {signal.Signals(number).name}")
        self.exit_code = 128 + number
