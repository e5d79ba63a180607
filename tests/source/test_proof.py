"""No reader loses a row or a cell without a word: the kinds of file in which one did."""

import gzip
import io
import json
import os
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from support.workbooks import xlsx

import pledgeline
from pledgeline.engine import resource as checked_resource
from pledgeline.errors import InvalidPackage
from pledgeline.source.open import candidate_sources
from pledgeline.source.regular import open_regular
from pledgeline.source.source import Unreadable

INTEGER = {"type": "integer"}


def parquet() -> bytes:
    written = io.BytesIO()
    pq.write_table(pa.table({"id": [1]}), written)
    return written.getvalue()


def package(root: Path, content: bytes | dict[str, bytes], names: list[str], **about) -> Path:
    """A package of one table of integers in one file or several parts."""
    files = content if isinstance(content, dict) else {"t.csv": content}
    for name, raw in files.items():
        (root / name).write_bytes(raw)
    path = list(files) if len(files) > 1 else next(iter(files))
    schema = {"fields": [{"name": name, **INTEGER} for name in names]}
    resource = {"name": "t", "path": path, "schema": schema, **about}
    (root / "datapackage.json").write_text(json.dumps({"resources": [resource]}), "utf-8")
    return root


def places(root: Path) -> list[tuple[str, int | None, str | None]]:
    (task,) = pledgeline.validate(root).tasks
    return [(error.type, error.row_number, error.field_name) for error in task.errors]


@pytest.mark.parametrize(
    ("header", "labels"),
    [
        ('a,""b', ["a", 'b"']),
        ('"a"x,b', ["ax", "b"]),
        ('"\ra",b', ["\ra", "b"]),
        ('"a\nb",c', ["a\nb", "c"]),
        ('"a\r\nb",c', ["a\r\nb", "c"]),
        ('\ufeff"a\nb",c', ["a\nb", "c"]),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("rows", [1, pytest.param(200_000, marks=pytest.mark.long)])
def test_rows_under_an_odd_header_are_read(header, labels, end, rows, tmp_path):
    """Catches a header at which a scan gives no rows, or takes its tail for one."""
    text = header + end + f"1,2{end}" * rows + f"x,2{end}"
    (task,) = pledgeline.validate(package(tmp_path, text.encode(), labels)).tasks
    header_rows = [e for e in task.errors if e.row_number is None]
    assert task.rows == rows + 1, header_rows
    assert ("type-error", rows + 2) in [(e.type, e.row_number) for e in task.errors]


def test_parts_whose_header_has_a_line_end_in_quotes(tmp_path):
    """Catches the tail of a part's header read as a row of it."""
    parts = {"1.csv": b'"a\nb"\n1\n', "2.csv": b'"a\nb"\nx\n', "3.csv": b'"a\nb"\r\n3\r\n'}
    root = package(tmp_path, parts, ["a\nb"], encoding="utf-8")
    assert places(root) == [("type-error", 3, "a\nb")]
    assert pledgeline.validate(root).tasks[0].rows == 3


def test_packed_tables_are_held_to_their_bytes(tmp_path):
    """Catches a proof that is made for plain files alone."""
    raw = gzip.compress(b'"a"x,b\n1,2\nx,2\n')
    assert ("type-error", 3, "a") in places(package(tmp_path, {"t.csv.gz": raw}, ["a", "b"])) or (
        "type-error",
        3,
        "ax",
    ) in places(tmp_path)


@pytest.mark.parametrize("delimiter", ["\x01", "\x02", "\x1f", " ", "é", "|"])
@pytest.mark.parametrize("blank", ["", "\n"])
def test_any_character_can_be_the_delimiter(delimiter, blank, tmp_path):
    """Catches a mark of the reader's own that is also the delimiter, as Hive's is."""
    text = f"a,b\n1,2\n{blank}x,2\n".replace(",", delimiter)
    root = package(tmp_path, text.encode(), ["a", "b"], dialect={"delimiter": delimiter})
    assert ("type-error", 4 if blank else 3, "a") in places(root)


@pytest.mark.parametrize("row", ["1,2,3", "1"])
def test_a_row_of_another_length_is_not_read_in_silence(row, tmp_path):
    """Catches open() that drops extra cells, or fills short rows."""
    root = package(tmp_path, f"a,b\n1,2\n{row}\n".encode(), ["a", "b"])
    with pytest.raises(InvalidPackage, match="row 3 has more or fewer cells"):
        pledgeline.open(root)["t"]


def test_fields_that_differ_in_case_keep_their_own_values(tmp_path):
    """Catches values mixed up where SQL takes two names for one."""
    root = package(tmp_path, b"id,ID\n1,10\n2,20\n", ["id", "ID"])
    assert pledgeline.open(root)["t"].to_arrow().to_pylist() == [
        {"id": 1, "ID": 10},
        {"id": 2, "ID": 20},
    ]


@pytest.mark.parametrize("cell", ["[sic]", "[1,2]", "[]", "[", '["x"]'])
def test_an_extra_cell_is_listed_once_whatever_is_in_it(cell, tmp_path):
    """Catches a cell taken for a list of cells."""
    quoted = '"' + cell.replace('"', '""') + '"'
    root = package(tmp_path, f"a\n1,{quoted}\n".encode(), ["a"])
    (error,) = pledgeline.validate(root).tasks[0].errors
    assert (error.type, error.row_number, error.cell) == ("extra-cell", 2, cell)


@pytest.mark.parametrize("encoding", [None, "ascii", "utf-8", "cp1252"])
@pytest.mark.parametrize("rows", [1, 5_000])
def test_a_wrong_byte_is_reported_at_its_row(encoding, rows, tmp_path):
    """Catches the row at which a buffer ended, and bytes that are UTF-8 by chance."""
    wrong = "é".encode() if encoding == "ascii" else b"\x81"
    raw = b"a,b\n" + b"1,2\n" * rows + b"1," + wrong + b"\n" + b"1,2\n" * rows
    about = {"encoding": encoding} if encoding else {}
    assert places(package(tmp_path, raw, ["a", "b"], **about)) == [
        ("encoding-error", rows + 2, None)
    ]


def test_a_wrong_byte_names_its_part(tmp_path):
    """Catches a line of the joined file, which nobody has."""
    parts = {"1.csv": b"a\n1\n", "2.csv": b"a\n2\n\xe9\n"}
    (error,) = pledgeline.validate(package(tmp_path, parts, ["a"])).tasks[0].errors
    assert "byte 0xe9 in line 3 of 2.csv, column 1, is not UTF-8" in error.message


def test_a_link_put_in_the_place_of_a_file_is_not_followed(tmp_path):
    """Catches a secret read through a link that was swapped in after the paths were checked."""
    (tmp_path / "secret").write_text("s")
    (tmp_path / "t.csv").symlink_to(tmp_path / "secret")
    with pytest.raises(Unreadable, match="changed while the package was read"):
        open_regular(tmp_path / "t.csv")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Unreadable, match="changed while the package was read"):
        open_regular(tmp_path / "pipe")
    (tmp_path / "real").mkdir()
    (tmp_path / "real/t.csv").write_text("x")
    (tmp_path / "folder").symlink_to(tmp_path / "real")
    with pytest.raises(Unreadable, match="changed while the package was read"):
        open_regular(tmp_path / "folder/t.csv")
    assert open_regular(tmp_path / "real/t.csv").read() == b"x"


@pytest.mark.parametrize("name", ["t.csv", "t.csv.gz", "t.json", "t.ndjson", "t.xlsx", "t.parquet"])
def test_no_reader_follows_a_link_put_in_the_place_of_its_file(name, tmp_path, monkeypatch):
    """Catches a format whose reader opens files by itself."""
    contents = {
        "t.csv": b"id\n1\n",
        "t.csv.gz": gzip.compress(b"id\n1\n"),
        "t.json": b'[{"id": 1}]',
        "t.ndjson": b'{"id": 1}\n',
        "t.xlsx": xlsx(["id"], [1]),
        "t.parquet": parquet(),
    }
    root = tmp_path / "package"
    root.mkdir()
    package(root, {name: contents[name]}, ["id"])
    assert pledgeline.validate(root).valid
    (tmp_path / "secret").write_bytes(contents[name])

    def swapped(*asked):
        (root / name).unlink()
        (root / name).symlink_to(tmp_path / "secret")
        return candidate_sources(*asked)

    monkeypatch.setattr(checked_resource, "candidate_sources", swapped)
    (error,) = pledgeline.validate(root).tasks[0].errors
    assert error.type == "source-error" and "changed while the package was read" in error.message


def test_a_temporary_folder_behind_a_link_is_as_good(tmp_path, monkeypatch):
    """Catches what we unpacked ourselves taken for a file that was replaced; macOS has such one."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "link"))
    root = package(tmp_path, {"t.csv.gz": gzip.compress(b"a\n1\n")}, ["a"])
    assert pledgeline.validate(root).valid


def test_labels_are_the_fields_names_as_they_stand(tmp_path):
    """Catches a field whose name ends in a blank, which no label could ever match."""
    assert places(package(tmp_path, b"id ,v\n1,2\n", ["id ", "v"])) == []
    assert places(package(tmp_path, b" id ,v\n1,2\n", ["id", "v"])) == []
