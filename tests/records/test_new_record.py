"""`pledgeline new-record` and `pledgeline merge`: what they write, where, and what they refuse."""

import pytest
from support.fresh import edit, fresh, in_git, publish

import pledgeline
from pledgeline.cli.main import main
from pledgeline.errors import InvalidRecords, UnknownRecord
from pledgeline.records.editor import written_keys
from pledgeline.records.load import read_records
from pledgeline.records.merge import merge_ids
from pledgeline.records.new_record import add_record
from pledgeline.write.build import build

TOWN = "data/records/stations/town.yaml"
SECOND = "- id: harbour-2\n  name: Harbour\n  kind: street\n  docks: 24\n"
SECOND += "  cite:\n    - {source: town-plan-2023, locator: page 9}\n"


def test_a_template_has_every_key_and_the_build_names_those_to_fill_in(tmp_path):
    """Catches a key that is left out, codes that are not shown, and a template that passes."""
    root = fresh(tmp_path / "stations")
    place = add_record(root, "stations")
    path, line = place.split(":")
    lines = (root / path).read_text("utf-8").splitlines()[int(line) - 1 :]
    assert path == TOWN and lines[0].startswith("- id:") and "street | park" in "\n".join(lines)
    records = read_records(root)
    layout = records.layouts["stations"]
    keys = [*written_keys(layout, records.tables["stations"]), *layout.nested]
    assert sorted(each.lstrip("-# ").partition(":")[0] for each in lines) == sorted(keys)
    with pytest.raises(InvalidRecords) as refused:
        build(root)
    assert {problem.code for problem in refused.value.problems} == {"empty-value"}
    assert min(problem.line for problem in refused.value.problems) == int(line)


def test_a_filled_template_builds(tmp_path):
    """Catches a template that cannot be made right by filling it in."""
    root = fresh(tmp_path / "stations")
    add_record(root, "inspections", file="2026")
    path = root / "data/records/inspections/2026.yaml"
    filled = {"id": "market-2026", "station": "market", "date": "2026-01-02", "finding": "Fine"}
    text = path.read_text("utf-8")
    for key, value in filled.items():
        text = text.replace(f"{key}:  #", f"{key}: {value}  #")
    path.write_text(text)
    assert build(root)[1] == []
    add_record(root, "citations", under="market-2026")
    assert "    - source:  # " in path.read_text("utf-8")


@pytest.mark.long
def test_every_kind_of_record_of_this_data_set_has_a_template(complete):
    """Catches a kind, nested or alone in its file, for which no template can be written."""
    records = read_records(complete)
    layouts = [layout for top in records.layouts.values() for layout in top.all()]
    places = {}
    for table in dict.fromkeys(layout.table for layout in layouts):
        if table in records.layouts:
            places[table] = add_record(complete, table, file=f"a-new-file-of-{table}")
        else:
            holding = [each for each in layouts for n in each.nested.values() if n.table == table]
            rows = [row for layout in holding for row in records.rows[layout.table]]
            places[table] = add_record(complete, table, under=rows[-1].cells["id"])
    with pytest.raises(InvalidRecords) as refused:
        build(complete)
    problems = [p for p in refused.value.problems if p.severity == "error"]
    paths = {place.split(":")[0] for place in places.values()}
    assert {problem.path for problem in problems if problem.code == "empty-value"} == paths
    assert {problem.path for problem in problems} == paths, problems


@pytest.mark.parametrize(
    "arguments,reported",
    [
        (["statons"], 'did you mean "stations"?'),
        (["citations"], "name one with --under ID"),
        (["citations", "--under", "harbr"], "no record that may hold citations has this id"),
        (["codes"], "name the file with --file NAME"),
        (["codes", "--file", "../../x"], "no name of a file"),
    ],
)
def test_what_cannot_be_added_is_reported(arguments, reported, tmp_path, capsys):
    """Catches a template in the wrong place, or in a file outside of the records."""
    root = fresh(tmp_path / "stations")
    before = {path: path.read_bytes() for path in root.rglob("*.yaml")}
    assert main(["new-record", *arguments, "--root", str(root)]) == 2
    assert reported in capsys.readouterr().err
    assert {path: path.read_bytes() for path in root.rglob("*.yaml")} == before


@pytest.mark.long
def test_merging_moves_references_and_the_old_id_still_resolves(tmp_path, capsys):
    """Catches a lost reference, a record that stays, and a merge that cannot be released: diff and
    release ask for the same version, and no further reason for what goes with the id.
    """
    root = in_git(tmp_path / "stations")
    (root / TOWN).write_text((root / TOWN).read_text("utf-8") + SECOND)
    edit(root, "data/records/inspections/2025.yaml", "station: harbour", "station: 'harbour-2'")
    publish(root, "1.0.0")
    command = ["merge", "harbour-2", "harbour", "--reason", "Two ids: one station."]
    assert main([*command, "--root", str(root)]) == 0
    assert "station: 'harbour'" in (root / "data/records/inspections/2025.yaml").read_text("utf-8")
    assert "harbour-2" not in (root / TOWN).read_text("utf-8")
    assert main(["build", "--root", str(root)]) == 0
    assert main(["diff", "--package", str(root)]) == 1
    shown = capsys.readouterr().out
    assert "- harbour-2 (merged)" in shown and "a minor version: at least 1.1.0" in shown
    publish(root, "1.1.0")
    today = pledgeline.open(root)
    rows = {row["id"]: row for row in today["records"].to_arrow().to_pylist()}
    assert rows["harbour-2"]["replaced_by"] == "harbour"
    assert rows["harbour-2"]["reason"] == "Two ids: one station."
    gone = {
        (row["table"], row["kind"], row["reason"])
        for row in today["changes"].to_arrow().to_pylist()
        if "harbour-2" in row["key"].split("|") and row["kind"] not in ("added", "modified")
    }
    assert gone == {
        ("stations", "merged", "Two ids: one station."),
        ("citations", "removed", "Two ids: one station."),
        ("station_overview", "removed", "Follows from the tables that the view joins."),
    }
    assert len(today.at("1.0.0")["stations"]) == 3


def test_merging_takes_out_the_record_alone(tmp_path):
    """Catches a neighbour, or a comment on it, that goes with the record."""
    root = fresh(tmp_path / "stations")
    text = (root / TOWN).read_text("utf-8")
    (root / TOWN).write_text(SECOND + "# The old one.\n" + text)
    merge_ids(root, "harbour-2", "harbour", "One station.")
    assert (root / TOWN).read_text("utf-8") == "# The old one.\n" + text


def test_merging_moves_two_references_on_one_line(tmp_path):
    """Catches the second that is looked for where it was before the first was changed."""
    root = fresh(tmp_path / "stations")
    (root / TOWN).write_text((root / TOWN).read_text("utf-8") + SECOND)
    edit(
        root,
        "validate/schemas/inspections.yaml",
        "  - {fields: [station],",
        "  - {fields: [via], reference: {resource: stations, fields: [id]}}\n"
        "  - {fields: [station],",
    )
    edit(
        root,
        "validate/schemas/inspections.yaml",
        "  - name: date\n",
        "  - {name: via, title: Via, description: The station before., type: string}\n"
        "  - name: date\n",
    )
    path = "data/records/inspections/2025.yaml"
    one_line = "- {id: x, station: harbour-2, via: harbour-2, date: 2025-05-06, finding: Fine}\n"
    (root / path).write_text((root / path).read_text("utf-8") + one_line)
    merge_ids(root, "harbour-2", "harbour", "One station.")
    assert one_line.replace("harbour-2", "harbour") in (root / path).read_text("utf-8")


@pytest.mark.parametrize(
    "old,new",
    [
        ("harbour", "harbour"),
        ("harbour", "nothing"),
        ("no-one", "harbour"),
        ("harbour", "town-plan-2023"),
    ],
)
def test_ids_that_cannot_be_merged_are_reported(old, new, tmp_path):
    """Catches a merge of two kinds of things, or into nothing."""
    root = fresh(tmp_path / "stations")
    before = {path: path.read_bytes() for path in root.rglob("*.yaml")}
    with pytest.raises(UnknownRecord):
        merge_ids(root, old, new, "Why.")
    assert {path: path.read_bytes() for path in root.rglob("*.yaml")} == before
