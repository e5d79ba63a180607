"""The verdict is frictionless-py's on packages that nobody wrote by hand."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from support.drawn import packages
from support.parity import same, write_package

# Every run draws the same packages, so that one that passes here passes in CI.
ALIKE = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def check(drawn: tuple[list[dict], dict[str, bytes]]) -> None:
    resources, files = drawn
    with tempfile.TemporaryDirectory() as folder:
        same(write_package(Path(folder), resources, files))


@pytest.mark.long
@settings(ALIKE, max_examples=20)
@given(packages())
def test_some_drawn_packages(drawn):
    """Catches a difference on what is drawn, in the time of a quick test."""
    check(drawn)


@pytest.mark.long
@pytest.mark.parametrize("kind", range(8))
def test_thousands_of_drawn_packages(kind: int):
    """Catches a rare difference; in eight parts, so that the cores share them."""

    @seed(kind)
    @settings(ALIKE, derandomize=False, max_examples=400)
    @given(packages())
    def part(drawn):
        check(drawn)

    part()
