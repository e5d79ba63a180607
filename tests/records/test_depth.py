"""How deep the values of a record file may nest."""

import pytest

from pledgeline.records.tree import DEPTH_LIMIT, parse

LEVELS = range(DEPTH_LIMIT + 5)
DEEP = {
    "mappings": "".join(f"{' ' * n}a:\n" for n in LEVELS) + " " * len(LEVELS) + "b",
    "lists": "- " * len(LEVELS) + "b",
    "lists-below-keys": "".join(f"{' ' * n * 2}a:\n{' ' * n * 2}- b: c\n" for n in LEVELS),
    "complex-keys": "? " * len(LEVELS) + "b",
    "flow": "[" * len(LEVELS) + "b" + "]" * len(LEVELS),
    "flow-and-texts": '["]", ' * len(LEVELS) + "b" + "]" * len(LEVELS),
    "flow-and-comments": "[ # ]\n" * len(LEVELS) + "b" + "]" * len(LEVELS),
    "flow-of-mappings": "{a: [b], c: " * len(LEVELS) + "b" + "}" * len(LEVELS),
}


@pytest.mark.parametrize("kind", DEEP)
def test_values_that_nest_too_deep_are_refused(kind):
    """Catches a file that exhausts the stack, since a guess took it for a flat one."""
    tree, problems = parse(DEEP[kind] + "\n", "events.yaml")
    assert tree is None and [problem.code for problem in problems] == ["too-deep"]


def test_long_files_that_are_flat_are_read():
    """Catches a file refused for its many brackets."""
    tree, problems = parse("- {a: [b, c], d: 'e]'}\n" * 100, "events.yaml")
    assert tree is not None and not problems
