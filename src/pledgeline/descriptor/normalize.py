"""Parts of a descriptor in one form, whichever version and habit they were written in."""

from pathlib import PurePosixPath

from pledgeline.standard.values import JsonObject, as_object

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


def format_of(descriptor: JsonObject, path: str) -> tuple[str, str]:
    """The format and the compression of a file.

    They are those declared, else those of the media type, else those of the suffix of `path`; in
    `table.csv.gz` the format is that of the inner suffix.
    https://datapackage.org/standard/data-resource/#format
    """
    inner = PurePosixPath(path.lower())
    compression = str(descriptor.get("compression") or "").lower().lstrip(".")
    compression = {"no": "", "gzip": "gz"}.get(compression, compression)
    if inner.suffix in (".gz", ".zip"):
        compression = (
            compression or inner.suffix[1:] if descriptor.get("compression") != "no" else ""
        )
        inner = inner.with_suffix("")
    if (
        compression == "zip"
        and isinstance(innerpath := descriptor.get("innerpath"), str)
        and innerpath
    ):
        inner = PurePosixPath(innerpath.lower())
    mediatype = str(descriptor.get("mediatype") or "").partition(";")[0].strip().lower()
    declared = str(descriptor.get("format") or "").lower().lstrip(".")
    format = declared or MEDIATYPES.get(mediatype) or inner.suffix[1:]
    return {"parq": "parquet", "gz": inner.suffix[1:], "zip": inner.suffix[1:]}.get(
        format, format
    ), compression


def normalize_dialect(dialect: JsonObject) -> JsonObject:
    """A dialect in version 2's form, from version 1's or frictionless-py's.

    frictionless-py nests the properties of CSV under "csv", and those of spreadsheets and JSON that
    version 2 has under other names; version 1 calls `headerCase`
    (frictionless-py's name, version 2 has none) `caseSensitiveHeader` and numbers itself in
    `csvddfVersion`. https://datapackage.org/standard/table-dialect/
    """
    nested = dialect.get("csv")
    sheets = [as_object(dialect.get(kind)).get("sheet") for kind in ("excel", "ods")]
    sheet = next((each for each in sheets if each is not None), None)
    json = as_object(dialect.get("json"))
    named = {
        "sheetName" if isinstance(sheet, str) else "sheetNumber": sheet,
        "property": json.get("property"),
        "itemKeys": json.get("keys"),
    }
    gone = ("csvddfVersion", "caseSensitiveHeader", *(["csv"] if isinstance(nested, dict) else []))
    flat = {key: value for key, value in dialect.items() if key not in gone}
    flat = {key: value for key, value in named.items() if value is not None} | flat
    if "caseSensitiveHeader" in dialect:
        flat.setdefault("headerCase", dialect["caseSensitiveHeader"])
    return {**flat, **nested} if isinstance(nested, dict) else flat


def normalize_schema(schema: JsonObject) -> JsonObject:
    """A schema whose primary and foreign keys are lists of names.

    The standard lets a single name stand alone.
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
