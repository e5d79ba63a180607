"""Text for people: shortened, quoted, counted, and unable to steer the terminal that shows it."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

USER = re.compile(r"(://)[^/?#\s]*@")
QUERY = re.compile(r"(://[^?#\s]*)[?#]\S*")


def without_secrets(text: str) -> str:
    """`text` with each address as scheme, host and path: no user, password, query or fragment.

    >>> without_secrets("https://me:secret@example.org/data.zip?token=secret")
    'https://example.org/data.zip'
    """
    return QUERY.sub(r"\1", USER.sub(r"\1", text))


def printable(text: str) -> str:
    """`text` on one line, with control and direction-changing characters escaped."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def shortened(text: str, longest: int) -> str:
    """`text`, or its beginning and an ellipsis where it has more than `longest` characters."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def quoted(text: str, longest: int = 60) -> str:
    """`text` in quotation marks, shortened to `longest` characters, for use inside a message."""
    return f'"{shortened(text, longest)}"'


def counted(number: int, noun: str, nouns: str = "") -> str:
    """`1,204 errors`, `1 error`."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def suggestion(text: str, known: Iterable[str]) -> str:
    """A question with the known name that is most like `text`, whatever its case.

    Empty when none is like it.
    """
    names = {name.lower(): name for name in known}
    alike = 0.6 if len(text) < 6 else 0.8  # long ids of one subject have much in common anyway
    near = get_close_matches(text.lower(), names, 1, alike)
    return f"did you mean {quoted(names[near[0]])}?" if near else ""


def markdown_cell(text: str) -> str:
    """`text` so that nothing in it is Markdown or HTML."""
    escaped = "".join("\\" + c if c in "\\`*_{}[]|#" else c for c in printable(text))
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def relative_path(path: Path, root: Path) -> str:
    """`path` as messages print it: relative to the package's root, with forward slashes."""
    return path.relative_to(root).as_posix()
