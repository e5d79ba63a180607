"""`scripts/export.py`: the package as SQLite, workbook, calendar and feed, each opened by a reader of another make."""

import datetime
import hashlib
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import urllib.request
from pathlib import Path

import duckdb
import feedparser
import icalendar
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from copies import REPOSITORY, load_script, once_a_run

sys.path.append(str(REPOSITORY / "scripts"))  # as for a script that is run there

calendar_file, database, export, feed, workbook = (
    load_script(name) for name in ("calendar_file", "database", "export", "feed", "workbook")
)

CONTENT = json.loads((REPOSITORY / "datapackage.json").read_text("utf-8"))
RESOURCES = {resource["name"]: resource for resource in CONTENT["resources"] if resource["format"] == "csv"}
NAME = CONTENT["name"]
MOMENT = datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)
HOSTILE = "<script>alert(1)</script> & one, two; three\\n\nBEGIN:VEVENT ]]> \x00 \u2028 Ə" + "ş" * 80
TAMED = HOSTILE.replace("\x00", "\ufffd").replace("\u2028", "\ufffd")
FILES = {f"{NAME}.sqlite", "datasette.json", f"{NAME}.xlsx", "timeline.ics", "additions.atom"}


def run_export(root: Path) -> subprocess.CompletedProcess:
    command = [sys.executable, REPOSITORY / "scripts/export.py", "--root", root]
    return subprocess.run(command, capture_output=True, text=True)


@once_a_run
def built(root: Path) -> None:
    """What a build has published, and nothing else."""
    shutil.copytree(REPOSITORY / "data/parquet", root / "data/parquet")
    shutil.copy(REPOSITORY / "datapackage.json", root)


@once_a_run
def exported(root: Path) -> None:
    """The same with its exports, and what was printed."""
    shutil.copytree(built(), root)
    run = run_export(root)
    assert run.returncode == 0, run.stderr
    (root / "printed.txt").write_text(run.stdout)


@pytest.fixture(scope="session")
def exports() -> Path:
    """The folder of the exported files; not to be written in."""
    return exported() / "exports"


@pytest.fixture(scope="session")
def book(exports) -> openpyxl.Workbook:
    return openpyxl.load_workbook(exports / f"{NAME}.xlsx")


@pytest.fixture
def copy(tmp_path) -> Path:
    """A built package of one's own, with its exports."""
    return shutil.copytree(exported(), tmp_path / "package")


def hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.name in FILES}


def parquet(table: str) -> list[dict]:
    return pq.read_table(REPOSITORY / f"data/parquet/{table}.parquet").to_pylist()


# The step


def test_every_file_is_written_and_told_of(exports):
    """Catches a form that is left out, and a line that gives no size."""
    assert {path.name for path in exports.iterdir()} == FILES | {".lock"}
    printed = (exports.parent / "printed.txt").read_text()
    for path in exports.iterdir():
        assert path.name == ".lock" or f"{path.stat().st_size:,} bytes" in printed


def test_the_same_package_gives_the_same_bytes(copy):
    """Catches a clock, a locale, a random id or an order of sets in a file."""
    shutil.rmtree(copy / "exports")
    environment = {"TZ": "Asia/Baku", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "7", "PATH": "/usr/bin:/bin"}
    command = [sys.executable, REPOSITORY / "scripts/export.py"]
    assert subprocess.run(command, cwd=copy, env=environment, capture_output=True).returncode == 0
    assert hashes(copy / "exports") == hashes(exported() / "exports")


def quick(content: dict, tables: dict[str, pa.Table], moment: datetime.datetime, path: Path) -> str:
    """Stands for the workbook, which takes longest, where it does not matter what is in it."""
    path.write_text("another workbook")
    return "another workbook"


def test_an_interruption_leaves_the_old_files_whole(copy, monkeypatch):
    """Catches an export that is written over the old one, and leavings of one that failed."""
    before = hashes(copy / "exports")
    content = json.loads((copy / "datapackage.json").read_text()) | {"title": "Another title"}
    (copy / "datapackage.json").write_text(json.dumps(content))
    monkeypatch.setattr(export, "write_workbook", quick)
    with monkeypatch.context() as patch:
        patch.setattr(export, "write_feed", lambda *arguments: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            list(export.export(copy))
    assert hashes(copy / "exports") == before and not (copy / "exports/.unfinished").exists()
    (copy / "exports/.unfinished").mkdir()
    (copy / f"exports/.unfinished/{NAME}.sqlite").write_text("half a file of a run that was killed")
    list(export.export(copy))
    after = hashes(copy / "exports")
    assert after.keys() == before.keys() and after["additions.atom"] != before["additions.atom"]


def no_descriptor(root: Path) -> None:
    (root / "datapackage.json").unlink()


def broken_descriptor(root: Path) -> None:
    (root / "datapackage.json").write_text('{"resources": [')


def another_descriptor(root: Path) -> None:
    (root / "datapackage.json").write_text('{"resources": [{"name": "a", "path": "a.csv"}]}')


def empty_descriptor(root: Path) -> None:
    (root / "datapackage.json").write_text('{"resources": []}')


def no_table(root: Path) -> None:
    (root / "data/parquet/events.parquet").unlink()


def another_table(root: Path) -> None:
    shutil.copy(root / "data/parquet/actors.parquet", root / "data/parquet/events.parquet")


@pytest.mark.parametrize(
    "harm", [no_descriptor, broken_descriptor, another_descriptor, empty_descriptor, no_table, another_table]
)
def test_what_is_no_built_package_is_refused_in_one_line(harm, tmp_path, capsys, monkeypatch):
    """Catches a traceback, and a message that names no file or no remedy."""
    root = shutil.copytree(built(), tmp_path / "package")
    harm(root)
    monkeypatch.setattr(sys, "argv", ["export.py", "--root", str(root)])
    assert export.main() == 1
    told = capsys.readouterr().err
    where = "events.parquet" if "_table" in harm.__name__ else "datapackage.json"
    assert told.count("\n") == 1 and where in told and "run `make build`" in told and not (root / "exports").exists()


@pytest.mark.parametrize("place", ["exports", "exports/additions.atom"])
def test_a_place_that_cannot_be_written_is_named(place, tmp_path, capsys, monkeypatch):
    """Catches a traceback where something else stands in the place of the folder or of a file."""
    root = shutil.copytree(built(), tmp_path / "package")
    if place == "exports":
        (root / place).write_text("no folder")
    else:
        (root / place / "taken").mkdir(parents=True)
    monkeypatch.setattr(export, "write_workbook", quick)
    monkeypatch.setattr(sys, "argv", ["export.py", "--root", str(root)])
    assert export.main() == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and f"{root / place}: could not be written" in told and "make room" in told


def test_a_full_disk_ends_in_a_message_and_the_old_files(copy):
    """Catches a traceback, of SQLite's writer too, and half a file, when not all can be written."""
    before = hashes(copy / "exports")
    command = f"ulimit -f 1000; exec '{sys.executable}' '{REPOSITORY}/scripts/export.py'"
    run = subprocess.run(["bash", "-c", command], cwd=copy, capture_output=True, text=True)
    assert run.returncode == 1 and run.stderr.count("\n") == 1 and "could not be written" in run.stderr, run.stderr
    assert hashes(copy / "exports") == before


# SQLite, Datasette and DuckDB


def test_the_database_has_every_row_and_declares_every_foreign_key(exports):
    """Catches a lost row, and a key that is left out, as one that refers to its own table once was."""
    with sqlite3.connect(exports / f"{NAME}.sqlite") as opened:
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        for name, resource in RESOURCES.items():
            assert opened.execute(f'SELECT count(*) FROM "{name}"').fetchone() == (resource["rows"],)
            declared = {}
            for number, _, target, column, other, *_ in opened.execute(f'PRAGMA foreign_key_list("{name}")'):
                declared.setdefault(number, (target, [], []))
                declared[number][1].append(column)
                declared[number][2].append(other)
            keys = [(key["fields"], key["reference"]) for key in resource["schema"].get("foreignKeys", [])]
            wanted = [(reference["resource"] or name, fields, reference["fields"]) for fields, reference in keys]
            assert sorted(declared.values()) == sorted(wanted), name


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO event_actors VALUES ('no-such-event', 'AZE', 'actor')",
        "UPDATE actors SET member_of = 'nobody' WHERE id = 'AZE'",
        "DELETE FROM sources WHERE id IN (SELECT source FROM citations)",
    ],
)
def test_a_database_with_keys_enforced_refuses_what_breaks_one(statement, exports, tmp_path):
    """Catches keys that are declared so that SQLite cannot enforce them."""
    with sqlite3.connect(shutil.copy(exports / f"{NAME}.sqlite", tmp_path)) as opened:
        opened.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            opened.execute(statement)


def family(*rows: tuple[str, str | None], own: bool = True) -> tuple[dict, dict]:
    """Two invented tables: `child` refers to itself and, by its id, to `parent`, which comes later and has `a` and `b`."""
    key = {"fields": ["of"], "reference": {"resource": "" if own else "parent", "fields": ["id"]}}
    columns = [{"name": "id", "type": "string", "constraints": {"required": True}}, {"name": "of", "type": "string"}]
    schemas = {
        "child": {"fields": columns, "primaryKey": ["id"], "foreignKeys": [key]},
        "parent": {"fields": columns[:1], "primaryKey": ["id"]},
    }
    children = pa.table({"id": pa.array([id for id, _ in rows]), "of": pa.array([of for _, of in rows], pa.string())})
    return {"child": children, "parent": pa.table({"id": ["a", "b"]})}, schemas


@pytest.mark.parametrize("own", [True, False])
def test_a_row_that_refers_to_nothing_is_not_written(own, tmp_path):
    """Catches a writer that does not enforce the keys it declares, and half a database that is left behind."""
    path = tmp_path / "a.sqlite"
    database.write_sqlite(*family(("a", "b"), ("b", None), own=own), path)
    path.unlink()
    with pytest.raises(ValueError, match=f"table child: row 1 refers to a row that {'child' if own else 'parent'} does not"):
        database.write_sqlite(*family(("a", "x"), ("b", None), own=own), path)
    assert not path.exists()


@pytest.mark.parametrize("rows", [[("a", None), ("a", None)], [("a", None), (None, None)]])
def test_a_row_without_a_key_of_its_own_is_not_written(rows, tmp_path):
    """Catches a duplicate or missing key that ends in a traceback of SQLite's own."""
    with pytest.raises(ValueError, match="table child: a row breaks the schema"):
        database.write_sqlite(*family(*rows), tmp_path / "a.sqlite")


@pytest.fixture(scope="module")
def served(exports):
    """The address of a Datasette that serves the database with its metadata."""
    command = [Path(sys.executable).with_name("datasette"), "serve", f"{NAME}.sqlite", "--metadata", "datasette.json"]
    command += ["--host", "127.0.0.1", "--port", "0"]  # whatever port is free
    with subprocess.Popen(command, cwd=exports, stderr=subprocess.PIPE, text=True) as server:
        try:
            lines = []
            while "running on http" not in (lines or [""])[-1]:
                lines.append(server.stderr.readline())
                assert lines[-1], "".join(lines)
            yield re.search(r"http://127\.0\.0\.1:\d+", lines[-1])[0]
        finally:
            server.terminate()


def got(address: str) -> str:
    """What a page answers; a proxy of the machine has no part in it."""
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=20) as answer:
        assert answer.status == 200
        return answer.read().decode()


def test_datasette_answers_with_rows_names_and_words(served):
    """Catches a database that Datasette does not open, references without names, and metadata that it passes over."""
    assert CONTENT["title"].partition("'")[2] in got(served) and CONTENT["licenses"][0]["path"] in got(served)
    events = json.loads(got(f"{served}/{NAME}/events.json?_size=1"))
    assert events["filtered_table_rows_count"] == RESOURCES["events"]["rows"]
    (roles,) = json.loads(got(f"{served}/{NAME}/event_actors.json?_size=1&_labels=on&actor=AZE"))["rows"]
    assert roles["actor"] == {"value": "AZE", "label": "Azerbaijan"}
    page = got(f"{served}/{NAME}/instruments")
    assert RESOURCES["instruments"]["description"] in page and "Unit: provisions." in page
    said = json.loads(got(f"{served}/-/metadata.json"))["databases"][NAME]["tables"]
    assert {name: list(table["columns"]) for name, table in said.items()} == {
        name: [field["name"] for field in resource["schema"]["fields"]] for name, resource in RESOURCES.items()
    }


def test_duckdb_queries_the_parquet_files_where_they_are(exports):
    """Catches Parquet files that need more than their paths, or that say other than the database."""
    query = "SELECT kind, count(*) AS n FROM {events} JOIN {roles} AS roles ON event = id GROUP BY kind ORDER BY kind"
    files = {name: f"'{REPOSITORY}/data/parquet/{table}.parquet'" for name, table in PAIR.items()}
    with sqlite3.connect(exports / f"{NAME}.sqlite") as opened:
        counted = opened.execute(query.format(**PAIR)).fetchall()
    assert sorted(duckdb.sql(query.format(**files)).fetchall()) == counted and len(counted) > 10


PAIR = {"events": "events", "roles": "event_actors"}


# The workbook


def test_the_workbook_has_a_sheet_a_table_with_filters_and_a_frozen_header(book):
    """Catches a table, a filter, a frozen header or a width that is left out."""
    assert book.sheetnames == ["about", "dictionary", *RESOURCES]
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == sheet.dimensions, sheet.title
        widths = {n: each.width for each in sheet.column_dimensions.values() for n in range(each.min, each.max + 1)}
        assert set(widths) == set(range(1, sheet.max_column + 1)), sheet.title
        assert all(workbook.NARROW <= width <= workbook.WIDE + 1 for width in widths.values())
    for name, resource in RESOURCES.items():
        rows = book[name].iter_rows(values_only=True)
        assert next(rows) == tuple(field["name"] for field in resource["schema"]["fields"])
        assert sum(1 for _ in rows) == resource["rows"]


@pytest.mark.parametrize("table", ["events", "instruments", "changes"])
def test_cells_are_what_they_are(table, book):
    """Catches a day or number written as text, a text taken for a number, and a cell that is lost."""
    kinds = {"integer": "n", "boolean": "b", "date": "d", "string": "s"}
    types = [field["type"] for field in RESOURCES[table]["schema"]["fields"]]
    for cells, row in zip(book[table].iter_rows(min_row=2), parquet(table), strict=True):
        for cell, type, value in zip(cells, types, row.values(), strict=True):
            assert value is None or cell.data_type == kinds[type], cell.coordinate
            found = cell.value.date() if type == "date" and value else cell.value
            assert found == value, cell.coordinate


def test_long_texts_are_wrapped(book):
    """Catches a summary that runs over the screen."""
    assert book["events"]["P2"].alignment.wrap_text and not book["events"]["A2"].alignment.wrap_text


def test_the_dictionary_has_every_column_and_the_first_sheet_says_how_to_cite(book):
    """Catches a column without a word, and a workbook that does not say whose it is and on what terms."""
    lines = list(book["dictionary"].iter_rows(min_row=2, values_only=True))
    wanted = [(name, field["name"]) for name, of in RESOURCES.items() for field in of["schema"]["fields"]]
    assert [line[:2] for line in lines] == wanted and all(line[2] and line[3] and line[6] for line in lines)
    status = next(line for line in lines if line[:2] == ("events", "status"))
    assert "expected = Expected" in status[7] and next(line[5] for line in lines if line[1] == "member_of") == "actors"
    about = {row[0]: row[2] for row in book["about"].iter_rows(values_only=True)}
    assert about["Title"] == CONTENT["title"] and CONTENT["version"] in about["Version"] and "Cut" not in about
    assert CONTENT["licenses"][0]["path"] in about["Licence"] and CONTENT["title"] in about["Cite as"]
    links = {row[0].value: row[0].hyperlink.location for row in book["about"].iter_rows() if row[0].hyperlink}
    assert links == {name: f"'{name}'!A1" for name in RESOURCES}
    assert book.properties.created.isoformat() == CONTENT["created"].removesuffix("Z")


def invented_book(path: Path, name: str = "t", **columns: list) -> tuple[openpyxl.Workbook, str]:
    """A workbook of one invented table, and what was told of it."""
    fields = [{"name": column, "title": column, "type": "any", "description": column} for column in columns]
    table = pa.table({column: pa.array(cells) for column, cells in columns.items()})
    resource = {"name": name, "format": "csv", "rows": len(table), "description": "Invented.", "schema": {"fields": fields}}
    told = workbook.write_workbook(CONTENT | {"resources": [resource]}, {name: table}, MOMENT, path)
    return openpyxl.load_workbook(path), told


@pytest.mark.parametrize(
    "text",
    ["=1+1", '=HYPERLINK("http://x.example","y")', "+1", "-1+1", "@SUM(A1)", "\t=1", "http://x.example", "12", "{=1}", ""],
)
def test_no_text_becomes_a_formula_a_number_or_a_link(text, tmp_path):
    """Catches a text of a source that a spreadsheet would run, follow or reckon with."""
    book, _ = invented_book(tmp_path / "a.xlsx", **{"=head": [text, "x"]})
    head, cell = book["t"]["A1"], book["t"]["A2"]
    assert (head.value, head.data_type) == ("=head", "s")
    assert cell.value == text and cell.data_type == "s" and cell.hyperlink is None
    assert bool(cell.quotePrefix) == text.startswith(workbook.FORMULA)


def test_what_excel_cannot_hold_is_cut_with_a_mark_or_written_as_text(tmp_path):
    """Catches a cell that Excel would repair away, a number that it rounds, and a day before its calendar begins."""
    whole, long, wide = "a" * 32_767, "a" * 32_768, "𒀀" * 20_000  # each of the last counts for two
    columns = {"text": [whole, long, wide], "day": [datetime.date(1899, 12, 31), datetime.date(1900, 3, 1), None]}
    columns |= {"number": [10**17 + 1, 5, None], "real": [float("nan"), 0.5, None]}
    book, told = invented_book(tmp_path / "a.xlsx", **columns)
    texts, days, numbers, reals = ([cell.value for cell in column] for column in book["t"].iter_cols(min_row=2, max_row=4))
    assert texts[0] == whole and "2 cells were too long" in told
    for text, size in zip(texts[1:], ("32,768", "20,000"), strict=True):
        assert text.endswith(f"… [cut here: {size} characters in all]") and workbook.units(text) <= 32_767
    assert days[:2] == ["1899-12-31", datetime.datetime(1900, 3, 1)]
    assert numbers[:2] == ["100000000000000001", 5] and reals[:2] == ["nan", 0.5]
    assert "2 cells" in {row[0]: row[2] for row in book["about"].iter_rows(values_only=True)}["Cut"]


def test_a_table_longer_than_a_sheet_is_refused(tmp_path):
    """Catches rows that are lost at Excel's last line without a word."""
    with pytest.raises(ValueError, match=r"1,048,576 rows, Excel has room for 1,048,575"):
        invented_book(tmp_path / "a.xlsx", a=[None] * 1_048_576)


def test_sheets_have_names_that_excel_takes():
    """Catches a table's name that is too long, or that is another's but for its case."""
    names = workbook.sheet_names(["about", "About", "a" * 40, "a" * 41, "b"])
    assert names == ["about", "About_2", "a" * 31, "a" * 27 + "_2", "b"]


# The calendar


@pytest.fixture(scope="session")
def entries(exports) -> dict[str, icalendar.Event]:
    """The entries of the calendar by the id of their event."""
    calendar = icalendar.Calendar.from_ical((exports / "timeline.ics").read_bytes())
    assert not calendar.errors and not any(entry.errors for entry in calendar.walk("VEVENT"))
    return {str(entry["uid"]).removesuffix(f"@{NAME}"): entry for entry in calendar.walk("VEVENT")}


def test_the_calendar_has_the_events_whose_days_are_known(exports, entries):
    """Catches a vague date that became a day, a dated event that is left out, and a file that does not tell."""
    known = {}
    for event in parquet("events"):
        days = re.sub("[~?%]", "", event["date"] or "").split("/")
        if all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) for day in days):
            known[event["id"]] = [datetime.date.fromisoformat(day) for day in (days[0], days[-1])]
    assert entries.keys() == known.keys() and 0 < len(known) < RESOURCES["events"]["rows"]
    for id, (first, last) in known.items():
        assert entries[id].decoded("dtstart") == first
        assert entries[id].decoded("dtend") == last + datetime.timedelta(days=1)
        assert entries[id].decoded("dtstamp").isoformat() == CONTENT["created"].replace("Z", "+00:00")
    calendar = icalendar.Calendar.from_ical((exports / "timeline.ics").read_bytes())
    assert f"{len(known)} of {RESOURCES['events']['rows']} events" in calendar["x-wr-caldesc"]


def test_an_entry_tells_what_happened_where_by_whom_and_from_what(entries):
    """Catches a lost word of a known event."""
    entry = entries["moscow-declaration-signing-2022"]
    event = next(row for row in parquet("timeline") if row["event"] == "moscow-declaration-signing-2022")
    assert (entry["summary"], entry["location"], entry["status"]) == (event["title"], event["place"], "CONFIRMED")
    assert entry.decoded("dtstart") == datetime.date(2022, 2, 22) and entry.decoded("dtend") == datetime.date(2022, 2, 23)
    assert entry["categories"].cats == ["Declaration signed"] and event["actors"] in entry["description"]
    source = next(row for row in parquet("sources") if row["id"] == "jamestown-2022")
    assert source["url"] in entry["description"] and source["title"] in entry["description"]


def test_lines_are_as_long_and_end_as_the_standard_asks(exports):
    """Catches a bare line feed, a line of more than 75 bytes, and a letter cut in two by a fold."""
    data = (exports / "timeline.ics").read_bytes()
    lines = data.split(b"\r\n")
    assert lines[-1] == b"" and b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75 and all(line.decode("utf-8") is not None for line in lines)


def invented_entries(path: Path, *events: dict) -> list[icalendar.Event]:
    """The entries of a calendar of invented events."""
    columns = [field["name"] for field in RESOURCES["timeline"]["schema"]["fields"]]
    day = datetime.date(2030, 5, 1)
    usual = dict.fromkeys(columns) | {"event": "e", "date": "2030-05-01", "date_start": day, "date_end": day}
    usual |= {"status": "occurred", "kind": "meeting", "title": "They meet"}
    source = {"id": "s", "publisher": HOSTILE, "title": HOSTILE, "url": None}
    tables = {"timeline": [usual | event for event in events], "sources": [source]}
    tables |= {"citations": [{"record": "e", "source": "s", "locator": place} for place in ("page 2", "page 1", "page 2")]}
    tables = {name: pa.Table.from_pylist(rows) for name, rows in tables.items()}
    calendar_file.write_calendar(CONTENT | {"title": HOSTILE}, tables, MOMENT, path)
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    assert calendar["x-wr-calname"] == icalendar.vText(TAMED).to_ical().decode()  # parsed as it stands, escaped
    return calendar.walk("VEVENT")


@pytest.mark.parametrize(
    ("status", "shown", "title"),
    [
        ("occurred", "CONFIRMED", "They meet"),
        ("expected", "TENTATIVE", "Expected: They meet"),
        ("announced", "TENTATIVE", "Announced: They meet"),
        ("postponed", "TENTATIVE", "Postponed: They meet"),
        ("disputed", "TENTATIVE", "Disputed: They meet"),
        ("denied", "TENTATIVE", "Denied: They meet"),
        ("unconfirmed", "TENTATIVE", "Unconfirmed: They meet"),
        ("cancelled", "CANCELLED", "Cancelled: They meet"),
    ],
)
def test_only_what_occurred_is_shown_as_certain(status, shown, title, tmp_path):
    """Catches a forecast or a denied event that a calendar shows as fact."""
    (entry,) = invented_entries(tmp_path / "a.ics", {"status": status})
    assert (entry["status"], entry["summary"]) == (shown, title)


@pytest.mark.parametrize(
    "date", ["2030", "2030-05", "2030-21", "2030-05-01/..", "../2030-05-01", "2030-05/2030-06-02", "2030-05-XX", None]
)
def test_a_vague_date_is_no_day(date, tmp_path):
    """Catches an entry on a day that no source gives."""
    assert invented_entries(tmp_path / "a.ics", {"date": date}) == []


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2030-05-01", "Date: 2030-05-01\n"),
        ("2030-05-01~", "Date: 2030-05-01~ (about then)"),
        ("2030-05-01?", "Date: 2030-05-01? (uncertain)"),
        ("2030-05-01/2030-05-03%", "(on one of these days or through all of them; uncertain, and about then)"),
    ],
)
def test_an_unsure_date_says_so(date, words, tmp_path):
    """Catches an approximate or uncertain day that is shown as sure, and a span taken for a length."""
    (entry,) = invented_entries(tmp_path / "a.ics", {"date": date})
    assert words in entry["description"]


def test_a_calendar_takes_every_text_as_text(tmp_path):
    """Catches a text that ends its line, begins an entry of its own or breaks the file."""
    event = {"title": HOSTILE, "summary": HOSTILE, "place": HOSTILE, "actors": HOSTILE, "kind": HOSTILE}
    (entry,) = invented_entries(tmp_path / "a.ics", event)
    assert entry["summary"] == entry["location"] == TAMED and entry["categories"].cats == [TAMED]
    assert entry["description"].startswith(TAMED) and f"Actors: {TAMED}" in entry["description"]
    assert entry["description"].endswith(f"- {TAMED}: {TAMED} (page 1; page 2)")


# The feed


def test_the_feed_has_an_entry_a_version(exports):
    """Catches a version that is left out, a feed out of order, and a count that is not the tables'."""
    parsed = feedparser.parse((exports / "additions.atom").read_bytes())
    assert not parsed.bozo and parsed.version == "atom10" and CONTENT["title"] in parsed.feed.title
    releases, changes = parquet("releases"), parquet("changes")
    days = {release["version"]: release["date"].isoformat() for release in releases}
    versions = [entry for entry in parsed.entries if entry.title.startswith("Version ")]
    assert [entry.title for entry in versions] == [f"Version {version} ({day})" for version, day in reversed(days.items())]
    assert [entry.updated for entry in versions] == [f"{day}T00:00:00+00:00" for day in reversed(days.values())]
    assert parsed.feed.updated == versions[0].updated and len({entry.id for entry in parsed.entries}) == len(parsed.entries)
    first = versions[-1].content[0].value
    for row in releases:
        if row["version"] == "1.0.0":
            assert (f"{row['table']}: {row['rows']:,} rows" in first) == (row["table"] != "schema")
    added = sum(row["version"] == "1.1.0" and (row["table"], row["kind"]) == ("codings", "added") for row in changes)
    assert f"codings: {added} rows added" in versions[-2].content[0].value


def invented_feed(path: Path, content: dict, *changes: dict) -> feedparser.FeedParserDict:
    """The feed of two invented versions and of the changes of the second; ten comes after nine."""
    dates = {"1.9.0": datetime.date(2026, 12, 1), "1.10.0": datetime.date(2027, 2, 1)}
    releases = [{"version": version, "table": "events", "date": day, "rows": 4} for version, day in dates.items()]
    usual = {"version": "1.10.0", "table": "events", "key": "e", "field": "all", "kind": "added", "new": None, "reason": "Why."}
    tables = {"releases": pa.Table.from_pylist(releases), "changes": pa.Table.from_pylist([usual | row for row in changes])}
    feed.write_feed(content, tables, MOMENT, path)
    parsed = feedparser.parse(path.read_bytes(), sanitize_html=False)
    assert not parsed.bozo
    return parsed


def test_a_later_event_or_commitment_has_an_entry_and_a_correction_is_counted(tmp_path):
    """Catches an addition that followers do not hear of, and a correction told as one."""
    parsed = invented_feed(
        tmp_path / "a.atom",
        CONTENT,
        {"key": "e", "new": '{"id": "e", "title": "They meet", "date": "2027"}'},
        {"key": "c", "table": "commitments", "new": '{"id": "c", "summary": "To meet"}'},
        {"key": "s", "table": "sources", "new": '{"id": "s"}'},
        {"key": "old", "field": "date", "kind": "modified", "new": "2026", "reason": "A page says so."},
        {"key": "gone", "kind": "withdrawn", "reason": "Why."},
    )
    titles = [
        "Version 1.10.0 (2027-02-01)",
        "New in events: They meet",
        "New in commitments: To meet",
        "Version 1.9.0 (2026-12-01)",
    ]
    assert [entry.title for entry in parsed.entries] == titles
    text = parsed.entries[0].content[0].value
    assert "events: 1 field changed, 1 row added, 1 row gone (gone, old)" in text and "4 x Why.\n1 x A page says so." in text
    assert "sources: 1 row added\n" in text and "date: 2027" in parsed.entries[1].content[0].value
    assert {entry.updated for entry in parsed.entries[:3]} == {"2027-02-01T00:00:00+00:00"}


def test_the_first_version_tells_its_rows_and_an_unreleased_package_has_an_empty_feed(tmp_path):
    """Catches a feed that cannot be made before there is anything to tell."""
    parsed = invented_feed(tmp_path / "a.atom", CONTENT, {"kind": "modified", "field": "date"})
    assert parsed.entries[-1].content[0].value == "The first version.\n\nevents: 4 rows"
    empty = {name: pa.table({"version": pa.array([], pa.string())}) for name in ("releases", "changes")}
    assert feed.write_feed(CONTENT, empty, MOMENT, tmp_path / "b.atom") == "0 entries of 0 versions"
    parsed = feedparser.parse((tmp_path / "b.atom").read_bytes())
    assert not parsed.bozo and parsed.entries == [] and parsed.feed.updated == "2026-12-01T00:00:00+00:00"


def test_a_feed_takes_every_text_as_text(tmp_path):
    """Catches markup in a record that a feed reader would run, and a control character that breaks the XML."""
    content = CONTENT | {"title": HOSTILE, "description": HOSTILE, "contributors": [{"title": HOSTILE}]}
    parsed = invented_feed(tmp_path / "a.atom", content, {"new": json.dumps({"title": HOSTILE}), "reason": HOSTILE})
    entry = parsed.entries[1]
    assert b"<script" not in (tmp_path / "a.atom").read_bytes()
    assert entry.content[0].type == "text/plain" and entry.content[0].value == f"{TAMED}\n\ntitle: {TAMED}"
    for text in (parsed.feed.title, parsed.feed.subtitle, parsed.feed.author, entry.title):
        assert " ".join(TAMED.split()) in " ".join(text.split())
