"""Packages to test: copies of our rules and codes, filled with a few invented records."""

import hashlib
from pathlib import Path

import pytest
from support.copies import REPOSITORY, copy_records, once_a_run

from pledgeline.records.load import Records, read_records
from pledgeline.records.registry import register_ids
from pledgeline.records.rows import Row
from pledgeline.releases.git import unpack_commit_of
from pledgeline.versions import numbers
from pledgeline.write.build import build
from pledgeline.write.check import check_records
from pledgeline.write.tables import as_text
from pledgeline.write.views import add_views, view_files

# Rows of the tables that only a release fills; the hash of a table is 64 digits, whatever they are.
RELEASES = [
    {
        "version": version,
        "table": "events",
        "date": date,
        "rows": rows,
        "rows_hash": f"sha256:{hashlib.sha256(seed).hexdigest()}",
    }
    for version, date, rows, seed in (
        ("1.0.0", "2026-12-01", "4", b"first"),
        ("1.1.0", "2027-02-01", "5", b"second"),
    )
]
CHANGES = [
    {
        "version": "1.1.0",
        "table": "events",
        "key": "lune-gates-opened-2025",
        "field": "date",
        "kind": "modified",
        "old": "2025",
        "new": "2025-01",
        "reason": "The newspaper names the month.",
    },
    {
        "version": "1.1.0",
        "table": "events",
        "key": "arden-speech-2024",
        "field": "all",
        "kind": "withdrawn",
        "reason": "No source reports such a speech.",
    },
]


def copy_complete(root: Path) -> Path:
    """The complete package under `root`, as `pledgeline build` expects a data set to lie."""
    return copy_records(REPOSITORY / "tests/data/complete/records", root)


@pytest.fixture(scope="session")
def last_release(tmp_path_factory) -> Path:
    """The package as its last version was published.

    It is the one here or, while the next is made, that of the release's commit.
    """
    last = max(
        (path.parent.name for path in REPOSITORY.glob("data/releases/*/releases.csv")), key=numbers
    )
    if is_as_published():
        return REPOSITORY
    folder = tmp_path_factory.mktemp("published")
    unpack_commit_of(REPOSITORY, f"data/releases/{last}/releases.csv", folder)
    return folder


def is_as_published() -> bool:
    """Whether the tables here are those of the last version, as the release kept them."""
    kept, built = REPOSITORY / "data/releases/latest", REPOSITORY / "data/csv"
    names = {path.name for path in kept.glob("*.csv")}
    return {path.name for path in built.glob("*.csv")} == names | {
        "changes.csv",
        "releases.csv",
    } and all((kept / name).read_bytes() == (built / name).read_bytes() for name in names)


@pytest.fixture(scope="session")
def exports() -> Path:
    """The folder of the exported files of this package; not to be written in."""
    from support.exported import exported

    return exported() / "exports"


@pytest.fixture
def folder(tmp_path):
    """A package's folder with some files, beside a secret that no package may reach."""
    (tmp_path / "secret.csv").write_text("id\n1\n")
    made = tmp_path / "package"
    made.mkdir()
    for name in ("a.csv", "b.csv", "a.csv.gz", "a.zip", "a.parquet"):
        (made / name).write_text("id\n1\n")
    return made


@pytest.fixture
def complete(tmp_path: Path) -> Path:
    """The root of a package of invented records that fill every hand-written table and column.

    Each test gets its own.
    """
    return copy_complete(tmp_path)


@once_a_run
def built_complete(root: Path) -> None:
    """The complete package as it is built, and the warnings of its build."""
    _, warnings = build(copy_complete(root))
    (root / "warnings.txt").write_text("\n".join(map(str, warnings)))


@pytest.fixture(scope="session")
def complete_built() -> Path:
    """The complete package as it is built; not to be written in."""
    return built_complete()


@pytest.fixture(scope="session")
def complete_records(tmp_path_factory: pytest.TempPathFactory) -> Records:
    """The records of such a package with rows in every table.

    These include the tables that a build, a view or a release makes.
    """
    root = copy_complete(tmp_path_factory.mktemp("complete"))
    records = read_records(root)
    register_ids(records)
    records.rows["releases"] += rows_of("releases", RELEASES)
    records.rows["changes"] += rows_of("changes", CHANGES)
    tables, problems = check_records(records, root / "validate" / "rules")
    assert [problem.code for problem in problems] == ["unused-code-list"], "\n".join(
        map(str, problems)
    )
    add_views(root, tables, records.tables)
    for name in view_files(root):
        records.rows[name] += rows_of(name, as_text(tables[name]))
    return records


def rows_of(table: str, cells: list[dict[str, str]]) -> list[Row]:
    """Rows that no record file holds."""
    return [
        Row(table, f"tests/conftest.py ({table})", number, 1, dict(row))
        for number, row in enumerate(cells, 1)
    ]
