"""JSON from a stranger's file as plain values, read within limits.

Nothing in the file can exhaust memory or the stack.
"""

import json
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from pledgeline.standard.values import JsonObject

BYTES = 50_000_000  # the largest descriptor known to us, of a package of 10,000 tables, has 8 MB
DEPTH = 64  # a descriptor nests about eight deep, the JSON Schema in a constraint somewhat deeper
CONTAINERS = 1_000_000  # an empty list takes two bytes in the file and 60 in memory
VALUES = 3_000_000  # numbers take two bytes each in the file, and some checks remember each
DIGITS = 400  # no float has more before its point; turning text into numbers takes quadratic time
INFINITY = float("inf")
MOVE_DATA = "move inline data to files"


class DocumentError(ValueError):
    """A file of a descriptor cannot be read: what is wrong, and how to fix it."""

    def __init__(self, wrong: str, fix: str):
        super().__init__(f"{wrong}; {fix}")
        self.wrong, self.fix = wrong, fix


def read_json(path: Path, most: int = BYTES) -> object:
    """The value of a JSON file of at most `most` bytes.

    NaN, repeated keys, numbers that no float can hold and lone surrogates are refused. Raises
    DocumentError.
    """
    text = read_text(path, most)
    if not text.strip():
        raise DocumentError("the file is empty", "expected a JSON object")
    if text.count("{") + text.count("[") > CONTAINERS:
        raise DocumentError(f"the file has more than {CONTAINERS:,} lists and objects", MOVE_DATA)
    if text.count(",") > VALUES:
        raise DocumentError(f"the file has more than {VALUES:,} values", MOVE_DATA)
    try:
        value = json.loads(
            text,
            object_pairs_hook=unique_keys,
            parse_constant=refuse_constant,
            parse_int=parse_integer,
            parse_float=parse_float,
        )
    except json.JSONDecodeError as error:
        found = f"line {error.lineno}, column {error.colno}: this is not JSON ({error.msg})"
        raise DocumentError(found, "fix it there or just before") from None
    except RecursionError:
        raise too_deep() from None
    check_tree(value)
    return value


def read_text(path: Path, most: int = BYTES) -> str:
    """The UTF-8 text of a regular file of at most `most` bytes. Raises DocumentError."""
    try:
        # a named pipe must not make us wait
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except (OSError, ValueError) as error:
        wrong = f"the file cannot be read ({reason(error)})"
        raise DocumentError(wrong, "check its name and its rights") from None
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise DocumentError("this is not a regular file", "give the path of a JSON file")
        if status.st_size > most:
            raise DocumentError(
                f"the file has {status.st_size:,} bytes, expected at most {most:,}", MOVE_DATA
            )
        with open(handle, "rb", closefd=False) as file:
            raw = file.read(status.st_size)  # what is appended meanwhile is not read
    finally:
        os.close(handle)
    if raw.startswith(b"\xef\xbb\xbf"):
        raise DocumentError(
            "the file begins with a byte order mark, which JSON forbids (RFC 8259)",
            "save it as UTF-8 without one",
        )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise DocumentError(
            f"line {line}: byte 0x{raw[error.start]:02x} is not UTF-8", "save the file as UTF-8"
        ) from None


def reason(error: OSError | ValueError) -> str:
    """What the system says, without the path, which may be anything."""
    if isinstance(error, OSError):
        return (error.strerror or "unknown reason").lower()
    return "the path has a NUL character"


def too_deep() -> DocumentError:
    return DocumentError(f"lists and objects nest deeper than {DEPTH}", "flatten them")


def unique_keys(pairs: list[tuple[str, object]]) -> JsonObject:
    """An object, refused where a key repeats: readers differ in which of the two they believe."""
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                wrong = f"the key {json.dumps(key)[:80]} appears twice in one object"
                raise DocumentError(wrong, "remove one")
            seen.add(key)
    return found


def refuse_constant(name: str) -> None:
    raise DocumentError(f"{name} is not JSON", "use null or a string")


def parse_integer(digits: str) -> int:
    """A whole number of at most DIGITS digits."""
    if len(digits) > DIGITS:
        wrong = f"a number has {len(digits):,} digits, expected at most {DIGITS}"
        raise DocumentError(wrong, "shorten it or make it a string")
    return int(digits)


def parse_float(text: str) -> float:
    """A number that a float can hold."""
    number = float(text) if len(text) <= DIGITS * 2 else INFINITY
    if number in (INFINITY, -INFINITY):
        wrong = f"the number {text[:20]} is too large for a float"
        raise DocumentError(wrong, "make it a string")
    return number


def check_tree(value: object) -> None:
    """Refuses a tree that nests too deep or holds a text that no file can hold (a lone surrogate).

    It does not recurse.
    """
    level: list[object] = [value]
    for _ in range(DEPTH):
        level = [child for node in level for child in containers(node)]
        if not level:
            return
    raise too_deep()


def containers(node: object) -> Iterator[object]:
    """The lists and objects directly in `node`; its texts are checked on the way."""
    keys: Iterable[str] = ()
    children: Iterable[object]
    if isinstance(node, dict):
        keys, children = node.keys(), node.values()
    else:
        children = node if isinstance(node, list) else [node]
    for key in keys:
        check_text(key)
    for child in children:
        if isinstance(child, str):
            check_text(child)
        elif isinstance(child, dict | list) and child is not node:
            yield child


def check_text(text: str) -> None:
    """Refuses half of a surrogate pair: printing it would fail, since UTF-8 cannot hold it."""
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            wrong = f"{json.dumps(text)[:80]} holds half a character (a lone surrogate)"
            raise DocumentError(wrong, "write it whole") from None
