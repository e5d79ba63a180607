"""Edits that break a record in every way that a build knows.

The key is the code that the build must give, followed by a dot and the variant.
"""

from support.edits import EVENTS, MOSCOW, SOURCES

CITE = "  cite:\n    - {source: jamestown-2022, locator: paragraph 2}\n"

VISIT = "- id: aliyev-visit-moscow-2022\n  kind: visit\n"

# code (and, after a dot, the variant) -> file, text in it, text put in its place
EDITS = {
    "yaml-syntax": (EVENTS, VISIT, "- id: aliyev-visit-moscow-2022\n  kind: [visit\n"),
    "yaml-syntax.open-quote": (EVENTS, "  place: Moscow\n", '  place: §"Moscow\n'),
    "yaml-syntax.open-apostrophe": (EVENTS, "  place: Moscow\n", "  place: §'Moscow\n"),
    "yaml-syntax.colon": (EVENTS, "  place: Moscow\n", "  place: Moscow§: the city\n"),
    "yaml-syntax.second-document": (EVENTS, VISIT, "§---\n" + VISIT),
    "unknown-key": (EVENTS, VISIT, "- id: aliyev-visit-moscow-2022\n  §knd: visit\n"),
    "unknown-key.derived": (EVENTS, VISIT, VISIT + "  §date_start: 2022-02-22\n"),
    "missing-key": (EVENTS, VISIT, "- §id: aliyev-visit-moscow-2022\n"),
    "unknown-code": (EVENTS, VISIT, "- id: aliyev-visit-moscow-2022\n  kind: §vist\n"),
    "unknown-code.number": (MOSCOW, "    strength: 1\n", "    strength: §5\n"),
    "duplicate-id": (EVENTS, VISIT, "- id: §eu-relations-reinvigorated-2022\n  kind: visit\n"),
    "duplicate-id.other-table": (EVENTS, VISIT, "- id: §european-union\n  kind: visit\n"),
    "duplicate-row": (
        MOSCOW,
        "{actor: ilham-aliyev, role: signatory}",
        "{actor: RUS, role: §party}",
    ),
    "duplicate-key": (EVENTS, VISIT, VISIT + "  §kind: meeting\n"),
    "unknown-reference": (
        EVENTS,
        "- {actor: UKR, role: recipient}",
        "- {actor: §UKA, role: recipient}",
    ),
    "unknown-reference.source": (
        EVENTS,
        "{source: azertag-2022-02-22,",
        "{source: §azertac-2022-02-22,",
    ),
    "impossible-date": (EVENTS, "  date: 2022-02-24\n", "  date: §2022-02-30\n"),
    "impossible-date.month": (EVENTS, "  date: 2022-02-24\n", "  date: §2022-13/..\n"),
    "boundless-date": (EVENTS, "  date: 2022-02-24\n", "  date: §../..\n"),
    "date-format": (EVENTS, "  date: 2022-02-24\n", "  date: §24.02.2022\n"),
    "date-format.level-2": (
        EVENTS,
        "  date: 2022-02-24\n",
        '  date: §"{2022-02-24, 2022-02-25}"\n',
    ),
    "reversed-date": (EVENTS, "  date: 2022-02-24\n", "  date: §2022-02-24/2022-02-22\n"),
    "wrong-type.integer": (MOSCOW, "provision_count: 43", "provision_count: §1_000"),
    "wrong-type.boolean": (MOSCOW, "date_derived: false", "date_derived: §NO"),
    "wrong-type.date": (SOURCES, "read_on: 2026-11-23", "read_on: §2026-11-31"),
    "pattern": (EVENTS, "- id: aliyev-visit-moscow-2022", "- id: §Aliyev_Visit"),
    "pattern.number": (EVENTS, "- id: aliyev-visit-moscow-2022", "- id: §2022"),
    "maxLength": (EVENTS, "- id: aliyev-visit-moscow-2022", f"- id: §{'a' * 65}"),
    "minimum": (MOSCOW, "provision_count: 43", "provision_count: §0"),
    "wrong-shape.value": (EVENTS, VISIT, "- id: aliyev-visit-moscow-2022\n  kind: §[visit]\n"),
    "wrong-shape.list": (EVENTS, "- {actor: UKR, role: recipient}", "- §UKR"),
    "empty-value": (EVENTS, VISIT, "- id: aliyev-visit-moscow-2022\n  kind:§\n"),
    "empty-value.null": (EVENTS, VISIT, "- id: aliyev-visit-moscow-2022\n  kind: §~\n"),
    "tab": (EVENTS, VISIT, "- id: aliyev-visit-moscow-2022\n§\tkind: visit\n"),
    "tab.inside": (EVENTS, VISIT, "- id: aliyev-visit-moscow-2022\n  kind: visit §\t# note\n"),
    "line-ending": (EVENTS, "  kind: visit\n", "  kind: visit§\r\n"),
    "line-ending.old-mac": (EVENTS, VISIT, "- id: aliyev-visit-moscow-2022§\r  kind: visit\n"),
    "control-character": (EVENTS, VISIT, "- id: aliyev-visit-moscow-2022\n  kind: vi§\x07sit\n"),
    "control-character.escape": (EVENTS, "  place: Moscow\n", '  place: §"Mos\\u0000cow"\n'),
    "control-character.tab": (EVENTS, "  place: Moscow\n", '  place: §"Moscow,\\tRussia"\n'),
    "control-character.key": (EVENTS, "  place: Moscow\n", '  §"pl\\u0007ace": Moscow\n'),
    "control-character.line": (EVENTS, "  place: Moscow\n", '  place: §"Moscow,\\nRussia"\n'),
    "control-character.block": (
        EVENTS,
        "  place: Moscow\n",
        "  place: §|-\n    Moscow,\n    Russia\n",
    ),
    "invisible-character": (EVENTS, "  place: Moscow\n", "  place: Mos§\u202ecow\n"),
    "invisible-character.escape": (EVENTS, "  place: Moscow\n", '  place: §"Mos\\u200bcow"\n'),
    "invisible-character.comment": (EVENTS, "  kind: visit\n", "  # a§\u2066b\n  kind: visit\n"),
    "invisible-character.indent": (EVENTS, "  kind: visit\n", "§\u00a0\u00a0kind: visit\n"),
    "invisible-character.line": (EVENTS, "  place: Moscow\n", "  place: Moscow,§\u2028 Russia\n"),
    "invisible-character.next-line": (EVENTS, "  place: Moscow\n", "  place: Moscow§\x85\n"),
    "invisible-character.joiner": (EVENTS, "  place: Moscow\n", "  place: Mos§\u200dcow\n"),
    "not-nfc": (EVENTS, "  place: Moscow\n", "  place: §Cafe\u0301\n"),
    "alias": (EVENTS, VISIT, "- id: aliyev-visit-moscow-2022\n  kind: &k visit\n  title: *k\n"),
    "tag": (
        EVENTS,
        VISIT,
        "- id: aliyev-visit-moscow-2022\n  kind: §!!python/name:os.system visit\n",
    ),
    "too-deep": (EVENTS, VISIT, VISIT + "  note: " + "[" * 5000 + "]" * 5000 + "\n"),
    "unknown-code-list": (
        "validate/schemas/events.yaml",
        "codes: event_kind",
        "codes: event_kinds",
    ),
    "yaml-syntax.schema": ("validate/schemas/events.yaml", "primaryKey: [id]", "primaryKey: [id"),
    "bad-schema": (
        "validate/schemas/events.yaml",
        "type: string\n    codes: event_kind",
        "type: sting\n    codes: event_kind",
    ),
    "bad-schema.missing": ("validate/schemas/events.yaml", "primaryKey: [id]\n", ""),
    "broken-check": ("validate/rules/no-promisor.sql", "FROM commitments", "FROM promises"),
    "broken-check.pattern": ("validate/schemas/events.yaml", "(?:-[a-z0-9]+", "(?:-[a-z0-9+"),
    "bad-schema.reference": (
        "validate/schemas/events.yaml",
        "resource: instruments",
        "resource: instrumentz",
    ),
    "bad-schema.twice": ("validate/schemas/events.yaml", "  - name: kind\n", "  - name: id\n"),
    "unknown-table": ("validate/records.yaml", "relations: {files", "relationz: {files"),
    "broken-view": ("scripts/views/timeline.sql", "FROM events", "FROM evnts"),
    "broken-view.columns": ("scripts/views/timeline.sql", "events.date,", "events.date AS day,"),
    "empty-value.quoted": (EVENTS, VISIT, VISIT + '  summary: §" "\n'),
    "empty-value.date": (EVENTS, "  date: 2022-02-24\n", "  date:§\n"),
    "empty-value.dates": (EVENTS, "  date: 2022-02-24\n", "  date: §[]\n"),
    "empty-value.cite": (EVENTS, CITE, "  cite:§\n"),
    "empty-value.cites": (EVENTS, CITE, "  cite: §[]\n"),
    "wrong-shape.date": (EVENTS, "  date: 2022-02-24\n", "  date: §[2022-02-24]\n"),
    "wrong-shape.id": (EVENTS, VISIT, "- id: §[aliyev-visit-moscow-2022]\n  kind: visit\n"),
    "wrong-shape.cite": (EVENTS, CITE, "  cite: §jamestown-2022\n"),
    "control-character.date": (EVENTS, "  date: 2022-02-24\n", '  date: §"2022-02-24\\0"\n'),
    "empty-value.list": (EVENTS, VISIT, VISIT + "  summary: §[]\n"),
    "stray-space": (EVENTS, "  place: Moscow\n", '  place: §" Moscow"\n'),
    "stray-space.block": (EVENTS, VISIT, VISIT + "  summary: §|\n    one\n    two\n"),
    "byte-order-mark": (EVENTS, "-", "\ufeff-"),
    "duplicate-row.code": (
        "data/records/codes/event_kind.yaml",
        "- code: summit",
        "- code: §visit",
    ),
    "broken-check.comment": (
        "validate/rules/no-promisor.sql",
        "-- error: somebody who promises\n",
        "\n",
    ),
    "wrong-type.code": ("data/records/codes/strength.yaml", "- code: 1", "- code: §one"),
    "missing-key.package": ("data/package.yaml", "version: ", "edition: "),
    "yaml-syntax.package": ("data/package.yaml", "keywords:", "keywords: ]"),
}

HIDING = ("yaml-syntax", "tab", "too-deep")

CHANGING = ("duplicate-key", "empty-value.quoted", "empty-value.list", "wrong-type.code")


def is_alone(code: str) -> bool:
    """Whether a defect needs a package of its own.

    It would hide all others beside it, or they would change what is reported about it.
    """
    file, *_ = EDITS[code]
    return not file.startswith("data/records/") or code.startswith(HIDING) or code in CHANGING
