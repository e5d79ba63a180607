"""scripts/selections.py: the questions that this data set is asked most, and what they answer."""

import pandas as pd
import pytest
from support.copies import REPOSITORY

import pledgeline
from pledgeline.errors import UnknownRecord
from scripts import actors, selections

PACKAGE = pledgeline.open(REPOSITORY)


def test_a_timeline_is_an_actor_s_events_between_two_days():
    """Catches an event of the actor's people that is left out, one outside of the days, and one of
    others.
    """
    shown = selections.timeline(PACKAGE, "RUS", "2022-02-01", "2022-02-28").to_pandas()
    assert "moscow-declaration-signing-2022" in set(
        shown["event"]
    )  # signed by a president, who belongs to the state
    assert (shown["date_end"] >= pd.Timestamp("2022-02-01")).all()
    assert (shown["date_start"].dropna() <= pd.Timestamp("2022-02-28")).all()
    everything, circle = selections.timeline(PACKAGE, "RUS").to_pandas(), {"RUS"}
    members = PACKAGE["actors"].to_pandas().set_index("id")["member_of"].dropna()
    while more := {actor for actor, whole in members.items() if whole in circle} - circle:
        circle |= more
    roles = PACKAGE["event_actors"].to_pandas()
    assert set(everything["event"]) == set(roles[roles["actor"].isin(circle)]["event"])


def test_commitments_between_two_actors_have_the_views_of_a_day():
    """Catches a view of a later day, a promise of a later instrument, and a view that hides
    another's.
    """
    then = selections.commitments_between(PACKAGE, "AZE", "RUS", on="2024-12-31").to_pandas()
    assert {*then["promisor"], *then["beneficiary"]} == {"AZE", "RUS"}
    ends = PACKAGE["assessments"].to_pandas()
    known = ends[ends["as_of_end"] <= pd.Timestamp("2024-12-31")]
    shown = then.dropna(subset="status")[["commitment", "assessed_by"]].drop_duplicates()
    expected = known[known["commitment"].isin(then["commitment"])][
        ["commitment", "assessed_by"]
    ].drop_duplicates()
    assert (
        set(map(tuple, shown.to_numpy())) == set(map(tuple, expected.to_numpy()))
        and len(shown) > 20
    )
    later = PACKAGE["instruments"].to_pandas().set_index("id")["date_start"]
    assert (then["instrument"].map(later).dropna() <= pd.Timestamp("2024-12-31")).all()
    assert then["status"].dtype == "category" and then["strength"].dtype == "Int64"


def test_a_mutual_promise_is_there_once():
    """Catches a promise listed for each direction, so that counts of promises are twice too high;
    and one in a single direction that is lost.
    """
    for one, other in (("AZE", "RUS"), ("TUR", "AZE"), ("AZE", "european-union")):
        then = selections.commitments_between(PACKAGE, one, other).to_pandas()
        assert not then.duplicated(["commitment", "assessed_by"]).any() and len(then) > 20
        mutual = then[then["symmetry"] == "mutual"]
        assert set(mutual["promisor"]) == {one} and set(mutual["beneficiary"]) == {other}
        turned = selections.commitments_between(PACKAGE, other, one).to_pandas()
        assert set(turned["commitment"]) == set(then["commitment"])
        roles = PACKAGE["commitment_actors"].to_pandas()
        sides = {
            role: roles[roles["role"] == role].groupby("commitment")["actor"].agg(set)
            for role in ("promisor", "beneficiary")
        }
        both = {
            commitment
            for commitment, makers in sides["promisor"].items()
            for takers in [sides["beneficiary"].get(commitment, set())]
            if (one in makers and other in takers) or (other in makers and one in takers)
        }
        assert set(then["commitment"]) == both


@pytest.mark.parametrize(
    "called, id",
    [
        ("Russia", "RUS"),
        ("AZ", "AZE"),
        ("aze", "AZE"),
        ("tr", "TUR"),
        ("United Arab Emirates", "ARE"),
        ("373", "AZE"),
        ("Q159", "RUS"),
        ("EUROPEAN UNION", "european-union"),
        ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan"),
        ("recep tayyip erdogan", "recep-tayyip-erdogan"),
    ],
)
def test_an_actor_is_found_by_every_spelling(called, id):
    """Catches a question refused since it names a state as people do."""
    assert actors.actor_id(PACKAGE, called) == id


def test_an_actor_s_spelling_does_not_change_the_answer():
    """Catches a name that is resolved for one question and not for another."""
    by_id = selections.commitments_between(PACKAGE, "AZE", "RUS").to_arrow()
    assert selections.commitments_between(PACKAGE, "Azerbaijan", "RU").to_arrow() == by_id
    assert selections.timeline(PACKAGE, "Russia").to_arrow() == (
        selections.timeline(PACKAGE, "RUS").to_arrow()
    )
    assert selections.overlaps(PACKAGE, "az").to_arrow() == (
        selections.overlaps(PACKAGE, "AZE").to_arrow()
    )


def test_overlaps_are_promises_to_different_partners():
    """Catches a pair of promises to one partner, and a firmness that loses its type."""
    pairs = selections.overlaps(PACKAGE, "AZE").to_pandas()
    assert ("shusha-2021-mutual-assistance", "moscow-2022-military-assistance") in set(
        zip(pairs["earlier_commitment"], pairs["commitment"], strict=True)
    )
    assert (pairs["partner"] != pairs["earlier_partner"]).all() and pairs[
        "earlier_strength"
    ].dtype == "Int64"


@pytest.mark.parametrize(
    "ask,reported",
    [
        (lambda: selections.timeline(PACKAGE, "ilham-alyev"), 'did you mean "ilham-aliyev"'),
        (
            lambda: selections.timeline(PACKAGE, "Aliyev"),
            r'"heydar-aliyev" \(Heydar Aliyev\), "ilham-aliyev" \(Ilham Aliyev\)',
        ),
        (lambda: selections.timeline(PACKAGE, "Rusia"), r'did you mean "RUS" \(Russia\)'),
        (lambda: selections.timeline(PACKAGE, "Atlantis"), "see the table actors"),
        (lambda: selections.commitments_between(PACKAGE, "RU", "Russia"), "both are this actor"),
        (lambda: selections.timeline(PACKAGE, "RUS", "22 February"), "expected a day such as"),
        (
            lambda: selections.commitments_between(PACKAGE, "AZE", "RUS", on="2025"),
            "expected a day such as",
        ),
        (lambda: selections.overlaps({}, "AZE"), "not a package of events and commitments"),
    ],
)
def test_what_cannot_be_answered_says_why(ask, reported):
    """Catches an answer to a question that was not asked."""
    with pytest.raises(UnknownRecord, match=reported):
        ask()
