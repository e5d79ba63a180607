"""Malformed declarations are reported in their place, with a fix, never in a traceback."""

import pytest
from support.fresh import edit, fresh

from pledgeline.errors import InvalidRecords
from pledgeline.write.build import build

LAYOUT, PACKAGE = "validate/records.yaml", "data/package.yaml"
STATIONS, CITATIONS = "validate/schemas/stations.yaml", "validate/schemas/citations.yaml"
FILES = "inspections: {files: inspections/*.yaml, nested: *cited}"

# code -> file, text in it, what is put in its place; the place of the problem is marked by §
EDITS = {
    "missing-key": (LAYOUT, FILES, "§inspections: {nested: *cited}"),
    "unknown-key": (LAYOUT, FILES, FILES.replace("nested", "§nestd")),
    "unknown-key.table": (LAYOUT, FILES, FILES + "\n§Stations: {files: a/*.yaml}"),
    "unknown-table": (LAYOUT, FILES, "§inspection: {files: inspections/*.yaml}"),
    "unknown-table.nested": (LAYOUT, "{table: citations,", "{§table: citation,"),
    "unknown-column": (LAYOUT, "stem: list", "§stem: lists"),
    "unknown-column.parent": (LAYOUT, "parent: record}", "§parent: recrd}"),
    "unknown-column.registry": (LAYOUT, "sources/*.yaml}", "sources/*.yaml, §registry: true}"),
    "two-registries": (LAYOUT, "codes/*.yaml,", "codes/*.yaml, registry: true,"),
    "unknown-column.defaults": (LAYOUT, "sources/*.yaml}", "sources/*.yaml, defaults: {§x: y}}"),
    "wrong-type": (LAYOUT, FILES, "inspections: {§files: [a]}"),
    "wrong-type.entry": (LAYOUT, FILES, "§inspections: a/*.yaml"),
    "wrong-type.null": (LAYOUT, FILES, "§inspections:"),
    "wrong-value": (LAYOUT, FILES, "inspections: {§files: ../*.yaml}"),
    "wrong-value.absolute": (LAYOUT, FILES, "inspections: {§files: /etc/*.yaml}"),
    "duplicate-key": (LAYOUT, "sources: {files", "sources: {files: a/*.yaml}\n§sources: {files"),
    "wrong-shape": (LAYOUT, FILES, "? §[a, b]\n: c"),
    "yaml-syntax": (LAYOUT, FILES, "inspections: {files: [}"),
    "missing-key.package": (PACKAGE, "version: 0.1.0\n", ""),
    "wrong-type.date": (PACKAGE, "version: 0.1.0", "version: 0.1.0\n§created: 2026-12-01"),
    "wrong-type.version": (PACKAGE, "version: 0.1.0", "§version: 1.0"),
    "wrong-value.version": (PACKAGE, "version: 0.1.0", "§version: v1"),
    "wrong-value.licences": (PACKAGE, "keywords:", "x: 1\nkeywords:"),
    "unknown-table.temporal": (PACKAGE, "{table: inspections,", "{§table: inspection,"),
    "unknown-column.temporal": (PACKAGE, "start: date,", "§start: day,"),
    "wrong-value.temporal": (PACKAGE, "start: date,", "§start: finding,"),
    "unknown-table.start": (PACKAGE, "[station_overview]", "[§overview]"),
    "unknown-column.calendar": (PACKAGE, "title: finding", "§title: findings"),
    "wrong-value.calendar": (PACKAGE, "    date: date", "    §date: finding"),
    "unknown-column.feed": (PACKAGE, "{stations: name,", "{§stations: names,"),
    "unknown-column.sources": (PACKAGE, "    record: record", "    §record: recrd"),
    "unknown-key.exports": (PACKAGE, "  start: [", "  §begin: ["),
    "bad-schema": (STATIONS, "type: integer", "§type: integr"),
    "bad-schema.key": (STATIONS, "primaryKey: [id]", "primaryKey: [§ids]"),
    "bad-schema.title": (STATIONS, "title: Stations", "§title: 7"),
    "bad-schema.field": (STATIONS, "    unit: bicycles", "    §units: bicycles"),
    "bad-schema.twice": (STATIONS, "name: docks", "§name: kind"),
    "bad-schema.fields": (CITATIONS, "resource: sources", "§resource: source"),
    "bad-schema.column": (CITATIONS, "sources, fields: [id]", "sources, §fields: [name]"),
    "bad-schema.none": (STATIONS, "    type: string\n    example: Harbour", "    example: Harbour"),
}


def problems(root) -> list[str]:
    with pytest.raises(InvalidRecords) as refused:
        build(root)
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize("code", EDITS)
def test_what_is_malformed_is_reported_at_its_place(code, tmp_path):
    """Catches a traceback, a declaration that is read past, and a message without a place."""
    root = fresh(tmp_path / "stations")
    name, old, new = EDITS[code]
    if code == "wrong-value.licences":
        text = (root / name).read_text("utf-8")
        start, end = text.index("licenses:"), text.index("contributors:")
        (root / name).write_text(text[:start] + "§licenses: []\n" + text[end:])
    else:
        edit(root, name, old, new)
    text = (root / name).read_text("utf-8")
    (root / name).write_text(text.replace("§", ""), "utf-8")
    found = problems(root)
    wanted = f": {code.split('.')[0]}: "
    if "§" in text:
        before = text[: text.index("§")]
        place = f"{name}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
        assert any(line.startswith(place + wanted) for line in found), (place, found)
    else:
        assert any(line.startswith(f"{name}:") and wanted in line for line in found), found
    assert all("; expected " in line and line.count("; ") >= 2 for line in found), found


@pytest.mark.parametrize("name", [LAYOUT, PACKAGE, STATIONS, "data/reasons.yaml"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"- a\n",
        b"a: &a [*a]\n",
        b"\xff\xfe",
        b"a: \x00",
        b"x: " + b"[" * 3000 + b"]" * 3000,
        b"a: &a [x, x, x, x, x, x, x, x, x]\n"
        + b"".join(
            b"%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c]\n" % ((n, n) + (n - 1,) * 8)
            for n in b"bcdefgh"
        ),
        b"a: !!python/object/apply:os.system [ls]\n",
        None,
    ],
    ids=["empty", "list", "circle", "utf-16", "nul", "deep", "laughs", "object", "folder"],
)
def test_what_is_no_declaration_is_reported(name, content, tmp_path):
    """Catches a traceback, an endless reading, or code that a file runs."""
    root = fresh(tmp_path / "stations")
    (root / name).unlink()
    if content is None:
        (root / name).mkdir()
    else:
        (root / name).write_bytes(content)
    if name == "data/reasons.yaml":  # which only a release reads
        from pledgeline.records.declarations import read_declaration

        with pytest.raises(InvalidRecords) as refused:
            read_declaration(root / name, root, "reasons")
        found = [str(problem) for problem in refused.value.problems]
    else:
        found = problems(root)
    assert all(line.startswith(f"{name}:") for line in found) and found


def test_several_problems_are_reported_at_once(tmp_path):
    """Catches a file of which only the first problem is reported."""
    root = fresh(tmp_path / "stations")
    edit(root, LAYOUT, FILES, "inspections: {file: x}")
    edit(root, PACKAGE, "version: 0.1.0\n", "")
    found = problems(root)
    assert [line.split(": ")[1] for line in found] == ["missing-key", "missing-key", "unknown-key"]


def test_a_folder_that_is_no_data_set_is_reported(tmp_path):
    """Catches a traceback where nothing is."""
    assert {line.split(":")[0] for line in problems(tmp_path)} == {PACKAGE, "validate/schemas"}
