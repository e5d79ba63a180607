"""What a changelog says of a version: all changes counted, and the notable ones described."""

from pledgeline.releases.change import ALL, SCHEMA, Change
from pledgeline.releases.changelog import NOTABLE, section
from pledgeline.releases.reasons import VIEW

ADDED = Change("sources", "a", ALL, "added", None, "{}", "A page that took the place of another.")
GONE = Change("sources", "b", ALL, "removed", "{}", None, "Not a source.")
FIXED = Change(
    "events", "c", "date", "modified", "2025-01", "2025-01-02", "The ministry gives the day."
)
VIEWED = Change("timeline", "c", "date", "modified", "2025-01", "2025-01-02", VIEW)
PLAIN = Change("events", "d", "date", "modified", "2025", "2026", "See CHANGELOG.md, 1.1.0.")


def reported(*changes: Change) -> list[str]:
    return section(changes, ["See CHANGELOG.md, 1.1.0.", VIEW]).splitlines()


def test_all_changes_are_counted():
    """Catches a table, or a kind of change, that the counts leave out."""
    assert "| `events` | 0 | 0 | 2 |" in reported(ADDED, GONE, FIXED, PLAIN)
    assert "| `sources` | 1 | 1 | 0 |" in reported(ADDED, GONE, FIXED, PLAIN)


def test_what_goes_and_what_has_a_reason_is_reported_in_words():
    """Catches a removal that only the counts show, and words on what is merely new or has no reason
    of its own.
    """
    words = [line for line in reported(ADDED, GONE, FIXED, PLAIN, VIEWED) if line.startswith("- ")]
    assert words == [
        "- `sources`, b removed. Not a source.",
        "- `events`, c: `date` 2025-01 → 2025-01-02 modified. The ministry gives the day.",
    ]


def test_a_long_list_is_cut_and_says_so():
    """Catches a changelog of a thousand lines, and one that hides that it was cut."""
    many = [
        Change(SCHEMA, f"t|f{n}", ALL, "removed", "{}", None, "Gone.") for n in range(NOTABLE + 3)
    ]
    words = [line for line in reported(*many) if line.startswith("- ")]
    assert len(words) == NOTABLE + 1 and words[-1] == "- and 3 more, in the table `changes`"
