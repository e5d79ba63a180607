"""Files over https, from the first byte to the last within one deadline and one number of bytes.

Every read from a connection, whether of the handshake, the headers, the body or what follows it,
waits no longer than what is left of the time, and is counted. The answer must be whole: status 200,
not encoded, its end known. Certificates are checked. Proxies are not used.

The address that the user typed may lead anywhere, also to this machine or its network. Where a
server redirects to another, that must be on the public internet: a stranger's server must not make
us ask those that only we can reach. A host is looked up once, and what was found is connected to.
"""

import http.client
import io
import re
import socket
import ssl
import time
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from pledgeline.errors import FetchRefused
from pledgeline.read.hosts import Host, is_public, look_up
from pledgeline.text import quoted, without_secrets

BYTES = 1 << 30  # of all files of a package together
SECONDS, SILENCE = 300, 30  # for all files together, and without a byte
HEAD = 1 << 18  # bytes of the handshake's answer and headers, and of what frames the chunks
CHUNK = 1 << 16
REDIRECTIONS = 10
REDIRECTED = {301, 302, 303, 307, 308}
INSTEAD = "download it and open the file"


class Refusal(Exception):
    """Why an answer is not taken, without the address."""


class Downloads:
    """What is left of the bytes and seconds for the package at the address that the user typed."""

    def __init__(self, typed: str) -> None:
        self.typed = host_of(parts_of(typed))
        self.bytes, self.until = BYTES, time.monotonic() + SECONDS
        self.context = ssl.create_default_context()
        self.found: dict[Host, list[str]] = {}

    def fetch(self, address: str, target: Path, most: int) -> None:
        """Writes what is at `address`, of at most `most` bytes, to `target`.

        Raises FetchRefused, whatever goes wrong.
        """
        most = min(most, self.bytes)
        next_address = address
        try:
            for _ in range(REDIRECTIONS + 1):
                location = self.exchange(parts_of(next_address), target, most)
                if location is None:
                    self.bytes -= target.stat().st_size
                    return
                next_address = urljoin(next_address, location)
            raise Refusal(f"it redirects more than {REDIRECTIONS} times; give the final address")
        except (Refusal, OSError, ValueError, http.client.HTTPException) as error:
            raise FetchRefused(f"{without_secrets(address)}: {reason(error)}") from None

    def exchange(self, parts: SplitResult, target: Path, most: int) -> str | None:
        """Asks for one address; returns where it redirects to, None where its body was written."""
        with self.connect(host_of(parts)) as connection:
            connection.settimeout(self.wait())
            connection.sendall(request(parts))
            wire = Wire(connection, self)
            response = http.client.HTTPResponse(wire, method="GET")  # type: ignore[arg-type]
            response.begin()
            if response.status in REDIRECTED and (location := response.headers["Location"]):
                return str(location)
            length = check_head(response, most)
            wire.left += most
            with target.open("wb") as file:
                received = 0
                while chunk := response.read1(CHUNK):
                    received += len(chunk)
                    if received > most:
                        raise too_large()
                    file.write(chunk)
            if length is not None and received != length:
                raise Refusal(f"cut short: {received:,} of {length:,} bytes came; try again")
            return None

    def connect(self, host: Host) -> ssl.SSLSocket:
        """A connection to the first of the host's addresses that takes one."""
        refused: Exception = Refusal("the host cannot be found; check its name")
        for found in self.look_up(host):
            try:
                plain = socket.create_connection((found, host[1]), timeout=self.wait())
            except OSError as error:
                refused = error
                continue
            try:
                plain.settimeout(self.wait())
                return self.context.wrap_socket(
                    plain, server_hostname=host[0], suppress_ragged_eofs=False
                )
            except BaseException:
                plain.close()
                raise
        raise refused

    def look_up(self, host: Host) -> list[str]:
        """The addresses of a host, the same each time; of one that was not typed, public ones."""
        if host not in self.found:
            self.found[host] = look_up(host, self.wait())
        if host != self.typed and not all(map(is_public, self.found[host])):
            raise Refusal(
                f"it redirects to {quoted(host[0])}, which is not on the public internet; "
                "give that address yourself if you trust it"
            )
        return self.found[host]

    def wait(self) -> float:
        """How long the next step may take, in seconds."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return min(left, SILENCE)


class Wire(io.RawIOBase):
    """What comes over a connection: each read bounded in time, all of them in bytes."""

    def __init__(self, connection: ssl.SSLSocket, downloads: Downloads) -> None:
        self.connection, self.downloads, self.left = connection, downloads, HEAD

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.connection.settimeout(self.downloads.wait())
        size = self.connection.recv_into(buffer)
        self.left -= size
        if self.left < 0:
            raise too_large()
        return size

    def makefile(self, mode: str) -> io.BufferedReader:
        """What http.client reads from."""
        return io.BufferedReader(self)


def parts_of(address: str) -> SplitResult:
    """The parts of an https address. Raises FetchRefused for any other, and for credentials."""
    named = quoted(without_secrets(address), 200)
    if not address.lower().startswith("https:"):
        raise FetchRefused(f"{named} is not an https address; nothing else is fetched")
    try:
        parts = urlsplit(address)
        valid = bool(parts.hostname) and parts.port != 0
    except ValueError:
        valid = False
    if not valid or not re.fullmatch("[!-~]+", address):
        raise FetchRefused(
            "this is not a valid address; expected one such as"
            " https://example.org/datapackage.json, with a host in Punycode if it is not ASCII,"
            " and all other characters that are not ASCII percent-encoded"
        )
    if "@" in parts.netloc:
        raise FetchRefused(
            f"{named} was given with a user or password, which are not sent; {INSTEAD}"
        )
    return parts


def host_of(parts: SplitResult) -> Host:
    return parts.hostname or "", parts.port or 443


def request(parts: SplitResult) -> bytes:
    """A GET request, as https://www.rfc-editor.org/rfc/rfc9112#section-3 has it."""
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = (
        f"GET {path} HTTP/1.1",
        f"Host: {parts.netloc}",
        "User-Agent: pledgeline",
        "Accept: */*",
        "Accept-Encoding: identity",
        "Connection: close",
    )
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode("ascii")


def check_head(response: http.client.HTTPResponse, most: int) -> int | None:
    """The length of the body to come; None if it is chunked or ends with the connection.

    TLS distinguishes such an end from a connection that is cut. Raises Refusal.
    """
    if response.status != HTTPStatus.OK:
        raise Refusal(f"the server says {status(response.status)}, expected 200 OK")
    if (coding := response.headers.get("Content-Encoding", "identity").lower()) != "identity":
        raise Refusal(f"the file comes encoded as {quoted(coding)}, which was not asked for")
    if (coding := response.headers.get("Transfer-Encoding", "chunked").lower()) != "chunked":
        raise Refusal(f"the file comes encoded as {quoted(coding)}, expected chunked or nothing")
    lengths = set(response.headers.get_all("Content-Length", []))
    if "Transfer-Encoding" in response.headers or not lengths:
        return None
    (text, *others) = lengths
    if others or not re.fullmatch("[0-9]{1,18}", text):
        raise Refusal("the server does not say clearly how long the file is (Content-Length)")
    if int(text) > most:
        raise too_large()
    return int(text)


def status(code: int) -> str:
    """A status in the standard's words, which the server's own need not be."""
    known = code in HTTPStatus._value2member_map_
    return f"{code} {HTTPStatus(code).phrase}" if known else str(code)


def too_large() -> Refusal:
    return Refusal(f"it is larger than what is fetched; {INSTEAD}")


def reason(error: Exception) -> str:
    """What went wrong, as a sentence without the address."""
    if isinstance(error, Refusal):
        return str(error)
    if isinstance(error, TimeoutError):
        return f"it did not come within {SECONDS} s, or nothing did for {SILENCE} s; {INSTEAD}"
    if isinstance(error, ssl.SSLEOFError | http.client.IncompleteRead | ConnectionError):
        return "the server ended the connection, or cut the file short; try again"
    if isinstance(error, ssl.SSLError):
        return f"there is no secure connection ({error})"
    if isinstance(error, http.client.HTTPException | ValueError):
        return f"the answer is not HTTP ({type(error).__name__}); check the address"
    named = error.strerror if isinstance(error, OSError) else None
    return f"it could not be fetched ({named or type(error).__name__})"
