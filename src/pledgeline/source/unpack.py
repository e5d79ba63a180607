"""Files unpacked, joined and converted to UTF-8, so that one reader does for all.

A file that needs none of this is read where it lies.
"""

import codecs
import errno
import gzip
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, cast

from pledgeline.errors import OutOfResources
from pledgeline.source.regular import open_regular
from pledgeline.source.source import BeyondBounds, Unreadable
from pledgeline.standard.package import Resource

CHUNK = 1 << 20
LEFT_BYTE = re.compile("[\udc80-\udcff]")  # what "surrogateescape" makes of a byte
NO_UTF8 = "\udcff"
LINE_END = re.compile(rb"\r\n|\n|\r")
# What is unpacked may not be both large and a great multiple of what was packed: text rarely
# shrinks to a hundredth.
LARGE, MULTIPLE = 256 << 20, 100
UTF8 = {"utf-8", "utf-8-sig"}
# encodings of names and of source code
NOT_OF_FILES = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"}
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    OSError,
)


@dataclass(frozen=True)
class Text:
    """A file with the text of a resource in UTF-8; bytes not of its encoding stay as they are.

    `parts` has the files it was joined from, each with the number of the line that would be its
    first if its header had not been left out.
    """

    path: Path
    parts: tuple[tuple[int, str], ...] = ()

    def place(self, line: int) -> str:
        """Where a line is, for a message: of several files, which, and the line in it."""
        if len(self.parts) < 2:
            return f"line {line:,}"
        first, name = [(first, name) for first, name in self.parts if first <= line][-1]
        return f"line {line - first + 1:,} of {name}"


def unpacked_file(resource: Resource, folder: Path, room: int) -> Text:
    """The text of `resource`.

    It is in the resource's own file, or a new one in `folder` of at most `room` bytes. Raises
    Unreadable for an encoding that is unknown or not the file's, a broken or empty archive, and an
    archive that unpacks to far more than a table would.
    """
    encoding = known_encoding(resource.encoding)
    if len(resource.paths) == 1 and not resource.compression and encoding in UTF8:
        return Text(resource.paths[0])
    target = folder / f"{len(list(folder.iterdir()))}.txt"
    header = resource.dialect.header and resource.format == "csv"
    parts: list[tuple[int, str]] = []
    try:
        with target.open("wb") as file:
            for chunk in joined(resource, encoding, header, parts):
                room -= len(chunk)
                if room < 0:
                    raise BeyondBounds("the package's archives unpack to too much data")
                file.write(chunk)
    except UnicodeError as error:
        raise Unreadable("encoding-error", f"the file is not in {encoding} ({error})") from error
    except BROKEN as error:
        check_room(error)
        if resource.compression:
            wrong = f"the archive cannot be unpacked ({error})"
            raise Unreadable("compression-error", wrong) from error
        raise Unreadable("source-error", f"the file cannot be read ({error})") from error
    return Text(target, tuple(parts))


def check_room(error: BaseException) -> None:
    """Raises OutOfResources where an error says that the disk is full."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        wrong = "there is no room on the disk to unpack the package; point TMPDIR to a larger one"
        raise OutOfResources(wrong) from error


def known_encoding(name: str) -> str:
    """The codec's own name for an encoding.

    Raises Unreadable where no codec of that name turns bytes into text.
    """
    try:
        codec = codecs.lookup(name)
        if codec.name in NOT_OF_FILES:
            raise LookupError(name)
        "".encode(codec.name)
    except (LookupError, ValueError) as error:
        raise Unreadable("encoding-error", f'"{name}" is not an encoding of files') from error
    return codec.name


def joined(
    resource: Resource, encoding: str, skip_header: bool, parts: list[tuple[int, str]]
) -> Iterator[bytes]:
    """All parts in UTF-8, one after the other.

    If the first record is a header, it is left out of every part but the first. Adds each part to
    `parts` (see `Text`).
    """
    quote = resource.dialect.quote_char.encode()
    line = 1
    for number, path in enumerate(resource.paths):
        last, skipped = b"\n", 0
        chunks = in_utf8(unpacked(path, resource), encoding)
        if number and skip_header:
            skipped, chunks = skip_first_record(chunks, quote)
        parts.append((line - skipped, path.name))
        for chunk in chunks:
            yield chunk
            line += chunk.count(b"\n")
            last = chunk or last
        if number + 1 < len(resource.paths) and not last.endswith((b"\n", b"\r")):
            yield b"\n"
            line += 1


def in_utf8(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """`chunks` in UTF-8.

    A byte that is not of `encoding` stays as it is, for the reader to find its row; before it is
    put 0xFF, which no text in UTF-8 has, since together such bytes might be UTF-8 by chance.
    """
    if encoding in UTF8:
        yield from chunks
        return
    decoder = codecs.getincrementaldecoder(encoding)("surrogateescape")
    for chunk in chain(chunks, [b""]):
        text = decoder.decode(chunk, final=not chunk)
        if not text.isascii():
            text = LEFT_BYTE.sub(lambda byte: NO_UTF8 + byte[0], text)
        yield text.encode("utf-8", "surrogateescape")


def skip_first_record(chunks: Iterator[bytes], quote: bytes) -> tuple[int, Iterator[bytes]]:
    """How many lines there are up to the first line end outside of quotes, and what follows it."""
    quotes = lines = 0
    held = b""
    for piece in chunks:
        chunk = held + piece
        held = b"\r" if chunk.endswith(b"\r") else b""  # LF may follow
        chunk, at = chunk.removesuffix(held), 0
        for end in LINE_END.finditer(chunk):
            quotes += chunk.count(quote, at, end.start()) if quote else 0
            lines, at = lines + 1, end.end()
            if quotes % 2 == 0:
                return lines, chain([chunk[at:] + held], chunks)
        quotes += chunk.count(quote, at) if quote else 0
    return lines, iter(())


def unpacked(path: Path, resource: Resource) -> Iterator[bytes]:
    """The bytes of one file, unpacked as the resource says."""
    packed = path.stat().st_size
    with open_regular(path) as file:
        if resource.compression == "gz":
            yield from bounded(cast(IO[bytes], gzip.GzipFile(fileobj=file)), packed)
        elif resource.compression == "zip":
            with open_zip(file) as archive:
                name = member_name(archive, resource.innerpath)
                with archive.open(name) as member:
                    yield from bounded(member, packed)
        else:
            yield from bounded(file, packed)


def open_zip(file: IO[bytes]) -> zipfile.ZipFile:
    """The archive in a file. Raises Unreadable where a name in it is not text."""
    try:
        return zipfile.ZipFile(file)
    except UnicodeDecodeError as error:
        wrong = "the archive has a file name that is not UTF-8; pack it anew"
        raise Unreadable("compression-error", wrong) from error


def member_name(archive: zipfile.ZipFile, innerpath: str) -> str:
    """The name of the file in an archive: `innerpath`, or else the first.

    Raises Unreadable where there is none, or two of that name.
    """
    names = [name for name in archive.namelist() if not name.endswith("/")]
    name = innerpath or next(iter(names), "")
    if name not in names:
        wrong = f'the archive has no file "{name}"' if name else "the archive is empty"
        raise Unreadable("compression-error", wrong)
    if names.count(name) > 1:
        wrong = f'the archive has two files "{name}", and readers differ in which they take'
        raise Unreadable("compression-error", wrong)
    return name


def bounded(file: IO[bytes], packed: int) -> Iterator[bytes]:
    """The chunks of `file`, as long as they are not too many for `packed` bytes."""
    size = 0
    while chunk := file.read(CHUNK):
        size += len(chunk)
        if size > LARGE and size > packed * MULTIPLE:
            raise BeyondBounds(
                f"the archive of {packed:,} bytes unpacks to more than {size:,} bytes"
            )
        yield chunk
