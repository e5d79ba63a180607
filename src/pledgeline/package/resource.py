"""A package and its resources as everything after the reading sees them: checked, dereferenced, with paths that are safe."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

MEDIATYPES = {
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/parquet": "parquet",
    "application/vnd.apache.parquet": "parquet",
    "application/x-parquet": "parquet",
    "application/json": "json",
    "application/geo+json": "geojson",
    "application/x-ndjson": "ndjson",
    "application/vnd.ms-excel": "xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
}
COMPRESSIONS = ("", "gz", "zip")


@dataclass(frozen=True)
class Resource:
    """One resource that can be used. Nothing in it is filled in that the descriptor does not declare, but `encoding`."""

    name: str
    place: str  # the path(s) as the descriptor writes them, or "<inline>", for messages
    paths: tuple[Path, ...]  # absolute, inside the package's folder, existing; () for inline data; a folder only for Parquet
    data: object | None  # inline data (list, dict or str), else None
    format: str  # lower case: "csv", "tsv", "parquet", "inline", or whatever else it is ("xlsx", "json", ...)
    compression: str  # "", "gz" or "zip"
    innerpath: str  # of a zip, or ""
    encoding: str  # as declared, else "utf-8"
    dialect: dict  # Table Dialect in version 2's form
    schema: dict | None  # Table Schema; keys are lists of names, otherwise as written
    hash: str | None
    bytes: int | None
    rows: int | None
    fields: int | None
    descriptor: dict  # the resource's descriptor, schema and dialect dereferenced
    version: str  # "v1" or "v2"


@dataclass(frozen=True)
class Package:
    """A descriptor that could be read, and those of its resources that can be used."""

    path: Path  # the descriptor's file
    base: Path  # its folder, absolute, links followed
    descriptor: dict
    version: str
    resources: tuple[Resource, ...]


def nature(descriptor: dict, path: str) -> tuple[str, str]:
    """The format and the compression of a file: as declared, else by media type, else by the suffix of `path`.

    https://datapackage.org/standard/data-resource/#format; in `table.csv.gz` the format is that of the inner suffix.
    """
    inner = PurePosixPath(path.lower())
    compression = str(descriptor.get("compression") or "").lower().lstrip(".")
    compression = {"no": "", "gzip": "gz"}.get(compression, compression)
    if inner.suffix in (".gz", ".zip"):
        compression = compression or inner.suffix[1:] if descriptor.get("compression") != "no" else ""
        inner = inner.with_suffix("")
    if compression == "zip" and isinstance(innerpath := descriptor.get("innerpath"), str) and innerpath:
        inner = PurePosixPath(innerpath.lower())
    mediatype = str(descriptor.get("mediatype") or "").partition(";")[0].strip().lower()
    declared = str(descriptor.get("format") or "").lower().lstrip(".")
    format = declared or MEDIATYPES.get(mediatype) or inner.suffix[1:]
    return {"parq": "parquet", "gz": inner.suffix[1:], "zip": inner.suffix[1:]}.get(format, format), compression


def modern_dialect(dialect: dict) -> dict:
    """A dialect in version 2's form (https://datapackage.org/standard/table-dialect/), from version 1's or frictionless-py's.

    frictionless-py nests CSV's properties under "csv"; version 1 calls `headerCase` (frictionless-py's name, version 2 has
    none) `caseSensitiveHeader` and numbers itself in `csvddfVersion`.
    """
    nested = dialect.get("csv")
    gone = ("csvddfVersion", "caseSensitiveHeader", *(["csv"] if isinstance(nested, dict) else []))
    flat = {key: value for key, value in dialect.items() if key not in gone}
    if "caseSensitiveHeader" in dialect:
        flat.setdefault("headerCase", dialect["caseSensitiveHeader"])
    return {**flat, **nested} if isinstance(nested, dict) else flat


def modern_schema(schema: dict) -> dict:
    """A schema whose primary and foreign keys are lists of names; the standard lets a single name stand alone.

    https://datapackage.org/standard/table-schema/#primarykey and #foreignkeys
    """
    modern = dict(schema)
    if isinstance(schema.get("primaryKey"), str):
        modern["primaryKey"] = [schema["primaryKey"]]
    if isinstance(schema.get("foreignKeys"), list):
        modern["foreignKeys"] = [listed_key(key) for key in schema["foreignKeys"]]
    return modern


def listed_key(key: object) -> object:
    if not isinstance(key, dict):
        return key
    listed = {**key, "fields": listed_names(key["fields"])} if "fields" in key else dict(key)
    reference = key.get("reference")
    if isinstance(reference, dict) and "fields" in reference:
        listed["reference"] = {**reference, "fields": listed_names(reference["fields"])}
    return listed


def listed_names(names: object) -> object:
    return [names] if isinstance(names, str) else names
