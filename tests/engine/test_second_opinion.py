"""frictionless-py as a second opinion: asked of the standard alone, cut off from all else."""

import json
import socket
import sys
import threading
from pathlib import Path

import pytest
from support.parity import V2, write_package

import pledgeline
from pledgeline.engine import frictionless
from pledgeline.errors import EngineFailed, MissingExtra
from pledgeline.source.process import Bounds, ProcessFailed, values_from

FIELDS = [{"name": "id", "type": "integer"}]
FEW = Bounds(memory=1 << 30, seconds=20)


@pytest.fixture
def service():
    """A service on this machine that counts who calls."""
    server = socket.create_server(("127.0.0.1", 0))
    calls = []

    def serve():
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            calls.append(1)
            connection.sendall(b'HTTP/1.0 200 OK\r\n\r\n[["id"],["stolen"]]')
            connection.close()

    threading.Thread(target=serve, daemon=True).start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/t.json", calls
    server.close()


def table(**properties) -> dict:
    own = {"name": "t", "type": "table", "path": "t.json", "format": "json"}
    return own | {"schema": {"fields": FIELDS}} | properties


@pytest.mark.parametrize("engine", ["duckdb", "frictionless"])
@pytest.mark.parametrize(
    "place",
    [
        lambda address: {"extrapaths": [address]},
        lambda address: {"basepath": address},
        lambda address: {"dialect": {"type": "remote", "extrapaths": [address]}},
        lambda address: {"dialect": {"inline": {"data": address}, "controls": [address]}},
        lambda address: {"control": {"type": "remote", "path": address}},
        lambda address: {"profile": address},
        lambda address: {"schema": {"fields": FIELDS, "$schema": address}},
        lambda address: {"schema": {"fields": [{**FIELDS[0], "reference": address}]}},
        lambda address: {"licenses": [{"name": "a", "path": address}], "homepage": address},
        lambda address: {"scheme": "http"},
        lambda address: {"multipart": True, "remote": True, "extrapaths": ["/etc/passwd"]},
    ],
)
def test_nothing_in_a_descriptor_reaches_beyond_the_package(engine, place, service, tmp_path: Path):
    """Catches a property of frictionless-py's own that fetches an address or opens another file."""
    address, calls = service
    own = table(**place(address))
    path = write_package(
        tmp_path, [own], {"t.json": b'[{"id": 1}, {"id": 2}]'}, extrapaths=[address]
    )
    report = pledgeline.validate(path, engine=engine)
    assert not calls and "stolen" not in json.dumps(report.to_dict())
    assert [task.rows for task in report.tasks] in ([2], [])


def fetch(address: str):
    """For the process: asks an address in each of the ways that libraries do."""
    import http.client
    import urllib.request

    for ask in (
        lambda: urllib.request.urlopen(address, timeout=5).read(),
        lambda: http.client.HTTPConnection("127.0.0.1", 80).request("GET", "/"),
        lambda: socket.create_connection(("127.0.0.1", 80)),
        lambda: socket.socket().connect(("127.0.0.1", 80)),
        lambda: socket.getaddrinfo("localhost", 80),
    ):
        try:
            ask()
        except OSError as error:
            yield str(error)
        else:
            yield "answered"


def fill(_: object):
    """For the process: more memory than it may have."""
    yield len([b"x" * (64 << 20) for _ in range(1_000)])


def spin(_: object):
    """For the process: more time than it may have."""
    yield "begun"
    while True:
        pass


def fall(_: object):
    """For the process: an exception of any kind."""
    print("this is no answer")
    yield 1
    raise ZeroDivisionError("on purpose")


@pytest.fixture
def here(monkeypatch):
    """Makes this file a module that the process can import."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    return Path(__file__).stem


def test_the_process_has_no_network(here, service):
    """Catches a way to a connection that is left open."""
    address, calls = service
    answers = list(values_from(f"{here}:fetch", address, FEW))
    assert len(answers) == 5 and all("no network" in answer for answer in answers) and not calls


@pytest.mark.skipif(sys.platform == "win32", reason="the system bounds no process")
@pytest.mark.parametrize(
    ("function", "bounds", "said"),
    [
        ("fill", FEW, "1,024 MB of memory"),
        pytest.param("spin", Bounds(1 << 30, 1), "more than 1 seconds", marks=pytest.mark.long),
        ("fall", FEW, "ZeroDivisionError: on purpose"),
        ("absent", FEW, "AttributeError"),
    ],
)
def test_the_process_ends_within_its_bounds_and_says_why(here, function, bounds, said):
    """Catches a process that takes all memory, never ends, or fails in silence."""
    with pytest.raises(ProcessFailed, match=said):
        list(values_from(f"{here}:{function}", None, bounds))


def test_what_it_cannot_take_is_an_error_of_that_resource(tmp_path: Path):
    """Catches a traceback, and one resource that ends the report on the others."""
    strange = {"fields": [{"name": "id", "type": "list"}]}
    resources = [
        table(),
        table(name="u", schema=strange),
        {"name": "v", "path": "v.xlsx", "schema": {"fields": FIELDS}},
    ]
    files = {"t.json": b'[{"id": "x"}]', "v.xlsx": b"no workbook"}
    report = pledgeline.validate(write_package(tmp_path, resources, files), engine="frictionless")
    first, _, last = report.tasks
    assert [error.type for error in first.errors] == ["type-error"]
    assert last.errors and not last.valid


def test_what_version_2_allows_is_allowed(tmp_path: Path):
    """Catches a descriptor made anew without the version that it follows."""
    fields = [{"name": "id", "type": "integer", "constraints": {"exclusiveMinimum": 0}}]
    own = table(schema={"fields": fields})
    path = write_package(tmp_path, [own], {"t.json": b'[{"id": 0}]'})
    assert json.loads(path.read_text())["$schema"] == V2
    (error,) = pledgeline.validate(path, engine="frictionless").tasks[0].errors
    assert (error.type, error.row_number) == ("constraint-error", 2)


def test_a_library_that_it_needs_is_named_with_the_command(tmp_path: Path, monkeypatch):
    """Catches a missing library reported as a fault of the data."""
    note = 'Please install "frictionless[pandas]"'
    answer = {"name": "t", "labels": [], "seconds": 0.0, "rows": 0, "fields": 0, "bytes": 0}
    answer["errors"] = [{"type": "error", "message": note, "note": note}]
    monkeypatch.setattr(frictionless, "values_from", lambda *_: iter([answer]))
    path = write_package(tmp_path, [table()], {"t.json": b"[]"})
    with pytest.raises(MissingExtra, match=r"pip install 'frictionless\[pandas\]'"):
        pledgeline.validate(path, engine="frictionless")


def test_an_engine_that_gives_no_report_is_no_verdict_on_the_data(tmp_path: Path, monkeypatch):
    """Catches a limit of ours that is called a fault of the package, or a defect."""
    monkeypatch.setattr(frictionless, "BOUNDS", Bounds(memory=60 << 20, seconds=20))
    path = write_package(tmp_path, [table()], {"t.json": b"[]"})
    with pytest.raises(EngineFailed, match=r"gives no report: .*; use the engine duckdb"):
        pledgeline.validate(path, engine="frictionless")
