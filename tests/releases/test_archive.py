"""Archives: what was published is recognised, whatever differs is named, and a stranger's zip does
no harm.
"""

import hashlib
import stat
import zipfile
from pathlib import Path

import pytest
from support.releases import NAME, copy_of, released
from support.small import things

import pledgeline
from pledgeline.cli.main import main
from pledgeline.errors import UnreadablePackage
from pledgeline.releases import unpack
from pledgeline.releases.pack import pack
from pledgeline.releases.unpack import package_at
from pledgeline.releases.verify import verify


@pytest.fixture(scope="session")
def published(tmp_path_factory) -> Path:
    """The archive of a first version."""
    folder = tmp_path_factory.mktemp("archive")
    root = copy_of(released(), folder / "package")
    (archive,) = (root / "dist").glob("*.zip")
    return archive


@pytest.fixture
def unpacked(published, tmp_path) -> Path:
    zipfile.ZipFile(published).extractall(tmp_path)
    return tmp_path / published.stem


def test_it_is_as_published_packed_and_unpacked(published, unpacked):
    """Catches an archive that its own sums, descriptor or hashes do not describe."""
    assert verify(unpacked) == [] and main(["verify", str(published)]) == 0


def test_it_has_what_readers_ask_for(unpacked):
    """Catches a part of the archive that was left out."""
    names = {
        path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()
    }
    assert names >= {
        "README.md", "DICTIONARY.md", "CHANGELOG.md", "LICENSE", "CITATION.cff",
        ".zenodo.json", "datacite.json", "schema-org.jsonld", "dcat.jsonld", "croissant.json",
        "ro-crate-metadata.json", "SHA256SUMS", "datapackage.json",
        f"{NAME}.sqlite", "data/csv/stations.csv",
        "data/parquet/stations.parquet",
    }  # fmt: skip
    assert (
        "`station_overview`" in (unpacked / "README.md").read_text()
        and "## stations" in (unpacked / "DICTIONARY.md").read_text()
    )


def test_the_database_has_every_row_and_key(unpacked):
    """Catches a table, a cell or a reference that is lost on the way into SQLite."""
    import sqlite3

    package = pledgeline.open(unpacked)
    with sqlite3.connect(unpacked / f"{NAME}.sqlite") as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for name in package:
            rows = database.execute(f'SELECT * FROM "{name}"').fetchall()
            cells = [tuple(row.values()) for row in package[name].to_arrow().to_pylist()]
            cells = [
                tuple(int(cell) if isinstance(cell, bool) else cell for cell in row)
                for row in cells
            ]
            text = [
                tuple(None if cell is None else str(cell) for cell in row)
                for row in (*rows, *cells)
            ]
            assert sorted(map(repr, text[: len(rows)])) == sorted(map(repr, text[len(rows) :])), (
                name
            )


def edit(path: Path, old: str, new: str) -> None:
    content = path.read_bytes()
    assert old.encode() in content
    path.write_bytes(content.replace(old.encode(), new.encode(), 1))


def resummed(folder: Path) -> None:
    """Writes sums that fit whatever is in the folder, as anyone who changes a file can."""
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    names = [line.partition("  ")[2] for line in lines]
    (folder / "SHA256SUMS").write_text(
        "".join(
            f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n"
            for name in names
        )
    )


def changed_rows(folder: Path) -> None:
    """Rows changed together with all hashes of files, in the sums and in the descriptor."""
    path = folder / "data/csv/stations.csv"
    old = hashlib.sha256(path.read_bytes()).hexdigest()
    edit(path, "Harbour", "Harbours")
    edit(folder / "datapackage.json", old, hashlib.sha256(path.read_bytes()).hexdigest())
    edit(
        folder / "datapackage.json",
        f'"bytes": {path.stat().st_size - 1},',
        f'"bytes": {path.stat().st_size},',
    )
    resummed(folder)


DIFFERENCES = {  # what was done to the archive -> what is named
    "no sums": (lambda f: (f / "SHA256SUMS").unlink(), "not an archive of a release"),
    "sums of other paths": (
        lambda f: (f / "SHA256SUMS").write_text("0" * 64 + "  ../../etc/passwd\n"),
        "SHA256SUMS:1: found",
    ),
    "rows that do not fit the schema": (
        lambda f: edit(f / "data/csv/stations.csv", "street", "strete") or resummed(f),
        "data/csv/stations.csv",
    ),
    "rows and all hashes of files": (
        changed_rows,
        "stations: the rows are not those of version 1.0.0",
    ),
    "another version": (
        lambda f: edit(f / "datapackage.json", '"1.0.0"', '"1.0.9"'),
        "1.0.9 is not published",
    ),
}


def test_every_file_that_differs_is_named(unpacked, capsys):
    """Catches a verification that stops at the first difference, or that looks only at some."""
    edit(unpacked / "README.md", "Version", "version")
    (unpacked / "DICTIONARY.md").unlink()
    (unpacked / "data/csv/more.csv").write_text("id\n")
    assert main(["verify", str(unpacked)]) == 1
    reported = capsys.readouterr().out
    assert '"README.md" is not the published file' in reported
    assert '"DICTIONARY.md" is missing' in reported
    assert '"data/csv/more.csv" was not published' in reported


@pytest.mark.parametrize("case", DIFFERENCES)
def test_what_differs_is_named(case, unpacked, capsys):
    """Catches a change that verification does not see, or does not name."""
    spoil, message = DIFFERENCES[case]
    spoil(unpacked)
    assert main(["verify", str(unpacked)]) == 1
    reported = capsys.readouterr().out
    assert message in reported, reported


def link(name: str, target: str) -> tuple[zipfile.ZipInfo, str]:
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return entry, target


GOOD = [("p/datapackage.json", "{}")]
HOSTILE = {
    "a path above": [*GOOD, ("../outside.txt", "x")],
    "a path above, further in": [*GOOD, ("p/../../outside.txt", "x")],
    "an absolute path": [*GOOD, ("/tmp/outside.txt", "x")],
    "a path of Windows": [*GOOD, ("p\\..\\..\\outside.txt", "x")],
    "a drive of Windows": [*GOOD, ("C:/outside.txt", "x")],
    "a link": [*GOOD, link("p/link", "/etc/passwd")],
    "a link and a file through it": [*GOOD, link("p/data", "/tmp"), ("p/data/outside.txt", "x")],
    "one name twice": [*GOOD, ("p/a.csv", "id\n"), ("p/a.csv", "id\n1\n")],
    "one name in two cases": [*GOOD, ("p/a.csv", "id\n"), ("p/A.csv", "id\n1\n")],
    "a file where a folder is": [*GOOD, ("p/a", "x"), ("p/a/b", "x")],
    "too many entries": [(f"p/{n}", "") for n in range(10_001)],
    "no descriptor": [("p/readme.txt", "x")],
    "a name that steers a terminal": [*GOOD, ("p/\x1b[31m", "x")],
}


def zipped(path: Path, entries, method=zipfile.ZIP_STORED) -> Path:
    import warnings

    with warnings.catch_warnings(), zipfile.ZipFile(path, "w", method) as archive:
        warnings.simplefilter("ignore")
        for name, content in entries:
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_archive_is_refused_whole(case, tmp_path, capsys):
    """Catches a file that is written outside, a link that is followed, and an archive of which a
    part is believed.
    """
    path = zipped(tmp_path / "evil.zip", HOSTILE[case])
    assert main(["verify", str(path)]) == 2
    reported = capsys.readouterr()
    assert "evil.zip" in reported.err and "Traceback" not in reported.err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["evil.zip"]
    assert not Path("/tmp/outside.txt").exists() and not (tmp_path.parent / "outside.txt").exists()


def test_a_bomb_is_refused_before_it_fills_the_disk(tmp_path, monkeypatch):
    """Catches an archive of kilobytes that is written out as megabytes (as gigabytes, but for the
    time of the test).
    """
    monkeypatch.setattr(unpack, "LARGE", 1 << 20)
    zeros = b"\0" * (4 << 20)
    path = zipped(
        tmp_path / "bomb.zip", [*GOOD, *((f"p/{n}", zeros) for n in range(3))], zipfile.ZIP_DEFLATED
    )
    assert path.stat().st_size < 20 << 10
    with pytest.raises(UnreadablePackage, match="unpacks to too much"), package_at(path):
        pass


@pytest.mark.parametrize("cut", [0, 10, 100, -30])
def test_a_broken_archive_ends_in_a_message(cut, published, tmp_path, capsys):
    """Catches a traceback for a download that was cut off."""
    path = tmp_path / "cut.zip"
    path.write_bytes(published.read_bytes()[:cut])
    assert (
        main(["verify", str(path)]) == 2
        and "the archive cannot be unpacked" in capsys.readouterr().err
    )


def test_the_bytes_depend_on_the_files_alone(tmp_path):
    """Catches a time or an order of the file system in the archive."""
    for name in ("one", "two"):
        folder = things(tmp_path / name / "p")
        (folder / "z.txt").write_text("z") if name == "two" else None
        (folder / "a.txt").write_text("a")
        (folder / "z.txt").write_text("z")
        pack(folder, tmp_path / name / "p.zip")
    assert (tmp_path / "one/p.zip").read_bytes() == (tmp_path / "two/p.zip").read_bytes()
