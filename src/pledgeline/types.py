"""What each Table Schema type is in Arrow and in DuckDB: the one place that knows.

Covers the types that the published tables use; `FIELD_TYPES[field["type"]]` raises KeyError for any other.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class FieldType:
    """A type's name in Arrow (a `pyarrow` type alias), in DuckDB, and the whole of its lexical form as a regular expression."""

    arrow: str
    sql: str
    lexical: str
    words: str
    pandas: str = ""  # pandas' nullable type, where reading Arrow would else give floats or objects


FIELD_TYPES = {
    "string": FieldType("string", "VARCHAR", "", "text"),
    "integer": FieldType("int64", "BIGINT", r"[+-]?[0-9]+", "a whole number such as 43", "Int64"),
    "number": FieldType("float64", "DOUBLE", r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?", "a number such as 3.4"),
    "boolean": FieldType("bool", "BOOLEAN", r"true|false", "true or false", "boolean"),
    "date": FieldType("date32", "DATE", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "a day such as 2022-02-22"),
}
