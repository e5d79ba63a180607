"""One file over https from a server that answers as no honest one does: every answer ends within
the bounds, and what is not whole is refused.
"""

import socket
import threading
import time
from contextlib import suppress
from itertools import repeat

import pytest
from support.tls import certificate

from pledgeline.errors import FetchRefused
from pledgeline.read import https
from pledgeline.read.hosts import is_public

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def slowly(text: bytes):
    """A byte every 50 ms: no single wait is long."""
    for byte in text:
        time.sleep(0.05)
        yield bytes([byte])


ANSWERS = {  # path -> what the server sends, piece by piece
    "whole": lambda: [OK, b"Content-Length: 4\r\n\r\n", b"data"],
    "chunks": lambda: [CHUNKED, b"2\r\nda\r\n2\r\nta\r\n0\r\n\r\n"],
    "slow-headers": lambda: slowly(OK + b"X: " + b"x" * 1000),
    "slow-body": lambda: slowly(OK + b"\r\n" + b"x" * 1000),
    "silence": lambda: [],
    "endless-continue": lambda: repeat(b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
    "slow-continue": lambda: slowly(b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
    "endless-headers": lambda: [OK, *(b"A: " + b"x" * 60_000 + b"\r\n" for _ in range(90))],
    "many-headers": lambda: [OK, *repeat(b"A: b\r\n", 1000)],
    "a-header-without-end": lambda: [OK, *repeat(b"x" * 10_000, 1000)],
    "endless-trailers": lambda: [CHUNKED, b"0\r\n", *repeat(b"A: " + b"x" * 50_000 + b"\r\n", 99)],
    "slow-trailers": lambda: [CHUNKED, b"0\r\n", *slowly(b"A: b\r\n" * 99)],
    "endless-chunks": lambda: [CHUNKED, *repeat(b"1000\r\n" + b"x" * 4096 + b"\r\n", 999)],
    "endless-body": lambda: [OK, b"\r\n", *repeat(b"x" * 10_000, 1000)],
    "cut-short": lambda: [OK, b"Content-Length: 9\r\n\r\n", b"data"],
    "cut-in-a-chunk": lambda: [CHUNKED, b"9\r\ndata"],
    "cut-between-chunks": lambda: [CHUNKED, b"4\r\ndata\r\n"],
    "cut-without-a-length": lambda: [OK, b"\r\n", b"data"],
    "a-negative-chunk": lambda: [CHUNKED, b"-4\r\ndata\r\n0\r\n\r\n"],
    "two-lengths": lambda: [OK, b"Content-Length: 4\r\nContent-Length: 2\r\n\r\n", b"data"],
    "no-number-as-length": lambda: [OK, b"Content-Length: -4\r\n\r\n", b"data"],
    "a-length-too-large": lambda: [OK, b"Content-Length: 99999999\r\n\r\n", b"data"],
    "gzip": lambda: [OK, b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n", b"data"],
    "gzip-chunks": lambda: [OK, b"Transfer-Encoding: gzip, chunked\r\n\r\n", b"data"],
    "not-http": lambda: [b"SSH-2.0-OpenSSH_9.2\r\n"],
    "here": lambda: [b"HTTP/1.1 302 Found\r\nLocation: /whole\r\n\r\n"],
    "for-ever": lambda: [b"HTTP/1.1 302 Found\r\nLocation: /for-ever\r\n\r\n"],
    "with-credentials": lambda: [
        b"HTTP/1.1 302 Found\r\nLocation: https://me:secret@localhost/\r\n\r\n"
    ],
    "nowhere": lambda: [b"HTTP/1.1 302 Found\r\n\r\n"],
}
for code in (201, 204, 206, 304, 401, 404, 500, 799):
    ANSWERS[str(code)] = lambda code=code: [
        b"HTTP/1.1 %d Status\r\nContent-Length: 4\r\n\r\ndata" % code
    ]
for name, host in {
    "loopback": "127.0.0.1:{port}",
    "loopback-6": "[::1]",
    "mapped": "[::ffff:127.0.0.1]",
    "metadata": "169.254.169.254",
    "private": "10.1.2.3",
    "short": "127.1",
    "number": "2130706433",
    "zero": "0.0.0.0",
    "link-local": "[fe80::1]",
    "unique-local": "[fd00::1]",
    "translated": "[64:ff9b::7f00:1]",
    "another-port": "localhost:1",
}.items():
    ANSWERS[f"to-{name}"] = lambda host=host: [
        b"HTTP/1.1 302 Found\r\nLocation: https://%b/whole\r\n\r\n" % host.encode()
    ]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Where the server is."""
    cert, context = certificate(tmp_path_factory.mktemp("keys"))
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]

    def answer(plain: socket.socket) -> None:
        with suppress(OSError), context.wrap_socket(plain, server_side=True) as connection:
            asked = b""
            while b"\r\n\r\n" not in asked:
                asked += connection.recv(4096)
            path = asked.split()[1].decode().strip("/").partition("?")[0]
            for piece in ANSWERS[path]():
                connection.sendall(piece.replace(b"{port}", str(port).encode()))
            if path == "silence":
                connection.recv(1)

    def serve() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=answer, args=listening.accept()[:1], daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(cert))
        yield f"https://localhost:{port}"
    listening.close()


def fetch(address: str, target) -> bytes:
    https.Downloads(address).fetch(address, target, 1 << 20)
    return target.read_bytes()


@pytest.mark.parametrize("path", ["whole", "whole?token=secret", "chunks", "here"])
def test_what_is_whole_is_taken(path, address, tmp_path):
    """Catches a bound that an honest answer meets, and a redirection that is not followed."""
    assert fetch(f"{address}/{path}", tmp_path / "file") == b"data"


REFUSED = {
    **dict.fromkeys(
        ["slow-headers", "slow-body", "silence", "slow-continue", "slow-trailers"],
        "did not come within",
    ),
    **dict.fromkeys(
        [
            "endless-continue",
            "endless-headers",
            "a-length-too-large",
            "endless-trailers",
            "endless-chunks",
            "endless-body",
        ],
        "larger than what is fetched",
    ),
    **dict.fromkeys(["many-headers", "a-header-without-end", "not-http"], "not HTTP"),
    **dict.fromkeys(
        [
            "cut-short",
            "cut-in-a-chunk",
            "cut-between-chunks",
            "cut-without-a-length",
            "a-negative-chunk",
        ],
        "cut",
    ),
    **dict.fromkeys(["two-lengths", "no-number-as-length"], "how long the file is"),
    **dict.fromkeys(["gzip", "gzip-chunks"], "comes encoded as"),
    **dict.fromkeys([path for path in ANSWERS if path.isdigit()], "expected 200 OK"),
    **dict.fromkeys(
        [path for path in ANSWERS if path.startswith("to-")], "not on the public internet"
    ),
    "for-ever": "redirects more than 10 times",
    "with-credentials": "a user or password",
    "nowhere": "the server says 302 Found",
}


@pytest.mark.parametrize("path", REFUSED)
def test_any_other_answer_is_refused_in_time(path, address, tmp_path, monkeypatch):
    """Catches a part that is taken for the whole, an exchange without end, an answer that is not
    the file, a redirection into the user's own network, and a failure that is no FetchRefused.
    """
    monkeypatch.setattr(https, "SECONDS", 2)
    start = time.monotonic()
    with pytest.raises(FetchRefused, match=REFUSED[path]) as refused:
        fetch(f"{address}/{path}?token=secret", tmp_path / "file")
    assert time.monotonic() - start < 10
    assert "secret" not in str(refused.value)


def test_a_handshake_without_end_is_left(tmp_path, monkeypatch):
    """Catches a deadline that begins when the connection stands."""
    monkeypatch.setattr(https, "SECONDS", 1)
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(FetchRefused, match="did not come within"),
    ):
        fetch(f"https://localhost:{silent.getsockname()[1]}/", tmp_path / "file")


def test_a_name_that_is_never_found_is_left(tmp_path, monkeypatch):
    """Catches a resolver that is waited for without end."""
    monkeypatch.setattr(https, "SECONDS", 0.5)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(5) or [])
    with pytest.raises(FetchRefused, match="did not come within"):
        fetch("https://localhost/", tmp_path / "file")


def test_a_host_is_looked_up_once(address, tmp_path, monkeypatch):
    """Catches a second answer of the resolver that leads elsewhere than the one that was judged."""
    asked, real = [], socket.getaddrinfo

    def once(host, *arguments, **options):
        asked.append(host)
        return real(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", once)
    downloads = https.Downloads(address)
    for path in ("here", "whole"):
        downloads.fetch(f"{address}/{path}", tmp_path / "file", 1 << 20)
    assert [host for host in asked if host == "localhost"] == ["localhost"]


@pytest.mark.parametrize(
    "wrong",
    [
        "https://me:secret@localhost/",
        "https://secret@localhost/",
        "https://me:secret@localhost:x/",
        "https://[secret/",
        "http://localhost/?token=secret",
        "https://localhost/a b?secret",
        "https://localhost/\r\nX:secret",
        "ftp://me:secret@x/",
        "https:///secret",
        "https://lo\u0441alhost/?secret",
    ],
)
def test_an_address_is_refused_without_its_secrets(wrong, tmp_path):
    """Catches a password that is sent, or shown, and an address that becomes a header."""
    with pytest.raises(FetchRefused) as refused:
        fetch(wrong, tmp_path / "file")
    assert "secret" not in str(refused.value) and refused.value.__cause__ is None


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("127.0.0.1", False),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fe80::1%1", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::10.0.0.1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_only_public_addresses_are_public(address, public):
    """Catches a network of the user's own in one of the forms that it can be written in."""
    assert is_public(address) is public
