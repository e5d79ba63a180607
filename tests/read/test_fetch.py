"""Packages at an https address: a server of the test's own, on this machine, with a certificate
that only the test trusts.
"""

import hashlib
import json
import shutil
import threading
import time
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from support.tls import certificate

import pledgeline
from pledgeline.errors import FetchRefused, UnreadablePackage
from pledgeline.read import https
from pledgeline.releases.pack import pack

CELLS = b"id,name\n1,Baku\n2,Shusha\n"
SCHEMA = {
    "fields": [{"name": "id", "type": "integer"}, {"name": "name", "type": "string"}],
    "primaryKey": ["id"],
}


def package(**changes) -> dict:
    digest = "sha256:" + hashlib.sha256(CELLS).hexdigest()
    table = {
        "name": "places",
        "path": "data/places.csv",
        "format": "csv",
        "hash": digest,
        "schema": SCHEMA,
        **changes,
    }
    return {"name": "small", "version": "1.0.0", "resources": [table]}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A folder, and the address that it is served at."""
    folder, keys = tmp_path_factory.mktemp("served"), tmp_path_factory.mktemp("keys")
    cert, context = certificate(keys)

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(folder))

        def do_GET(self):
            if self.path.startswith("/away"):
                self.send_response(302)
                self.send_header("Location", "http://localhost/datapackage.json")
                self.end_headers()
            elif self.path.startswith("/endless"):
                self.send_response(200)
                self.end_headers()
                try:
                    while True:
                        self.wfile.write(b" " * 65536)
                except OSError:
                    return
            else:
                super().do_GET()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(cert))
        yield folder, f"https://localhost:{server.server_port}"
    server.shutdown()


def put(folder, descriptor, cells=CELLS) -> None:
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data/places.csv").write_bytes(cells)
    (folder / "datapackage.json").write_text(json.dumps(descriptor))


def test_a_package_is_read_from_the_address_of_its_descriptor(served):
    """Catches a table that is not fetched, and files that stay when the package is gone."""
    folder, address = served
    put(folder, package())
    opened = pledgeline.open(f"{address}/datapackage.json")
    assert opened["places"].to_arrow().to_pylist() == [
        {"id": 1, "name": "Baku"},
        {"id": 2, "name": "Shusha"},
    ]


def test_two_tables_in_files_of_one_name_are_both_fetched(served):
    """Catches a table taken for another's second format because their files have one name."""
    folder, address = served
    other = {"name": "old-places", "path": "old/places.csv"}
    (folder / "old").mkdir(exist_ok=True)
    (folder / "old/places.csv").write_bytes(CELLS)
    content = package()
    put(
        folder,
        {**content, "resources": [*content["resources"], {**content["resources"][0], **other}]},
    )
    assert set(pledgeline.open(f"{address}/datapackage.json")) == {"places", "old-places"}


def test_a_schema_in_a_file_of_its_own_is_fetched(served):
    """Catches a table that has no types because its schema stands beside the descriptor."""
    folder, address = served
    put(folder, package(schema="schema.json"))
    (folder / "schema.json").write_text(json.dumps(SCHEMA))
    assert (
        pledgeline.open(f"{address}/datapackage.json")["places"].to_arrow().schema.field("id").type
        == "int64"
    )


@pytest.mark.long
def test_our_own_package_is_read_from_an_address(served, last_release):
    """Catches a package with two formats a table whose keys point at what was not fetched."""
    folder, address = served
    for part in ("data/csv", "datapackage.json"):
        copy = shutil.copytree if (last_release / part).is_dir() else shutil.copy
        copy(last_release / part, folder / part)
    opened = pledgeline.open(f"{address}/datapackage.json")
    assert opened["events"].to_arrow().equals(pledgeline.open(last_release)["events"].to_arrow())
    assert opened.at("1.0.0").version == "1.0.0"


def test_an_archive_is_read_and_held_against_its_sums(served, tmp_path):
    """Catches an archive that is not unpacked, or whose files or hash nobody looks at."""
    folder, address = served
    put(tmp_path, package())
    pack(tmp_path, folder / "small.zip")
    digest = hashlib.sha256((folder / "small.zip").read_bytes()).hexdigest()
    assert len(pledgeline.open(f"{address}/small.zip", sha256=digest)["places"]) == 2
    with pytest.raises(FetchRefused, match="not the file that was meant"):
        pledgeline.open(f"{address}/small.zip", sha256="0" * 64)
    spoiled = (folder / "small.zip").read_bytes().replace(b"Shusha", b"Susha!")
    (folder / "spoiled.zip").write_bytes(spoiled)
    with pytest.raises(UnreadablePackage, match="Bad CRC-32"):
        pledgeline.open(f"{address}/spoiled.zip")


REFUSED = {
    "a file of another hash": (package(), CELLS + b"3,Gazakh\n", "not those that were described"),
    "a file above the package": (package(path="../../etc/passwd"), CELLS, "leads upwards"),
    "an absolute file": (package(path="/etc/passwd"), CELLS, "absolute path"),
    "a file of another server": (package(path="https://localhost:1/t.csv"), CELLS, "is a URL"),
    "a file that is not there": (package(path="data/none.csv"), CELLS, "404"),
    "no resources": ({"name": "x"}, CELLS, "not a datapackage.json with a list of resources"),
    "resources of another kind": (
        {"resources": [3]},
        CELLS,
        "not a datapackage.json with a list of resources",
    ),
    "a list": ([], CELLS, "not a datapackage.json with a list of resources"),
}


@pytest.mark.parametrize(
    "text",
    [
        '{"resources": [], "n": ' + "9" * 5_000_000 + "}",
        "[" * 1_000_000,
        '{"resources": [], "resources": []}',
        '{"resources": [{"n": NaN}]}',
        "<html>",
        "",
        '{"resources": [{"path": "a"}, {"path": "a/b"}]}',
        '{"resources": [{"path": "datapackage.json/b"}]}',
    ],
    ids=["digits", "depth", "twice", "nan", "html", "empty", "below-a-file", "below-itself"],
)
def test_a_hostile_descriptor_is_refused_at_once(text, served):
    """Catches a descriptor that takes quadratic work, the stack, or the place of another file."""
    folder, address = served
    (folder / "datapackage.json").write_text(text)
    (folder / "a").write_text("id\n")
    start = time.monotonic()
    with pytest.raises(FetchRefused):
        pledgeline.open(f"{address}/datapackage.json?token=secret")
    assert time.monotonic() - start < 20


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_as_described_is_refused(case, served):
    """Catches a stranger's package that is read though not as described, or leads elsewhere."""
    folder, address = served
    descriptor, cells, reported = REFUSED[case]
    put(folder, descriptor, cells)
    with pytest.raises(FetchRefused, match=reported):
        pledgeline.open(f"{address}/datapackage.json")


def test_only_https_is_followed(served):
    """Catches a redirection to an address without encryption."""
    with pytest.raises(FetchRefused, match="not an https address"):
        pledgeline.open(f"{served[1]}/away/datapackage.json")


def test_what_never_ends_is_left(served, monkeypatch):
    """Catches a file that fills the disk, or that takes for ever."""
    with pytest.raises(FetchRefused, match="larger than what is fetched"):
        pledgeline.open(f"{served[1]}/endless/datapackage.json")
    monkeypatch.setattr(https, "SECONDS", -1)
    with pytest.raises(FetchRefused, match="did not come within"):
        pledgeline.open(f"{served[1]}/endless/datapackage.json")


def test_a_server_that_nobody_vouches_for_is_refused(served, monkeypatch):
    """Catches a certificate that is not checked."""
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(FetchRefused, match="CERTIFICATE_VERIFY_FAILED"):
        pledgeline.open(f"{served[1]}/datapackage.json")
