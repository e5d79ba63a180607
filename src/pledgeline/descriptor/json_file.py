"""JSON from a stranger's file as plain values, read within limits; nothing in the file can exhaust
memory or the stack.

Each refusal is a ValueError whose text says what was found and how to fix it.
"""

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

BYTES = 50_000_000  # the largest descriptor known to us, of a package of 10,000 tables, has 8 MB
DEPTH = 64  # a descriptor nests about eight deep, the JSON Schema in a constraint somewhat deeper
CONTAINERS = 1_000_000  # an empty list takes two bytes in the file and 60 in memory
VALUES = (
    3_000_000  # a list of numbers takes two bytes each in the file, and some checks remember each
)
DIGITS = 400  # no float has more before its point; turning text into numbers takes quadratic time


def read_text(path: Path, most: int = BYTES) -> str:
    """The UTF-8 text of a regular file of at most `most` bytes."""
    try:
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)
        )  # a named pipe must not make us wait
    except (OSError, ValueError) as error:
        raise ValueError(
            f"the file cannot be read ({reason(error)}); check its name and its rights"
        ) from None
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise ValueError("this is not a regular file; give the path of a JSON file")
        if status.st_size > most:
            raise ValueError(
                f"the file has {status.st_size:,} bytes, expected at most {most:,}; move inline data to files"
            )
        with open(handle, "rb", closefd=False) as file:
            raw = file.read(status.st_size)  # what is appended meanwhile is not read
    finally:
        os.close(handle)
    if raw.startswith(b"\xef\xbb\xbf"):
        raise ValueError(
            "the file begins with a byte order mark, which JSON forbids (RFC 8259); save it as UTF-8 without one"
        )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ValueError(
            f"line {line}: byte 0x{raw[error.start]:02x} is not UTF-8; save the file as UTF-8"
        ) from None


def reason(error: OSError | ValueError) -> str:
    """What the system says, without the path, which may be anything."""
    return (
        (error.strerror or "unknown reason").lower()
        if isinstance(error, OSError)
        else "the path has a NUL character"
    )


def read_json(path: Path) -> object:
    """The value of a JSON file: no NaN, no repeated key, no number beyond a float, no lone
    surrogate, no deep nesting.
    """
    text = read_text(path)
    if not text.strip():
        raise ValueError("the file is empty; expected a JSON object")
    if text.count("{") + text.count("[") > CONTAINERS:
        raise ValueError(
            f"the file has more than {CONTAINERS:,} lists and objects; move inline data to files"
        )
    if text.count(",") > VALUES:
        raise ValueError(f"the file has more than {VALUES:,} values; move inline data to files")
    hooks = {
        "object_pairs_hook": no_repeats,
        "parse_constant": no_constant,
        "parse_int": whole,
        "parse_float": finite,
    }
    try:
        value = json.loads(text, **hooks)
    except json.JSONDecodeError as error:
        found = f"line {error.lineno}, column {error.colno}: this is not JSON ({error.msg})"
        raise ValueError(f"{found}; fix it there or just before") from None
    except RecursionError:
        raise ValueError(f"lists and objects nest deeper than {DEPTH}; flatten them") from None
    check_tree(value)
    return value


def no_repeats(pairs: list[tuple[str, object]]) -> dict:
    """An object, unless a key stands in it twice: readers differ in which of the two they believe."""
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))
        raise ValueError(f"the key {json.dumps(twice)[:80]} stands twice in one object; remove one")
    return made


def no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON; use null or a string")


def whole(digits: str) -> int:
    if len(digits) > DIGITS:
        raise ValueError(
            f"a number has {len(digits):,} digits, expected at most {DIGITS}; shorten it or make it a string"
        )
    return int(digits)


def finite(text: str) -> float:
    number = float(text) if len(text) <= DIGITS * 2 else float("inf")
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"the number {text[:20]} is too large for a float; make it a string")
    return number


def check_tree(value: object) -> None:
    """Refuses a tree that nests too deep or holds a text that no file can hold (a lone surrogate).

    It does not recurse.
    """
    level: list[object] = [value]
    for _ in range(DEPTH):
        level = [part for node in level for part in parts(node)]
        if not level:
            return
    raise ValueError(f"lists and objects nest deeper than {DEPTH}; flatten them")


def parts(node: object) -> Iterator[object]:
    """The lists and objects directly in `node`, its texts checked on the way."""
    if isinstance(node, dict):
        texts, inner = node.keys(), node.values()
    else:
        texts, inner = (), node if isinstance(node, list) else [node]
    for text in texts:
        check_text(text)
    for child in inner:
        if isinstance(child, str):
            check_text(child)
        elif isinstance(child, dict | list) and child is not node:
            yield child


def check_text(text: str) -> None:
    """Refuses half of a surrogate pair: it cannot be written as UTF-8, so printing it would fail."""
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            raise ValueError(
                f"{json.dumps(text)[:80]} holds half a character (a lone surrogate); write it whole"
            ) from None
