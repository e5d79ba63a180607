"""A record file's bytes as text, or the problems that keep it from being text.

These checks come before YAML is parsed, so that a huge, binary or tab-indented file is refused with
its own reason.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from pledgeline.errors import Problem
from pledgeline.records.characters import cleaned, described, how_to_fix, strays
from pledgeline.text import relative_path

SIZE_LIMIT = (
    1_000_000  # bytes; a year of events is about a tenth of it, and one file stays reviewable
)
LINE_END = re.compile(r"\r\n|\r|\n")  # what editors and YAML agree on
LINE_ENDS = {"\r\n": "CR LF", "\r": "CR"}  # besides LF


def read_text(path: Path, root: Path) -> tuple[str, list[Problem]]:
    """The text of `path` and what is wrong with it; the text is "" when there is nothing to parse.

    The text comes without the characters that were found wrong, so that the rest is read as it
    looks, at its right place.
    """
    name = relative_path(path, root)
    try:
        if not path.is_file():  # a folder, a dangling link, or a pipe that would never end
            return "", [
                Problem(
                    name,
                    1,
                    1,
                    "not-a-file",
                    "this is not a regular file",
                    "a text file",
                    "replace or remove it",
                )
            ]
        if path.stat().st_size > SIZE_LIMIT:
            size = f"the file has {path.stat().st_size:,} bytes"
            return "", [
                Problem(
                    name,
                    1,
                    1,
                    "file-too-large",
                    size,
                    f"at most {SIZE_LIMIT:,}",
                    "split it into several files",
                )
            ]
        data = path.read_bytes()
    except OSError as error:
        found = f"the file cannot be read ({error.strerror})"
        return "", [
            Problem(
                name,
                1,
                1,
                "unreadable-file",
                found,
                "a file that you may read",
                "change its permissions",
            )
        ]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = place(data[: error.start].decode("utf-8"), error.start)
        found = f"byte 0x{data[error.start]:02x} is not UTF-8"
        return "", [
            Problem(name, line, column, "not-utf8", found, "UTF-8 text", "save the file as UTF-8")
        ]
    if not text.strip():
        return "", [
            Problem(
                name,
                1,
                1,
                "empty-file",
                "the file is empty",
                "at least one record",
                "write one or delete the file",
            )
        ]
    lines = LINE_END.split(text.removeprefix("\ufeff"))
    problems = [*mark_and_ends(text, name), *stray_characters(lines, name)]
    return "\n".join(map(cleaned, lines)), problems


def mark_and_ends(text: str, name: str) -> Iterator[Problem]:
    """A byte order mark, and line ends other than LF: what `make fmt` fixes."""
    if text.startswith("\ufeff"):
        yield Problem(
            name,
            1,
            1,
            "byte-order-mark",
            "the file begins with U+FEFF",
            "plain UTF-8",
            "run `make fmt`",
        )
    for end in LINE_END.finditer(text):
        if end[0] != "\n":
            line, column = place(text[: end.start()], 0)
            found = f"the line ends in {LINE_ENDS[end[0]]}"
            yield Problem(
                name,
                line,
                column,
                "line-ending",
                found,
                "LF",
                "run `make fmt` or set the editor to LF",
            )
            return  # one is enough: the whole file has them


def stray_characters(lines: list[str], name: str) -> Iterator[Problem]:
    """Tabs and what nobody sees, each character once a line."""
    for number, line in enumerate(lines, 1):
        for at, code in strays(line):
            found, expected = (
                f"there is {described(line[at])}, which shows nothing",
                "characters that can be seen",
            )
            if line[at] == "\t":
                code, found, expected = "tab", "there is a tab", "spaces only"
            yield Problem(name, number, at + 1, code, found, expected, how_to_fix(line[at]))


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of what follows `text`.

    `offset` is only the fallback for an empty text.
    """
    if not text:
        return 1, offset + 1
    lines = LINE_END.split(text)
    return len(lines), len(lines[-1]) + 1
