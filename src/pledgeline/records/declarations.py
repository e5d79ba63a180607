"""Declarations: the YAML files in which people describe the data (schemas, layout, package).

In: a file and the form it must have (records/forms/*.json). Out: its content, and the place of each
value, so that whatever is wrong with it later is reported there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pledgeline.errors import InvalidRecords, Problem
from pledgeline.records.forms import form_problems
from pledgeline.records.syntax import syntax_problem
from pledgeline.text import quoted, relative_path

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the first is ten times as fast
Address = tuple[str | int, ...]  # keys and positions from the top of a file to a value
LARGEST = 100_000  # values of a file, aliases written out: more is an attack on memory
DEEPEST = 40


@dataclass(frozen=True)
class Declaration:
    """A declaration: `path` from the package's root, what it says, and where it says it."""

    path: str
    content: dict[str, Any]
    places: dict[Address, tuple[int, int]]

    def problem(self, at: Address, code: str, found: str, expected: str, fix: str) -> Problem:
        """A problem of the value at `at`, or of what is nearest above it."""
        while at and at not in self.places:
            at = at[:-1]
        return Problem(self.path, *self.places.get(at, (1, 1)), code, found, expected, fix)


def read_declaration(path: Path, root: Path, form: str) -> Declaration:
    """The declaration in the file `path`, which has the form records/forms/`form`.json.

    Raises InvalidRecords, with all that is wrong, when the file is missing, no YAML or not of the
    form.
    """
    name = relative_path(path, root)
    try:
        node = yaml.compose(path.read_text("utf-8-sig"), Loader=Loader)
    except FileNotFoundError:
        raise refused(name, 1, 1, "missing-file", "the file is not there") from None
    except OSError as error:
        found = f"the file cannot be read ({error.strerror})"
        raise refused(name, 1, 1, "unreadable-file", found) from None
    except yaml.MarkedYAMLError as error:
        text = path.read_text("utf-8-sig")
        raise InvalidRecords([syntax_problem(error, text, name, Loader)]) from None
    except (yaml.YAMLError, ValueError) as error:
        found = f"this is not YAML ({' '.join(str(error).split())})"
        raise refused(name, 1, 1, "yaml-syntax", found) from None
    except RecursionError:
        raise refused(name, 1, 1, "too-deep", "values nest too deep") from None
    declared = Reading(name).read(node)
    if problems := list(form_problems(declared, form)):
        raise InvalidRecords(problems)
    return declared


class Reading:
    """Builds the content of one file from its YAML nodes, and notes the place of each value."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.places: dict[Address, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self.loader = Loader("")  # turns a scalar into text, number, truth value, date or None

    def read(self, node: yaml.Node | None) -> Declaration:
        """Raises InvalidRecords for what no form allows: keys that are not text or occur twice."""
        content = self.value(node, ()) if node else None
        if not isinstance(content, dict):
            raise refused(self.name, 1, 1, "wrong-shape", "the file holds no mapping")
        if self.problems:
            raise InvalidRecords(self.problems)
        return Declaration(self.name, content, self.places)

    def value(self, node: yaml.Node, at: Address) -> Any:
        if len(self.places) > LARGEST or len(at) > DEEPEST:
            found = "values nest too deep, or aliases repeat too much"
            raise refused(self.name, *mark_of(node), "too-deep", found)
        self.places[at] = mark_of(node)
        if isinstance(node, yaml.MappingNode):
            return dict(self.pairs(node, at))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*at, number)) for number, item in enumerate(node.value)]
        try:
            return self.loader.construct_object(node)
        except (yaml.YAMLError, ValueError) as error:
            found = f"the value cannot be read ({' '.join(str(error).split())})"
            self.refuse(node, "wrong-type", found, "text, a number, true or false")
            return ""

    def pairs(self, node: yaml.MappingNode, at: Address) -> Iterator[tuple[str, Any]]:
        seen = set()
        merged = [value for key, value in node.value if key.value == "<<"]
        for value in merged:  # another mapping's keys, which those written here overrule
            for each in value.value if isinstance(value, yaml.SequenceNode) else [value]:
                if isinstance(each, yaml.MappingNode):
                    yield from self.pairs(each, at)
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.refuse(key, "wrong-shape", "a key is a list or mapping", "a name")
            elif key.value in seen:
                found = f"the key {quoted(key.value)} occurs twice"
                self.refuse(key, "duplicate-key", found, "each key once")
            elif key.value != "<<":
                seen.add(key.value)
                yield key.value, self.value(value, (*at, key.value))
                self.places[(*at, key.value)] = mark_of(key)

    def refuse(self, node: yaml.Node, code: str, found: str, expected: str) -> None:
        fix = "see the examples in CONTRIBUTING.md"
        self.problems.append(Problem(self.name, *mark_of(node), code, found, expected, fix))


def mark_of(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def refused(name: str, line: int, column: int, code: str, found: str) -> InvalidRecords:
    expected, fix = "a mapping of keys to values", "see CONTRIBUTING.md"
    return InvalidRecords([Problem(name, line, column, code, found, expected, fix)])
