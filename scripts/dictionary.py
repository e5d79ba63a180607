"""Writes docs/dictionary.md from the built package.

    python scripts/dictionary.py [--root DIR]

Exit code 1 and one line when the package cannot be read or the page cannot be written.
"""

import argparse
import os
import sys
from pathlib import Path

from export import Unreadable, read

from pledgeline.export.dictionary import dictionary

PAGE = Path("docs/dictionary.md")


def page(root: Path) -> str:
    """The text of the page. Raises export.Unreadable."""
    return dictionary(*read(root))


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--root",
        type=Path,
        default=Path("."),
        metavar="DIR",
        help="the built package (default: here)",
    )
    root = parser.parse_args().root
    try:
        text, target = page(root), root / PAGE
        target.parent.mkdir(exist_ok=True)
        draft = target.with_suffix(".draft")
        draft.write_text(text, "utf-8")
        os.replace(draft, target)
    except Unreadable as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename}: could not be written ({error.strerror})", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
