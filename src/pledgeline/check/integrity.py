"""Whether the files are those that the descriptor describes: hash, bytes, rows and fields."""

import hashlib
from collections.abc import Iterator

from pledgeline.report import Error
from pledgeline.source.regular import open_regular
from pledgeline.standard.package import Resource
from pledgeline.text import counted

CHUNK = 1 << 20
FIX = "rebuild the descriptor, or restore the file"


def file_errors(resource: Resource) -> Iterator[Error]:
    """How the files of a resource differ from its `hash` and `bytes`.

    Several parts count as one file, in their order.
    """
    files = [path for path in resource.paths if path.is_file()]
    if not files or len(files) != len(resource.paths):
        return
    if (
        resource.bytes is not None
        and (size := sum(path.stat().st_size for path in files)) != resource.bytes
    ):
        yield count_error("byte-count", "file", "bytes", resource.bytes, size)
    if resource.hash:
        algorithm, _, digest = resource.hash.rpartition(":")
        algorithm = (algorithm or "md5").lower().replace("-", "")
        if algorithm not in hashlib.algorithms_guaranteed or algorithm.startswith("shake"):
            note = f'the hash algorithm "{algorithm}" is not known, so the hash is not checked'
            yield Error("hash-count", note, algorithm, severity="warning", fix="use sha256")
            return
        total = hashlib.new(algorithm)
        for path in files:
            with open_regular(path) as file:
                while chunk := file.read(CHUNK):
                    total.update(chunk)
        if total.hexdigest() != digest.lower():
            message = f"the file has the hash {total.hexdigest()}, `hash` says {digest}"
            yield Error("hash-count", message, f"hash: {digest}", fix=FIX)


def count_errors(resource: Resource, rows: int, columns: int) -> Iterator[Error]:
    """How the data of a resource differs from its `rows` and `fields`.

    Without a schema, every column is a field.
    """
    if resource.rows is not None and rows != resource.rows:
        yield count_error("row-count", "table", "rows", resource.rows, rows)
    fields = len(resource.schema.fields) if resource.schema else columns
    if resource.fields is not None and fields != resource.fields:
        yield count_error("field-count", "table", "fields", resource.fields, fields)


def count_error(type: str, subject: str, name: str, declared: int, actual: int) -> Error:
    """An error for a number that the descriptor declares as the property `name`."""
    message = f"the {subject} has {counted(actual, name[:-1])}, `{name}` says {declared:,}"
    return Error(type, message, f"{name}: {declared:,}", fix=FIX)
