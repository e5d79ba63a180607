"""Edits of instruments and commitments that break a rule of validate/rules.

The key is the rule, followed by a dot and the variant.
"""

from support.edits import MOSCOW, Edit

SHUSHA = "data/records/instruments/shusha-declaration-2021.yaml"
EU = "data/records/instruments/eu-azerbaijan-framework-agreement.yaml"
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
SHUSHA_END = "  - {source: edm-2021-06-23, locator: as cited in paragraph 1 of jamestown-2022}\n"


def assessed(old: str, new: str) -> tuple[str, str, str]:
    """The promise of military assistance with an assessment, changed."""
    return MOSCOW, AID_ACTORS, AID_ACTORS + ASSESSMENT.replace(old, new)


EDITS: dict[str, list[Edit]] = {
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
    "commitment-of-unread-provision": [
        (
            MOSCOW,
            AID,
            "  - id: moscow-2022-military-assistance\n    provision: §moscow-2022-article-2\n",
        )
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
    "far-off-date.deadline": [
        (MOSCOW, AID_STRENGTH, AID_STRENGTH.replace("precision: 1", "precision: 3")),
        (MOSCOW, "    condition: It rests on", "    due: §2202\n    condition: It rests on"),
    ],
    "missing-without-reason.instrument": [
        (EU, "date_missing: not_applicable\n", ""),
        (EU, "id: eu-", "§id: eu-"),
    ],
    "missing-without-reason.provision": [
        (MOSCOW, AID, "  - §id: moscow-2022-military-assistance\n")
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
    "no-promisor": [
        (
            MOSCOW,
            AID_ACTORS,
            "\n".join(line for line in AID_ACTORS.split("\n") if "promisor" not in line),
        ),
        (MOSCOW, AID, AID.replace("- id", "- §id")),
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
}
