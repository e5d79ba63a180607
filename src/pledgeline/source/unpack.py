"""Files unpacked, joined and converted to UTF-8, so that one reader does for all.

A file that needs none of this is read where it lies.
"""

import codecs
import gzip
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from pledgeline.source.source import Unreadable
from pledgeline.standard.package import Resource

CHUNK = 1 << 20
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


def unpacked_file(resource: Resource, folder: Path, room: int) -> Path:
    """A UTF-8 file with the text of `resource`.

    It is the resource's own file, or a new one in `folder` of at most `room` bytes. Raises
    Unreadable for an encoding that is unknown or not the file's, a broken or empty archive, and an
    archive that unpacks to far more than a table would.
    """
    encoding = known_encoding(resource.encoding)
    if len(resource.paths) == 1 and not resource.compression and encoding in UTF8:
        return resource.paths[0]
    target = folder / f"{len(list(folder.iterdir()))}.txt"
    header = resource.dialect.header and resource.format == "csv"
    try:
        with target.open("wb") as file:
            for chunk in joined(resource, encoding, skip_header=header):
                room -= len(chunk)
                if room < 0:
                    raise Unreadable(
                        "compression-error", "the package's archives unpack to too much data"
                    )
                file.write(chunk)
    except UnicodeError as error:
        raise Unreadable("encoding-error", f"the file is not in {encoding} ({error})") from error
    except BROKEN as error:
        if resource.compression:
            wrong = f"the archive cannot be unpacked ({error})"
            raise Unreadable("compression-error", wrong) from error
        raise Unreadable("source-error", f"the file cannot be read ({error})") from error
    return target


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


def joined(resource: Resource, encoding: str, skip_header: bool) -> Iterator[bytes]:
    """All parts in UTF-8, one after the other.

    With `skip_header`, the first line of every part but the first is left out.
    """
    for number, path in enumerate(resource.paths):
        last = b"\n"
        chunks = in_utf8(unpacked(path, resource), encoding)
        if number and skip_header:
            chunks = without_first_line(chunks)
        for chunk in chunks:
            yield chunk
            last = chunk or last
        if number + 1 < len(resource.paths) and not last.endswith(b"\n"):
            yield b"\n"


def in_utf8(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    if encoding in UTF8:
        yield from chunks
        return
    decoder = codecs.getincrementaldecoder(encoding)()
    for chunk in chunks:
        yield decoder.decode(chunk).encode()
    yield decoder.decode(b"", final=True).encode()


def without_first_line(chunks: Iterator[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        _, end, rest = chunk.partition(b"\n")
        if end:
            yield rest
            break
    yield from chunks


def unpacked(path: Path, resource: Resource) -> Iterator[bytes]:
    """The bytes of one file, unpacked as the resource says."""
    packed = path.stat().st_size
    with path.open("rb") as file:
        if resource.compression == "gz":
            yield from bounded(cast(IO[bytes], gzip.GzipFile(fileobj=file)), packed)
        elif resource.compression == "zip":
            with zipfile.ZipFile(file) as archive:
                name = member_name(archive, resource.innerpath)
                with archive.open(name) as member:
                    yield from bounded(member, packed)
        else:
            yield from bounded(file, packed)


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
            raise Unreadable(
                "compression-error",
                f"the archive of {packed:,} bytes unpacks to more than {size:,} bytes",
            )
        yield chunk
