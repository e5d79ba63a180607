"""Where our verdict is not frictionless-py's, by design: both verdicts, and that the document names
each difference.
"""

import re
from collections import Counter
from pathlib import Path

import pytest
from support.copies import REPOSITORY
from support.differing_cells import CELLS, CRASH
from support.differing_files import FILES
from support.differing_parquet import PARQUET
from support.differing_values import VALUES
from support.parity import ours, theirs, write_package

DIFFERENCES = CELLS | FILES | PARQUET | VALUES
DOCUMENT = REPOSITORY / "docs" / "differences-from-frictionless.md"


def reported(found: Counter) -> list[str]:
    """Errors as "type row field"."""
    return sorted(
        " ".join(str(part) for part in (type, row, field) if part)
        for _, type, row, field in found.elements()
    )


@pytest.mark.parametrize("name", DIFFERENCES)
def test_both_verdicts_are_what_the_document_says(name: str, tmp_path: Path):
    """Catches a verdict of ours that changed, and a difference that a new frictionless-py no longer
    makes.
    """
    case = DIFFERENCES[name]
    path = write_package(
        tmp_path, [{"name": "t", "type": "table", **case.resource}, *case.others], case.files
    )
    assert reported(ours(path)) == sorted(case.ours)
    if case.theirs == CRASH:
        with pytest.raises((ArithmeticError, TypeError, re.error)):
            theirs(path)
    else:
        assert reported(theirs(path)) == sorted(case.theirs) != sorted(case.ours)


def test_the_document_lists_exactly_these_differences():
    """Catches a difference that is not documented, and one that no longer exists."""
    rows = [line for line in DOCUMENT.read_text("utf-8").splitlines() if line.startswith("|")]
    named = [name for row in rows for name in re.findall(r"`([a-z0-9-]+)`", row.split(" | ")[-1])]
    assert sorted(named) == sorted(DIFFERENCES)
