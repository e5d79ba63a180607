"""Draws the figures of the README from the built tables, as SVG and PNG.

    python -m scripts figures [--root DIR] [--out DIR]

A figure is rows of figure_tables.py, a title and a chart of charts.py; every number in a title is
counted from the rows. The same tables give the same SVG on every run: vl-convert brings font and
renderer, and nothing names a day or a machine.
"""

import argparse
import struct
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import altair as alt
import vl_convert

from scripts import charts
from scripts.figure_tables import (
    BEFORE,
    HOME,
    KINDS,
    NO_PARTNER,
    NOT_KNOWN,
    OTHER_SIDES,
    PARTNERS,
    SIDES,
    STRENGTHS,
    TABLES,
    Tables,
    breaches,
    commitments,
    outcomes,
    read,
    timeline,
    year,
)

# The version that this Altair writes.
VEGA_LITE = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])

# What the titles are about: two partners, an instrument, and a group of kinds of event.
FIRST, SECOND = PARTNERS["RUS"], PARTNERS["ARM"]
TURN, TURN_NAME = "moscow-declaration-2022", "the Moscow Declaration"
REFUSALS = "Protests, demands, refusals"


def draw_timeline(tables: Tables) -> alt.TopLevelMixin:
    rows = timeline(tables)
    days = tables["instruments"].set_index("id")["date_start"].to_dict()
    marks = {instrument: year(days[instrument]) for instrument in charts.LANDMARKS}
    refused = rows[(rows["partner"] == FIRST) & (rows["group"] == REFUSALS)]
    after = (refused["year"] > marks[TURN]).sum()
    title = (
        f"With {FIRST}, {after} of {len(refused)} protests, demands and refusals "
        f"come after {TURN_NAME}"
    )
    events = tables["events"]
    latest = events[events["status"] == "occurred"]["date_start"].dropna().max()
    subtitle = [
        f"A stroke is an event that occurred, {rows['event'].nunique()} of {len(events)} on record "
        "(without those expected, disputed or of no known beginning).",
        "It stands with each partner in it, mediators and hosts too. "
        "From 2020 on a year is drawn eight times as wide.",
        "The years before 2016 are thinner on record than those since; "
        f"the latest event is of {latest.isoformat()}.",
    ]
    return charts.timeline(
        rows, [*PARTNERS.values(), NO_PARTNER], list(KINDS), marks, title, subtitle
    )


def draw_commitments(tables: Tables) -> alt.TopLevelMixin:
    rows = commitments(tables)
    home = SIDES[HOME]
    of, fields = rows["partner"].value_counts(), rows.groupby("partner")["domain"].nunique()
    title = (
        f"With {FIRST} {of[FIRST]} promises spread over {fields[FIRST]} fields, "
        f"with {SECOND} {of[SECOND]} keep to {fields[SECOND]}"
    )
    subtitle = [
        f"The {rows['commitment'].nunique()} commitments that {home} makes to the partner "
        f"or the partner to {home} (most go both ways),",
        "by field and by how firm their words are. "
        "One with several partners is counted with each of them.",
    ]
    return charts.commitments(
        rows, list(PARTNERS.values()), [*STRENGTHS.values(), NOT_KNOWN], title, subtitle
    )


def draw_outcomes(tables: Tables) -> alt.TopLevelMixin:
    rows = outcomes(tables)
    said = breaches(tables)
    title = (
        f"Of {sum(said.values())} findings of breach {said['governments']} are a government’s, "
        f"{said['courts']} a court’s, {said['record'] or 'none'} this record’s own, "
        f"{said['others'] or 'none'} of others"
    )
    subtitle = [
        f"{len(rows)} assessments of {rows['commitment'].nunique()} commitments, by who made them "
        f"and the year of which they speak ({BEFORE}: up to 2019).",
        "A commitment is there once for each assessment, so that rival views stand side by side. "
        "“No action found”",
        "says what a search found; it never means breach.",
    ]
    years = [BEFORE, *sorted(set(rows["year"]) - {BEFORE})]
    names = list(SIDES.values())
    return charts.outcomes(rows, [*names[:-1], OTHER_SIDES, names[-1]], years, title, subtitle)


# What each figure shows is said in the README, beside it: there alone, and tests hold it to the
# tables.
FIGURES: dict[str, Callable[[Tables], alt.TopLevelMixin]] = {
    "timeline": draw_timeline,
    "commitments": draw_commitments,
    "outcomes": draw_outcomes,
}


def rendered(chart: alt.TopLevelMixin) -> tuple[str, bytes]:
    """A chart as SVG and as PNG of twice its size, without a browser or a network."""
    svg = vl_convert.vegalite_to_svg(chart.to_dict(), vl_version=VEGA_LITE)
    return svg + "\n", smaller(vl_convert.svg_to_png(svg, scale=2))


def smaller(png: bytes) -> bytes:
    """The same picture in a fourth of the bytes: vl-convert packs pixels fast, not well.

    Chunks are as in PNG, 5.3.
    """
    before, pixels, after, at = png[:8], b"", b"", 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        chunk = png[at : at + length + 12]
        if kind == b"IDAT":
            pixels += chunk[8:-4]
        elif pixels:
            after += chunk
        else:
            before += chunk
        at += len(chunk)
    body = b"IDAT" + zlib.compress(zlib.decompress(pixels), 9)
    return (
        before
        + struct.pack(">I", len(body) - 4)
        + body
        + struct.pack(">I", zlib.crc32(body))
        + after
    )


def register(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--root",
        type=Path,
        default=Path("."),
        metavar="DIR",
        help="the package (default: this folder)",
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="where the figures go (default: docs/figures of the package)",
    )


def run(options: argparse.Namespace) -> int:
    out = options.out or options.root / "docs/figures"
    files = [f"data/parquet/{name}.parquet" for name in TABLES]
    if missing := [file for file in files if not (options.root / file).exists()]:
        print(f"{missing[0]}: no such file; run `make build`", file=sys.stderr)
        return 1
    out.mkdir(parents=True, exist_ok=True)
    tables = read(options.root)
    for name, draw in FIGURES.items():
        svg, png = rendered(draw(tables))
        (out / f"{name}.svg").write_text(svg, "utf-8", newline="\n")
        (out / f"{name}.png").write_bytes(png)
    return 0
