"""The tree of errors: drawn in the docstring as it is, each class raised by the engine and asserted
by a test.
"""

import re
from pathlib import Path

import pytest
from support.copies import REPOSITORY

from pledgeline import errors
from pledgeline.errors import PledgelineError

BRANCH = re.compile(r"^    (?P<lines>[│├└─ ]*)(?P<name>\w+)(?P<words>  +\S.*)?$", re.MULTILINE)


def subclasses(root: type[Exception]) -> list[type[Exception]]:
    """All classes below `root`, each once."""
    return [each for own in root.__subclasses__() for each in (own, *subclasses(own))]


CLASSES = [each for each in subclasses(PledgelineError) if each.__module__ == errors.__name__]


def draw(root: type[Exception], indent: str = "") -> list[str]:
    """A line a class, with the lines that connect it."""
    below = [each for each in root.__subclasses__() if each.__module__ == errors.__name__]
    drawn = []
    for each in below:
        last = each is below[-1]
        drawn.append(f"{indent}{'└── ' if last else '├── '}{each.__name__}")
        drawn += draw(each, indent + ("    " if last else "│   "))
    return drawn


def test_the_tree_in_the_docstring_is_that_of_the_classes():
    """Catches a class that is not in the tree, or stands in it elsewhere."""
    found = BRANCH.finditer(errors.__doc__)
    assert [each["lines"] + each["name"] for each in found] == [
        "PledgelineError",
        *draw(PledgelineError),
    ]


def test_every_class_says_what_it_is_for():
    """Catches a class without words, in its place or in the tree."""
    assert all(each.__doc__ for each in CLASSES)
    assert all(found["words"] for found in list(BRANCH.finditer(errors.__doc__))[1:])


def mentions(folder: Path, pattern: str) -> bool:
    """Whether a Python file under `folder`, but for this one and the tree, matches `pattern`."""
    own = (Path(__file__), Path(errors.__file__))
    texts = (path.read_text("utf-8") for path in folder.rglob("*.py") if path not in own)
    return any(re.search(pattern, text) for text in texts)


@pytest.mark.parametrize("name", [each.__name__ for each in CLASSES])
def test_every_class_is_raised_and_asserted(name):
    """Catches a class that nothing raises, and one that no test expects."""
    raised = rf"raise {name}\b|= {name} if|else {name}\b"
    assert any(mentions(REPOSITORY / folder, raised) for folder in ("src", "scripts"))
    assert mentions(REPOSITORY / "tests", rf"\b{name}\b")


def test_a_failure_that_was_judged_ends_with_1():
    """Catches an exit code that says nothing could be judged where something was."""
    judged = {each.__name__ for each in CLASSES if each.exit_code == 1}
    assert judged == {"InvalidRecords", "ReleaseRefused"} and PledgelineError.exit_code == 2
