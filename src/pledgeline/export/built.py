"""A built package in memory: its descriptor, and the tables of its Parquet files."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pledgeline.errors import UnreadablePackage

# of the package, and shown in every file
SAID = {"name", "title", "version", "description", "licenses"}


def read_built(root: Path) -> tuple[dict[str, Any], dict[str, pa.Table]]:
    """The descriptor and the tables of the package that a build has left under `root`.

    Raises UnreadablePackage where they are not there, or not as the build made them.
    """
    path = root / "datapackage.json"
    try:
        content = json.loads(path.read_text("utf-8"))
        files = [each for each in content["resources"] if each["format"] == "parquet"]
        tables = {
            Path(each["path"]).stem: table_of(root / each["path"], each["hash"]) for each in files
        }
    except OSError as error:
        why = f"{error.filename}: could not be read ({error.strerror})"
        raise UnreadablePackage(f"{why}; run `pledgeline build`") from error
    except (ValueError, KeyError, TypeError) as error:
        why = f"{path}: does not describe a package as the build does ({error!r})"
        raise UnreadablePackage(f"{why}; run `pledgeline build`") from error
    if missing := SAID - set(content):
        why = f"{path}: has no {', '.join(sorted(missing))}"
        raise UnreadablePackage(f"{why}; run `pledgeline build`")
    return content, tables


def table_of(path: Path, expected: str) -> pa.Table:
    """The table in a Parquet file, which must be the one described, not one of another build."""
    data = path.read_bytes()
    if "sha256:" + hashlib.sha256(data).hexdigest() != expected:
        why = f"{path}: is not the file that datapackage.json describes"
        raise UnreadablePackage(f"{why}; run `pledgeline build`")
    return pq.ParquetFile(pa.BufferReader(data)).read()
