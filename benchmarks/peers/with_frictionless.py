"""frictionless-py: the package as it is, with no limit of errors."""

import json
import sys
from pathlib import Path

from frictionless import Package


def count(descriptor: Path) -> dict[str, int]:
    """Counts all errors; at its default of a thousand it stops reading."""
    report = Package(str(descriptor)).validate(limit_errors=1_000_000_000)
    return {"errors": report.stats["errors"]}


if __name__ == "__main__":
    print(json.dumps(count(Path(sys.argv[1]))))
