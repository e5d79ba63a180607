"""Edits that break records of the article, and the places at which a message must point.

An edit is a file, a text in it, and the text put in place of its first occurrence; in the latter, §
marks the place that the message must name. A case is one or more edits. Cases that change different
lines go into one package, so that one build shows what each of them is refused for.
"""

import difflib
from collections.abc import Collection, Mapping
from pathlib import Path

EVENTS = "data/records/events/2022.yaml"
MOSCOW = "data/records/instruments/moscow-declaration-2022.yaml"
SOURCES = "data/records/sources/article.yaml"
MARK = "§"
MARKS = 0xF0000  # the first of the characters that stand for § while several cases are in one text

Edit = tuple[str, str, str]
Change = tuple[int, int, list[str]]  # lines from, and before, and what comes in their place
Changes = dict[str, list[Change]]  # by file


def edit(root: Path, file: str, old: str, new: str) -> str:
    """Replaces the first `old` by `new`; returns path:line:column of the mark in it.

    The line and column are missing if there is no mark.
    """
    (package,) = packages(root, {"": [(file, old, new)]})
    return spoil(root, package)[""]


def packages(root: Path, cases: Mapping[str, Collection[Edit]]) -> list[dict[str, Changes]]:
    """The cases in as few packages as can be, so that no two in one change the same line."""
    made: list[dict[str, Changes]] = []
    for case, edits in cases.items():
        own = changes(root, edits)
        for package in made:
            if not any(overlap(own, other) for other in package.values()):
                package[case] = own
                break
        else:
            made.append({case: own})
    return made


def changes(root: Path, edits: Collection[Edit]) -> Changes:
    """The lines that the edits of one case change, by file."""
    texts: dict[str, str] = {}
    for file, old, new in edits:
        text = texts.get(file, text_of(root / file))
        assert old in text, f"{file} no longer has {old!r}"
        start = text.index(old)
        texts[file] = text[:start] + new + text[start + len(old) :]
    found = {}
    for file, text in texts.items():
        before, after = lines_of(text_of(root / file)), lines_of(text)
        matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
        found[file] = [
            (start, end, after[first:last])
            for kind, start, end, first, last in matcher.get_opcodes()
            if kind != "equal"
        ]
    return found


def text_of(path: Path) -> str:
    return path.read_bytes().decode() if path.exists() else ""


def lines_of(text: str) -> list[str]:
    """The lines of `text` as LF ends them, whatever else may be taken for an end."""
    return [f"{line}\n" for line in text.split("\n")]


def overlap(one: Changes, other: Changes) -> bool:
    """Whether two cases change the same line, or one inserts lines where the other replaces."""
    return any(
        (start < last and first < end) or (start == first and (start == end) != (first == last))
        for file in one.keys() & other.keys()
        for start, end, _ in one[file]
        for first, last, _ in other[file]
    )


def spoil(root: Path, package: Mapping[str, Changes]) -> dict[str, str]:
    """Makes the changes of all cases in `package`; returns the place that each has marked."""
    marks = {case: chr(MARKS + number) for number, case in enumerate(package)}
    places = {}
    for file in sorted({file for own in package.values() for file in own}):
        lines = lines_of(text_of(root / file))
        made = [
            (start, end, [line.replace(MARK, marks[case]) for line in put])
            for case, own in package.items()
            for start, end, put in own.get(file, [])
        ]
        for start, end, put in sorted(made, key=lambda change: change[:2], reverse=True):
            lines[start:end] = put
        text = "".join(lines)[:-1]
        for case, mark in marks.items():
            if file in package[case] and (mark in text or case not in places):
                places[case] = place(file, without(text.split(mark)[0], marks), mark in text)
        (root / file).write_bytes(without(text, marks).encode())
    return places


def without(text: str, marks: Mapping[str, str]) -> str:
    return text.translate({ord(mark): None for mark in marks.values()})


def place(file: str, before: str, marked: bool) -> str:
    """path:line:column of what follows `before`, or the path alone where nothing is marked."""
    text = before.replace("\r\n", "\n").replace("\r", "\n")
    column = len(text) - text.rfind("\n")
    return f"{file}:{text.count(chr(10)) + 1}:{column}: " if marked else f"{file}:"
