"""A reference to an id that was merged or withdrawn: what the build proposes in its place."""

import pytest
from support.fresh import edit, fresh

from pledgeline.errors import InvalidRecords, UnknownRecord
from pledgeline.records.merge import merge_ids
from pledgeline.write.build import build

# marker is spelled like the retired ids, and has nothing to do with them
STATION = "- {id: marker, name: Marker, kind: park, docks: 1}\n"
RETIRED = """\
- {id: markets, table: stations, status: merged, replaced_by: old-town, reason: One place.}
- {id: old-town, table: stations, status: merged, replaced_by: harbour, reason: One place too.}
- {id: markers, table: stations, status: withdrawn, reason: It was never built.}
- {id: lost, table: stations, status: merged, replaced_by: markers, reason: One place.}
- {id: round-a, table: stations, status: merged, replaced_by: round-b, reason: A slip.}
- {id: round-b, table: stations, status: merged, replaced_by: round-a, reason: A slip.}
"""
GONE = '"markers" was withdrawn ("It was never built."): remove the reference, or name another'


@pytest.fixture
def root(tmp_path):
    root = fresh(tmp_path / "s")
    town = root / "data/records/stations/town.yaml"
    town.write_text(town.read_text("utf-8") + STATION, "utf-8")
    (root / "data/records/retired.yaml").write_text(RETIRED, "utf-8")
    return root


@pytest.mark.parametrize(
    "id, fix",
    [
        ("old-town", '"old-town" was merged into "harbour": write that'),
        ("markets", '"markets" was merged into "harbour": write that'),
        ("markers", GONE),
        ("lost", GONE),
        ("round-a", "add it to stations, or correct it"),
        ("markerr", 'did you mean "marker"?'),
    ],
)
def test_a_reference_to_a_retired_id_is_led_to_its_successor(id, fix, root):
    """Catches an unrelated id of near spelling, proposed to whoever names a retired one."""
    edit(root, "data/records/inspections/2025.yaml", "station: harbour", f"station: {id}")
    with pytest.raises(InvalidRecords) as refused:
        build(root)
    assert [each.fix for each in refused.value.problems] == [fix]


def test_a_rule_about_retired_ids_names_the_successor_too(root):
    """Catches a rule against references to the registry that leaves the search to the reader."""
    schema = "validate/schemas/inspections.yaml"
    edit(root, schema, "reference: {resource: stations,", "reference: {resource: records,")
    rule = "-- error: a live id\n-- fix: see retired.yaml\n"
    rule += "SELECT 'inspections' AS resource, row_number, 'station' AS field FROM inspections\n"
    rule += "WHERE station IN (SELECT id FROM records WHERE status <> 'live')\n"
    (root / "validate/rules/live.sql").write_text(rule, "utf-8")
    edit(root, "data/records/inspections/2025.yaml", "station: harbour", "station: markets")
    with pytest.raises(InvalidRecords) as refused:
        build(root)
    (problem,) = (each for each in refused.value.problems if each.code == "live")
    assert problem.fix == '"markets" was merged into "harbour": write that'


def test_a_merge_of_a_retired_id_says_what_became_of_it(root):
    """Catches a second merge of one id that is called unknown."""
    with pytest.raises(UnknownRecord, match='"old-town" was merged into "harbour"'):
        merge_ids(root, "old-town", "harbour", "Once more.")


def test_ids_within_a_merged_record_are_retired_with_it(root):
    """Catches an id that goes with its record and leaves nothing behind to resolve it."""
    edit(root, "validate/records.yaml", "stations: {files: stations/*.yaml, nested: *cited}\n", "")
    edit(
        root,
        "validate/records.yaml",
        "inspections: {files: inspections/*.yaml, nested: *cited}\n",
        "stations:\n  files: stations/*.yaml\n  nested:\n"
        "    cite: {table: citations, parent: record}\n"
        "    inspections: {table: inspections, parent: station, nested: *cited}\n",
    )
    (root / "data/records/inspections/2025.yaml").unlink()
    nested = (
        "  inspections:\n    - {id: marker-2025, date: 2025-05-05, finding: Fine, bicycles: 1}\n"
    )
    town = root / "data/records/stations/town.yaml"
    text = town.read_text("utf-8").replace(STATION, "- id: marker\n  name: Marker\n")
    town.write_text(f"{text}  kind: park\n  docks: 1\n{nested}", "utf-8")
    done = merge_ids(root, "marker", "harbour", "One place.")
    retired = (root / "data/records/retired.yaml").read_text("utf-8")
    assert "id: marker-2025\n  table: inspections\n  status: withdrawn\n" in retired
    assert any("marker-2025 was withdrawn with it" in line for line in done)
