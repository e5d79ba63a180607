"""Writes every record file in its one canonical form, comments kept.

python scripts/fmt.py           rewrites what is not in it and names each file
python scripts/fmt.py --check   rewrites nothing; exit code 1 when a file is not in it
"""

import argparse
import sys
from pathlib import Path
from unicodedata import normalize

from pledgeline.errors import InvalidRecords
from pledgeline.records.canonical import canonical, comment_lines
from pledgeline.records.load import read_layout
from pledgeline.records.schemas import read_schemas
from pledgeline.records.text import read_text
from pledgeline.records.tree import Mapping, Node, Scalar, parse
from pledgeline.text import relative_path

FIXED_BY_WRITING = {
    "line-ending",
    "byte-order-mark",
    "not-nfc",
}  # problems that are gone from a file once it is written anew


def content(node: Node):
    """What a tree says, without places or key order: two forms of one file have equal content."""
    if isinstance(node, Scalar):
        return normalize("NFC", node.text)
    if isinstance(node, Mapping):
        return {key: content(value) for key, value in node.items.items()}
    return [content(item) for item in node.items]


def comments(text: str) -> list[str]:
    """The comments of a record file, sorted, since they move with the keys they stand by."""
    return sorted(comment for _, comment, _ in comment_lines(text))


def fmt(root: Path, check: bool) -> tuple[list[str], list]:
    """The files that are not (or, unless `check`, were not) in canonical form, and the problems of
    those that cannot be.
    """
    schemas = read_schemas(root)
    orders = {
        table: [field["name"] for field in schema["fields"]] for table, schema in schemas.items()
    }
    changed, problems = [], []
    for table, layout in read_layout(root).items():
        for path in sorted((root / "data" / "records").glob(layout["files"])):
            text, found = read_text(path, root)
            node, more = parse(text, relative_path(path, root)) if text else (None, [])
            found = [problem for problem in found + more if problem.code not in FIXED_BY_WRITING]
            problems += found
            if found or node is None or isinstance(node, Scalar):
                continue
            written = normalize("NFC", canonical(text, node, layout, orders, table))
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


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="only say which files are not in canonical form"
    )
    parser.add_argument(
        "--root", type=Path, default=Path("."), metavar="DIR", help="the package (default: here)"
    )
    options = parser.parse_args()
    try:
        changed, problems = fmt(options.root, options.check)
    except InvalidRecords as refused:
        changed, problems = [], refused.problems
    print(*sorted(problems), sep="\n", end="\n" if problems else "", file=sys.stderr)
    for name in changed:
        print(
            f"{name}: {'not in canonical form; run `make fmt`' if options.check else 'rewritten'}"
        )
    if not changed and not problems:
        print("Every record file is in canonical form.")
    return 1 if problems or (options.check and changed) else 0


if __name__ == "__main__":
    sys.exit(main())
