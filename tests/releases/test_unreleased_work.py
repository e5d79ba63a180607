"""Published versions while work goes on: today's tables are no longer those of any of them."""

import json
import shutil

import pytest
from support.copies import once_a_run
from support.fresh import edit, in_git, publish

import pledgeline
from pledgeline.cli.main import main
from pledgeline.errors import NotAsPublished
from pledgeline.releases.latest import LATEST
from pledgeline.releases.snapshot import hashes, snapshot

TOWN = "data/records/stations/town.yaml"


@once_a_run
def in_progress(root):
    """A data set with 1.0.0 and 1.1.0 published, and a table and rows changed since."""
    in_git(root)
    publish(root, "1.0.0")
    (root / LATEST / "gone.csv").write_text("id\n")
    museum = "- id: museum\n  name: Museum\n  kind: park\n  docks: 9\n"
    cited = "  cite:\n    - {source: town-plan-2023, locator: page 6}\n"
    (root / TOWN).write_text((root / TOWN).read_text() + museum + cited)
    publish(root, "1.1.0")
    edit(root, TOWN, "docks: 24", "docks: 30")
    edit(root, "validate/schemas/stations.yaml", "title: Docks", "title: Places")
    edit(root, "validate/schemas/changes.yaml", "title: Reason", "title: Why")
    assert main(["build", "--root", str(root)]) == 0


@pytest.fixture
def root(tmp_path):
    """A copy of it without git: an unpacked download of the repository."""
    return shutil.copytree(in_progress(), tmp_path / "s", ignore=shutil.ignore_patterns(".git"))


@pytest.mark.parametrize("version, docks", [("1.0.0", [24, 18]), ("1.1.0", [24, 18, 9])])
def test_a_published_version_is_made_again_while_work_goes_on(version, docks, root, capsys):
    """Catches a version that can be had only of a package on which nobody has worked since."""
    then = pledgeline.open(root).at(version)
    assert then["stations"].to_arrow()["docks"].to_pylist() == docks
    assert then.about["version"] == version
    assert main(["diff", version, str(root), "--package", str(root)]) == 1
    shown = capsys.readouterr().out
    assert "~ harbour  docks: 24 -> 30" in shown and 'title: "Docks" -> "Places"' in shown
    assert ("+ museum" in shown) == (version == "1.0.0")


def test_the_descriptor_alone_leads_to_what_is_kept(root):
    """Catches a package that is opened by its descriptor and not by its folder."""
    assert pledgeline.open(root / "datapackage.json").at("1.0.0").version == "1.0.0"


def test_what_is_kept_is_the_published_package(root):
    """Catches tables that are kept otherwise than they were published, or twice."""
    kept = pledgeline.open(root / LATEST)
    assert kept.version == "1.1.0" and not {"releases", "changes"} & set(kept)
    assert pledgeline.validate(root / LATEST).valid
    then = hashes(pledgeline.open(root).at("1.1.0")._snapshot)
    found = hashes(snapshot(root / LATEST))
    assert found.pop("schema") == then.pop("schema") and found == then


def spoil_row(root):
    edit(root, f"{LATEST}/stations.csv", "harbour", "harbor")


def spoil_sums(root):
    edit(root, f"{LATEST}/datapackage.json", '"Docks"', '"Places"')


def lead_out(root):
    (root / LATEST).rename(root.parent / "elsewhere")
    (root / LATEST).symlink_to(root.parent / "elsewhere")


def remove(root):
    shutil.rmtree(root / LATEST)


def empty(root):
    (root / LATEST / "datapackage.json").write_text(json.dumps({"resources": []}))


@pytest.mark.parametrize("spoil", [spoil_row, spoil_sums, lead_out, remove, empty])
def test_what_is_kept_is_used_only_as_it_was_published(spoil, root, capsys):
    """Catches a version made of tables that nobody published, or read from elsewhere."""
    spoil(root)
    with pytest.raises(
        NotAsPublished, match=r"stations.* differ from version 1\.1\.0.*the archive"
    ):
        pledgeline.open(root).at("1.0.0")
    assert main(["diff", "1.0.0", str(root), "--package", str(root)]) == 2
    assert f"{LATEST} does not" in capsys.readouterr().err


def test_without_what_is_kept_git_has_it(tmp_path):
    """Catches a data set last published by an engine that kept nothing, in a clone of it."""
    root = shutil.copytree(in_progress(), tmp_path / "s", symlinks=True)
    remove(root)
    assert main(["diff", "1.0.0", str(root), "--package", str(root)]) == 1


def test_nothing_of_an_earlier_version_is_kept(root):
    """Catches the file of a table that is gone, kept for ever beside the others."""
    kept = {path.stem for path in (root / LATEST).glob("*.csv")}
    assert kept == set(pledgeline.open(root / LATEST))
