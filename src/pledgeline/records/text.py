"""A record file's bytes as text, or the problems that keep it from being text.

These checks come before YAML is parsed, so that a huge, binary or tab-indented file is refused with its own reason.
"""

from pathlib import Path

from pledgeline.problems import Problem, shown

SIZE_LIMIT = 1_000_000  # bytes; a year of events is about a tenth of it, and one file stays reviewable


def read_text(path: Path, root: Path) -> tuple[str, list[Problem]]:
    """The text of `path` and what is wrong with it; the text is "" when there is nothing to parse."""
    name = shown(path, root)
    try:
        if not path.is_file():  # a folder, a dangling link, or a pipe that would never end
            return "", [Problem(name, 1, 1, "not-a-file", "this is no regular file", "a text file", "replace or remove it")]
        if path.stat().st_size > SIZE_LIMIT:
            size = f"the file has {path.stat().st_size:,} bytes"
            return "", [Problem(name, 1, 1, "file-too-large", size, f"at most {SIZE_LIMIT:,}", "split it into several files")]
        data = path.read_bytes()
    except OSError as error:
        found = f"the file cannot be read ({error.strerror})"
        return "", [Problem(name, 1, 1, "unreadable-file", found, "a file that you may read", "change its permissions")]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = place(data[: error.start].decode("utf-8"), error.start)
        found = f"byte 0x{data[error.start]:02x} is not UTF-8"
        return "", [Problem(name, line, column, "not-utf8", found, "UTF-8 text", "save the file as UTF-8")]
    if not text.strip():
        return "", [
            Problem(name, 1, 1, "empty-file", "the file is empty", "at least one record", "write one or delete the file")
        ]
    return text, list(stray_characters(text, name))


def stray_characters(text: str, name: str):
    """A byte order mark, tabs and carriage returns: invisible, and different from what the canonical form would write."""
    if text.startswith("\ufeff"):
        yield Problem(name, 1, 1, "byte-order-mark", "the file begins with U+FEFF", "plain UTF-8", "run `make fmt`")
    for number, line in enumerate(text.split("\n"), 1):
        if "\t" in line:
            column = line.index("\t") + 1
            yield Problem(name, number, column, "tab", "there is a tab", "spaces only", "put spaces in its place")
        if line.endswith("\r"):
            yield Problem(
                name, number, len(line), "line-ending", "the line ends in CR LF", "LF", "run `make fmt` or set the editor to LF"
            )
            return  # one is enough: the whole file has them


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of what follows `text` (`offset` is only the fallback for an empty text)."""
    if not text:
        return 1, offset + 1
    lines = text.split("\n")
    return len(lines), len(lines[-1]) + 1
