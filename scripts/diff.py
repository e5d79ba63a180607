"""Shows what differs between a published version and the package as it is built: what the next
release will record.

python scripts/diff.py               from the last published version
python scripts/diff.py 1.0.0 --format markdown
"""

import argparse
import sys
import tempfile
from pathlib import Path

import build

from pledgeline.errors import PledgelineError
from pledgeline.releases.diff import compare
from pledgeline.releases.formats import FORMATS, render_difference
from pledgeline.releases.git import unpack_commit_of
from pledgeline.releases.snapshot import HISTORY
from pledgeline.versions import numbers


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "version", nargs="?", metavar="VERSION", help="(default: the last published one)"
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="(default: text)")
    parser.add_argument(
        "--limit", type=int, default=20, metavar="N", help="show N changes a table (default: 20)"
    )
    parser.add_argument(
        "--root", type=Path, default=Path("."), metavar="DIR", help="the package (default: here)"
    )
    options = parser.parse_args()
    published = [
        path.parent.name for path in (options.root / build.RELEASES).glob("*/releases.csv")
    ]
    version = options.version or max(published, key=numbers, default=None)
    if version not in published:
        print(
            f"{version or 'no version'} is not published; there are {', '.join(published) or 'none'}",
            file=sys.stderr,
        )
        return 2
    try:
        with tempfile.TemporaryDirectory(prefix="pledgeline-") as folder:
            unpack_commit_of(options.root, f"{build.RELEASES}/{version}/releases.csv", Path(folder))
            with compare(folder, options.root, without=HISTORY) as found:
                sys.stdout.writelines(render_difference(found, options.format, options.limit))
                return 1 if found.counts else 0
    except PledgelineError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
