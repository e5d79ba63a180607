"""Published versions made again of later ones: undoing the recorded changes gives what was there,
and nothing else passes.
"""

import random
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from support.copies import REPOSITORY
from support.small import FIELDS, ROWS, SCHEMA, package, things, with_field

import pledgeline
from pledgeline.errors import NotAsPublished, UnknownVersion
from pledgeline.releases.change import COLUMNS
from pledgeline.releases.diff import compare
from pledgeline.releases.snapshot import hashes, snapshot
from pledgeline.releases.undo import undo
from pledgeline.versions import numbers

PUBLISHED = sorted(
    (path.parent.name for path in (REPOSITORY / "data/releases").glob("*/releases.csv")),
    key=numbers,
)


@pytest.mark.long
@pytest.mark.parametrize("version", PUBLISHED)
def test_every_published_version_can_be_made_again(version, last_release, tmp_path):
    """Catches a change that is not recorded, or not so that it can be undone: every hash is the
    published one.
    """
    content = pledgeline.open(last_release).at(version).checkout(tmp_path / "made")
    assert content["version"] == version
    again = pledgeline.open(tmp_path / "made")
    assert again.version == version and again.versions == PUBLISHED[: PUBLISHED.index(version) + 1]
    assert again.at(version)["events"].to_pandas().shape[0] == len(again["events"]) > 0
    assert pledgeline.validate(tmp_path / "made").valid


@pytest.mark.long
@pytest.mark.parametrize("old", PUBLISHED[:-1])
def test_the_recorded_changes_are_those_between_two_versions(old, last_release, tmp_path):
    """Catches a table `changes` that tells other differences than a comparison of the two packages
    finds.
    """
    new = PUBLISHED[PUBLISHED.index(old) + 1]
    for version in (old, new):
        pledgeline.open(last_release).at(version).checkout(tmp_path / version)
    with compare(tmp_path / old, tmp_path / new, without=("releases", "changes")) as found:
        reported = {(c.table, c.key, c.field, c.old, c.new) for c in found.changes}
    rows = pledgeline.open(last_release)["changes"].to_arrow().to_pylist()
    assert reported and reported == {
        (r["table"], r["key"], r["field"], r["old"], r["new"]) for r in rows if r["version"] == new
    }


def turned_back(old: Path, new: Path):
    """The new package with all changes from the old one undone, and the old one."""
    with compare(old, new) as found:
        rows = [
            {name: getattr(c, name) for name in COLUMNS[1:] if getattr(c, name) is not None}
            for c in found.changes
        ]
    made = snapshot(new)
    undo(made, rows)
    return made, snapshot(old)


DESCRIPTIONS = {
    "rows": things,
    "a field gone": lambda folder: things(
        folder,
        [{k: v for k, v in row.items() if k != "note"} for row in ROWS],
        {**SCHEMA, "fields": FIELDS[:2]},
    ),
    "a field new": lambda folder: things(
        folder,
        [{**row, "x": "1"} for row in ROWS],
        {**SCHEMA, "fields": [*FIELDS, {"name": "x", "type": "integer"}]},
    ),
    "fields in another order": lambda folder: things(
        folder, ROWS, {**SCHEMA, "fields": FIELDS[::-1]}
    ),
    "another type": lambda folder: things(
        folder, ROWS, with_field(1, type="number", constraints={})
    ),
    "another key": lambda folder: things(folder, ROWS, {**SCHEMA, "primaryKey": ["id", "n"]}),
    "a table gone": lambda folder: package(folder, {"others": (SCHEMA, ROWS[:2])}),
    "another title": lambda folder: things(folder, ROWS, title="Things", keywords=["small"]),
}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # the quick suite has each change once in each direction
        pytest.param(one, other, marks=() if "rows" in (one, other) else pytest.mark.long)
        for one in DESCRIPTIONS
        for other in DESCRIPTIONS
    ],
)
def test_schemas_and_rows_are_turned_back(one, other, tmp_path):
    """Catches a change of a schema that is not undone with its rows, in either direction."""
    made, old = turned_back(
        DESCRIPTIONS[one](tmp_path / "old"), DESCRIPTIONS[other](tmp_path / "new")
    )
    assert hashes(made) == hashes(old) and made.package == old.package


def drawn(seed: int, folder: Path) -> Path:
    """A package of random rows and columns, with keys of two parts and texts hard to join."""
    chance = random.Random(seed)
    names = chance.sample(["p", "q|r", "s\\", "ü", "all"], chance.randint(1, 5))
    fields = [{"name": name, "type": "string"} for name in ["k1", "k2", *names]]
    texts = ["", "|", "\\", "a|b", "null", '"', "é\n2", "0", "-"]
    keys = {
        (chance.choice(texts[1:]), chance.choice(texts[1:])) for _ in range(chance.randint(0, 12))
    }
    rows = [
        {"k1": a, "k2": b, **{name: chance.choice(texts) for name in names}}
        for a, b in sorted(keys)
    ]
    return package(folder, {"drawn": ({"fields": fields, "primaryKey": ["k1", "k2"]}, rows)})


def check_drawn(first: int, count: int, folder: Path) -> None:
    for seed in range(first, first + count):
        made, old = turned_back(
            drawn(seed, folder / f"{seed}-old"), drawn(seed + 1_000_000, folder / f"{seed}-new")
        )
        assert hashes(made) == hashes(old), seed


@pytest.mark.long
def test_drawn_packages_are_turned_back(tmp_path):
    """Catches keys and cells that cannot be distinguished once they are written as text."""
    check_drawn(0, 25, tmp_path)


@pytest.mark.long
def test_many_drawn_packages_are_turned_back(tmp_path):
    """The same, a thousand times."""
    check_drawn(1000, 1000, tmp_path)


@pytest.mark.long
def test_a_package_that_is_not_its_last_version_is_refused(last_release, tmp_path):
    """Catches a version made of rows that were changed since: it would carry the change into the
    past.
    """
    pledgeline.open(last_release).checkout(tmp_path / "today")
    path = tmp_path / "today/data/csv/coders.csv"
    path.write_text(path.read_text().replace("coder-a", "coder-z"))
    path = tmp_path / "today/data/parquet/coders.parquet"
    table = pq.read_table(path)
    pq.write_table(
        table.set_column(
            0, table.schema.field(0), pc.replace_substring(table["id"], "coder-a", "coder-z")
        ),
        path,
    )
    with pytest.raises(NotAsPublished, match=r"coders differ.* from version"):
        pledgeline.open(tmp_path / "today").at(PUBLISHED[0])


def test_an_unknown_version_is_reported_with_those_that_are_known(last_release):
    """Catches a bare KeyError."""
    with pytest.raises(
        UnknownVersion, match=f"there is no version 9.9.9; published are {PUBLISHED[0]}"
    ):
        pledgeline.open(last_release).at("9.9.9")
