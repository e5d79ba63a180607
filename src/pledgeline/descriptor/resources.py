"""One resource of a descriptor becomes a `Resource` that is safe to open, or errors."""

import codecs
from pathlib import Path

from pledgeline.descriptor.conformance import descriptor_error, in_words, profile_errors
from pledgeline.descriptor.document import read_document
from pledgeline.descriptor.files import LoadState, locate_files, source_error
from pledgeline.descriptor.json_file import BYTES, DocumentError
from pledgeline.descriptor.normalize import format_of, normalize_dialect, normalize_schema
from pledgeline.descriptor.package import check_people
from pledgeline.descriptor.paths import UnsafePath, resolve_inside
from pledgeline.descriptor.schemas import check_schema
from pledgeline.report import Error
from pledgeline.standard.dialect import Dialect
from pledgeline.standard.package import Resource
from pledgeline.standard.schema import Schema
from pledgeline.standard.values import JsonObject, as_object, as_text
from pledgeline.text import quoted

# What can be wrong without keeping anybody from reading the data.
HARMLESS = {"$schema", "title", "description", "homepage", "sources", "licenses", "type", "profile"}
# What frictionless-py adds to the standard, so that the profiles do not check it.
ADDED = {"rows": int, "fields": int, "compression": str, "innerpath": str, "scheme": str}
EXPECTED = {int: "a whole number", str: "a text"}


def read_resource(
    resource: object, where: str, reader: LoadState
) -> tuple[Resource | None, list[Error]]:
    """The resource at the pointer `where`, or None if it cannot be used, and its errors.

    https://datapackage.org/standard/data-resource/
    """
    if not isinstance(resource, dict):
        wrong, fix = (
            f"found {in_words(resource)}, expected an object",
            "write the resource itself here, not a path to it",
        )
        return None, [descriptor_error("resource-error", where, wrong, fix)]
    name = resource["name"] if isinstance(resource.get("name"), str) else None
    harmless = {key: value for key, value in resource.items() if key in HARMLESS}
    minor = profile_errors(harmless, "resource", where, reader.version, name) + check_people(
        resource, where, "resource-error", name
    )
    minor += check_profile(resource, where, reader.tabular, name)
    rest = {key: value for key, value in resource.items() if key not in HARMLESS}
    broken = profile_errors(rest, "resource", where, reader.version, name)

    def refuse(place: str, wrong: str, fix: str, type: str = "resource-error") -> None:
        broken.append(descriptor_error(type, where + place, wrong, fix, name))

    if "name" not in resource:
        refuse("/name", "it is missing", "give the resource a unique name")
    elif name is not None and reader.names.setdefault(name, where) != where:
        refuse(
            "/name",
            f"{quoted(name)} is already the name of {reader.names[name]}",
            "rename one of the two",
        )
    for key, kind in ADDED.items():
        if key in resource and type(resource[key]) is not kind:
            refuse(
                f"/{key}",
                f"found {in_words(resource[key])}, expected {EXPECTED[kind]}",
                "change the value",
            )
    if "extrapaths" in resource:  # frictionless-py's own, of which it fetches addresses
        refuse("/extrapaths", "found here, which the standard does not have", "list all in `path`")
    if "missingValues" in resource:
        refuse(
            "/missingValues",
            "found here, expected in the schema",
            "write it as schema.missingValues",
        )
    full = dict(resource)
    for key in ("schema", "dialect"):
        if key in resource:
            full[key], found = read_part(key, resource[key], f"{where}/{key}", reader, name)
            broken += found
            if key == "schema" and not found:
                reader.schemas[where] = Schema.from_descriptor(full["schema"], reader.version)
    if isinstance(encoding := resource.get("encoding"), str) and not is_encoding(encoding):
        refuse(
            "/encoding",
            f"{quoted(encoding)} is not a text encoding",
            "write utf-8",
            "encoding-error",
        )
    paths: tuple[Path, ...] = ()
    if broken_source := source_error(resource):
        refuse(*broken_source)
    else:
        paths, found = locate_files(resource, where, reader, name)
        broken += found
    if broken:
        return None, minor + broken
    schema = reader.schemas.get(where, Schema())
    return build_resource(full, paths, schema, reader.version), minor


def read_part(
    key: str, value: object, where: str, reader: LoadState, name: str | None
) -> tuple[JsonObject | None, list[Error]]:
    """A schema or dialect in version 2's form, and its errors.

    It is read from its file if it is a path.
    """
    kind = f"{key}-error"
    if isinstance(value, str):
        try:
            file = reader.profiles.get(value) or resolve_inside(reader.base, value, type=kind)
            reader.spent += file.stat().st_size
            if reader.spent > BYTES:
                raise UnsafePath(
                    kind,
                    f"all schemas and dialects have more than {BYTES:,} bytes",
                    "make them smaller",
                )
            if file not in reader.files:
                reader.files[file] = read_document(file)
        except UnsafePath as error:
            type = kind if error.type == "resource-error" else error.type
            return None, [descriptor_error(type, where, error.wrong, error.fix, name)]
        except DocumentError as error:
            wrong = f"{quoted(value)}: {error.wrong}"
            return None, [descriptor_error(kind, where, wrong, error.fix, name)]
        value, where = reader.files[file], f"{where} ({value})#"
    if not isinstance(value, dict):
        wrong = f"found {in_words(value)}, expected an object or a path to one"
        return None, [descriptor_error(kind, where, wrong, "write an object", name)]
    if key == "dialect":
        dialect = normalize_dialect(value)  # without what only version 1 has, so checked as "v2"
        return dialect, profile_errors(dialect, key, where, "v2", name)
    schema = normalize_schema(value)
    return schema, check_schema(schema, where, reader.version, name)


def check_profile(resource: JsonObject, where: str, tabular: bool, name: str | None) -> list[Error]:
    """Everything wrong with version 1's `profile`.

    A tabular resource has a schema, a tabular package has only tabular resources.
    """
    profile = resource.get("profile")
    found: list[Error] = []
    if tabular and profile != "tabular-data-resource":
        wrong = (
            f'found {in_words(profile)}, expected "tabular-data-resource", '
            "since the package is a tabular-data-package"
        )
        fix = "change one of the two profiles"
        found.append(descriptor_error("package-error", f"{where}/profile", wrong, fix, name))
    if profile == "tabular-data-resource" and not resource.get("schema"):
        wrong = 'it is missing, expected one, since the profile is "tabular-data-resource"'
        found.append(
            descriptor_error("resource-error", f"{where}/schema", wrong, "add a schema", name)
        )
    return found


def is_encoding(name: str) -> bool:
    """Whether Python has a codec of that name from bytes to text."""
    try:
        return bool(codecs.lookup(name)._is_text_encoding)
    except (LookupError, ValueError):
        return False


def build_resource(
    full: JsonObject, paths: tuple[Path, ...], schema: Schema, version: str
) -> Resource:
    """The resource of a descriptor without errors, schema and dialect dereferenced."""
    written = full.get("path")
    parts = [written] if isinstance(written, str) else list(written or ())
    format, compression = format_of(full, parts[0] if parts else "")
    if isinstance(full.get("data"), list | dict):
        format = "inline"
    stats = as_object(full.get("stats"))  # where frictionless-py 4 and 5 wrote these
    hashes = (
        full.get("hash"),
        f"sha256:{stats['sha256']}" if "sha256" in stats else None,
        stats.get("md5"),
    )
    return Resource(
        name=full["name"],
        place=", ".join(parts) or "<inline>",
        paths=paths,
        data=full.get("data"),
        format=format or ("" if parts else "inline"),
        compression=compression,
        innerpath=as_text(full.get("innerpath")),
        encoding=as_text(full.get("encoding"), "utf-8"),
        dialect=Dialect.from_descriptor(as_object(full.get("dialect"))),
        schema=schema,
        hash=next((each for each in hashes if isinstance(each, str) and each), None),
        bytes=declared_number(full, stats, "bytes"),
        rows=declared_number(full, stats, "rows"),
        fields=declared_number(full, stats, "fields"),
        descriptor=full,
        version=version,
    )


def declared_number(full: JsonObject, stats: JsonObject, name: str) -> int | None:
    """A number that the resource or its `stats` declares."""
    number = full.get(name, stats.get(name))
    return number if isinstance(number, int) and not isinstance(number, bool) else None
