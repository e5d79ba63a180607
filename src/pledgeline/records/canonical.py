"""The one canonical form of a record file.

Keys are in schema order, the layout is fixed, and comments stay with what they belong to. No YAML
library writes a form that depends on the content alone (they keep the author's key order, quotes or
comment columns), so the layout is ours; which text needs quotes is PyYAML's judgement.
"""

import io
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml
from yaml.emitter import Emitter

from pledgeline.records.layout import Layout
from pledgeline.records.tree import Mapping, Node, Scalar, Sequence, TextLoader
from pledgeline.records.value import NULLS

WIDTH = 120

# the comments above or beside a key or an item, by the line and column of that
Above: TypeAlias = dict[tuple[int, int], list[str]]
Beside: TypeAlias = dict[tuple[int, int], str]


def canonical(text: str, root: Node, layout: Layout, orders: dict[str, list[str]]) -> str:
    """`text`, whose tree is `root`, in canonical form.

    `layout` and `orders` (table -> columns) give the order of keys.
    """
    return "\n".join(Writer(*comments_of(text, root), orders).file(root, layout)) + "\n"


@dataclass
class Writer:
    """Writes a tree line by line and puts each comment where it belongs.

    `before` has the comments on lines of their own, `beside` those at the end of a line.
    """

    before: dict[tuple[int, int], list[str]]
    beside: dict[tuple[int, int], str]
    footer: list[str]
    orders: dict[str, list[str]] = field(default_factory=dict)

    def file(self, root: Node, layout: Layout) -> list[str]:
        if isinstance(root, Sequence):
            lines = [line for item in root.items for line in self.item(item, 0, layout, flow=False)]
        else:
            lines = self.value(root, 0, layout)
        return lines + self.footer

    def value(self, node: Node, indent: int, layout: Layout | None) -> list[str]:
        """A mapping's keys or a sequence's items as lines at `indent`."""
        if isinstance(node, Sequence):
            return [
                line for item in node.items for line in self.item(item, indent, layout, flow=True)
            ]
        assert isinstance(node, Mapping)
        lines = []
        for key in self.ordered(node, layout):
            value, place = node.items[key], (node.keys[key].line, node.keys[key].column)
            lines += [" " * indent + comment for comment in self.before.pop(place, [])]
            beside = self.beside.pop(place, "")
            if isinstance(value, Scalar):
                lines += scalar_lines(key, value.text, indent, beside)
            else:
                lines.append(f"{' ' * indent}{key}:{beside}")
                lines += self.value(value, indent + 2, layout and layout.nested.get(key))
        return lines

    def item(self, node: Node, indent: int, layout: Layout | None, flow: bool) -> list[str]:
        """One item of a sequence: on one line in braces if it is short and flat, else a block."""
        pad, place = " " * indent, (node.line, node.column)
        above = [pad + comment for comment in self.before.pop(place, [])]
        if isinstance(node, Scalar):
            return [*above, f"{pad}- {scalar(node.text, flow=False)}{self.beside.pop(place, '')}"]
        if flow and isinstance(node, Mapping) and (texts := texts_of(node)) is not None:
            pairs = ", ".join(
                f"{key}: {scalar(texts[key], flow=True)}" for key in self.ordered(node, layout)
            )
            line = f"{pad}- {{{pairs}}}{self.beside.get(place, '')}"
            if len(line) <= WIDTH:
                self.beside.pop(place, None)
                return [*above, *(pad + comment for comment in self.inside(node)), line]
        first, *rest = self.value(node, indent + 2, layout)
        return [*above, f"{pad}- {first.lstrip()}", *rest]

    def inside(self, node: Mapping) -> list[str]:
        """The comments by the keys of a mapping that goes on one line: they go above it."""
        at = [(key.line, key.column) for key in node.keys.values()]
        return [
            c
            for place in at
            for c in (*self.before.pop(place, []), self.beside.pop(place, "").strip())
            if c
        ]

    def ordered(self, node: Mapping, layout: Layout | None) -> list[str]:
        """The mapping's keys: columns in schema order, then nested tables, then unknown keys."""
        known = [*self.orders.get(layout.table, []), *layout.nested] if layout else []
        return sorted(node.items, key=lambda key: known.index(key) if key in known else len(known))


def texts_of(node: Mapping) -> dict[str, str] | None:
    """The values of a mapping by key; None where one is not a single value."""
    texts = {key: each.text for key, each in node.items.items() if isinstance(each, Scalar)}
    return texts if len(texts) == len(node.items) else None


def scalar(text: str, flow: bool) -> str:
    """`text` as YAML: plain where PyYAML's emitter allows it, else in double quotes."""
    analysis = Emitter(io.StringIO(), allow_unicode=True).analyze_scalar(text)
    plain = analysis.allow_flow_plain if flow else analysis.allow_block_plain
    if plain and not analysis.multiline and text not in NULLS:
        return text
    return in_quotes(text)


def in_quotes(text: str) -> str:
    return yaml.dump(text, default_style='"', width=float("inf"), allow_unicode=True).strip()


def scalar_lines(key: str, text: str, indent: int, beside: str) -> list[str]:
    """`key: text` on one line, or folded under the key when it is longer than a line."""
    value = scalar(text, flow=False)
    if beside and " " in text and value == text:
        value = in_quotes(text)  # so that the comment is none by mistake
    line = f"{' ' * indent}{key}: {value}"
    if len(line) <= WIDTH or " ".join(text.split()) != text:
        return [line + beside]  # runs of spaces would not survive folding
    pad = " " * (indent + 2)
    folded = textwrap.wrap(text, WIDTH - len(pad), break_long_words=False, break_on_hyphens=False)
    return [f"{' ' * indent}{key}: >-{beside}", *(pad + part for part in folded)]


def comments_of(text: str, root: Node) -> tuple[Above, Beside, list[str]]:
    """The comments of `text`, by the place of the key or item that they are above or beside.

    Those at the end of the file come last.
    """
    anchors = sorted(places(root))
    first_of_line: dict[int, tuple[int, int]] = {}
    for anchor in anchors:
        first_of_line.setdefault(anchor[0], anchor)
    before: Above = {}
    beside: Beside = {}
    footer: list[str] = []
    for line, comment, alone in comment_lines(text):
        following = next((anchor for anchor in anchors if anchor[0] >= line), None)
        above = [anchor for anchor in anchors if anchor[0] < line]
        # a value of several lines has its key above
        owner = first_of_line.get(line) or (above and above[-1])
        if not alone and owner and owner not in beside:
            beside[owner] = f"  {comment}"
        elif following:
            before.setdefault(following, []).append(comment)
        else:
            footer.append(comment)
    return before, beside, footer


def places(node: Node) -> Iterator[tuple[int, int]]:
    """The places of all keys and items: what a comment can belong to."""
    if isinstance(node, Mapping):
        for key, value in node.items.items():
            yield node.keys[key].line, node.keys[key].column
            yield from places(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield item.line, item.column
            yield from places(item)


def comment_lines(text: str) -> Iterator[tuple[int, str, bool]]:
    """Each comment: its line, its text, and whether it is alone on the line.

    A comment is a # outside every scalar, at a line's start or after a space.
    """
    tokens = yaml.scan(text, Loader=TextLoader)
    inside = [
        (t.start_mark.index, t.end_mark.index) for t in tokens if isinstance(t, yaml.ScalarToken)
    ]
    offset = 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        for column, character in enumerate(line):
            at = offset + column
            starts = character == "#" and (column == 0 or line[column - 1].isspace())
            if starts and not any(start <= at < end for start, end in inside):
                yield number, line[column:].rstrip(), not line[:column].strip()
                break
        offset += len(line)
