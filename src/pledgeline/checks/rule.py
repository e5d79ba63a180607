"""A package's own rule: a file of SQL that returns what is wrong, and says in its first two lines what is expected."""

import re
from dataclasses import dataclass
from pathlib import Path

COMMENT = re.compile(r"\A-- (error|warning): (.+)\n-- mend: (.+)\n")


@dataclass(frozen=True)
class Rule:
    """One SELECT of (resource, row_number, field) over typed tables; the file's name is the code of what it finds."""

    code: str
    severity: str  # "error" or "warning"
    expected: str
    mend: str
    sql: str


def read_rule(path: Path) -> Rule:
    """The rule in a file. Raises ValueError where its first line does not say how grave a breach is, its second what to do."""
    sql = path.read_text("utf-8")
    if not (comment := COMMENT.match(sql)):
        raise ValueError("its first two lines are not `-- error: ...` (or warning) and `-- mend: ...`")
    return Rule(path.stem, *comment.groups(), sql)
