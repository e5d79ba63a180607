"""How the rows of a table are written in its file (https://datapackage.org/standard/table-dialect/)."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from pledgeline.standard.values import (
    JsonObject,
    as_flag,
    as_list,
    as_text,
    as_texts,
    as_whole_number,
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """A Table Dialect of version 2, with the standard's defaults where the descriptor is silent.

    `header_case` and `skip_blank_rows` are frictionless-py's own properties.
    """

    delimiter: str | None = None  # None where not declared: it then depends on the format
    quote_char: str = '"'  # "" for none
    double_quote: bool = True
    escape_char: str = ""
    line_terminator: str = ""  # "" where not declared: any line end
    skip_initial_space: bool = False
    header: bool = True
    header_rows: tuple[int, ...] = ()
    header_join: str = " "
    header_case: bool = True
    comment_char: str = ""
    comment_rows: tuple[int, ...] = ()
    null_sequence: str | None = None
    skip_blank_rows: bool = False
    item_type: str = ""  # of JSON: whether rows are "array" or "object"; "" where not declared
    property: str = ""  # of a JSON file: where the rows are, keys parted by points
    item_keys: tuple[str, ...] = ()  # the keys to read of rows that are objects; () for all
    sheet: int | str = 1  # of a spreadsheet: its name, or its number from 1
    table: str = ""  # of a database
    descriptor: JsonObject = dataclasses.field(default_factory=dict, repr=False)

    @classmethod
    def from_descriptor(cls, descriptor: JsonObject) -> Dialect:
        """The dialect of a checked descriptor in version 2's form."""
        delimiter, null = descriptor.get("delimiter"), descriptor.get("nullSequence")
        number = as_whole_number(descriptor.get("sheetNumber"))
        return cls(
            delimiter=delimiter if isinstance(delimiter, str) else None,
            quote_char=as_text(descriptor.get("quoteChar", '"')),
            double_quote=as_flag(descriptor.get("doubleQuote"), True),
            escape_char=as_text(descriptor.get("escapeChar")),
            line_terminator=as_text(descriptor.get("lineTerminator")),
            skip_initial_space=as_flag(descriptor.get("skipInitialSpace")),
            header=as_flag(descriptor.get("header"), True),
            header_rows=row_numbers(descriptor.get("headerRows")),
            header_join=as_text(descriptor.get("headerJoin"), " "),
            header_case=as_flag(descriptor.get("headerCase"), True),
            comment_char=as_text(descriptor.get("commentChar")),
            comment_rows=row_numbers(descriptor.get("commentRows")),
            null_sequence=null if isinstance(null, str) else None,
            skip_blank_rows=as_flag(descriptor.get("skipBlankRows")),
            item_type=as_text(descriptor.get("itemType")),
            property=as_text(descriptor.get("property")),
            item_keys=as_texts(descriptor.get("itemKeys")),
            sheet=as_text(descriptor.get("sheetName")) or (1 if number is None else number),
            table=as_text(descriptor.get("table")),
            descriptor=descriptor,
        )

    def to_descriptor(self) -> JsonObject:
        """The descriptor again, with everything in it."""
        return self.descriptor


def row_numbers(value: object) -> tuple[int, ...]:
    """A list of rows, in their order."""
    rows = [as_whole_number(row) for row in as_list(value)]
    return tuple(sorted(row for row in rows if row is not None))
