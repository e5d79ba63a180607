"""What may not be published: a release says why, all at once, and writes nothing."""

from datetime import date

import pytest
from support.copies import run_build
from support.fresh import edit, in_git
from support.fresh import publish as publish_fresh
from support.releases import (
    LOG,
    PLACE,
    commit,
    copy_of,
    release,
    released,
    state,
)

from pledgeline.cli.main import main
from pledgeline.errors import ReleaseRefused
from pledgeline.releases.release import release as publish


def wrong_build(root):
    path = root / "data/csv/stations.csv"
    path.write_text(path.read_text().replace("Harbour", "Harbor"))
    commit(root)


def wrong_package(root):
    rule = root / "validate/rules/never.sql"
    rule.write_text(
        "-- error: nothing\n-- fix: nothing\n"
        "SELECT 'stations' AS resource, 1 AS row_number, 'name' AS field\n"
    )
    commit(root)


def wrong_reason(root):
    (root / "data/reasons.yaml").write_text("reasons:\n- {record: nobody, reason: none}\n- 7\n")
    commit(root)


def removed_citation(root):
    path = root / PLACE
    cited = "  cite:\n    - {source: town-plan-2023, locator: page 4}\n"
    path.write_text(path.read_text().replace(cited, ""))
    assert run_build(root).returncode == 0
    commit(root)


def new_station(root):
    path = root / PLACE
    record = path.read_text().split("\n- id: ")[1]
    path.write_text(
        path.read_text() + "- id: " + record.replace(record.split("\n")[0], "museum", 1) + "\n"
    )
    assert run_build(root).returncode == 0
    commit(root)


def untidy(root):
    (root / "CHANGELOG.md").write_text(LOG.format(version="1.0.1") + "x")
    (root / "data/new.txt").write_text("x")


REFUSALS = {  # what is wrong -> what is done before, the version, all that is said
    "no version": (None, "1.1", ["1.1 is not a version"]),
    "published": (None, "1.0.0", ["1.0.0 is published already"]),
    "lower": (None, "0.9.9", ["lower than the last published version"]),
    "untidy": (
        untidy,
        "1.0.2",
        ["not everything is committed: CHANGELOG.md, data/new.txt", "CHANGELOG.md has no entry"],
    ),
    "stale": (wrong_build, "1.0.1", ["data/csv/stations.csv is not what a fresh build makes"]),
    "invalid": (wrong_package, "1.0.1", ["never"]),
    "no reason": (removed_citation, "1.0.1", ["removed without a reason"]),
    "wrong reasons": (
        wrong_reason,
        "1.0.1",
        ["data/reasons.yaml, entry 2: found 7", "no change is about nobody"],
    ),
    "too low": (new_station, "1.0.1", ["ask for a minor version: at least 1.1.0, not 1.0.1"]),
}

# the quick suite has others of their sort
LONG = ("no version", "lower", "published", "wrong reasons", "too low")


@pytest.mark.parametrize(
    "case",
    [pytest.param(each, marks=pytest.mark.long if each in LONG else ()) for each in REFUSALS],
)
def test_what_may_not_be_published_is_refused(case, tmp_path):
    """Catches a refusal that is missing, that writes something, or that does not say what to do."""
    spoil, version, reported = REFUSALS[case]
    root = copy_of(released(), tmp_path / "package")
    if spoil:
        spoil(root)
    before = state(root)
    run = release(root, version)
    assert (
        run.returncode == 1
        and all(each in run.stderr for each in reported)
        and "Traceback" not in run.stderr
    ), run.stderr
    assert "nothing was written" in run.stderr and state(root) == before


def test_all_refusals_come_at_once(tmp_path, capsys):
    """Catches a release that must be tried again for each thing that is wrong with it."""
    root = in_git(tmp_path / "s")
    publish_fresh(root, "1.0.0")
    town = root / "data/records/stations/town.yaml"
    text = town.read_text("utf-8")
    town.write_text(text[: text.index("  cite:")] + text[text.index("- id: market") :], "utf-8")
    edit(root, "data/records/stations/town.yaml", "docks: 18", "docks: 19")
    (root / "data/reasons.yaml").write_text("reasons:\n  - {record: nobody, reason: None.}\n")
    (root / "new.txt").write_text("x")
    capsys.readouterr()
    command = ["release", "1.0.1", "--root", str(root), "--sign", str(root / "no-key")]
    assert main(command) == 1
    said = capsys.readouterr().err
    for line in (
        "not everything is committed",
        "new.txt",
        "CHANGELOG.md has no entry",
        "there is no such file; expected an SSH key",
        "data/csv/stations.csv is not what a fresh build makes",
        "ask for a minor version: at least 1.1.0, not 1.0.1",
        "citations, harbour|town-plan-2023|page 4: removed without a reason",
        "no change is about nobody",
    ):
        assert line in said, said
    edit(root, "data/records/stations/town.yaml", "kind: park", "kind: lake")
    (root / "data/reasons.yaml").write_text("reasons: 7\n")
    assert main(command) == 1
    said = capsys.readouterr().err
    assert "unknown-code" in said and "CHANGELOG.md has no entry" in said
    assert "data/reasons.yaml:1" in said


def test_a_refusal_lists_its_reasons(tmp_path):
    """Catches reasons that are lost on the way to whoever calls it from Python."""
    root = copy_of(released(), tmp_path / "package")
    with pytest.raises(ReleaseRefused) as refused:
        publish(root, "one", date(2026, 1, 1))
    first = refused.value.reasons[0]
    assert "one" in first and str(refused.value).startswith(first)
