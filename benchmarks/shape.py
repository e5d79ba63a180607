"""What a shape is: how a table of ten columns differs from the plain one."""

from collections.abc import Callable
from dataclasses import dataclass, field

from data import FIELDS

Rewrite = Callable[[bytes], bytes]


def unchanged(text: bytes) -> bytes:
    return text


@dataclass(frozen=True)
class Shape:
    """How a table differs from the plain one.

    `columns` has the SQL of columns that have other values, and `fields` what is other in their
    fields; `rewrite` makes the bytes of the file of those of a plain CSV file; `options` are those
    of DuckDB's COPY.
    """

    columns: dict[str, str] = field(default_factory=dict)
    fields: dict[str, dict] = field(default_factory=dict)
    rewrite: Rewrite = unchanged
    dialect: dict = field(default_factory=dict)
    options: str = ""
    name: str = "events.csv"
    about: dict = field(default_factory=dict)  # other properties of the resource
    schema: dict = field(default_factory=dict)
    parts: int = 1
    parquet: bool = False


def fields_of(shape: Shape) -> list[dict]:
    own = {each["name"]: each for each in FIELDS}
    for name, properties in shape.fields.items():
        before = {} if "type" in properties else own.get(name, {})
        kept = {"constraints": own[name]["constraints"]} if name == "amount" else {}
        own[name] = {**kept, **before, "name": name, **properties}
    return list(own.values())
