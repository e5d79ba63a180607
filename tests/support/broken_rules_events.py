"""Edits of events, sources, actors, relations and retired ids that break a rule of validate/rules:
the key is the rule, and after a dot the variant.
"""

from support.edits import EVENTS, SOURCES, Edit

PAGE = "jamestown.org/program/azerbaijan-and-russia-sign-declaration-on-allied-cooperation"
RELATIONS = "data/records/relations/article.yaml"
STATES, PEOPLE = "data/records/actors/states.yaml", "data/records/actors/people.yaml"
INTERPRETATIONS = "data/records/interpretations/article.yaml"
RETIRED = "data/records/retired.yaml"
VISIT = """\
- id: aliyev-visit-moscow-2022
  kind: visit
  title: President Aliyev visits Moscow
  date: 2022-02-22
  date_basis: reported
"""
VISITORS = """\
    - {actor: ilham-aliyev, role: visitor}
    - {actor: AZE, role: visitor}
"""
SIGNERS = """\
    - {actor: vladimir-putin, role: actor}
    - {actor: AZE, role: participant}
    - {actor: RUS, role: participant}
"""
ABOUT = """\
- id: moscow-2022-balancing-act
  kind: reading
  about: moscow-declaration-2022
"""
WITHDRAWN = "- {id: a-withdrawn-event, table: events, status: withdrawn, reason: r}\n"
CROSSWALK = "- list: event_kind\n  code: visit\n"
READ_ALOUD_END = """\
  asserted_by: jamestown-foundation
  cite:
    - {source: jamestown-2022, locator: paragraph 3}
- id: discussion-responds-to-declaration-2022
"""
BACKWARDS = """\
- id: §visit-part-of-signing
  subject: aliyev-visit-moscow-2022
  predicate: part_of
  object: §moscow-declaration-signing-2022
  asserted_by: jamestown-foundation
  cite:
    - {source: jamestown-2022, locator: paragraph 1}
""".replace("id: §", "id: ")


EDITS: dict[str, list[Edit]] = {
    "cited-in-unread-source": [
        (SOURCES, "- id: az-mfa-2022-02-22", "- id: az-mfa-2022-02-22"),
        (SOURCES, "  cited_in: jamestown-2022\n", "  cited_in: §apa-2022-02-04\n"),
    ],
    "coding-of-unknown-code": [("data/records/codings/coder-a.yaml", "value: 1", "value: §5")],
    "crosswalk-of-deprecated-code": [
        (
            "data/records/codes/event_kind.yaml",
            "- code: summit\n",
            "  deprecated_in: 0.1.0\n- code: summit\n",
        ),
        ("data/records/crosswalks/plover.yaml", CROSSWALK, CROSSWALK.replace("visit", "§visit")),
    ],
    "country-named-otherwise": [
        (
            EVENTS,
            "summary: The declaration vows to raise relations between Azerbaijan and Russia",
            "summary: §The declaration vows to raise relations between Azerbaijan and Turkey",
        )
    ],
    "date-without-basis": [
        (EVENTS, VISIT, VISIT.replace("  date_basis: reported\n", "").replace("- id", "- §id"))
    ],
    "event-without-actor": [
        (EVENTS, VISIT, VISIT.replace("- id: ", "- id: §")),
        (EVENTS, f"  actors:\n{VISITORS}    - {{actor: RUS, role: host}}\n", ""),
    ],
    "interpretation-before-its-object": [
        (INTERPRETATIONS, "- id: moscow-2022-balancing-act", "- id: moscow-2022-balancing-act"),
        (INTERPRETATIONS, "  date: 2022-02-22/..\n", "  date: §2021\n"),
    ],
    "far-off-date": [(EVENTS, VISIT, VISIT.replace("date: 2022-02-22", "date: §0202-02-22"))],
    "interpretation-about-itself": [
        (INTERPRETATIONS, "- id: moscow-2022-balancing-act", "- id: moscow-2022-balancing-act"),
        (
            INTERPRETATIONS,
            ABOUT,
            ABOUT.replace("about: moscow-declaration-2022", "about: §moscow-2022-balancing-act"),
        ),
    ],
    "live-without-record": [(RETIRED, "", "- {id: retired-a, table: events, status: §live}\n")],
    "live-without-record.table": [
        (RETIRED, "", "- {id: retired-b, table: assessments, status: §live}\n")
    ],
    "merged-into-another-table": [
        (
            RETIRED,
            "",
            "- {id: retired-c, table: events, status: merged,"
            " replaced_by: §moscow-declaration-2022, reason: r}\n",
        )
    ],
    "merged-into-retired": [
        (
            RETIRED,
            "",
            "- {id: retired-d, table: events, status: withdrawn, reason: r}\n"
            "- {id: b, table: events, status: merged, replaced_by: §retired-d, reason: r}\n",
        )
    ],
    "missing-without-reason.event": [
        (
            EVENTS,
            VISIT,
            VISIT.replace("  date: 2022-02-22\n  date_basis: reported\n", "").replace(
                "- id", "- §id"
            ),
        )
    ],
    "missing-without-reason.source": [
        (SOURCES, "  date: 2022-02-24/..\n", "  date: §2022-02-24/..\n  date_missing: not_stated\n")
    ],
    "no-citation.event": [
        (EVENTS, "  cite:\n    - {source: jamestown-2022, locator: paragraph 2}\n", ""),
        (EVENTS, VISIT, VISIT.replace("- id", "- §id")),
    ],
    "no-citation.relation": [
        (
            RELATIONS,
            READ_ALOUD_END,
            READ_ALOUD_END.replace(
                "  cite:\n    - {source: jamestown-2022, locator: paragraph 3}\n", ""
            ),
        ),
        (RELATIONS, "- id: reading-part-of", "- §id: reading-part-of"),
    ],
    "occurred-after-its-sources": [
        (EVENTS, VISIT, VISIT.replace("date: 2022-02-22", "date: §2022-03-15"))
    ],
    "occurred-after-reading": [
        (EVENTS, "  date: 2022-02-24/..\n", "  date: 2027-01/..\n"),
        (EVENTS, "status: expected", "status: §occurred"),
    ],
    "officeholder-without-office": [
        (PEOPLE, "- id: ilham-aliyev", "- §id: ilham-aliyev"),
        (PEOPLE, "  office: President of Azerbaijan\n", ""),
    ],
    "one-page-as-two-sources": [
        (
            SOURCES,
            "https://jamestown.org/program/azerbaijan-and",
            "§https://jamestown.org/program/azerbaijan-and",
        ),
        (SOURCES, "https://twitter.com/AzStudies/", f"http://www.{PAGE}"),
    ],
    "only-cautioned-sources": [
        (
            SOURCES,
            "  read: quoted_elsewhere\n  cited_in: jamestown-2022\n",
            "  read: opening\n  caution: undated\n",
        ),
        (
            EVENTS,
            "- {source: jamestown-2022, locator: paragraph 2}",
            "- {source: §azertag-2022-02-22, locator: p}",
        ),
    ],
    "only-unread-sources": [
        (
            EVENTS,
            "- {source: jamestown-2022, locator: paragraph 2}",
            "- {source: §report-2022-02-23, locator: p}",
        )
    ],
    "publisher-spelled-otherwise": [(SOURCES, "publisher: Azertag", "publisher: §MFA gov-az")],
    "publisher-spelled-otherwise.origin": [
        (SOURCES, "  publisher: Mfa.gov.az\n", "  publisher: Mfa.gov.az\n  origin: §MFA.GOV.AZ\n")
    ],
    "read-source-without-day": [
        (SOURCES, "  read_on: 2026-11-23\n", ""),
        (SOURCES, "- id: jamestown", "- §id: jamestown"),
    ],
    "reference-to-retired.about": [
        (RETIRED, "", WITHDRAWN),
        (
            INTERPRETATIONS,
            ABOUT,
            ABOUT.replace("about: moscow-declaration-2022", "about: §a-withdrawn-event"),
        ),
    ],
    "reference-to-retired.object": [
        (RETIRED, "", WITHDRAWN),
        (RELATIONS, "object: azerbaijan-russia-earlier-agreements", "object: §a-withdrawn-event"),
    ],
    "reference-to-retired.subject": [
        (RETIRED, "", WITHDRAWN),
        (RELATIONS, "subject: eu-relations-reinvigorated-2022", "subject: §a-withdrawn-event"),
    ],
    "relation-in-a-circle": [(RELATIONS, "- id: moscow-builds", BACKWARDS + "- id: moscow-builds")],
    "relation-to-itself": [
        (
            RELATIONS,
            "object: azerbaijan-russia-earlier-agreements",
            "object: §moscow-declaration-2022",
        )
    ],
    "retired-from-no-table": [
        (RETIRED, "", "- {id: retired-e, table: §event, status: withdrawn, reason: r}\n")
    ],
    "retired-from-no-table.without-ids": [
        (RETIRED, "", "- {id: retired-f, table: §timeline, status: withdrawn, reason: r}\n")
    ],
    "retired-from-no-table.records": [
        (RETIRED, "", "- {id: retired-g, table: §records, status: withdrawn, reason: r}\n")
    ],
    "retired-without-reason": [
        (RETIRED, "", "- {id: retired-h, table: events, status: §withdrawn}\n")
    ],
    "signing-on-another-day": [
        (
            EVENTS,
            "  date: 2022-02-22\n  date_basis: signed\n",
            "  date: §2022-02-23\n  date_basis: signed\n",
        ),
    ],
    "source-read-before-published": [(SOURCES, "read_on: 2026-11-23", "read_on: §2022-02-01")],
    "stale-expectation": [
        (EVENTS, "status: expected", "status: §expected"),
        (EVENTS, "  date: 2022-02-24/..\n", "  date: 2022-02-24/2022-12-31\n"),
    ],
    "state-without-its-code": [(STATES, "  iso3: GEO\n", ""), (STATES, "- id: GEO", "- §id: GEO")],
    "unread-source-without-origin": [
        (SOURCES, "  cited_in: jamestown-2022\n", ""),
        (SOURCES, "- id: azertag-2022-02-22", "- §id: azertag-2022-02-22"),
    ],
    "two-sided-event-of-one-side": [
        (EVENTS, "- id: moscow-declaration-signing-2022", "- id: §moscow-declaration-signing-2022"),
        (EVENTS, SIGNERS, "    - {actor: AZE, role: participant}\n"),
    ],
    "visit-without-type": [
        (EVENTS, VISIT, VISIT.replace("- id", "- §id")),
        (EVENTS, "  visit_type: not_stated\n", ""),
    ],
    "word-of-two-scripts": [
        (
            EVENTS,
            VISIT,
            VISIT.replace(
                "title: President Aliyev visits M", "title: §President Aliyev visits \u041c"
            ),
        )
    ],
}
