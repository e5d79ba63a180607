"""What the bytes of a CSV file say is what a reader that loses nothing finds, and nothing else."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgeline.source import csv_bytes, csv_chunks, csv_look

CELLS = st.text(alphabet='aé1 ",\n', max_size=5)
TABLES = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=6)
)


def written(rows: list[list[str]], end: str, quoting: int, unended: bool, mark: bool) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator=end, quoting=quoting).writerows(rows)
    body = text.getvalue().removesuffix(end) if unended else text.getvalue()
    return csv_bytes.MARK * mark + body.encode()


def size(rows: list[list[str]]) -> int:
    """The bytes of all cells and one more for each, as a scan sums them."""
    return sum(len(cell.encode()) + 1 for row in rows for cell in row)


@given(
    TABLES,
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    st.booleans(),
    st.booleans(),
)
def test_a_reader_that_loses_nothing_agrees(rows, end, quoting, unended, mark):
    """Catches a proof that right readings do not pass, and one that passes others."""
    looked = csv_look.look_at(written(rows, end, quoting, unended, mark), ",")
    if not looked.plain:  # a blank line, or a blank beside a quote: read by another reader anyway
        return
    body = rows[1:]
    assert looked.agrees(True, len(body), size(body))
    assert looked.agrees(False, len(rows), size(rows))
    assert not looked.agrees(True, len(body) + 1, size(body))
    if body:
        assert not looked.agrees(True, len(body) - 1, size(body[:-1]))
    if body and not looked.quotes:
        assert not looked.agrees(True, len(body), size(body) - 1)


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 64])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_large_file_is_looked_through_as_a_small_one(chunk, end, tmp_path, monkeypatch):
    """Catches what is lost where one chunk ends and the next begins."""
    monkeypatch.setattr(csv_chunks, "CHUNK", chunk)
    monkeypatch.setattr(csv_chunks, "LONGEST_LINE", 1 << 20)
    rows = [["a\nb", "c"], ["é", '"'], ["", "x,y"], ["1", "2\n"]]
    for unended in (False, True):
        for mark in (False, True):
            raw = written(rows, end, csv.QUOTE_MINIMAL, unended, mark)
            (tmp_path / "t.csv").write_bytes(raw)
            looked = csv_chunks.look_at_chunks(tmp_path / "t.csv", len(raw), ",")
            assert looked.plain and looked == csv_look.look_at(raw, ",")


@pytest.mark.parametrize(
    "text",
    [b"a\n\nb\n", b"\na\n", b'a\n"b" \n', b'a\n"b\n', b"a\rb\n", b"a\nb\r", b"a\n\x01\n"],
)
def test_what_a_scan_might_read_otherwise_is_not_plain(text: bytes):
    """Catches a file that a scan would read in its own way, called plain."""
    assert not csv_look.look_at(text, ",").plain


def in_chunks(folder: Path, text: bytes, monkeypatch, plain: bool) -> None:
    """The same of a large file, wherever its chunks end."""
    (folder / "t.csv").write_bytes(text)
    for chunk in (1, 2, 3, 5, 64):
        monkeypatch.setattr(csv_chunks, "CHUNK", chunk)
        assert csv_chunks.look_at_chunks(folder / "t.csv", len(text), ",").plain == plain


@pytest.mark.parametrize("cell", [b'"a, ""b"" "', b'"a "', b'" a"', b'", ""b"", "', b'""" a"'])
def test_a_blank_beside_a_quote_within_a_cell_is_plain(cell: bytes, tmp_path: Path, monkeypatch):
    """Catches prose with quotations that is read slowly, and the same blank outside of quotes."""
    assert csv_look.look_at(b"a,b\n1," + cell + b"\n", ",").plain
    assert not csv_look.look_at(b"a,b\n1, " + cell + b"\n", ",").plain
    assert not csv_look.look_at(b"a,b\n" + cell + b" ,1\n", ",").plain
    in_chunks(tmp_path, b"a,b\n1," + cell + b"\n", monkeypatch, True)
    in_chunks(tmp_path, b"a,b\n1, " + cell + b"\n", monkeypatch, False)
    in_chunks(tmp_path, b"a,b\n" + cell + b" ,1\n", monkeypatch, False)
    # which of these quotes open a cell is not sure
    assert not csv_look.look_at(b'a,b\n5" pipe, "x"\n"\n', ",").plain


def test_a_long_line_is_not_plain():
    """Catches a line that the database refuses, in a file that is looked at in one go."""
    line = b"x" * (csv_bytes.LONGEST_LINE - csv_bytes.CHUNK)
    assert not csv_look.look_at(b"a\n" + line + b"x\nb\n", ",").plain
    assert csv_look.look_at(b"a\n" + line[1:] + b"\nb\n" + line[1:] + b"\n", ",").plain


@pytest.mark.parametrize("chunk", [1, 3, 64])
@pytest.mark.parametrize("text", [b"a\r\nb\n", b'a,b\n"c"d,e"f"\n', b'a\n"b"c\n', b"a\rb\r\n"])
def test_what_a_scan_would_refuse_late_is_not_plain(text, chunk, tmp_path, monkeypatch):
    """Catches a scan in vain, where the bytes say that it will be."""
    monkeypatch.setattr(csv_chunks, "CHUNK", chunk)
    (tmp_path / "t.csv").write_bytes(text)
    looked = csv_chunks.look_at_chunks(tmp_path / "t.csv", len(text), ",")
    assert not looked.plain


@pytest.mark.parametrize(
    ("text", "long"), [(b"a,b\n1,2\n", False), (b"a,b\n1,2,3\n", False), (b"a,b\n1,2,3,4\n", True)]
)
def test_a_line_with_two_cells_too_many_is_seen(text, long, tmp_path):
    """Catches a scan in vain, and a row with one cell too many that is read twice."""
    (tmp_path / "t.csv").write_bytes(text)
    looked = csv_look.look_through(tmp_path / "t.csv", ",")
    assert csv_look.has_surplus_line(tmp_path / "t.csv", looked, ",", 2, 1) == long
