"""What a command costs: wall and CPU seconds of the whole process, and its peak memory."""

import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

STARTER = Path(__file__).with_name("starter.py")
LONG = 20  # seconds; what takes longer is run once


class Cost(NamedTuple):
    """What one run of a command cost, its children included, and what it printed."""

    seconds: float
    cpu: float
    megabytes: float
    code: int
    output: str
    errors: str


def measure(command: list) -> Cost:
    """Runs a command once."""
    starter = [sys.executable, "-I", "-S", STARTER, *command]
    ran = subprocess.run(starter, capture_output=True, text=True)
    *output, line = ran.stdout.splitlines()
    return Cost(*json.loads(line), "\n".join(output).strip(), ran.stderr)


def median(command: list, runs: int = 3) -> Cost:
    """The medians of several runs, or the one run of a command that takes long."""
    costs = [measure(command)]
    while len(costs) < runs and costs[0].seconds <= LONG:
        costs.append(measure(command))
    middle = (statistics.median(each) for each in zip(*(cost[:3] for cost in costs), strict=True))
    return Cost(*middle, *costs[0][3:])
