"""The benchmarks measure what they say: the same faults, and the memory of one process."""

import sys

import pytest
from support.copies import REPOSITORY

from pledgeline.validation import validate

sys.path += [str(REPOSITORY / "benchmarks"), str(REPOSITORY / "benchmarks" / "peers")]
import by_hand
import cost

from data import make


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_hand_written_checks_count_our_errors(format, tmp_path):
    """Catches a comparison with checks that find less than we do, or a package without faults."""
    descriptor = make(tmp_path, 1_000, bad=True)[format]
    by_them = sum(by_hand.count(descriptor).values())
    by_us = sum(task.counts.total() for task in validate(descriptor).tasks)
    assert by_them == by_us == (100 if format == "csv" else 60)


def test_memory_is_that_of_the_command():
    """Catches a peak that counts the memory of the process that measures, such as this one."""
    held = b"x" * 150_000_000
    run = cost.measure([sys.executable, "-c", "print('done')"])
    assert (run.output, run.code) == ("done", 0)
    assert run.megabytes < 100 < len(held) / 1_000_000
