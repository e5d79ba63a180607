"""The cells of a column as texts that Arrow reads as the values that the field says they are.

Arrow knows one way to write a number, a day or a truth value; a field may have others (`1.234,5`,
`22/02/2022`, `yes`), and Arrow reads texts that are none (`0x10`). What is not written plainly is
read as validation reads it.
"""

import pyarrow as pa
import pyarrow.compute as pc

from pledgeline.check.column import WRONG
from pledgeline.check.undecided import cell_reader
from pledgeline.errors import InvalidPackage
from pledgeline.standard.field import Field
from pledgeline.text import quoted

NOTHING = "[^\\s\\S]"
DIGITS = "-?[0-9]{1,18}"
# type -> the texts that Arrow and every field of the type without properties of its own read alike
PLAIN = {
    "integer": DIGITS,
    "number": f"{DIGITS}([.][0-9]+)?",
    "boolean": "true|false",
    "date": "[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}",
}


def as_arrow_reads(column: pa.ChunkedArray, field: Field) -> pa.ChunkedArray:
    """`column` with each text in the form in which Arrow reads it.

    Columns of types that stay texts are left as they are. Raises InvalidPackage at a cell that is
    not of its type.
    """
    if field.type not in PLAIN:
        return column
    texts = column.combine_chunks()
    unusual = pc.invert(pc.match_substring_regex(texts, f"^({plain_texts(field)})$"))
    cells = pc.unique(texts.filter(unusual)).to_pylist()
    if not cells:
        return column
    read, values = cell_reader(field, matches=lambda text: True), []  # only types are read here
    for cell in cells:
        state, _, value = read(cell)
        if state == WRONG:
            raise InvalidPackage(
                f"{field.name} has {quoted(cell)}, which is not {field.kind.expected}"
            )
        values.append(value)
    others = pa.array(values, pa.string()).take(pc.index_in(texts, pa.array(cells, pa.string())))
    return pa.chunked_array([pc.if_else(pc.fill_null(unusual, False), others, texts)])


def plain_texts(field: Field) -> str:
    """A regular expression of the texts that need no reader of ours."""
    if field.has_number_signs or field.format != "default":
        return NOTHING
    if field.type == "boolean" and (
        "true" not in field.true_values or "false" not in field.false_values
    ):
        return NOTHING
    return PLAIN[field.type]
