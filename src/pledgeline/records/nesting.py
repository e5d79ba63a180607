"""Wrong nesting of YAML in plain words: which line does not fit, and how it is to be indented.

What comes in is the text of a file that YAML cannot parse, and the line at which it breaks.
"""

import re
from dataclasses import dataclass, replace

from pledgeline.text import counted, quoted

Fault = tuple[int, str, str, str]  # column, what was found, what was expected, how to fix it
DASH = re.compile(r"(?:- +)+|-$")
KEY = re.compile(r"""([\w.-]+|"[^"]*"|'[^']*')\s*:(?=\s|$)""")
BLOCK = re.compile(r"[|>][+-]?\d*\s*(#.*)?$")  # a text of several lines follows


@dataclass(frozen=True)
class Level:
    """Lines above that later ones may belong with: entries of a list, or keys of a mapping."""

    indent: int
    line: int  # in which it begins, from 1
    entries: bool
    key: str = ""  # the first of a mapping
    waits: bool = False  # whether the last key has no value yet

    def __str__(self) -> str:
        what = "the entries of the list" if self.entries else "the keys"
        return f"{counted(self.indent, 'space')} (like {what} from line {self.line} on)"


def nesting_fault(lines: list[str], number: int) -> Fault | None:
    """What is nested wrongly in line `number` (from 1), and None where it is not nesting."""
    if not 0 < number <= len(lines) or not lines[number - 1].strip():
        return None
    line = lines[number - 1]
    text, indent = line.strip(), len(line) - len(line.lstrip())
    column, shown = indent + 1, quoted(text.split(" #")[0], 40)
    if re.match(r"-\w", text):
        return (
            column,
            f"there is no space after the dash of {shown}",
            "a dash and a space",
            f"write {quoted(f'- {text[1:]}')}",
        )
    if re.match(r"[\w-]+:[^\s:/]", text.removeprefix("- ")) and not KEY.match(text):
        return (
            column,
            f"there is no space after the colon of {shown}",
            "`key: value`",
            "write a space after the colon",
        )
    levels = open_levels(lines[: number - 1])
    lists = [level for level in levels if level.entries and level.indent <= indent]
    if text[0] in "{[" and lists:
        return without_dash(column, text, lists[-1])
    dashed, key = text.startswith("- ") or text == "-", KEY.match(text)
    same = [level for level in levels if level.indent == indent]
    if dashed and any(not level.entries for level in same) and not any(e.entries for e in same):
        return wrong_indent(column, f"{shown} begins an entry of a list among keys", levels, True)
    if key and same and all(level.entries for level in same):
        below = [level for level in levels if level.indent > indent and not level.entries]
        if below and below[0].key != key[1]:
            return wrong_indent(column, f"{shown} is a key among entries of a list", levels, False)
        return without_dash(column, text, same[0])
    if levels and (dashed or key) and not same:
        found = f"{shown} is indented by {counted(indent, 'space')}, unlike the lines above"
        return wrong_indent(column, found, levels, dashed)
    return None


def without_dash(column: int, text: str, level: Level) -> Fault:
    """An entry of a list that begins like the others, but for its dash."""
    return (
        column,
        f"{quoted(text, 40)} begins an entry of the list of line {level.line}, without its dash",
        "`- ` before each entry",
        f"write {quoted(f'- {text}', 40)}, indented like the other entries",
    )


def wrong_indent(column: int, found: str, levels: list[Level], dashed: bool) -> Fault:
    """A line that is indented as no line of its kind is."""
    fitting = [level for level in levels if level.entries == dashed] or levels
    under = [f"more than {counted(levels[-1].indent, 'space')} (below the line above)"]
    expected = ", or ".join([*under * levels[-1].waits, *map(str, reversed(fitting))])
    fix = "indent it like the lines that it belongs with"
    if not levels[-1].entries and not dashed and column == levels[-1].indent + 3:
        fix += f", or write `- ` before line {levels[-1].line} if an entry of a list begins there"
    return column, found, expected, fix


def open_levels(lines: list[str]) -> list[Level]:
    """The lists and mappings that are still open after `lines`, the outermost first."""
    levels: list[Level] = []
    block = -1  # the indentation of the key whose text goes over several lines
    for number, line in enumerate(lines, 1):
        text = line.strip()
        indent = len(line) - len(line.lstrip())
        if not text or text.startswith("#") or (block >= 0 and indent > block):
            continue
        block = -1
        dashes = DASH.match(text)
        key = KEY.match(text, dashes.end() if dashes else 0)
        if not dashes and not key:
            continue  # a value that goes on
        levels = [level for level in levels if level.indent <= indent]
        for at in re.finditer("-", dashes[0]) if dashes else ():
            levels = [each for each in levels if each.indent <= indent + at.start()]
            add(levels, Level(indent + at.start(), number, True))
        if key:
            start = indent + key.start()
            levels = [each for each in levels if each.indent < start or not each.entries]
            waits = not text[key.end() :].split(" #")[0].strip()
            add(levels, Level(start, number, False, key[1], waits))
            if BLOCK.search(text):
                block = start
    return levels


def add(levels: list[Level], level: Level) -> None:
    """Opens a list or mapping, unless the line goes on with one of its kind; a new entry of a list
    begins its keys anew.
    """
    for at, each in enumerate(levels):
        if (each.indent, each.entries) == (level.indent, level.entries):
            levels[at] = replace(each, waits=level.waits)
            return
    levels.append(level)
