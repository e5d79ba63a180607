"""What somebody may have meant who wrote a name that is not known."""

from collections.abc import Iterable
from difflib import get_close_matches

from pledgeline.problems import quoted


def suggestion(text: str, known: Iterable[str]) -> str:
    """A question with the known name that is most like `text`, whatever its case; "" when none is like it."""
    names = {name.lower(): name for name in known}
    alike = 0.6 if len(text) < 6 else 0.8  # long ids of one subject have much in common anyway
    near = get_close_matches(text.lower(), names, 1, alike)
    return f"did you mean {quoted(names[near[0]])}?" if near else ""
