"""`pledgeline new`: a data set that works as it stands, and through every change of its tables."""

import json
import shutil
import subprocess
import sys

import frictionless
import pytest
from support.copies import REPOSITORY, whole
from support.fresh import edit, fresh, in_git, publish
from support.releases import git

import pledgeline
from pledgeline.cli.main import main
from pledgeline.errors import TargetExists
from pledgeline.records.fmt import format_records
from pledgeline.releases.unpack import package_at
from pledgeline.write.build import build
from pledgeline.write.new import name_of, new_data_set

LAMPS = """\
title: Lamps
description: A lamp at a station.
primaryKey: [id]
foreignKeys:
  - {fields: [station], reference: {resource: stations, fields: [id]}}
fields:
  - {name: id, title: Lamp, description: Its name., type: string, constraints: {required: true}}
  - {name: station, title: Station, description: Where it is., type: string}
"""


def test_it_builds_and_is_valid_as_it_stands(tmp_path):
    """Catches a template that its own checks refuse, or that another validator does."""
    root = fresh(tmp_path / "my data 2026")
    content, warnings = build(root)
    assert warnings == [] and whole(root) and content["name"] == "my-data-2026"
    assert format_records(root, check=True) == ([], [])
    assert pledgeline.validate(root / "datapackage.json", rules=root / "validate/rules").valid
    report = frictionless.validate(str(root / "datapackage.json"))
    assert report.valid and not report.warnings
    assert content["temporal"] == {"start": "2025-05-05", "end": "2025-05-05"}


def test_no_word_of_the_template_is_left_over(tmp_path):
    """Catches a place where the name of the data set was not filled in."""
    root = fresh(tmp_path / "stations")
    for path in root.rglob("*"):
        assert not path.name.startswith("dot_")
        assert path.is_dir() or "NAME" not in path.read_text("utf-8").replace("--file NAME", "")


@pytest.mark.parametrize(
    "name",
    [
        "2024-01-01",
        "Ärger!",
        *(pytest.param(n, marks=pytest.mark.long) for n in ("2024", "true", "1e5", "null")),
    ],
)
def test_a_folder_of_any_name_gives_a_name(name, tmp_path):
    """Catches a name that YAML takes for a number or a date."""
    assert build(fresh(tmp_path / name))[0]["name"] == name_of(tmp_path / name)


@pytest.mark.parametrize("there", ["a file in it", "a file", "a link to nowhere"])
def test_a_folder_with_something_in_it_is_refused(there, tmp_path, capsys):
    """Catches files that are written over, or mixed with what is there."""
    target = tmp_path / "there"
    if there == "a file in it":
        target.mkdir()
        (target / "mine.txt").write_text("mine")
    elif there == "a file":
        target.write_text("mine")
    else:
        target.symlink_to("nowhere")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(TargetExists):
        new_data_set(target)
    assert main(["new", str(target)]) == 2
    assert "is not an empty folder; name another one" in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.long
def test_a_table_comes_is_renamed_and_goes_and_every_version_can_be_made_again(tmp_path):
    """Catches a step that knows tables by name, a change that is not recorded, and one that cannot
    be undone.
    """
    root = in_git(tmp_path / "stations")
    publish(root, "1.0.0")
    first = (root / "data/csv/stations.csv").read_bytes()

    (root / "validate/schemas/lamps.yaml").write_text(LAMPS)
    edit(root, "validate/records.yaml", "sources: {", "lamps: {files: lamps/*.yaml}\nsources: {")
    (root / "data/records/lamps").mkdir()
    (root / "data/records/lamps/all.yaml").write_text("- {id: lamp-1, station: harbour}\n")
    edit(root, "data/records/stations/town.yaml", "docks: 24", "docks: 25")
    publish(root, "1.1.0")

    git(root, "mv", "validate/schemas/lamps.yaml", "validate/schemas/lights.yaml")
    git(root, "mv", "data/records/lamps", "data/records/lights")
    edit(root, "validate/records.yaml", "lamps: {files: lamps", "lights: {files: lights")
    reasons(root, "lamps", "The table has another name.")
    publish(root, "2.0.0")

    git(root, "rm", "-qr", "validate/schemas/lights.yaml", "data/records/lights")
    edit(root, "validate/records.yaml", "lights: {files: lights/*.yaml}\n", "")
    reasons(root, "lights", "The table is gone.")
    publish(root, "3.0.0")

    today = pledgeline.open(root)
    assert today.versions == ["1.0.0", "1.1.0", "2.0.0", "3.0.0"]
    tables = {version: set(today.at(version)) for version in today.versions}
    assert "lamps" in tables["1.1.0"] and "lights" in tables["2.0.0"]
    assert tables["1.0.0"] == tables["3.0.0"] == set(today)
    today.at("1.0.0").checkout(tmp_path / "then")
    assert (tmp_path / "then/data/csv/stations.csv").read_bytes() == first
    assert pledgeline.validate(tmp_path / "then").valid
    archive = root / "dist/stations-3.0.0.zip"
    assert main(["verify", str(archive)]) == 0
    assert len(pledgeline.open(archive).at("1.1.0")["lamps"]) == 1
    assert main(["diff", "--package", str(root)]) == 0


def reasons(root, table: str, reason: str) -> None:
    """Says why a table, its fields and its row go."""
    rows = f"  - {{record: lamp-1, reason: {reason}}}\n"
    schema = f"  - {{table: schema, record: {table}, reason: {reason}}}\n"
    (root / "data/reasons.yaml").write_text(f"reasons:\n{rows}{schema}")


def test_it_is_exported(tmp_path):
    """Catches an export that asks for tables of another data set."""
    root = fresh(tmp_path / "stations")
    build(root)
    assert main(["export", "--root", str(root)]) == 0
    names = {path.name for path in (root / "exports").iterdir()} - {".lock"}
    assert names == {
        "stations.sqlite",
        "datasette.json",
        "stations.xlsx",
        "inspections.ics",
        "additions.atom",
    }
    entry = (root / "exports/inspections.ics").read_bytes().decode().replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20250505" in entry and "Inspections of hire stations" in entry


@pytest.mark.long
def test_tables_that_the_engine_could_miss_are_optional(tmp_path):
    """Catches a data set that must have a registry, versions, codes, sources, rules or views."""
    root = fresh(tmp_path / "bare")
    for name in ("citations", "codes", "records", "releases", "changes", "station_overview"):
        (root / f"validate/schemas/{name}.yaml").unlink()
    for name in ("data/records/codes", "data/records/sources", "validate/rules", "views"):
        shutil.rmtree(root / name)
    (root / "validate/schemas/sources.yaml").unlink()
    (root / "validate/records.yaml").write_text(
        "stations: {files: stations/*.yaml}\ninspections: {files: inspections/*.yaml}\n"
    )
    for path in root.glob("data/records/*/*.yaml"):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(x for x in lines if "cite:" not in x and "- {source" not in x))
    edit(root, "validate/schemas/stations.yaml", "    codes: station_kind\n", "")
    text = (root / "data/package.yaml").read_text("utf-8")
    (root / "data/package.yaml").write_text(text.split("temporal:")[0])
    git(tmp_path, "init", "-q", str(root))
    publish(root, "1.0.0")
    edit(root, "data/records/stations/town.yaml", "docks: 24", "docks: 25")
    publish(root, "1.0.1")
    assert main(["export", "--root", str(root)]) == 0
    assert main(["verify", str(root / "dist/bare-1.0.1.zip")]) == 0
    assert pledgeline.validate(root / "datapackage.json").valid


@pytest.mark.long
@pytest.mark.parametrize("content", ["# None yet.\n", "[]\n", "", None])
def test_an_empty_table_is_fine(content, tmp_path):
    """Catches an empty table that is refused, exported with an error, or lost."""
    root = in_git(tmp_path / "stations")
    path = root / "data/records/inspections/2025.yaml"
    if content is None:
        shutil.rmtree(path.parent)
    else:
        path.write_text(content)
    edit(root, "data/package.yaml", "temporal: {table: inspections, start: date, end: date}\n", "")
    assert build(root)[0]["resources"][3]["rows"] == 0
    warnings = [warning.code for warning in build(root)[1]]
    assert warnings == (["missing-folder"] if content is None else [])
    publish(root, "1.0.0")
    assert main(["export", "--root", str(root)]) == 0
    assert pledgeline.validate(root / "datapackage.json", rules=root / "validate/rules").valid
    table = pledgeline.open(root)["inspections"]
    assert len(table) == 0 and table.to_pandas().columns[0] == "id"
    assert len(pledgeline.open(root).at("1.0.0")["inspections"]) == 0


def test_a_data_set_without_a_single_record_builds(tmp_path):
    """Catches a view, a coverage of days or an export that needs a row."""
    root = fresh(tmp_path / "empty")
    for name in ("stations/town", "inspections/2025", "sources/documents"):
        (root / f"data/records/{name}.yaml").write_text("# None yet.\n")
    content, warnings = build(root)
    assert warnings == [] and "temporal" not in {k for k, v in content.items() if v}
    assert main(["export", "--root", str(root)]) == 0
    assert pledgeline.validate(root / "datapackage.json", rules=root / "validate/rules").valid


def test_an_empty_table_that_records_refer_to_is_not_fine(tmp_path, capsys):
    """Catches a lost folder that passes, or that is reported again at every reference."""
    root = fresh(tmp_path / "stations")
    shutil.rmtree(root / "data/records/sources")
    assert main(["build", "--root", str(root)]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("data/records/sources:1:1: missing-folder: ")
    assert lines[-1].startswith("1 problem: ")


@pytest.mark.long
def test_the_wheel_has_the_template(tmp_path):
    """Catches a file of the template, or a form, that the wheel leaves out."""
    command = [sys.executable, "-m", "pip", "install", "-qq", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--target", tmp_path / "site", REPOSITORY], check=True)
    made = tmp_path / "site/pledgeline/write/template"
    assert (made / "dot_github/workflows/check.yml").exists()
    assert (tmp_path / "site/pledgeline/records/forms/layout.json").exists()


@pytest.mark.long
def test_the_catalogues_of_a_data_set_without_days_or_places(tmp_path):
    """Catches an empty period that no catalogue allows."""
    root = in_git(tmp_path / "stations")
    edit(root, "data/package.yaml", "temporal: {table: inspections, start: date, end: date}\n", "")
    publish(root, "1.0.0")
    with package_at(root / "dist/stations-1.0.0.zip") as folder:
        dcat = json.loads((folder / "dcat.jsonld").read_text("utf-8"))
    assert "dct:temporal" not in dcat
