"""Versions of data packages: MAJOR.MINOR.PATCH.

https://datapackage.org/recipes/data-package-version/
"""

import re

VERSION = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})")


def numbers(version: str) -> tuple[int, ...]:
    """MAJOR.MINOR.PATCH as numbers, to sort by."""
    return tuple(int(part) for part in version.split("."))


def next_version(version: str, part: str) -> str:
    """`version` with one part raised by one and those behind it 0.

    Before 1.0.0 nothing is promised: minor means major.
    """
    major, minor, patch = numbers(version)
    if part == "major" and major > 0:
        return f"{major + 1}.0.0"
    if part in ("major", "minor"):
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"
