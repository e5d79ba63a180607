"""Files made plain: unpacked, joined and in UTF-8, so that one reader does for all.

What is plain already stays where it is.
"""

import codecs
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from pledgeline.source.source import Unreadable
from pledgeline.standard.package import Resource

CHUNK = 1 << 20
# What is unpacked may not be both large and a great multiple of what was packed: text rarely
# shrinks to a hundredth.
LARGE, MULTIPLE = 256 << 20, 100
UTF8 = {"utf-8", "utf-8-sig"}
NO_FILES = {
    "idna",
    "punycode",
    "unicode-escape",
    "raw-unicode-escape",
    "undefined",
}  # of names and of source code
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    OSError,
)


def plain_file(resource: Resource, folder: Path, room: int) -> Path:
    """A plain UTF-8 file with the text of `resource`: its own, or a new one in `folder` of at most
    `room` bytes.

    Raises Unreadable for an encoding that is unknown or not the file's, a broken or empty archive,
    and an archive that unpacks to far more than a table would.
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
                        "compression-error",
                        "what the package's archives unpack to is too much for one package",
                    )
                file.write(chunk)
    except UnicodeError as error:
        raise Unreadable("encoding-error", f"the file is not in {encoding} ({error})") from error
    except BROKEN as error:
        what = "archive cannot be unpacked" if resource.compression else "file cannot be read"
        raise Unreadable(
            "compression-error" if resource.compression else "source-error", f"the {what} ({error})"
        ) from error
    return target


def known_encoding(name: str) -> str:
    """The codec's own name for an encoding.

    Raises Unreadable when there is none of that name that makes text of bytes.
    """
    try:
        codec = codecs.lookup(name)
        if codec.name in NO_FILES:
            raise LookupError(name)
        "".encode(codec.name)
    except (LookupError, ValueError) as error:
        raise Unreadable("encoding-error", f'there is no encoding of files "{name}"') from error
    return codec.name


def joined(resource: Resource, encoding: str, skip_header: bool) -> Iterator[bytes]:
    """All parts in UTF-8, one after the other, without the first line of every part but the first
    if it is a header.
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
            yield from bounded(gzip.GzipFile(fileobj=file), packed)
        elif resource.compression == "zip":
            with zipfile.ZipFile(file) as archive:
                names = [name for name in archive.namelist() if not name.endswith("/")]
                name = resource.innerpath or next(iter(names), "")
                if name not in names:
                    raise Unreadable(
                        "compression-error",
                        f'the archive has no file "{name}"' if name else "the archive is empty",
                    )
                if names.count(name) > 1:
                    raise Unreadable(
                        "compression-error",
                        f'the archive has two files "{name}", of which readers differ',
                    )
                with archive.open(name) as member:
                    yield from bounded(member, packed)
        else:
            yield from bounded(file, packed)


def bounded(file: io.BufferedIOBase, packed: int) -> Iterator[bytes]:
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
