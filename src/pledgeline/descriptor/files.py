"""Where a resource's data is: its `path` or `data` become files that are safe to open."""

from dataclasses import dataclass, field
from pathlib import Path

from pledgeline.descriptor.conformance import descriptor_error, in_words
from pledgeline.descriptor.named_profiles import Profiles
from pledgeline.descriptor.normalize import COMPRESSIONS, format_of
from pledgeline.descriptor.paths import UnsafePath, check_path_text, resolve_inside
from pledgeline.report import Error
from pledgeline.standard.schema import Schema
from pledgeline.standard.values import JsonObject
from pledgeline.text import quoted

FILES = 100_000  # of a package, each use of one counted


@dataclass
class LoadState:
    """What is needed while one package is read, and remembered between its resources."""

    base: Path
    version: str
    tabular: bool  # the package says that every resource is a table
    profiles: Profiles  # local files by the addresses of schemas
    names: dict[str, str] = field(default_factory=dict)  # name -> where it was first given
    # where -> a schema without errors of its own
    schemas: dict[str, Schema] = field(default_factory=dict)
    files: dict[Path, object] = field(default_factory=dict)  # the schemas and dialects read so far
    used: int = 0  # files of data
    # bytes of schemas and dialects, each time one is used: ten thousand uses of a large one would
    # take hours
    spent: int = 0


def source_error(resource: JsonObject) -> tuple[str, str, str] | None:
    """What is wrong with `path` and `data`: a resource has exactly one of them.

    Returns the place in the resource, what is wrong and how to fix it.
    """
    path, data = resource.get("path"), resource.get("data")
    if path is None and data is None:
        return (
            "",
            'neither "path" nor "data" is here, expected one of them',
            "add the path of the file",
        )
    if path is not None and data is not None:
        return "", '"path" and "data" are both here, expected one of them', "remove one"
    if path is None and not isinstance(data, list | dict | str):
        return (
            "/data",
            f"found {in_words(data)}, expected a list, an object or a text",
            "write the rows as a list",
        )
    texts = [path] if isinstance(path, str) else path
    if data is None and not (
        isinstance(texts, list) and texts and all(isinstance(each, str) for each in texts)
    ):
        return (
            "/path",
            f"found {in_words(path)}, expected a path or a list of paths",
            "write the path of the file",
        )
    return None


def locate_files(
    resource: JsonObject, where: str, reader: LoadState, name: str | None
) -> tuple[tuple[Path, ...], list[Error]]:
    """The files of a resource, each safe to open, all of one format and compression."""
    if resource.get("data") is not None:
        return (), []
    written = resource["path"]
    found: list[Error] = []
    paths: list[Path] = []
    texts = [written] if isinstance(written, str) else written
    reader.used += len(texts)
    if reader.used > FILES:
        wrong = f"this is file {reader.used:,} of the package, expected at most {FILES:,}"
        return (), [
            descriptor_error("resource-error", f"{where}/path", wrong, "merge the parts", name)
        ]
    kinds = {format_of(resource, text) for text in texts}
    for number, text in enumerate(texts):
        place = f"{where}/path" if isinstance(written, str) else f"{where}/path/{number}"
        try:
            paths.append(
                resolve_inside(
                    reader.base, text, directory=format_of(resource, text)[0] == "parquet"
                )
            )
        except UnsafePath as error:
            found.append(descriptor_error(error.type, place, error.wrong, error.fix, name))
    if len(kinds) > 1:
        named = sorted(" ".join(filter(None, kind)) or "unknown" for kind in kinds)
        wrong = f"the parts are {' and '.join(named)}"
        found.append(
            descriptor_error(
                "resource-error",
                f"{where}/path",
                f"{wrong}, expected one format",
                "split the resource",
                name,
            )
        )
    for compression in sorted({kind[1] for kind in kinds} - set(COMPRESSIONS)):
        wrong = f"found {quoted(compression)}, expected gz or zip"
        found.append(
            descriptor_error(
                "compression-error",
                f"{where}/compression",
                wrong,
                "compress the file as one of these",
                name,
            )
        )
    innerpath = resource.get("innerpath")
    if isinstance(innerpath, str) and innerpath:
        try:
            check_path_text(innerpath)
        except UnsafePath as error:
            found.append(
                descriptor_error(error.type, f"{where}/innerpath", error.wrong, error.fix, name)
            )
    return tuple(paths), found
