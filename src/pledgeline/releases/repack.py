"""Packs the archive of the version that this commit published once more, and its notes:
dist/NAME-VERSION.zip, dist/notes.md.

    python scripts/repack.py

The bytes are those that the release step made, on whatever machine. Exit code 1 where the commit is
no published version.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

import build
import contents

from pledgeline.releases.changelog import told_of
from pledgeline.releases.pack import pack
from pledgeline.releases.verify import verify


def repack(root: Path) -> Path:
    """Writes the archive under `root`/dist; returns its path."""
    made = build.make(root)
    content = json.loads((root / "datapackage.json").read_text("utf-8"))
    target = root / "dist" / f"{content['name']}-{content['version']}.zip"
    target.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="pledgeline-") as folder:
        contents.fill(Path(folder), root, root, made, content)
        pack(Path(folder), target)
    notes = told_of((root / "CHANGELOG.md").read_text("utf-8"), content["version"])
    (root / "dist" / "notes.md").write_text(notes + "\n", "utf-8")
    return target


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--root", type=Path, default=Path("."), metavar="DIR", help="the package (default: here)"
    )
    target = repack(parser.parse_args().root)
    if wrong := verify(target):
        print(*wrong, sep="\n", file=sys.stderr)
        target.unlink()
        return 1
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
