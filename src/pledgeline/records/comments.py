"""Texts that a comment may have cut off: to YAML, a # after a space begins one, as in `title:
Decree #12`.
"""

import re
from collections.abc import Iterator

import yaml

from pledgeline.errors import Problem
from pledgeline.text import quoted

COMMENT = re.compile(r" +(#.*)")


def truncated_texts(text: str, name: str, loader: type) -> Iterator[Problem]:
    """A warning for each unquoted text of several words that a comment follows.

    There is one as well wherever no space follows the #. A comment after a single word, such as a
    code or a date, is left alone: it is what it looks like.
    """
    if " #" not in text:
        return
    lines = text.split("\n")
    for token in yaml.scan(text, Loader=loader):
        if not isinstance(token, yaml.ScalarToken) or not token.plain:
            continue
        end = token.end_mark
        comment = COMMENT.match(lines[end.line][end.column :])
        if comment and (" " in token.value or not comment[1].startswith("# ")):
            at = token.start_mark
            found = f"{quoted(token.value)} ends where the comment {quoted(comment[1])} begins"
            expected = "a text in quotes, or a comment on a line of its own"
            fix = "put the whole text in quotes if the # belongs to it, else move the comment above"
            yield Problem(
                name, at.line + 1, at.column + 1, "cut-by-comment", found, expected, fix, "warning"
            )
