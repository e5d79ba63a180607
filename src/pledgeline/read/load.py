"""A resource's files as a typed Arrow table.

A cell that is not of its type is an error here, and never becomes empty.
"""

import pyarrow as pa

from pledgeline.check.integrity import file_errors
from pledgeline.errors import InvalidPackage
from pledgeline.read.table import Table
from pledgeline.read.values import as_arrow_reads
from pledgeline.records.schemas import TableDefinition as Described
from pledgeline.releases.text_tables import read_as_text
from pledgeline.source.open import DELIMITERS
from pledgeline.source.sandbox import sandbox
from pledgeline.standard.package import Resource
from pledgeline.text import quoted
from pledgeline.write.tables import typed_table


def read_table(resource: Resource) -> Table:
    """The table of a resource, its rows in the file's order.

    Raises InvalidPackage where a file or a cell cannot be read, or the file is not the one that the
    descriptor describes: another version's, say, since a build puts its files in place one by one.
    """
    if not resource.schema:
        raise InvalidPackage(f"{resource.name}: it has no schema, so its columns have no types")
    for error in file_errors(resource):
        if error.severity == "error":
            raise InvalidPackage(f"{resource.name}: {error.message}; {error.fix}")
    written = resource.format in DELIMITERS  # other formats have values of their own
    with sandbox(resource.paths) as place:
        found = read_as_text(place, resource, "t", as_written=written)
        columns = ", ".join(f"CAST({found.column(name)} AS VARCHAR)" for name in found.fields)
        text = place.database.sql(f"SELECT {columns} FROM {found.relation}").to_arrow_table()
        text = text.rename_columns(list(found.fields))
    about = resource.descriptor
    schema = {
        **resource.schema.to_descriptor(),
        "fields": [
            field.to_descriptor() for field in resource.schema.fields if field.name in found.fields
        ],
    }
    described = Described(
        resource.name, about.get("title", resource.name), about.get("description", ""), schema
    )
    refuse_unknown_codes(text, resource)
    if written:
        fields = resource.schema.by_name
        try:
            read = [as_arrow_reads(text[name], fields[name]) for name in text.column_names]
        except InvalidPackage as refused:
            raise InvalidPackage(f"{resource.name}: {refused}; run `pledgeline validate`") from None
        text = pa.table(read, text.column_names)
    try:
        typed = typed_table(text, described)
    except pa.ArrowInvalid as error:
        raise InvalidPackage(f"{resource.name}: {error}; run `pledgeline validate`") from None
    return Table(resource.name, {**about, "schema": schema}, typed)


def refuse_unknown_codes(text: pa.Table, resource: Resource) -> None:
    """Raises InvalidPackage for a cell that is none of its column's codes.

    A column of categories has no place for it.
    """
    fields = resource.schema.by_name
    for name in text.column_names:
        field = fields[name]
        codes = field.constraints.enum
        if not codes or field.type != "string":
            continue
        unknown = set(text[name].unique().to_pylist()) - {*codes, None}
        if unknown:
            cell = quoted(min(unknown))
            wrong = f"{resource.name}: {name} has {cell}, which is none of its codes"
            raise InvalidPackage(f"{wrong}; run `pledgeline validate`")
