"""YAML text as a tree of text scalars, each with its place.

YAML's own typing is switched off: a scalar is the text as it is in the file (`NO`, `1_000`,
`2019`), and only the schema of the table it lands in gives it a type. What makes YAML surprising
(anchors, tags, several documents, repeated keys) is refused.
"""

import re
from dataclasses import dataclass, field

import yaml

from pledgeline.errors import Problem
from pledgeline.records.comments import truncated_texts
from pledgeline.records.syntax import syntax_problem
from pledgeline.records.value import character_faults, is_sound, value_faults
from pledgeline.text import quoted

TAGS = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}
TEXT = TAGS[yaml.ScalarNode]
INDICATORS = " \t-?:"  # what a line of block style may begin with before its text
# a list or mapping in brackets, or brackets in a text: in either case, what opens closes
CLOSED = re.compile(r"""\[[^][{}"'#\n]*\]|\{[^][{}"'#\n]*\}""")
DEPTH_LIMIT = 20  # records nest five deep; deeper is an accident or an attack on the parser's stack


@dataclass(frozen=True)
class Scalar:
    """A text and its place."""

    text: str
    line: int
    column: int


@dataclass(frozen=True)
class Mapping:
    """Keys in file order, each with its value; `keys` holds the place of each key."""

    line: int
    column: int
    items: dict[str, "Node"] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True)
class Sequence:
    """Values in file order."""

    line: int
    column: int
    items: list["Node"] = field(default_factory=list)


Node = Scalar | Mapping | Sequence


class TextLoader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    """PyYAML's fastest loader that resolves no types."""

    def resolve(self, kind: type[yaml.Node], value: object, implicit: object) -> str:
        """The tag of a node that has none, which is asked for at every node."""
        return TAGS[kind]


def parse(text: str, name: str) -> tuple[Node | None, list[Problem]]:
    """The tree of one record file, or None, and the problems found on the way.

    `text` comes from `read_text`; `name` is the path to print. A file that breaks the YAML grammar
    gives one problem, since nothing after the break can be trusted.
    """
    if too_deep := depth_problem(text, name):
        return None, [too_deep]
    try:
        root = yaml.compose(text, Loader=TextLoader)
    except yaml.YAMLError as error:
        return None, [syntax_problem(error, text, name, TextLoader)]
    if root is None:
        return None, [
            Problem(
                name,
                1,
                1,
                "empty-file",
                "the file has only comments",
                "at least one record",
                "write one or delete the file",
            )
        ]
    problems = list(truncated_texts(text, name, TextLoader))
    entries = split_entries(root, name, problems)
    if len(entries) > 1:
        root = yaml.SequenceNode("tag:yaml.org,2002:seq", entries, root.start_mark, root.end_mark)
    return convert(root, name, problems, set()), problems


def split_entries(node: yaml.Node, name: str, problems: list[Problem]) -> list[yaml.Node]:
    """The entries of a list that one node of it holds: more than one where a dash is missing.

    YAML takes such an entry for more keys of the one before, which has all of them already.
    """
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        return [node]
    at = begins_again([getattr(key, "value", None) for key, _ in node.value])
    if not at:
        return [node]
    first, mark = node.value[at][0], node.value[at][0].start_mark
    shown = f"{first.value}: {getattr(node.value[at][1], 'value', '') or ''}"
    problems.append(
        Problem(
            name,
            mark.line + 1,
            mark.column + 1,
            "missing-dash",
            f"{quoted(shown, 40)} begins an entry of a list, and its dash is missing",
            "`- ` before the first key of each entry",
            f"write `- {first.value}: ...`, indented like the entry above; keep every line",
        )
    )
    head, tail = (
        yaml.MappingNode(node.tag, pairs, pairs[0][0].start_mark, node.end_mark, flow_style=False)
        for pairs in (node.value[:at], node.value[at:])
    )
    return [head, *split_entries(tail, name, problems)]


def begins_again(keys: list[object]) -> int:
    """The number of the key from which on keys are those of a new entry; 0 where they are not.

    That is the first one repeated, if it is the first of all or if most that follow are repeated.
    """
    at = next((n for n, key in enumerate(keys) if key in keys[:n]), 0)
    before, after = keys[:at], keys[at:]
    again = sum(key in before for key in after)
    opens = at > 1 and after[0] == before[0]
    return at if opens or (at and again >= 2 and 2 * again >= len(after)) else 0


def convert(node: yaml.Node, name: str, problems: list[Problem], seen: set[int]) -> Node:
    """A composed PyYAML node as our tree; refuses what the module's docstring says."""
    mark = node.start_mark
    line, column = mark.line + 1, mark.column + 1
    plain = isinstance(node, yaml.ScalarNode) and node.tag == TEXT and is_sound(node)
    if plain and id(node) not in seen:  # as nearly all are
        seen.add(id(node))
        return Scalar(node.value, line, column)

    def refuse(
        code: str, found: str, expected: str, fix: str, at: tuple[int, int] = (line, column)
    ) -> None:
        problems.append(Problem(name, *at, code, found, expected, fix))

    if id(node) in seen:
        refuse(
            "alias",
            "a YAML alias repeats this value",
            "every value written out",
            "copy the value in place of the *alias",
        )
        return Scalar("", line, column)
    seen.add(id(node))
    if node.tag not in TAGS.values():
        refuse("tag", f"the tag {quoted(node.tag)} is used here", "no YAML tags", "remove it")
    if not isinstance(node, yaml.ScalarNode) and not node.value:
        refuse(
            "empty-value",
            "the list or mapping is empty",
            "at least one value",
            "write it or remove the key",
        )
    if isinstance(node, yaml.SequenceNode):
        entries = [each for item in node.value for each in split_entries(item, name, problems)]
        return Sequence(line, column, [convert(item, name, problems, seen) for item in entries])
    if isinstance(node, yaml.MappingNode):
        mapping = Mapping(line, column)
        for key, value in node.value:
            at = (key.start_mark.line + 1, key.start_mark.column + 1)
            if not isinstance(key, yaml.ScalarNode):
                refuse(
                    "wrong-shape", "a key is a list or mapping", "a name", "write `name: value`", at
                )
            elif key.value in mapping.items:
                refuse(
                    "duplicate-key",
                    f"the key {quoted(key.value)} occurs twice",
                    "each key once",
                    "remove one of them, or write `- ` before the second if it begins a new entry",
                    at,
                )
            else:
                for fault in character_faults(key.value):
                    refuse(*fault, at)
                mapping.keys[key.value] = Scalar(key.value, *at)
                mapping.items[key.value] = convert(value, name, problems, seen)
        return mapping
    assert isinstance(node, yaml.ScalarNode)
    if not is_sound(node):
        for fault in value_faults(node):
            refuse(*fault)
    return Scalar(node.value, line, column)


def depth_problem(text: str, name: str) -> Problem | None:
    """Refuses deep nesting from the event stream, before the recursive composer meets it."""
    if deepest(text) <= DEPTH_LIMIT:
        return None
    depth = 0
    try:
        for event in yaml.parse(text, Loader=TextLoader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                at = event.start_mark
                if depth > DEPTH_LIMIT and at:
                    found = f"values nest more than {DEPTH_LIMIT} deep"
                    return Problem(
                        name,
                        at.line + 1,
                        at.column + 1,
                        "too-deep",
                        found,
                        "a record's shape",
                        "see CONTRIBUTING.md",
                    )
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError:
        return None  # the composer meets the same break and reports it
    return None


def deepest(text: str) -> int:
    """At most how deep values nest: much quicker to know than how deep they do.

    In block style each level begins in a column further to the right than the one above, but for a
    list, which may begin where its key does; in flow style each has a bracket.
    """
    rest = CLOSED.sub("", text)
    flow = rest.count("[") + rest.count("{") + 1
    lines = text.splitlines()
    starts = {line[: len(line) - len(line.lstrip(INDICATORS))] for line in lines}
    columns = {at for start in starts for at, mark in enumerate(f"{start}x") if mark != " "}
    return flow + 2 * len(columns)
