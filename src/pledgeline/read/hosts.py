"""Where a host is: its addresses, looked up within a bound of time, and whether they are public."""

import ipaddress
import queue
import socket
import threading
from collections.abc import Iterator

# IPv4 addresses within IPv6, of which ipaddress knows the other forms:
# https://www.rfc-editor.org/rfc/rfc6052#section-2.1
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")

Host = tuple[str, int]  # name and port
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def look_up(host: Host, seconds: float) -> list[str]:
    """The addresses of a host, none where it cannot be found. Raises TimeoutError.

    The system's resolver knows no bound of time, so a thread of its own waits for it.
    """
    answers: queue.SimpleQueue[list[str]] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(*host, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            found = []
        answers.put(list(dict.fromkeys(str(each[4][0]) for each in found)))

    threading.Thread(target=ask, daemon=True).start()
    try:
        return answers.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError from None


def is_public(text: str) -> bool:
    """Whether an address is on the public internet, and so are those that it stands for.

    >>> is_public("2001:4860:4860::8888"), is_public("169.254.169.254")
    (True, False)
    """
    address = ipaddress.ip_address(text)
    return all(
        each.is_global and not each.is_multicast and not each.is_reserved
        for each in (address, *within(address))
    )


def within(address: Address) -> Iterator[ipaddress.IPv4Address]:
    """The IPv4 addresses that an IPv6 address stands for."""
    if isinstance(address, ipaddress.IPv6Address):
        if address in TRANSLATED:
            yield ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        yield from (each for each in (address.ipv4_mapped, address.sixtofour) if each)
        yield from address.teredo or ()
