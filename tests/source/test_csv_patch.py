"""A file made plain has the records that Python's csv module reads in the file it was made of."""

import csv
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pledgeline.source import csv_patch
from pledgeline.source.csv_exact import records
from pledgeline.source.dialect import split_header
from pledgeline.source.source import Unreadable
from pledgeline.source.unpack import Text
from pledgeline.standard.dialect import Dialect

# More of what matters than of letters, and whole cells, so that some of the text is plain.
PARTS = st.sampled_from(
    [
        *("a", "é", " ", '"', "'", ",", ";", "\n", "\r\n", "\r", "#", "\\", '\\"', '""'),
        *("a,b\n", '"a b","c"\n', '"a\nb",c\r\n', "a, b\n", "'a',b\n", "# no\n", "a\rb\r"),
        '"a\\"b",c\n',
    ]
)
TEXTS = st.lists(PARTS, max_size=30).map("".join)
DIALECTS = st.fixed_dictionaries(
    {"header": st.booleans()},
    optional={
        "quoteChar": st.sampled_from(["'", '"']),
        "escapeChar": st.just("\\"),
        "doubleQuote": st.booleans(),
        "skipInitialSpace": st.just(True),
        "commentChar": st.just("#"),
        "commentRows": st.just([2, 3]),
        "headerRows": st.sampled_from([[1], [2], [1, 2]]),
        "skipBlankRows": st.just(True),
        "lineTerminator": st.sampled_from(["\n", "\r\n", "\r", ";"]),
    },
)
WIDTH = 2


def rows_of(text: Text, dialect: Dialect, delimiter: str) -> list[tuple[int, list[str]]]:
    """The numbers and cells of the rows of data."""
    return list(split_header(records(text, dialect, delimiter), dialect)[1])


def rows_of_patched(made: csv_patch.Patched) -> list[tuple[int, list[str]]]:
    """The rows of a file that was made, as a scan gives them."""
    found, number, most = [], made.first - 1, WIDTH + csv_patch.SURPLUS - 1
    with made.path.open(encoding="utf-8", newline="") as file:
        for number, cells in enumerate(
            csv.reader(file, delimiter=made.delimiter, quotechar=made.quote), made.first
        ):
            if cells == [csv_patch.NO_CELL.decode()]:
                found.append((number, []))
            elif len(cells) > most:
                found.append((number, [*cells[:most], *json.loads(cells[most])]))
            elif cells != [csv_patch.SKIPPED.decode()]:
                found.append((number, cells))
    assert number - made.first + 1 == made.records
    return found


@pytest.fixture(scope="module", autouse=True)
def small_pieces():
    """Pieces of a few bytes, as if the files were large."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(csv_patch, "CHUNK", 16)
        yield


@settings(max_examples=300, deadline=None)
@given(TEXTS, DIALECTS, st.sampled_from([",", ";"]))
@example("a,b\n1,2\n\n3,4\n", {"header": True}, ",")
@example("a,b\n1,2\n  \n3,4\n", {"header": True, "skipInitialSpace": True}, ",")
@example("a,b\n" + "".join(f"1,2{',3' * n}\n" for n in range(8)), {"header": True}, ",")
@example('a,b\n"1","2"\n' * 5 + 'x"y,z\n' + '"1","2"\n' * 5, {"header": True}, ",")
def test_the_records_are_those_of_the_csv_module(text, descriptor, delimiter):
    """Catches a byte that is dropped, and a piece that is taken for plain and is not."""
    dialect = Dialect.from_descriptor({"delimiter": delimiter, **descriptor})
    with TemporaryDirectory() as name:
        folder = Path(name).resolve()
        (folder / "t.csv").write_bytes(text.encode())
        source = Text(folder / "t.csv")
        try:
            expected = rows_of(source, dialect, delimiter)
        except Unreadable:
            return
        if not expected:
            return
        made = csv_patch.patch(
            source, dialect, delimiter, "utf-8", expected[0][0], WIDTH, folder / "made", 1 << 20
        )
        assert made and rows_of_patched(made) == expected


def test_most_pieces_pass_as_they_are(tmp_path, monkeypatch):
    """Catches a reader of bytes that leaves everything to the csv module."""
    (tmp_path / "t.csv").write_text("a,b\n" + '1,"x, y"\n' * 100 + "\n" + "2,z\n" * 100)
    parsed, made_plain = [], csv_patch.plain_piece

    def noted(*asked):
        piece = made_plain(*asked)
        parsed.append(piece is None)
        return piece

    monkeypatch.setattr(csv_patch, "plain_piece", noted)
    monkeypatch.setattr(csv_patch, "CHUNK", 100)
    made = csv_patch.patch(
        Text(tmp_path / "t.csv"), Dialect(), ",", "utf-8", 2, 2, tmp_path / "made", 1 << 20
    )
    assert made and (made.records, made.blank) == (201, 1)
    assert len(parsed) > 10 and not any(parsed)
