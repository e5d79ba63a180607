"""The three charts of figures.py: counted rows in, Vega-Lite out.

A chart is some 640 pixels wide, which is 16 cm of a page: no letter is smaller than 7 points there.
Colours are those of Okabe and Ito (2008), and none says anything that a place, a shape or a number
does not say too: a grey print loses nothing.
"""

import altair as alt
import pandas as pd

# vl-convert brings Liberation Sans; Arial and Helvetica, which a reader's machine may have, are as
# wide.
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
INK, GREY, PALE = "#222222", "#6b6b6b", "#e2e2e2"
BLACK, ORANGE, SKY, GREEN, BLUE, VERMILLION, PURPLE = (
    "#000000",
    "#E69F00",
    "#56B4E9",
    "#009E73",
    "#0072B2",
    "#D55E00",
    "#CC79A7",
)

# The timeline: its years, the first of those that are drawn wider, and how much wider. A month is
# then three pixels.
FIRST, WIDE, END = 1988, 2020, 2026.5
YEAR, WIDER = 4.5, 8
GROUP_COLOURS = [BLUE, GREEN, SKY, ORANGE, PURPLE, VERMILLION, BLACK]

# Instruments whose days are marked in the timeline: the name, its line, and which end
# of it is at the day.
LANDMARKS = {
    "ceasefire-agreement-1994": ("Ceasefire", 3, "right"),
    "azerbaijan-turkey-strategic-partnership-2010": ("Türkiye treaty", 3, "right"),
    "trilateral-declaration-november-2020": ("Trilateral statement", 2, "right"),
    "shusha-declaration-2021": ("Shusha Declaration", 1, "right"),
    "moscow-declaration-2022": ("Moscow Declaration", 1, "left"),
    "washington-declaration-2025": ("Washington Declaration", 2, "right"),
}

# Families of statuses, with colour, filling and shape. What was not found stays open, unlike
# what is called breached.
FAMILIES = [
    (["Fulfilled", "Observed, no breach"], BLUE, BLUE, "circle"),
    (["Partial", "Initiated"], SKY, SKY, "square"),
    (["Not due", "No action found", "Not verifiable"], GREY, "white", "circle"),
    (["Suspended", "Terminated", "Superseded"], ORANGE, ORANGE, "diamond"),
    (["Breached"], VERMILLION, VERMILLION, "triangle-down"),
]


def titled(chart: alt.TopLevelMixin, title: str, subtitle: list[str]) -> alt.TopLevelMixin:
    """A chart with its title and with what all charts have in common."""
    return (
        chart.properties(
            title=alt.TitleParams(
                title, subtitle=subtitle, anchor="start", frame="bounds", offset=12
            )
        )
        .configure(font=FONT, background="white", padding=8)
        .configure_title(
            fontSize=14,
            color=INK,
            subtitleFontSize=10.5,
            subtitleColor=INK,
            subtitleLineHeight=14,
            subtitlePadding=5,
        )
        .configure_axis(
            labelFontSize=10,
            labelColor=INK,
            tickColor=GREY,
            gridColor=PALE,
            labelLimit=0,
            domain=False,
        )
        .configure_view(stroke=None)
        .configure_text(fontSize=10, color=INK)
        .configure_legend(
            labelFontSize=10,
            labelColor=INK,
            titleFontSize=10,
            titleFontWeight="normal",
            titleColor=INK,
        )
    )


def lines(field: str, names: list[str], labels: bool = True, grid: bool = True) -> alt.Y:
    """One line of a panel for each name, labelled at the left unless an earlier panel does so."""
    axis = alt.Axis(grid=grid, ticks=False, labels=labels, labelPadding=6)
    return alt.Y(f"{field}:N", sort=names, scale=alt.Scale(domain=names), title=None, axis=axis)


def totals(rows: pd.DataFrame, y: alt.Y, field: str, names: list[str], x: float) -> alt.Chart:
    """The number of rows of each line, at the right of it."""
    counts = (
        rows[field]
        .value_counts()
        .reindex(names, fill_value=0)
        .rename_axis(field)
        .reset_index(name="n")
    )
    return (
        alt.Chart(counts)
        .mark_text(align="right", color=GREY)
        .encode(x=alt.value(x), y=y, text="n:Q")
    )


def heading(text: str) -> alt.TitleParams:
    return alt.TitleParams(text, anchor="start", frame="group", fontSize=11, offset=4)


def timeline(
    rows: pd.DataFrame,
    partners: list[str],
    groups: list[str],
    marks: dict[str, float],
    title: str,
    subtitle: list[str],
) -> alt.TopLevelMixin:
    """A stroke for each event, a panel for each partner, a line for each group of kinds.

    `marks` has the day of each of the LANDMARKS as a year.
    """
    narrow = (WIDE - FIRST) * YEAR
    width = narrow + (END - WIDE) * YEAR * WIDER
    scale = alt.Scale(domain=[FIRST, WIDE, END], range=[0, narrow, width])
    days = pd.DataFrame(
        [(marks[name], *LANDMARKS[name]) for name in LANDMARKS],
        columns=["year", "name", "line", "align"],
    )
    at = alt.X("year:Q", scale=scale, axis=None)
    names = [
        alt.Chart(some)
        .mark_text(align=align, dx=-2 if align == "left" else 2)
        .encode(x=at, y=alt.value(6 + 13 * (line - 1)), text="name:N")
        for (line, align), some in days.groupby(["line", "align"])
    ]
    stems = [
        alt.Chart(some)
        .mark_rule(color=GREY, strokeDash=[2, 2], strokeWidth=0.8)
        .encode(x=at, y=alt.value(13 * line), y2=alt.value(44))
        for line, some in days.groupby("line")
    ]
    head = alt.Chart(pd.DataFrame({"n": ["events"]})).mark_text(align="right", color=GREY)
    head = head.encode(x=alt.value(width + 30), y=alt.value(32), text="n:N")
    panels = [alt.layer(*names, *stems, head).properties(width=width, height=44)]
    for partner in partners:
        own, last = rows[rows["partner"] == partner], partner == partners[-1]
        axis = alt.Axis(
            values=[1990, 2000, 2010, *range(WIDE, int(END) + 1)],
            format="d",
            title=None,
            labels=last,
            ticks=last,
            grid=False,
        )
        strokes = alt.Chart(own).mark_tick(thickness=1.4, size=10, opacity=0.8)
        colour = alt.Color(
            "group:N", scale=alt.Scale(domain=groups, range=GROUP_COLOURS), legend=None
        )
        y = lines("group", groups)
        rules = (
            alt.Chart(days)
            .mark_rule(color=GREY, strokeDash=[2, 2], strokeWidth=0.8)
            .encode(x=alt.X("year:Q", scale=scale))
        )
        drawn = strokes.encode(x=alt.X("year:Q", scale=scale, axis=axis), y=y, color=colour)
        panel = alt.layer(rules, drawn, totals(own, y, "group", groups, width + 30))
        panels.append(
            panel.properties(width=width, height=14 * len(groups), title=heading(partner))
        )
    return titled(alt.vconcat(*panels, spacing=8), title, subtitle)


def commitments(
    rows: pd.DataFrame, partners: list[str], strengths: list[str], title: str, subtitle: list[str]
) -> alt.TopLevelMixin:
    """The number of commitments in each field and strength, a panel a partner.

    The last of `strengths` is that of no known.
    """
    fields = (
        rows["domain"]
        .value_counts()
        .reset_index()
        .sort_values(["count", "domain"], ascending=[False, True])["domain"]
    )
    fields, most = (
        fields.tolist(),
        int(rows.groupby(["partner", "domain", "strength"]).size().max()),
    )
    side = alt.Axis(orient="top", ticks=False, labelAngle=-90, labelPadding=4)
    x = alt.X(
        "strength:N",
        sort=strengths,
        scale=alt.Scale(domain=strengths, padding=0),
        title=None,
        axis=side,
    )
    panels = []
    for partner in partners:
        own = rows[rows["partner"] == partner]
        cells = own.groupby(["domain", "strength"]).size().reset_index(name="n")
        y = lines("domain", fields, labels=partner == partners[0], grid=False)
        known = alt.datum.strength != strengths[-1]
        grid = alt.Chart(
            pd.DataFrame(
                [(f, s) for f in fields for s in strengths], columns=["domain", "strength"]
            )
        )
        base = alt.Chart(cells).encode(x=x, y=y)
        shade = alt.Color(
            "n:Q",
            scale=alt.Scale(domain=[0, most / 2, most], range=["#eaf3fa", "#6aaed6", "#08306b"]),
            legend=None,
        )
        panel = alt.layer(
            grid.mark_rect(fill="white", stroke=PALE).encode(x=x, y=y),
            base.transform_filter(known).mark_rect(stroke="white").encode(color=shade),
            base.transform_filter(~known).mark_rect(fill="white", stroke=GREY, strokeDash=[2, 2]),
            base.mark_text().encode(
                text="n:Q",
                color=alt.when(alt.datum.n > 0.6 * most)
                .then(alt.value("white"))
                .otherwise(alt.value(INK)),
            ),
            totals(own, y, "domain", fields, 16 * len(strengths) + 18).transform_filter(
                alt.datum.n > 0
            ),
        )
        name = heading(f"{partner}: {len(own)}")
        panels.append(
            panel.properties(width=16 * len(strengths), height=16 * len(fields), title=name)
        )
    return titled(alt.hconcat(*panels, spacing=10), title, subtitle)


def outcomes(
    rows: pd.DataFrame, sides: list[str], years: list[str], title: str, subtitle: list[str]
) -> alt.TopLevelMixin:
    """The number of assessments of each status and year, in three panels side by side."""
    seen = set(rows["status"])
    statuses = [status for family, *_ in FAMILIES for status in family if status in seen]
    looks = [look for family, *look in FAMILIES for status in family if status in seen]
    most = int(rows.groupby(["side", "status", "year"]).size().max())
    colour, fill, shape = (
        alt.Scale(domain=statuses, range=[look[part] for look in looks]) for part in range(3)
    )
    size = alt.Size(
        "n:Q",
        scale=alt.Scale(domain=[0, most], range=[0, 260]),
        legend=alt.Legend(
            title="assessments",
            orient="bottom",
            direction="horizontal",
            values=[1, 5, 10, most],
            symbolFillColor=PALE,
            titleOrient="left",
        ),
    )
    panels = []
    for number, side in enumerate(sides):
        own = rows[rows["side"] == side]
        cells = own.groupby(["status", "year"]).size().reset_index(name="n")
        y = lines("status", statuses, labels=number % 3 == 0)
        axis = alt.Axis(labelAngle=0, ticks=False, labelPadding=4, labelOverlap=False)
        points = alt.Chart(cells).mark_point(strokeWidth=1.2, opacity=1)
        drawn = points.encode(
            x=alt.X("year:N", sort=years, scale=alt.Scale(domain=years), title=None, axis=axis),
            y=y,
            size=size,
            stroke=alt.Stroke("status:N", scale=colour, legend=None),
            fill=alt.Fill("status:N", scale=fill, legend=None),
            shape=alt.Shape("status:N", scale=shape, legend=None),
        )
        panel = alt.layer(drawn, totals(own, y, "status", statuses, 19 * len(years) + 16))
        panels.append(
            panel.properties(
                width=19 * len(years),
                height=17 * len(statuses),
                title=heading(f"{side}: {len(own)}"),
            )
        )
    table = alt.vconcat(
        *(
            alt.hconcat(*panels[first : first + 3], spacing=10)
            for first in range(0, len(panels), 3)
        ),
        spacing=14,
    )
    return titled(table, title, subtitle)
