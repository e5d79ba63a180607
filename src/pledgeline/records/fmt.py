"""Every record file of a data set in its one canonical form, comments kept."""

from pathlib import Path
from unicodedata import normalize

from pledgeline.errors import Problem
from pledgeline.records.canonical import canonical, comment_lines
from pledgeline.records.files import FOLDER
from pledgeline.records.layout import read_layout
from pledgeline.records.schemas import read_schemas
from pledgeline.records.text import read_text
from pledgeline.records.tree import Mapping, Node, Scalar, parse
from pledgeline.text import relative_path

# Problems that are gone from a file once it is written anew.
FIXED_BY_WRITING = {"line-ending", "byte-order-mark", "not-nfc"}
NO_RECORDS = "empty-file"  # nothing to write, and the build's business whether that is right


def format_records(root: Path, *, check: bool = False) -> tuple[list[str], list[Problem]]:
    """The files that are not in canonical form, each rewritten unless `check`, and all problems.

    A problem is a file that cannot be rewritten. Raises InvalidRecords where layout or schemas
    cannot be used.
    """
    schemas = read_schemas(root)
    orders = {name: [each["name"] for each in schema["fields"]] for name, schema in schemas.items()}
    changed, problems = [], []
    for layout in read_layout(root, schemas).values():
        for path in sorted((root / FOLDER).glob(layout.files)):
            text, found = read_text(path, root)
            node, more = parse(text, relative_path(path, root)) if text else (None, [])
            found = [problem for problem in found + more if problem.code not in FIXED_BY_WRITING]
            problems += [problem for problem in found if problem.code != NO_RECORDS]
            if found or node is None or isinstance(node, Scalar):
                continue
            written = normalize("NFC", canonical(text, node, layout, orders))
            assert content(parse(written, path.name)[0]) == content(node), (
                f"{path}: fmt would change what it says"
            )
            assert comments(written) == comments(normalize("NFC", text)), (
                f"{path}: fmt would lose a comment"
            )
            if written.encode() != path.read_bytes():
                changed.append(relative_path(path, root))
                if not check:
                    path.write_bytes(written.encode())
    return changed, problems


def content(node: Node | None) -> object:
    """What a tree says, without places or key order: two forms of one file have equal content."""
    if isinstance(node, Scalar):
        return normalize("NFC", node.text)
    if isinstance(node, Mapping):
        return {key: content(value) for key, value in node.items.items()}
    return [content(item) for item in node.items] if node else None


def comments(text: str) -> list[str]:
    """The comments of a record file, sorted, since they move with their keys."""
    return sorted(comment for _, comment, _ in comment_lines(text))
