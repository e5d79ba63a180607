"""Declarations: the typed YAML files that people write about the data (schemas, layout, package),
as against the records.
"""

from pathlib import Path

import yaml

from pledgeline.errors import InvalidRecords, Problem
from pledgeline.text import relative_path

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the first is ten times as fast


def read_declaration(path: Path, root: Path, required: tuple[str, ...] = ()) -> dict:
    """The mapping that the file `path` holds.

    Raises InvalidRecords when the file is missing, no YAML, no mapping, or lacks a key of
    `required`.
    """
    name = relative_path(path, root)
    try:
        content = yaml.load(path.read_text("utf-8"), Loader=Loader)
    except FileNotFoundError:
        raise refused(name, 1, 1, "missing-file", "the file is not there") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise refused(
            name,
            mark.line + 1,
            mark.column + 1,
            "yaml-syntax",
            f"this is not YAML ({error.problem})",
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise refused(name, 1, 1, "yaml-syntax", f"this is not YAML ({error})") from None
    if not isinstance(content, dict):
        raise refused(name, 1, 1, "wrong-shape", "the file holds no mapping")
    if missing := [key for key in required if key not in content]:
        raise refused(name, 1, 1, "missing-key", f"there is no {', '.join(missing)}")
    return content


def refused(name: str, line: int, column: int, code: str, found: str) -> InvalidRecords:
    return InvalidRecords(
        [
            Problem(
                name,
                line,
                column,
                code,
                found,
                "a mapping of keys to values",
                "see CONTRIBUTING.md",
            )
        ]
    )
