"""Makes the files of hostile packages: archives, texts and Parquet, each cheaply at any size."""

import gzip
import io
import json
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

VALID = "valid"  # what is reported of data that looks hostile and is not
ID = [{"name": "id", "type": "integer"}]


def table(
    folder: Path,
    content: bytes | str | Iterable[bytes],
    name: str = "t.csv",
    fields=ID,
    schema=(),
    **resource,
) -> dict:
    """A resource `t` whose file `name` holds `content`; without `fields` it has no schema."""
    put(folder / name, content)
    declared = {"schema": {"fields": fields, **dict(schema)}} if fields is not None else {}
    return {"name": "t", "path": name, **declared, **resource}


def put(path: Path, content: bytes | str | Iterable[bytes]) -> None:
    with path.open("wb") as file:
        for chunk in (
            [content.encode()]
            if isinstance(content, str)
            else [content]
            if isinstance(content, bytes)
            else content
        ):
            file.write(chunk)


def inline(data, fields=ID, **resource) -> dict:
    return {
        "name": "t",
        "data": data,
        **({"schema": {"fields": fields}} if fields is not None else {}),
        **resource,
    }


def package(folder: Path, *resources: dict) -> Path:
    """A package's descriptor with `resources`, in `folder`."""
    path = folder / "datapackage.json"
    described = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "resources": resources,
    }
    path.write_text(json.dumps(described), "utf-8")
    return path


def zipped(members: Iterable[tuple[str, bytes]]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of two members with one name
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


def zip_of(
    name: str, deflated: bytes, size: int, flags: int = 0, crc: int = 0, method: int = 8
) -> bytes:
    """A zip of one member, whose headers say whatever they are given."""
    common = struct.pack("<HHHHHIII", 20, flags, method, 0, 0x21, crc, len(deflated), size)
    local = b"PK\3\4" + common + struct.pack("<HH", len(name), 0) + name.encode()
    central = (
        b"PK\1\2"
        + struct.pack("<H", 20)
        + common
        + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0)
        + name.encode()
    )
    start = len(local) + len(deflated)
    return (
        local
        + deflated
        + central
        + b"PK\5\6"
        + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), start, 0)
    )


def zeros(size: int, wbits: int = 31, whole: bool = False) -> bytes:
    """`size` zeros as gzip (wbits 31) or bare deflate (-15), with an end if `whole`.

    Ten gigabytes are packed in ten megabytes.
    """
    block = b"0" * (1 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    head = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    again = zlib.compressobj(9, zlib.DEFLATED, -15)
    same = again.compress(block) + again.flush(zlib.Z_FULL_FLUSH)
    times, check = size // len(block), 0
    for _ in range(times + 1 if whole else 0):
        check = zlib.crc32(block, check)
    end = b"\3\0" + struct.pack("<II", check, (times + 1) * len(block) & 0xFFFFFFFF)
    return head + same * times + (end if whole else b"")


def gzipped(text: str) -> bytes:
    return gzip.compress(text.encode(), mtime=0)


def parquet(columns: dict, **options) -> bytes:
    """A Parquet file of `columns`."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = io.BytesIO()
    pq.write_table(pa.table(columns), file, **options)
    return file.getvalue()
