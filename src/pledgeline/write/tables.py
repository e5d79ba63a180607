"""Rows of text as Arrow tables: as text for the checks, then typed for the files."""

import json
from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from pledgeline.records.schemas import TableDefinition
from pledgeline.standard.field import Field
from pledgeline.standard.schema import Schema
from pledgeline.standard.values import JsonObject

DESCRIBING: tuple[str, ...] = ("title", "description", "unit", "rdfType")


def text_table(rows: Iterable[Mapping[str, str]], table: TableDefinition) -> pa.Table:
    """`rows` as a table of text columns in schema order; a missing cell is null."""
    rows = list(rows)
    columns = {
        name: pa.array([row.get(name) for row in rows], pa.string()) for name in table.fields
    }
    return pa.table(columns)


def in_key_order(
    rows: Sequence[Mapping[str, str]], key: Sequence[str], fields: Mapping[str, JsonObject]
) -> list[int]:
    """The order in which `rows` are published: by key, integers by value, text by code point."""

    def part(row: Mapping[str, str], name: str) -> tuple[int, str]:
        text = row.get(name, "")
        return (
            (int(text), "") if fields[name]["type"] == "integer" and text.isdecimal() else (0, text)
        )

    return sorted(range(len(rows)), key=lambda i: [part(rows[i], name) for name in key])


def typed_table(text: pa.Table, table: TableDefinition) -> pa.Table:
    """`text` with each column in its field's type, and the schema's metadata.

    Codes are dictionaries in the order of their list. Raises pyarrow.ArrowInvalid when a cell is
    not of its type: the schema checks come first.
    """
    columns, arrow_fields = [], []
    for field in Schema.from_descriptor(table.schema).fields:
        column = typed_column(text[field.name], field)
        columns.append(column)
        about_field = column_metadata(field.to_descriptor())
        arrow_fields.append(pa.field(field.name, column.type, metadata=about_field))
    about = {
        "title": table.title,
        "description": table.description,
        "tableschema": json.dumps(table.schema, ensure_ascii=False),
        "pandas": json.dumps(pandas_types(table)),
    }
    return pa.table(columns, schema=pa.schema(arrow_fields, metadata=about))


def typed_column(column: pa.ChunkedArray, field: Field) -> pa.ChunkedArray:
    """One text column in its field's Arrow type.

    A code outside its list becomes null here; the enum check reports it.
    """
    codes = field.constraints.enum
    if codes and field.type == "string":
        indices = pc.index_in(column, pa.array(codes, pa.string())).combine_chunks()
        array = pa.DictionaryArray.from_arrays(
            indices, pa.array(codes), ordered=field.categories_ordered
        )
        return pa.chunked_array([array])
    return pc.cast(column, pa.type_for_alias(field.arrow))


def column_metadata(field: JsonObject) -> dict[str, str]:
    """What a reader of the Parquet file should know of a column, its codes and labels included."""
    about = {key: field[key] for key in DESCRIBING if key in field}
    if "categories" in field:
        about["categories"] = json.dumps(field["categories"], ensure_ascii=False)
    return about


def pandas_types(table: TableDefinition) -> JsonObject:
    """The metadata by which pandas reads nullable columns as `Int64` and `boolean`.

    Without it, integers and booleans with gaps become float and object. Form:
    https://arrow.apache.org/docs/python/pandas.html and the pandas developer guide, "Storing pandas
    DataFrame objects".
    """
    fields = Schema.from_descriptor(table.schema).fields
    nullable = {field.name: field.pandas for field in fields}
    columns = [
        {
            "name": name,
            "field_name": name,
            "pandas_type": dtype.lower(),
            "numpy_type": dtype,
            "metadata": None,
        }
        for name, dtype in nullable.items()
        if dtype
    ]
    return {
        "index_columns": [],
        "column_indexes": [],
        "columns": columns,
        "creator": {"library": "pledgeline"},
    }


def as_text(table: pa.Table) -> list[dict[str, str]]:
    """A typed table's rows as canonical text, without empty cells: the inverse of `typed_table`."""
    return [
        {name: cell(value) for name, value in row.items() if value is not None}
        for row in table.to_pylist()
    ]


def cell(value: object) -> str:
    """A value in its canonical lexical form."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else str(value)
