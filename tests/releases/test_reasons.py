"""Why a change was made: what people wrote about it, the nearest first; nothing goes without a
word.
"""

from pledgeline.releases.change import ALL, Change
from pledgeline.releases.reasons import explain_changes

NAME = Change("sources", "a", "publisher", "modified", "News.Az", "News.az")
GONE = Change("sources", "b", ALL, "removed", None, None)
WIDE = {"table": "sources", "field": "publisher", "reason": "One name."}


def test_the_narrowest_reason_is_taken():
    """Catches a reason for a whole field that hides what was written about one row."""
    near = {"record": "a", **WIDE, "reason": "The page says so."}
    assert [change.reason for change in explain_changes([NAME], [WIDE], "1.1.0")[0]] == [
        "One name."
    ]
    assert [change.reason for change in explain_changes([NAME], [WIDE, near], "1.1.0")[0]] == [
        "The page says so."
    ]
    assert [change.reason for change in explain_changes([NAME], [], "1.1.0")[0]] == [
        "See CHANGELOG.md, 1.1.0."
    ]


def test_rows_go_only_with_a_reason_of_their_own():
    """Catches a reason for a whole table, under which any row could vanish."""
    for reasons in (
        [],
        [WIDE],
        [{"table": "sources", "field": ALL, "reason": "Tidied."}],
        [{"reason": "Tidied."}],
    ):
        wrong = explain_changes([GONE], reasons, "1.1.0")[1]
        assert [
            line for line in wrong if line.startswith("sources, b: removed without a reason")
        ], reasons
    assert explain_changes([GONE], [{"record": "b", "reason": "Not a source."}], "1.1.0")[1] == []


def test_a_reason_that_explains_nothing_is_named():
    """Catches a slip of the pen that leaves a change with the usual words."""
    assert explain_changes([NAME], [WIDE | {"table": "source"}], "1.1.0")[1] == [
        "data/reasons.yaml: no change is about source; take it out"
    ]
