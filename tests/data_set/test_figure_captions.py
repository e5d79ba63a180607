"""Titles, captions and alternative texts of the figures say what the tables hold."""

import re

import pytest
from support.copies import REPOSITORY
from support.figures import members, rows

from scripts import charts, figure_tables, figures

pytestmark = pytest.mark.long
README = (REPOSITORY / "README.md").read_text("utf-8")


def said(name: str) -> tuple[str, str]:
    """What the README says of a figure: in place of it, and in the paragraph under it."""
    found = re.search(rf"!\[(.*)\]\(docs/figures/{name}\.svg\)\n\n((?:.+\n)+)", README)
    assert found, f"README.md does not show {name}"
    return found[1], " ".join(found[2].split())


def named(text: str, names) -> list[str]:
    """Those of `names` that stand in a text, in its order."""
    return sorted((name for name in names if name in text), key=text.index)


def test_what_is_said_of_the_timeline_holds(tables, charts_drawn):
    """Catches a title, caption or alternative text that the records have outgrown."""
    drawn = figure_tables.timeline(tables)
    counts = drawn.groupby(["partner", "group"]).size().unstack(fill_value=0)
    assert counts.sum(axis=1).drop(figure_tables.NO_PARTNER).idxmax() == "Russia"
    refusals = figures.REFUSALS
    day = next(
        row["date_start"] for row in rows("instruments") if row["id"] == "moscow-declaration-2022"
    ).isoformat()
    inside, kinds = members("RUS"), figure_tables.KINDS[refusals].split()
    with_russia = {row["event"] for row in rows("event_actors") if row["actor"] in inside}
    days = [
        row["date_start"].isoformat()
        for row in rows("events")
        if row["id"] in with_russia and row["kind"] in kinds
    ]
    after = sum(then > day for then in days)
    assert (
        f"With Russia, {after} of {len(days)} protests, demands and refusals"
        in charts_drawn["timeline"]["title"]["text"]
    )
    assert after >= 0.75 * len(days)
    assert charts.WIDER == 8  # the subtitle says eight times
    shown, under = said("timeline")
    panels = [*figure_tables.PARTNERS, figure_tables.NO_PARTNER]
    assert len(panels) == 5 and shown.startswith("Five panels of events along the years")
    assert f"{charts.FIRST} to {int(charts.END)}" in shown
    most = counts.sum(axis=1).drop(figure_tables.NO_PARTNER).idxmax()
    assert f"{most} has the most, and most of its protests follow February 2022." in shown
    assert under == (
        f"Protests, demands and refusals that involve {most} come mostly after the declaration."
    )


def test_what_is_said_of_the_commitments_holds(tables, charts_drawn):
    """Catches a title, caption or alternative text that the records have outgrown."""
    drawn = figure_tables.commitments(tables)
    fields = {partner: own["domain"].value_counts() for partner, own in drawn.groupby("partner")}
    russia, armenia = fields["Russia"], fields["Armenia"]
    assert charts_drawn["commitments"]["title"]["text"] == (
        f"With Russia {russia.sum()} promises spread over {len(russia)} fields, "
        f"with Armenia {armenia.sum()} keep to {len(armenia)}"
    )
    assert len(russia) >= 2 * len(armenia) and len(russia) >= 0.9 * drawn["domain"].nunique()
    assert set(armenia.index[:2]) == {"Conflict settlement", "Sovereignty and borders"}
    assert armenia[:2].sum() > armenia.sum() / 2
    shown, under = said("commitments")
    partners = list(figure_tables.PARTNERS.values())
    assert named(shown, partners) == partners and shown.startswith("Four tables, for ")
    assert f"nearly every field with {partners[0]}, " in under
    words = {"Defence and military": "defence", "Sovereignty and borders": "borders"}
    clauses = (clause.partition(" with ") for clause in under.split(": ")[1].split(", "))
    fullest = {who.rstrip(".").removeprefix("the "): what for what, _, who in clauses}
    for partner in partners[1:]:
        top = {words.get(field, field.lower()) for field in fields[partner].index[:2]}
        assert set(fullest[partner].split(" and ")) == top, partner
    strengths = drawn.groupby(["partner", "strength"]).size().unstack(fill_value=0)
    assert (strengths.idxmax(axis=1) == "3 undertaking").all()
    assert "Undertakings are the fullest column for each partner." in shown


def test_what_is_said_of_the_outcomes_holds(tables, charts_drawn):
    """Catches a title, caption or alternative text that the records have outgrown: above all, who
    says breached.
    """
    kinds = {actor["id"]: actor["kind"] for actor in rows("actors")}
    said_breached = [
        row["assessed_by"] for row in rows("assessments") if row["status"] == "breached"
    ]
    governments = [by for by in said_breached if kinds[by] in ("state", "state_organ")]
    courts = [by for by in said_breached if by == "icj"]
    own = [
        row["id"]
        for row in rows("assessments")
        if (row["status"], row["assessed_by"]) == ("breached", "pledgeline")
    ]
    others = len(said_breached) - len(governments) - len(courts) - len(own)
    assert charts_drawn["outcomes"]["title"]["text"] == (
        f"Of {len(said_breached)} findings of breach {len(governments)} are a government’s, "
        f"{len(courts)} a court’s, {len(own)} this record’s own, {others} of others"
    )
    drawn = figure_tables.outcomes(tables)
    breached = drawn[drawn["status"] == "Breached"]["side"].value_counts()
    sides = list(figure_tables.SIDES.values())
    order = breached.reindex(sides, fill_value=0).drop(figure_tables.SIDES["pledgeline"])
    first, second, third, last = order.sort_values(ascending=False).index
    shown, under = said("outcomes")
    panels = {*sides, figure_tables.OTHER_SIDES}
    assert len(panels) == 6 and shown.startswith("Six panels, one for each assessor: ")
    assert (
        f"{first} says breached most often, then {second} and {third}; the {last} never." in shown
    )
    assert order[last] == 0
    assert len(governments) >= 0.8 * len(said_breached)
    assert "“Breached” is almost always a government's view" in under
    own = drawn[drawn["side"] == figure_tables.SIDES["pledgeline"]]
    assert set(own["status"].value_counts().index[:3]) == {"Partial", "Fulfilled", "Initiated"}
    assert own[own["year"] == "’26"]["status"].value_counts().idxmax() == "No action found"
    statuses = [status for family, *_ in charts.FAMILIES for status in family]
    assert statuses.index("Breached") - statuses.index("No action found") > 2, "they stand apart"
