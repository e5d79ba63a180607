"""Every rule of validate/rules has a record that breaks it, and is told at that record."""

import pytest
from copies import REPOSITORY, copy_package, load_script
from test_bad_records import EVENTS, MOSCOW, SOURCES, complaints, edit

build_script = load_script("build")
RELATIONS = "data/records/relations.yaml"
NEW_DECLARATION = "data/records/instruments/shusha-declaration-2021.yaml"

# rule (and, after a dot, the variant) -> file, text in it, text put in its place; § marks where the message must point
EDITS = {
    "citation-of-no-field": (MOSCOW, "{field: provision_count,", "{field: §provisions_count,"),
    "date-without-basis": (EVENTS, "- id: aliyev-visit-moscow-2022", "- §id: aliyev-visit-moscow-2022"),
    "missing-without-reason.event": (EVENTS, "- id: aliyev-visit-moscow-2022", "- §id: aliyev-visit-moscow-2022"),
    "missing-without-reason.instrument": (
        "data/records/instruments/eu-azerbaijan-framework-agreement.yaml",
        "id: eu-",
        "§id: eu-",
    ),
    "missing-without-reason.source": (
        SOURCES,
        "  date: 2022-02-24/..\n",
        "  date: §2022-02-24/..\n  date_missing: not_stated\n",
    ),
    "missing-without-reason.provision": (MOSCOW, "  - id: moscow-2022-allied-level", "  - §id: moscow-2022-allied-level"),
    "missing-without-reason.verb": (
        MOSCOW,
        "  - id: moscow-2022-military-assistance",
        "  - §id: moscow-2022-military-assistance",
    ),
    "more-provisions-than-counted": (MOSCOW, "provision_count: 43", "provision_count: §42"),
    "no-citation.event": (EVENTS, "- id: aliyev-visit-moscow-2022", "- §id: aliyev-visit-moscow-2022"),
    "no-citation.relation": (
        RELATIONS,
        "- id: reading-part-of-press-conference-2022",
        "- §id: reading-part-of-press-conference-2022",
    ),
    "no-promisor": (MOSCOW, "  - id: moscow-2022-military-assistance", "  - §id: moscow-2022-military-assistance"),
    "occurred-after-reading": (EVENTS, "status: expected", "status: §occurred"),
    "only-unread-sources": (
        EVENTS,
        "- {source: jamestown-2022, locator: paragraph 2}",
        "- {source: §report-2022-02-23, locator: p}",
    ),
    "provision-of-another-instrument": (
        NEW_DECLARATION,
        "  - {source: edm-2021-06-23, locator: as cited in paragraph 1 of jamestown-2022}\n",
        """  - {source: edm-2021-06-23, locator: as cited in paragraph 1 of jamestown-2022}
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
    symmetry: mutual
    actors:
      - {actor: AZE, role: promisor}
    cite:
      - {source: jamestown-2022, locator: paragraph 1}
""",
    ),
    "read-source-without-day": (SOURCES, "- id: jamestown-2022", "- §id: jamestown-2022"),
    "strength-without-basis": (
        MOSCOW,
        "    strength: 1\n    strength_basis: paraphrase\n",
        "    strength: §1\n    strength_basis: not_stated\n",
    ),
    "unread-source-without-origin": (SOURCES, "- id: azertag-2022-02-22", "- §id: azertag-2022-02-22"),
}
# What else must go, after the marked record begins, for the rule to be broken.
REMOVALS = {
    "date-without-basis": "  date_basis: reported\n",
    "missing-without-reason.event": "  date: 2022-02-22\n",
    "missing-without-reason.instrument": "date_missing: not_applicable\n",
    "missing-without-reason.provision": "    provision_missing: not_stated\n",
    "missing-without-reason.verb": "    operative_verb_missing: not_read\n",
    "no-citation.event": "  cite:\n    - {source: jamestown-2022, locator: paragraph 2}\n",
    "no-citation.relation": "  cite:\n    - {source: jamestown-2022, locator: paragraph 3}\n",
    "no-promisor": "      - {actor: AZE, role: promisor}\n      - {actor: RUS, role: promisor}\n",
    "read-source-without-day": "  read_on: 2026-11-23\n",
    "unread-source-without-origin": "  cited_in: jamestown-2022\n",
}
MOVED = {"occurred-after-reading": ("date: 2022-02-24/..", "date: 2027-01-01/..")}


def test_every_rule_has_a_record_that_breaks_it():
    """Catches a rule that nothing shows to work."""
    rules = {path.stem for path in (REPOSITORY / "validate" / "rules").glob("*.sql")}
    assert {case.split(".")[0] for case in EDITS} == rules


@pytest.mark.parametrize("case", EDITS)
def test_a_record_that_breaks_a_rule_is_told(case, tmp_path):
    """Catches a rule that finds nothing, or tells it of another record."""
    root = copy_package(tmp_path)
    file, old, new = EDITS[case]
    place = edit(root, file, old, new)
    path = root / file
    before, after = path.read_text().split(new.replace("§", ""), 1)
    after = after.replace(REMOVALS.get(case, ""), "", 1)
    path.write_text((before + new.replace("§", "") + after).replace(*MOVED.get(case, ("", ""))))
    told = complaints(root)
    assert any(line.startswith(f"{place}{case.split('.')[0]}: ") for line in told), told
