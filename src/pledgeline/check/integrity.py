"""Whether the files are those that the descriptor means: hash, bytes, rows and fields."""

import hashlib
from collections.abc import Iterator

from pledgeline.report import Error
from pledgeline.standard.package import Resource

CHUNK = 1 << 20
FIX = "publish the descriptor anew, or restore the file"


def file_errors(resource: Resource) -> Iterator[Error]:
    """What the `hash` and the `bytes` of a resource say against its files (of several parts:
    against all, in order).
    """
    files = [path for path in resource.paths if path.is_file()]
    if not files or len(files) != len(resource.paths):
        return
    if (
        resource.bytes is not None
        and (size := sum(path.stat().st_size for path in files)) != resource.bytes
    ):
        yield differs("byte-count", "bytes", f"{resource.bytes:,}", f"{size:,}")
    if resource.hash:
        algorithm, _, digest = resource.hash.rpartition(":")
        algorithm = (algorithm or "md5").lower().replace("-", "")
        if algorithm not in hashlib.algorithms_guaranteed or algorithm.startswith("shake"):
            note = f'the hash algorithm "{algorithm}" is not known, so the hash is not checked'
            yield Error("hash-count", note, algorithm, severity="warning", fix="use sha256")
            return
        total = hashlib.new(algorithm)
        for path in files:
            with path.open("rb") as file:
                while chunk := file.read(CHUNK):
                    total.update(chunk)
        if total.hexdigest() != digest.lower():
            yield differs("hash-count", "hash", digest, total.hexdigest())


def count_errors(resource: Resource, rows: int, columns: int) -> Iterator[Error]:
    """What the `rows` and the `fields` of a resource say against its data; without a schema, every
    column is a field.
    """
    if resource.rows is not None and rows != resource.rows:
        yield differs("row-count", "rows", f"{resource.rows:,}", f"{rows:,}")
    fields = len(resource.schema.fields) if resource.schema else columns
    if resource.fields is not None and fields != resource.fields:
        yield differs("field-count", "fields", f"{resource.fields:,}", f"{fields:,}")


def differs(type: str, name: str, expected: str, actual: str) -> Error:
    return Error(
        type,
        f"`{name}` would be {actual}, the descriptor has {expected}",
        f"{name}: {expected}",
        fix=FIX,
    )
