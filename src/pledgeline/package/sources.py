"""Where a resource's data is: its `path` or `data` become files that are safe to open, or errors."""

from dataclasses import dataclass, field
from pathlib import Path

from pledgeline.package.faults import fault, shown
from pledgeline.package.paths import Unsafe, check_words, inside
from pledgeline.package.resource import COMPRESSIONS, nature
from pledgeline.problems import quoted
from pledgeline.validation.report import Error

FILES = 100_000  # of a package, each use of one counted


@dataclass
class Reader:
    """What reading one package needs to know, and to remember between resources."""

    base: Path
    version: str
    tabular: bool  # the package says that every resource is a table
    names: dict[str, str] = field(default_factory=dict)  # name -> where it was first given
    schemas: dict[str, dict] = field(default_factory=dict)  # where -> a schema without errors, by itself
    files: dict[Path, object] = field(default_factory=dict)  # the schemas and dialects read so far
    used: int = 0  # files of data
    spent: int = 0  # their bytes, each time one is used: ten thousand uses of a large one must not keep us for hours


def source_error(resource: dict) -> tuple[str, str, str] | None:
    """What is wrong with `path` and `data`, of which a resource has exactly one."""
    path, data = resource.get("path"), resource.get("data")
    if path is None and data is None:
        return "", 'neither "path" nor "data" is here, expected one of them', "add the path of the file"
    if path is not None and data is not None:
        return "", '"path" and "data" are both here, expected one of them', "remove one"
    if path is None and not isinstance(data, list | dict | str):
        return "/data", f"found {shown(data)}, expected a list, an object or a text", "write the rows as a list"
    texts = [path] if isinstance(path, str) else path
    if data is None and not (isinstance(texts, list) and texts and all(isinstance(each, str) for each in texts)):
        return "/path", f"found {shown(path)}, expected a path or a list of paths", "write the path of the file"
    return None


def locate(resource: dict, where: str, reader: Reader, name: str | None) -> tuple[tuple[Path, ...], list[Error]]:
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
        return (), [fault("resource-error", f"{where}/path", wrong, "merge the parts", name)]
    kinds = {nature(resource, text) for text in texts}
    for number, text in enumerate(texts):
        place = f"{where}/path" if isinstance(written, str) else f"{where}/path/{number}"
        try:
            paths.append(inside(reader.base, text, directory=nature(resource, text)[0] == "parquet"))
        except Unsafe as error:
            found.append(fault(error.type, place, error.wrong, error.mend, name))
    if len(kinds) > 1:
        wrong = f"the parts are {' and '.join(sorted(' '.join(filter(None, kind)) or 'unknown' for kind in kinds))}"
        found.append(fault("resource-error", f"{where}/path", f"{wrong}, expected one format", "split the resource", name))
    for compression in sorted({kind[1] for kind in kinds} - set(COMPRESSIONS)):
        wrong = f"found {quoted(compression)}, expected gz or zip"
        found.append(fault("compression-error", f"{where}/compression", wrong, "compress the file anew", name))
    innerpath = resource.get("innerpath")
    if isinstance(innerpath, str) and innerpath:
        try:
            check_words(innerpath)
        except Unsafe as error:
            found.append(fault(error.type, f"{where}/innerpath", error.wrong, error.mend, name))
    return tuple(paths), found
