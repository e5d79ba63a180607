"""Patterns for Python's engine share one budget, and what it does not reach is said."""

import json
from functools import partial
from pathlib import Path

import pytest

from pledgeline.check.pattern import Patience, PatternMatcher
from pledgeline.cli.main import main
from pledgeline.engine import duckdb as engine
from pledgeline.validation import validate

SLOW = r"(?=a)(a|aa)+\Bb?(?<!x)$"
CELL = "a" * 30 + "!"


def test_quick_cells_cost_nothing():
    """Catches a budget that a large table of ordinary cells uses up."""
    patience = Patience(left=0.02)
    matches = PatternMatcher("(?=a)[a-z]+", patience)
    left = patience.left
    assert all(matches("abc") for _ in range(5_000)) and not matches("1")
    assert left - patience.left < 0.01 and not matches.unchecked


def test_a_slow_pattern_uses_the_budget_of_all():
    """Catches a budget a field."""
    patience = Patience(left=0.01)
    first = PatternMatcher(SLOW, patience)
    for _ in range(100):
        first(CELL)
    second = PatternMatcher("(?=a)b", patience)
    assert patience.left <= 0 and "take more than" in first.unchecked
    assert second("c") and "take more than" in second.unchecked


def test_what_no_budget_is_left_for_is_not_checked(tmp_path: Path, monkeypatch, capsys):
    """Catches a false "valid" or "invalid", and a second table that is no longer read."""
    monkeypatch.setattr(engine, "Patience", partial(Patience, left=0.0))
    field = {"name": "x", "constraints": {"pattern": "(?=a)b"}}
    plain = {"name": "x", "type": "integer"}
    for name in ("t", "u"):
        (tmp_path / f"{name}.csv").write_text("x\n1\n")
    resources = [
        {"name": "t", "path": "t.csv", "schema": {"fields": [field]}},
        {"name": "u", "path": "u.csv", "schema": {"fields": [plain]}},
    ]
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": resources}))
    report = validate(tmp_path)
    assert not report.valid and report.unfinished and report.tasks[1].rows == 1
    (error,) = report.tasks[0].errors
    assert (error.type, error.field_name) == ("not-checked", "x") and report.tasks[1].valid
    assert main(["validate", str(tmp_path)]) == 2
    assert "NOT CHECKED: 1 error; 1 of 2 resources not checked" in capsys.readouterr().out
    (tmp_path / "u.csv").write_text("x\na\n")
    assert main(["validate", str(tmp_path)]) == 1, "one table is invalid for certain"


@pytest.mark.parametrize("pattern", [r"\i\c*", "((a{1000}){1000}){1000}"])
def test_a_pattern_that_cannot_be_used_says_so(pattern: str):
    """Catches a pattern that is thought to match everything."""
    assert PatternMatcher(pattern, Patience()).unchecked
