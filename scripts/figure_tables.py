"""What the figures show, counted from the built tables: one row for each mark drawn."""

from pathlib import Path

import pandas as pd

TABLES = (
    "actors",
    "assessments",
    "codes",
    "commitment_actors",
    "commitments",
    "event_actors",
    "events",
    "instruments",
)

HOME = "AZE"  # whose dealings are drawn
COURTS = ("icj",)
RECORD = "pledgeline"  # this record itself, as an assessor

# The partners that have a row or column of their own, in the order of the README; all else is
# counted together.
PARTNERS = {"RUS": "Russia", "TUR": "Türkiye", "european-union": "European Union", "ARM": "Armenia"}
NO_PARTNER = "None of the four: other partners, or Azerbaijan alone"
SIDES = {
    HOME: "Azerbaijan",
    "ARM": "Armenia",
    "RUS": "Russia",
    "european-union": "European Union",
    RECORD: "This record (Pledgeline)",
}
OTHER_SIDES = "All others"

# The kinds of event, which are too many for a row each, in groups of what a reader would look for
# together. A protest asks or refuses in words; force and restrictions are acts. An easing is with
# the acts of help, whatever had been held before.
KINDS = {
    "Visits, meetings, talks": "visit summit meeting call negotiation_round mediation"
    " commission_session",
    "Texts signed, ratified, ended": "declaration_signed treaty_signed document_signed"
    " document_ratified entered_into_force document_terminated",
    "Statements and proposals": "statement joint_statement press_conference proposal",
    "Protests, demands, refusals": "appeal_or_demand protest rejection threat_or_warning",
    "Help, releases, new links": "recognition_or_relations military_cooperation aid_or_delivery"
    " detainee_release withdrawal_or_handover ceasefire infrastructure",
    "Force and restrictions": "relations_reduced military_action armed_incident"
    " restriction_or_sanction",
    "Rulings, domestic acts, incidents": "court_or_organisation_decision domestic_act incident",
}
GROUP = {kind: group for group, kinds in KINDS.items() for kind in kinds.split()}

STRENGTHS = {
    "0": "0 declaratory",
    "1": "1 permissive",
    "2": "2 readiness",
    "3": "3 undertaking",
    "4": "4 mandatory",
}
NOT_KNOWN = "not known"
FIRST_YEAR = 2020  # of those that have a column of their own among the outcomes
BEFORE = "–’19"

Tables = dict[str, pd.DataFrame]


def read(root: Path) -> Tables:
    """The built tables that the figures are counted from, by name."""
    return {name: pd.read_parquet(root / f"data/parquet/{name}.parquet") for name in TABLES}


def side_of(tables: Tables) -> dict[str, str]:
    """The state or organisation to which each actor belongs, or which it is itself.

    A minister belongs to a state, the Commission to the Union.
    """
    above = tables["actors"].set_index("id")["member_of"].dropna().to_dict()
    sides = {}
    for actor in tables["actors"]["id"]:
        sides[actor] = actor
        while sides[actor] in above:
            sides[actor] = above[sides[actor]]
    return sides


def labels(tables: Tables, name: str) -> dict[str, str]:
    """The labels of a list by their codes, in the order of the list."""
    codes = tables["codes"]
    return codes[codes["list"] == name].sort_values("position").set_index("code")["label"].to_dict()


def year(day: object) -> float:
    """A day as a year with its fraction: 22 February 2022 is 2022.14."""
    day = pd.Timestamp(day)
    return round(day.year + (day.day_of_year - 1) / (366 if day.is_leap_year else 365), 4)


def timeline(tables: Tables) -> pd.DataFrame:
    """A row for each event that occurred and each partner in it.

    The columns are `event`, `partner`, `group` and `year`. One known to the month or year only
    stands in the middle of it, one that took days on its first day.
    """
    events = tables["events"]
    events = events[(events["status"] == "occurred") & events["date_start"].notna()]
    members = tables["event_actors"].assign(
        partner=tables["event_actors"]["actor"].map(side_of(tables)).map(PARTNERS)
    )
    members = members[["event", "partner"]].dropna().drop_duplicates()
    rows = events.merge(members, left_on="id", right_on="event", how="left")
    rows["partner"] = rows["partner"].fillna(NO_PARTNER)
    rows["group"] = rows["kind"].astype(str).map(GROUP)
    exact = rows["date_precision"].isin(["day", "interval"])
    first, last = (
        rows["date_start"].map(year),
        rows["date_end"].fillna(rows["date_start"]).map(year),
    )
    rows["year"] = first.where(exact, (first + last) / 2).round(4)
    return (
        rows[["id", "partner", "group", "year"]]
        .rename(columns={"id": "event"})
        .sort_values(["partner", "group", "year", "event"])
    )


def commitments(tables: Tables) -> pd.DataFrame:
    """A row for each commitment between HOME and a partner.

    The columns are `commitment`, `partner`, `domain` and `strength`. Between them is what either
    promises to the other, alone or with others.
    """
    roles = tables["commitment_actors"].assign(
        side=tables["commitment_actors"]["actor"].map(side_of(tables))
    )
    held = {
        (side, role): set(rows["commitment"])
        for (side, role), rows in roles.astype({"role": str}).groupby(["side", "role"])
    }
    pairs = []
    for code, partner in PARTNERS.items():
        given = held[HOME, "promisor"] & held[code, "beneficiary"]
        taken = held[code, "promisor"] & held[HOME, "beneficiary"]
        pairs += [(commitment, partner) for commitment in sorted(given | taken)]
    rows = pd.DataFrame(pairs, columns=["commitment", "partner"]).merge(
        tables["commitments"], left_on="commitment", right_on="id"
    )
    rows["domain"] = rows["domain"].astype(str).map(labels(tables, "domain"))
    rows["strength"] = rows["strength"].astype("string").map(STRENGTHS).fillna(NOT_KNOWN)
    return rows[["commitment", "partner", "domain", "strength"]]


def outcomes(tables: Tables) -> pd.DataFrame:
    """A row for each assessment.

    The columns are `assessment`, `commitment`, `side` (that made it), `status` and `year` (that it
    is about).
    """
    rows = tables["assessments"].rename(columns={"id": "assessment"})
    rows["side"] = rows["assessed_by"].map(side_of(tables)).map(SIDES).fillna(OTHER_SIDES)
    rows["status"] = rows["status"].astype(str).map(labels(tables, "assessment_status"))
    years = pd.to_datetime(rows["as_of_start"]).dt.year
    rows["year"] = ("’" + years.astype(str).str[2:]).where(years >= FIRST_YEAR, BEFORE)
    return rows[["assessment", "commitment", "side", "status", "year"]]


def breaches(tables: Tables) -> dict[str, int]:
    """How many assessments say breached, by who made them.

    These are `governments`, `courts`, this `record` itself, and all `others`.
    """
    said = (
        tables["assessments"]
        .query("status == 'breached'")
        .merge(tables["actors"], left_on="assessed_by", right_on="id")
    )
    counts = {
        "governments": int(said["kind"].isin(["state", "state_organ", "officeholder"]).sum()),
        "courts": int(said["assessed_by"].isin(COURTS).sum()),
        "record": int((said["assessed_by"] == RECORD).sum()),
    }
    return {**counts, "others": len(said) - sum(counts.values())}
