"""The table of bounds in docs/security.md holds the numbers of the code, and all of them."""

import ast
import re
from importlib import import_module

import pytest
from support.copies import REPOSITORY

SOURCE = REPOSITORY / "src" / "pledgeline"
PAGE = (REPOSITORY / "docs" / "security.md").read_text("utf-8")
UNITS = {"": 1, "s": 1, "times": 1, "MB": "MB", "Mi": 1 << 20, "MiB": 1 << 20, "GiB": 1 << 30}
NUMBER = re.compile(r"([0-9][0-9,]*)(?: (MiB|GiB|Mi|MB|s|times)\b)?")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("|") and "`" in line
]
# constants named like bounds that are none: sizes of steps and messages, and what only saves time
OTHERS = {
    "source.rows.BATCH_BYTES",
    "source.rows.CELL_BYTES",
    "source.parquet.VALUE_BYTES",
    "source.parquet.MEASURED_BYTES",
    "source.csv_bytes.LONGEST_LINE",
    "source.dialect.LONGEST_LABEL",
    "source.json_rows.LONGEST_LINE",
    "source.json_rows.MOST_CELLS",
    "check.pattern.ORDINARY_SECONDS",
    "check.forms.LONGEST_JSON",
    "check.forms.LONGEST_NUMBER",
    "check.locate.LONGEST",
    "check.pattern_words.LONGEST_WORDS",
    "check.locate.LONGEST_EXPECTED",
    "check.locate.MOST_CODES",
    "check.columns.MOST_LISTED",
    "check.count.MOST_PARTS",
    "check.count.MOST_SUSPECTS",
    "descriptor.conformance.LONGEST",
    "descriptor.fields.LONGEST_KNOWN",
    "engine.frictionless.LONGEST",
}
NAMED = re.compile(r"(MOST|LONGEST|LARGE|LARGEST|DEPTH|MEMORY)(_|$)|(SECONDS|BYTES)(_|$)")


def value(constant: str) -> object:
    module, _, name = constant.rpartition(".")
    return getattr(import_module(f"pledgeline.{module}"), name)


def constants() -> set[str]:
    """The constants of the rooms that read a stranger's package and are named like bounds."""
    found = set()
    for room in ("source", "check", "engine", "descriptor", "read"):
        for path in (SOURCE / room).glob("*.py"):
            for node in ast.parse(path.read_text("utf-8")).body:
                for target in node.targets if isinstance(node, ast.Assign) else ():
                    names = target.elts if isinstance(target, ast.Tuple) else [target]
                    found |= {f"{room}.{path.stem}.{name.id}" for name in names}
    return {each for each in found if NAMED.search(each.rpartition(".")[2])}


@pytest.mark.parametrize("row", ROWS, ids=[row[-1] for row in ROWS])
def test_a_bound_is_as_in_the_code(row: list[str]):
    """Catches a bound that was changed in one of the two places."""
    stated = []
    for digits, unit in NUMBER.findall(row[1]):
        number, factor = int(digits.replace(",", "")), UNITS[unit]
        stated.append(f"{number}{factor}" if isinstance(factor, str) else number * factor)
    assert stated == [value(constant) for constant in re.findall("`(.*?)`", row[-1])]


def test_every_bound_is_in_the_table():
    """Catches a bound that nobody is told of, and a row or an exception whose constant is gone."""
    named = {constant for row in ROWS for constant in re.findall("`(.*?)`", row[-1])}
    assert constants() - named - OTHERS == set() and constants() >= OTHERS
