"""`make figures`: the published pictures are those of the built tables, and show and say what the
tables hold.
"""

import struct
import subprocess
import sys
from collections import Counter

import pytest
from support.copies import REPOSITORY
from support.figures import members, rows

from scripts import charts, figure_tables, figures

FIGURES = REPOSITORY / "docs/figures"


@pytest.fixture(scope="module")
def drawings(tables) -> dict[str, tuple[str, bytes]]:
    """Each figure as SVG and PNG, drawn in this process."""
    return {name: figures.rendered(draw(tables)) for name, draw in figures.FIGURES.items()}


@pytest.mark.long
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


@pytest.mark.long
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
