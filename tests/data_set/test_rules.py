"""Every rule of validate/rules has a record that breaks it, and is told at that record.

A case is some edits (file, text in it, text put in its place); § marks where the message must
point.
"""

import json
from pathlib import Path

import pytest
from support.copies import REPOSITORY, copy_article, once_a_run
from support.edits import EVENTS, MOSCOW, SOURCES, edit, packages, spoil

from pledgeline.errors import InvalidRecords
from pledgeline.write.build import build

PAGE = "jamestown.org/program/azerbaijan-and-russia-sign-declaration-on-allied-cooperation"
RELATIONS = "data/records/relations/article.yaml"
SHUSHA = "data/records/instruments/shusha-declaration-2021.yaml"
EU = "data/records/instruments/eu-azerbaijan-framework-agreement.yaml"
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
ABOUT = """\
- id: moscow-2022-balancing-act
  kind: reading
  about: moscow-declaration-2022
"""
WITHDRAWN = "- {id: a-withdrawn-event, table: events, status: withdrawn, reason: r}\n"
AID = """\
  - id: moscow-2022-military-assistance
    provision_missing: not_stated
"""
AID_STRENGTH = """\
    strength: 1
    strength_basis: paraphrase
    operative_verb_missing: not_read
    precision: 1
"""
AID_ACTORS = """\
    note: The article says "may", not "shall"; it is no promise of defence.
    actors:
      - {actor: AZE, role: promisor}
      - {actor: RUS, role: promisor}
      - {actor: AZE, role: beneficiary}
      - {actor: RUS, role: beneficiary}
    cite:
      - {source: jamestown-2022, locator: paragraph 5}
"""
ASSESSMENT = """\
    assessments:
      - id: an-assessment
        status: not_verifiable
        as_of: 2022-03
        assessed_by: AZE
        confidence: low
        summary: Invented for this test.
        cite:
          - {source: jamestown-2022, locator: paragraph 5}
"""
PROMISE = """\
commitments:
  - id: a-promise
    provision: §moscow-2022-article-1
    summary: A promise that stands elsewhere.
    domain: energy
    obligation: cooperate_general
    form: continuous_conduct
    modality: obligation
    strength: 3
    strength_basis: paraphrase
    operative_verb_missing: not_read
    precision: 1
    delegation: 0
    symmetry: unilateral
    actors:
      - {actor: AZE, role: promisor}
    cite:
      - {source: jamestown-2022, locator: paragraph 1}
"""
CROSSWALK = "- list: event_kind\n  code: visit\n"
SHUSHA_END = "  - {source: edm-2021-06-23, locator: as cited in paragraph 1 of jamestown-2022}\n"
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


def assessed(old: str, new: str) -> tuple[str, str, str]:
    """The promise of military assistance with an assessment, changed."""
    return MOSCOW, AID_ACTORS, AID_ACTORS + ASSESSMENT.replace(old, new)


DISTURBED = {  # by records that other cases break: each has a package of its own
    "assessment-before-instrument",
    "assessment-on-later-event",
    "commitment-of-unread-provision",
    "interpretation-before-its-object",
    "occurred-after-reading",
}
# rule (and, after a dot, the variant) -> edits
EDITS = {
    "assessment-before-instrument": [assessed("as_of: 2022-03", "as_of: §2022-01")],
    "assessment-on-later-event": [
        assessed(
            "        cite:",
            "        basis:\n"
            "          - {event: §eu-azerbaijan-agreement-signing-expected}\n"
            "        cite:",
        ),
        (MOSCOW, "as_of: 2022-03", "as_of: 2022-02-23"),
    ],
    "assessment-without-event": [assessed("status: not_verifiable", "status: §fulfilled")],
    "citation-of-no-field": [(MOSCOW, "{field: provision_count,", "{field: §provisions_count,")],
    "cited-in-unread-source": [
        (SOURCES, "- id: az-mfa-2022-02-22", "- id: az-mfa-2022-02-22"),
        (SOURCES, "  cited_in: jamestown-2022\n", "  cited_in: §apa-2022-02-04\n"),
    ],
    "coding-of-unknown-code": [("data/records/codings/coder-a.yaml", "value: 1", "value: §5")],
    "commitment-of-unread-provision": [
        (
            MOSCOW,
            AID,
            "  - id: moscow-2022-military-assistance\n    provision: §moscow-2022-article-2\n",
        )
    ],
    "crosswalk-of-deprecated-code": [
        (
            "data/records/codes/event_kind.yaml",
            "- code: summit\n",
            "  deprecated_in: 0.1.0\n- code: summit\n",
        ),
        ("data/records/crosswalks/plover.yaml", CROSSWALK, CROSSWALK.replace("visit", "§visit")),
    ],
    "date-without-basis": [
        (EVENTS, VISIT, VISIT.replace("  date_basis: reported\n", "").replace("- id", "- §id"))
    ],
    "deadline-before-instrument": [
        (MOSCOW, AID_STRENGTH, AID_STRENGTH.replace("precision: 1", "precision: 3")),
        (MOSCOW, "    condition: It rests on", "    due: §2021\n    condition: It rests on"),
    ],
    "instrument-without-party": [
        (
            SHUSHA,
            "- {actor: AZE, role: party}\n  - {actor: TUR, role: party}",
            "- {actor: TUR, role: host}",
        ),
        (SHUSHA, "id: shusha", "§id: shusha"),
    ],
    "interpretation-before-its-object": [
        (INTERPRETATIONS, "- id: moscow-2022-balancing-act", "- id: moscow-2022-balancing-act"),
        (INTERPRETATIONS, "  date: 2022-02-22/..\n", "  date: §2021\n"),
    ],
    "far-off-date": [(EVENTS, VISIT, VISIT.replace("date: 2022-02-22", "date: §0202-02-22"))],
    "far-off-date.deadline": [
        (MOSCOW, AID_STRENGTH, AID_STRENGTH.replace("precision: 1", "precision: 3")),
        (MOSCOW, "    condition: It rests on", "    due: §2202\n    condition: It rests on"),
    ],
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
    "missing-without-reason.instrument": [
        (EU, "date_missing: not_applicable\n", ""),
        (EU, "id: eu-", "§id: eu-"),
    ],
    "missing-without-reason.provision": [
        (MOSCOW, AID, "  - §id: moscow-2022-military-assistance\n")
    ],
    "missing-without-reason.source": [
        (SOURCES, "  date: 2022-02-24/..\n", "  date: §2022-02-24/..\n  date_missing: not_stated\n")
    ],
    "missing-without-reason.verb": [
        (MOSCOW, AID_STRENGTH, AID_STRENGTH.replace("    operative_verb_missing: not_read\n", "")),
        (MOSCOW, AID, AID.replace("- id", "- §id")),
    ],
    "more-provisions-than-counted": [(MOSCOW, "provision_count: 43", "provision_count: §42")],
    "mutual-without-beneficiary": [
        (
            MOSCOW,
            AID_ACTORS,
            AID_ACTORS.replace("      - {actor: RUS, role: beneficiary}\n", "").replace(
                "{actor: RUS", "{actor: §RUS"
            ),
        )
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
    "no-promisor": [
        (
            MOSCOW,
            AID_ACTORS,
            "\n".join(line for line in AID_ACTORS.split("\n") if "promisor" not in line),
        ),
        (MOSCOW, AID, AID.replace("- id", "- §id")),
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
    "precision-without-measure": [
        (MOSCOW, AID_STRENGTH, AID_STRENGTH.replace("precision: 1", "precision: §3"))
    ],
    "promisor-not-party": [
        (
            MOSCOW,
            '    note: The article says "vowing"; whether the text promises or declares it'
            " was not seen.\n",
            "",
        ),
        (
            MOSCOW,
            "      - {actor: AZE, role: promisor}\n",
            "      - {actor: AZE, role: promisor}\n      - {actor: §TUR, role: promisor}\n",
        ),
        (MOSCOW, "symmetry: mutual", "symmetry: parallel"),
    ],
    "provision-of-another-instrument": [(SHUSHA, SHUSHA_END, SHUSHA_END + PROMISE)],
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
    "strength-against-modality": [
        (MOSCOW, AID_STRENGTH, AID_STRENGTH.replace("strength: 1", "strength: §4"))
    ],
    "strength-without-basis": [
        (
            MOSCOW,
            AID_STRENGTH,
            AID_STRENGTH.replace("strength: 1", "strength: §1").replace("paraphrase", "not_stated"),
        )
    ],
    "summary-of-unread-provision": [
        (MOSCOW, "number: 2, reading: not_read", "number: 2, reading: reported"),
        (MOSCOW, "- {id: moscow-2022-article-2,", "- §{id: moscow-2022-article-2,"),
    ],
    "unread-source-without-origin": [
        (SOURCES, "  cited_in: jamestown-2022\n", ""),
        (SOURCES, "- id: azertag-2022-02-22", "- §id: azertag-2022-02-22"),
    ],
    "visit-without-type": [
        (EVENTS, VISIT, VISIT.replace("- id", "- §id")),
        (EVENTS, "  visit_type: not_stated\n", ""),
    ],
}


def test_every_rule_has_a_record_that_breaks_it():
    """Catches a rule that nothing shows to work."""
    rules = {path.stem for path in (REPOSITORY / "validate" / "rules").glob("*.sql")}
    assert {case.split(".")[0] for case in EDITS} == rules


@once_a_run
def told_of_rules(folder: Path) -> None:
    """Why builds of packages that break every rule are refused, and the places to be named."""
    article = copy_article(folder / "article")
    found = {}
    shared = {case: edits for case, edits in EDITS.items() if case not in DISTURBED}
    made = packages(article, shared)
    made += [
        package for case in sorted(DISTURBED) for package in packages(article, {case: EDITS[case]})
    ]
    for number, package in enumerate(made):
        root = copy_article(folder / str(number))
        places = spoil(root, package)
        with pytest.raises(InvalidRecords) as refusal:
            build(root)
        told = [str(problem) for problem in refusal.value.problems]
        found |= {case: [place, told] for case, place in places.items()}
    (folder / "told.json").write_text(json.dumps(found), "utf-8")


@pytest.mark.parametrize("case", EDITS)
def test_a_record_that_breaks_a_rule_is_told(case):
    """Catches a rule that finds nothing, reports another record, or has the wrong severity."""
    place, told = json.loads((told_of_rules() / "told.json").read_text("utf-8"))[case]
    rule = case.split(".")[0]
    text = (REPOSITORY / f"validate/rules/{rule}.sql").read_text("utf-8")
    severity = text.removeprefix("-- ").split(":")[0]
    code = rule if severity == "error" else f"{rule} (warning)"
    assert any(line.startswith(f"{place}{code}: ") for line in told), (place, told)


def test_a_far_off_year_that_a_note_names_is_meant(tmp_path):
    """Catches a warning that a historian of older times could never be rid of."""
    root = copy_article(tmp_path)
    edit(root, EVENTS, VISIT, VISIT.replace("date: 2022-02-22", "date: 1648-10"))
    edit(root, EVENTS, "The article gives neither", "1648 is right. The article gives neither")
    assert build(root)[1] == []


def test_no_warning_hides_an_error_at_its_place(tmp_path):
    """Catches a build that passes because a cell that breaks two rules is told of the graver one no
    more.
    """
    root = copy_article(tmp_path)
    signing = "  date: 2022-02-22\n  date_basis: signed\n"
    place = edit(root, EVENTS, signing, signing.replace("date: 2022", "date: §0202"))
    with pytest.raises(InvalidRecords) as refusal:
        build(root)
    assert [
        str(problem).startswith(f"{place}signing-on-another-day: ")
        for problem in refusal.value.problems
    ] == [True]
