"""Messy files of people's tools: frictionless-py finds the same in them, and our own readers agree.

Every day has packages of its own; `PLEDGELINE_SEED=20261128` draws those of another day again.
"""

import json
import os
from collections import Counter
from datetime import date

import pytest
from support import messy_compare, messy_readers
from support.messy_compare import compare, compare_together
from support.messy_package import Messy, messy
from support.messy_readers import disagreements, package_of

from pledgeline.source import csv_patch

DAY = int(os.environ.get("PLEDGELINE_SEED") or date.today().strftime("%Y%m%d"))
PARTS = 10  # shared by the cores
TOGETHER = 20  # packages that are checked at once
COMPARED, READ = 200, 40  # packages in a part


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    """Files read in pieces of a few bytes, as large ones are in pieces of a megabyte."""
    monkeypatch.setattr(csv_patch, "CHUNK", 100)


def seeds(part: int, count: int) -> range:
    """The seeds of a part of the day's packages."""
    first = DAY * 100_000 + part * count
    return range(first, first + count)


def shown(seed: int, found: list[str], made: Messy) -> str:
    """What was found, and the package: its seed draws it again."""
    lines = [f"seed {seed} (PLEDGELINE_SEED={DAY}):", *found]
    lines += [json.dumps(resource, ensure_ascii=False) for resource in made.resources]
    lines += [f"{name}: {content!r}" for name, content in made.files.items()]
    return "\n".join(lines)


def assert_same(seeds: range) -> None:
    """Both engines find the same in all packages, or the first differences are shown."""
    wrong: dict[int, list[str]] = {}
    for start in range(seeds.start, seeds.stop, TOGETHER):
        wrong |= compare_together(range(start, min(start + TOGETHER, seeds.stop)))
    several = "\n\n".join(shown(seed, found, messy(seed)) for seed, found in [*wrong.items()][:3])
    assert not wrong, f"{len(wrong)} of {len(seeds)} packages differ\n{several}"


def test_some_messy_packages():
    """Catches a difference on what is drawn, in the time of a quick test."""
    assert_same(range(20))


def test_a_finding_that_only_one_engine_has_is_seen(monkeypatch):
    """Catches a comparison that finds nothing, whatever the engines say."""
    seed = next(seed for seed in range(40) if messy(seed).resources[0]["path"] == "t-0.csv")
    invented = Counter({(f"{seed}-t", "invented", 2, "f0"): 1})
    monkeypatch.setattr(messy_compare, "their_findings", lambda report: invented)
    assert f"only theirs: 1 x ('{seed}-t', 'invented', 2, 'f0')" in compare(seed)


@pytest.mark.parametrize(
    "broken", [{"changes": lambda *_: []}, {"same_value": lambda *_: False}], ids=["edit", "value"]
)
def test_an_edit_or_a_value_that_is_lost_is_seen(broken, monkeypatch):
    """Catches a comparison of our readers that finds nothing, whatever they say."""
    for name, function in broken.items():
        monkeypatch.setattr(messy_readers, name, function)
    assert any(disagreements(seed) for seed in range(4))


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_thousands_of_messy_packages(part: int):
    """Catches a rare difference from frictionless-py that is not documented."""
    print(f"PLEDGELINE_SEED={DAY}")
    assert_same(seeds(part, COMPARED))


def test_validate_open_and_diff_agree_on_some_messy_packages():
    """Catches rows that are validated and not read, and edits that are not reported."""
    for seed in range(4):
        assert not disagreements(seed)


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_validate_open_and_diff_agree_on_messy_packages(part: int):
    """The same on hundreds, others every day."""
    print(f"PLEDGELINE_SEED={DAY}")
    for seed in seeds(part, READ):
        found = disagreements(seed)
        assert not found, shown(seed, found, package_of(seed))
