"""A table's labels against its schema's fields: header errors, and the field of each column."""

from typing import Any, Literal, cast

from pledgeline.report import Error
from pledgeline.source.source import BeyondBounds, Source, Unreadable
from pledgeline.standard.dialect import Dialect
from pledgeline.standard.field import Field
from pledgeline.standard.schema import Schema
from pledgeline.standard.values import JsonObject

LONGEST_LABEL = 4_000  # characters
Match = Literal["exact", "equal", "subset", "superset", "partial"]


def read_header(
    source: Source, schema: Schema, dialect: Dialect
) -> tuple[list[Error], list[Field]]:
    """The header's errors and the fields in the order of the columns.

    There are no labels where the dialect has no header, or the source is empty. Labels that are the
    fields' names are the ordinary case; for all others frictionless-py's own header decides, and
    columns beyond the schema are read as anything. Raises Unreadable where labels cannot be
    distinguished, or are too long for a message.
    """
    names = {field.name for field in schema.fields}
    # as they are where a field has that name, else without blanks around them
    if source.labels and len(dialect.header_rows) < 2:
        source.labels = [each if each in names else each.strip() for each in source.labels]
    labels = source.labels or []
    for number, label in enumerate(labels, 1):
        if len(label) > LONGEST_LABEL:
            wrong = f"the label of column {number} has {len(label):,} characters"
            raise BeyondBounds(f"{wrong}, expected at most {LONGEST_LABEL:,}")
    fields = list(schema.fields) if schema else unnamed_fields(source)
    if not labels or labels == [field.name for field in fields]:
        return [], fields

    import frictionless
    from frictionless.table.header import Header

    declared = [{"name": field.name, "type": "any", **required(field)} for field in fields]
    described = frictionless.Schema.from_descriptor(
        {"fields": declared, "primaryKey": list(schema.primary_key)}
    )
    header = Header(
        labels,
        fields=described.fields,
        row_numbers=list(dialect.header_rows) or [1],
        ignore_case=not dialect.header_case,
        fields_match=cast(Match, schema.fields_match),
    )
    known = {field.name: field for field in fields}
    try:
        columns = [
            known.get(field.name) or unnamed_field(field.name)
            for field in header.get_expected_fields()
        ]
    except frictionless.FrictionlessException as error:  # labels that are not distinct
        raise Unreadable("source-error", error.error.note) from error
    return [label_error(error) for error in header.errors], columns


def unnamed_fields(source: Source) -> list[Field]:
    """Fields for a source without a schema, named as frictionless-py names them."""
    from frictionless.table.label_matching import deduplicate_names

    labels = source.labels or [""] * source.width
    names = deduplicate_names([label or f"field{number}" for number, label in enumerate(labels, 1)])
    return [unnamed_field(name) for name in names]


def unnamed_field(name: str) -> Field:
    """A field for a column that no schema describes."""
    return Field.from_descriptor({"name": name, "type": "any"})


def required(field: Field) -> JsonObject:
    """The part of a descriptor that says that a field is required, where it is."""
    return {"constraints": {"required": True}} if field.constraints.required else {}


def label_error(error: Any) -> Error:
    """A header error of frictionless-py as one of ours."""
    label, number = getattr(error, "label", None), getattr(error, "field_number", None)
    name = getattr(error, "field_name", None)
    column, label_text, field = f"column {number}", f'"{label}"', f'"{name or ""}"'
    messages = {
        "extra-label": f"{column}, {label_text}, has no field in the schema",
        "missing-label": f"the field {field} has no column",
        "blank-label": f"{column} has no label",
        "duplicate-label": f"{column} has the label {label_text} of another column",
        "incorrect-label": f"{column} is labelled {label_text}, the schema has {field} there",
        "blank-header": "the header row is blank",
        "unmatched-header": "no label is the name of a field",
    }
    message = messages.get(error.type, error.message)
    fix = "correct the header, or the schema"
    return Error(
        error.type, message, error.note, field_name=name, field_number=number, cell=label, fix=fix
    )
