"""`make figures`: the published pictures are those of the built tables, and show and say what the
tables hold.
"""

import re
import struct
import subprocess
import sys
from collections import Counter
from functools import cache

import pyarrow.parquet as pq
import pytest
from support.copies import REPOSITORY

from scripts import charts, figure_tables, figures

FIGURES = REPOSITORY / "docs/figures"
README = (REPOSITORY / "README.md").read_text("utf-8")


def said(name: str) -> tuple[str, str]:
    """What the README says of a figure: in place of it, and in the paragraph under it."""
    found = re.search(rf"!\[(.*)\]\(docs/figures/{name}\.svg\)\n\n((?:.+\n)+)", README)
    assert found, f"README.md does not show {name}"
    return found[1], " ".join(found[2].split())


def named(text: str, names) -> list[str]:
    """Those of `names` that stand in a text, in its order."""
    return sorted((name for name in names if name in text), key=text.index)


@pytest.fixture(scope="module")
def tables() -> figure_tables.Tables:
    return figure_tables.read(REPOSITORY)


@pytest.fixture(scope="module")
def charts_drawn(tables) -> dict[str, dict]:
    """The Vega-Lite of each figure."""
    return {name: draw(tables).to_dict() for name, draw in figures.FIGURES.items()}


@pytest.fixture(scope="module")
def drawings(tables) -> dict[str, tuple[str, bytes]]:
    """Each figure as SVG and PNG, drawn in this process."""
    return {name: figures.rendered(draw(tables)) for name, draw in figures.FIGURES.items()}


@cache
def rows(name: str) -> list[dict]:
    """A built table by a way of its own, so that the figures' own counting is not checked with
    itself.
    """
    return pq.read_table(REPOSITORY / f"data/parquet/{name}.parquet").to_pylist()


def members(*roots: str) -> set[str]:
    """The actors that are one of `roots`, or belong to one."""
    inside, before = set(roots), 0
    while len(inside) > before:
        before = len(inside)
        inside |= {actor["id"] for actor in rows("actors") if actor["member_of"] in inside}
    return inside


@pytest.mark.parametrize("name", figures.FIGURES)
def test_the_published_figure_is_that_of_the_built_tables(name, drawings):
    """Catches tables that were built anew without `make figures`."""
    assert (FIGURES / f"{name}.svg").read_text("utf-8") == drawings[name][0], "run `make figures`"


@pytest.mark.long
def test_another_run_draws_the_same(tmp_path, drawings):
    """Catches what depends on the process, as hash order or counters in names, and a command that
    writes more or less.
    """
    command = [sys.executable, "-m", "scripts", "figures", "--out", str(tmp_path)]
    run = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert {path.name for path in tmp_path.iterdir()} == {
        f"{name}.{kind}" for name in figures.FIGURES for kind in ("svg", "png")
    }
    for name, (svg, png) in drawings.items():
        assert (tmp_path / f"{name}.svg").read_text("utf-8") == svg
        assert (tmp_path / f"{name}.png").read_bytes() == png


def test_tables_that_are_not_there_are_named(tmp_path):
    """Catches a traceback where `make build` was not run."""
    command = [sys.executable, "-m", "scripts", "figures", "--root", str(tmp_path)]
    run = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    assert run.returncode == 1
    assert run.stderr == "data/parquet/actors.parquet: no such file; run `make build`\n"


@pytest.mark.parametrize("name", figures.FIGURES)
def test_the_picture_is_fit_for_a_page(name):
    """Catches a PNG that is missing, blank, too coarse for 16 cm of a page, or too tall for one."""
    png = (FIGURES / f"{name}.png").read_bytes()
    width, height = struct.unpack(">II", png[16:24])
    assert png.startswith(b"\x89PNG") and 30_000 < len(png) < 400_000
    assert 1200 <= width <= 1320 and height < 1.5 * width


def test_every_kind_of_event_has_a_line():
    """Catches a new kind that the timeline would leave out, and a kind in two lines."""
    kinds = [kind for line in figure_tables.KINDS.values() for kind in line.split()]
    assert Counter(kinds) == Counter(
        code["code"] for code in rows("codes") if code["list"] == "event_kind"
    )


def test_every_status_has_a_look():
    """Catches a new status that the outcomes would leave out."""
    named = [status for statuses, *_ in charts.FAMILIES for status in statuses]
    assert Counter(named) == Counter(
        code["label"] for code in rows("codes") if code["list"] == "assessment_status"
    )


def test_the_timeline_has_every_event_that_occurred(tables):
    """Catches an event that is lost or doubled, and a minister who does not stand for the state."""
    drawn = figure_tables.timeline(tables)
    occurred = {
        event["id"]
        for event in rows("events")
        if event["status"] == "occurred" and event["date_start"]
    }
    assert set(drawn["event"]) == occurred
    assert drawn["group"].notna().all() and drawn["year"].between(charts.FIRST, charts.END).all()
    named = set()
    for code, partner in figure_tables.PARTNERS.items():
        inside = members(code)
        events = {row["event"] for row in rows("event_actors") if row["actor"] in inside} & occurred
        assert sorted(drawn[drawn["partner"] == partner]["event"]) == sorted(events), partner
        named |= events
    assert sorted(drawn[drawn["partner"] == figure_tables.NO_PARTNER]["event"]) == sorted(
        occurred - named
    )


def test_the_commitments_are_those_between_azerbaijan_and_the_partner(tables):
    """Catches a promise to a third party that is counted, one that is lost, and a strength that is
    made up.
    """
    drawn = figure_tables.commitments(tables)
    strengths = {row["id"]: row["strength"] for row in rows("commitments")}
    sides = {code: members(code) for code in ("AZE", *figure_tables.PARTNERS)}
    held = {
        (code, role): {
            row["commitment"]
            for row in rows("commitment_actors")
            if row["role"] == role and row["actor"] in inside
        }
        for code, inside in sides.items()
        for role in ("promisor", "beneficiary")
    }
    for code, partner in figure_tables.PARTNERS.items():
        own = drawn[drawn["partner"] == partner]
        there, back = (
            held["AZE", "promisor"] & held[code, "beneficiary"],
            held[code, "promisor"] & held["AZE", "beneficiary"],
        )
        assert sorted(own["commitment"]) == sorted(there | back), partner
        assert len(there & back) > len(own) / 2, (
            f"{partner}: the subtitle says that most go both ways"
        )
    for commitment, strength in zip(drawn["commitment"], drawn["strength"], strict=True):
        known = strengths[commitment]
        assert strength == "not known" if known is None else strength.startswith(f"{known} ")


def test_the_outcomes_have_every_assessment_with_its_own_view(tables):
    """Catches views that are lost or merged, and a status that is drawn as another."""
    drawn = figure_tables.outcomes(tables).set_index("assessment")
    assert len(drawn) == len(rows("assessments"))
    labels = {
        row["code"]: row["label"] for row in rows("codes") if row["list"] == "assessment_status"
    }
    inside = {name: members(code) for code, name in figure_tables.SIDES.items()}
    for row in rows("assessments"):
        seen = drawn.loc[row["id"]]
        assert seen["status"] == labels[row["status"]]
        expected = [name for name, actors in inside.items() if row["assessed_by"] in actors] or [
            figure_tables.OTHER_SIDES
        ]
        assert [seen["side"]] == expected
        year = row["as_of_start"].year
        assert seen["year"] == (
            f"’{year % 100:02}" if year >= figure_tables.FIRST_YEAR else figure_tables.BEFORE
        )


def test_the_charts_draw_all_that_was_counted(tables, charts_drawn):
    """Catches a panel, row or column that a chart leaves out: the numbers in its own data are those
    of the rows.
    """
    for name, count in (
        ("commitments", figure_tables.commitments),
        ("outcomes", figure_tables.outcomes),
    ):
        data = charts_drawn[name]["datasets"].values()
        counted = sum(
            row["n"]
            for values in data
            for row in values
            if {"strength", "year"} & set(row) and "n" in row
        )
        assert counted == len(count(tables)), name
    data = charts_drawn["timeline"]["datasets"].values()
    assert sum("event" in row for values in data for row in values) == len(
        figure_tables.timeline(tables)
    )


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
    assert after >= 0.9 * len(days)
    assert charts.WIDER == 8  # the subtitle says eight times
    shown, under = said("timeline")
    panels = [*figure_tables.PARTNERS, figure_tables.NO_PARTNER]
    assert len(panels) == 5 and shown.startswith("Five panels of events along the years")
    assert f"{charts.FIRST} to {int(charts.END)}" in shown
    most = counts.sum(axis=1).drop(figure_tables.NO_PARTNER).idxmax()
    assert f"{most} has the most, and nearly all its protests follow February 2022." in shown
    assert under == (
        f"Protests, demands and refusals that involve {most} come almost entirely after the"
        " declaration."
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
