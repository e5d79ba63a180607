"""From a Table Schema field, and the type of its cells in the source, to the `Column` by which they
are judged.
"""

import re
from dataclasses import replace

from pledgeline.check.column import NUMERIC, Column
from pledgeline.source.inline import MARK
from pledgeline.sql import literal, literals
from pledgeline.standard.types import FIELD_TYPES, FORMATS, false_values, true_values

INTEGERS = {
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
}
FLOATS = {"FLOAT", "DOUBLE"}
REWRITING = (
    "bareNumber",
    "groupChar",
    "decimalChar",
)  # properties by which a number is written otherwise
RANGES = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
ZONED = "TIMESTAMP WITH TIME ZONE"
MOMENTS = {
    ("TIME", "time"),
    (ZONED, "datetime"),
    *((f"TIMESTAMP{unit}", "datetime") for unit in ("", "_S", "_MS", "_NS")),
}
FIXED_WIDTH = {  # forms in which the order of texts is the order in time
    "date": r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}",
    "yearmonth": r"[1-9][0-9]{3}-[0-9]{2}",
    "time": r"[0-9]{2}:[0-9]{2}:[0-9]{2}",
    "datetime": r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}",
}
RANGED = NUMERIC | FIXED_WIDTH.keys()  # types that have an order
CLASSES = re.compile(
    r"\\[dDwWsSbBiIcCpP]"
)  # what means other characters outside of ASCII in one engine than in another
DECIDED = {"string", "any", "integer"}  # types whose `enum` SQL decides


def text_column(
    field: dict,
    number: int,
    cell: str,
    missing: list[str],
    keyed: bool = False,
    marked: bool = False,
) -> Column:
    """The column of a field whose cells are text.

    `keyed`: in a key; `marked`: inline values may stand behind `MARK`.
    """
    kind = FIELD_TYPES[field["type"]]
    made = missing_as_null(cell, missing, marked)
    value = f"v{number}" if made else cell
    accept, refuse = kind.accept, kind.refuse
    if keyed and kind.keyed:
        accept = kind.keyed
    if field.get("format", "default") != "default" and field["type"] not in (
        "integer",
        "number",
        "boolean",
    ):
        accept, refuse = FORMATS.get((field["type"], field["format"]), "FALSE"), "FALSE"
    if field["type"] in ("integer", "number") and any(name in field for name in REWRITING):
        accept = "FALSE" if strange_signs(field) else FIELD_TYPES["integer"].accept
        refuse = "FALSE"
    if not decidable(field, keyed):
        accept, refuse = "FALSE", "FALSE"
    if field["type"] == "string" and CLASSES.search(
        field.get("constraints", {}).get("pattern", "")
    ):
        accept = "regexp_full_match({v}, '[\\x00-\\x7F]*')" if accept == "TRUE" else accept
    if marked:
        accept = (
            f"NOT starts_with({{v}}, {literal(MARK)}) AND {accept}" if accept != "FALSE" else accept
        )
        refuse = "FALSE"
    signs = {"true": literals(true_values(field)), "false": literals(false_values(field))}
    accept, refuse = (condition.format(v=value, **signs) for condition in (accept, refuse))
    return Column(field, number, cell, value, accept, refuse, made=made)


def typed_column(
    field: dict, number: int, cell: str, sql: str, missing: list[str], keyed: bool = False
) -> Column:
    """The column of a field whose cells have the SQL type `sql`, as in Parquet."""
    if sql == "VARCHAR":
        return text_column(field, number, cell, missing, keyed)
    kind, ranged = field["type"], any(bound in field.get("constraints", {}) for bound in RANGES)
    value, made = cell, ""
    if others := [text for text in missing if text]:
        value, made = (
            f"v{number}",
            f"CASE WHEN CAST({cell} AS VARCHAR) IN ({literals(others)}) THEN NULL ELSE {cell} END",
        )
    accept = "FALSE"
    if (
        kind == "any"
        or (sql in INTEGERS and kind in ("integer", "number"))
        or (sql, kind) == ("BOOLEAN", "boolean")
    ):
        accept = "TRUE"
    elif sql in INTEGERS and kind == "year":
        accept = f"{value} BETWEEN 0 AND 9999"
    elif sql in FLOATS and kind == "number" and not keyed:
        # NaN and the infinities are judged one by one; `isnan` is wrong where the statistics of a
        # Parquet file leave NaN out.
        accept = f"{value} * 0 = 0" if ranged else "TRUE"
    elif sql.startswith("DECIMAL") and kind == "number" and not keyed:
        accept = "TRUE"
    elif (sql, kind) == ("DATE", "date"):
        accept = f"{value} BETWEEN CAST('0001-01-01' AS DATE) AND CAST('9999-12-31' AS DATE)"
    elif not ranged and (sql, kind) in MOMENTS and not (keyed and kind == "datetime"):
        accept = "TRUE"
    if "enum" in field.get("constraints", {}) and kind not in DECIDED:
        accept = "FALSE"
    return Column(
        field, number, cell, value, accept, "FALSE", text=False, made=made, zoned=sql == ZONED
    )


def parsed_once(column: Column) -> Column:
    """`column` with the integers that its texts stand for computed once a row, for its type and its
    bounds.
    """
    cast = f"TRY_CAST({column.value} AS BIGINT)"
    if cast not in column.accept:
        return column
    parsed = f"TRY_CAST({column.made or column.cell} AS BIGINT)"
    return replace(column, parsed=parsed, accept=column.accept.replace(cast, f"n{column.number}"))


def missing_as_null(cell: str, missing: list[str], marked: bool) -> str:
    """SQL: `cell`, NULL where its text is one of the missing values; nothing where there are no
    such values.
    """
    texts = [*missing, *(MARK + text for text in ["", *missing] if marked)]
    if not texts:
        return ""
    if len(texts) == 1:
        return f"NULLIF({cell}, {literal(texts[0])})"
    return f"CASE WHEN {cell} IN ({literals(texts)}) THEN NULL ELSE {cell} END"


def decidable(field: dict, keyed: bool) -> bool:
    """Whether SQL can decide a field's constraints on canonical texts: their values are canonical
    too.
    """
    kind, constraints = field["type"], field.get("constraints", {})
    if "enum" in constraints and kind not in DECIDED:
        return False
    if kind == "integer" and not all(is_integer(code) for code in constraints.get("enum", [])):
        return False
    bounds = [constraints[name] for name in RANGES if name in constraints and kind in RANGED]
    return all(bound_literal(field, bound) is not None for bound in bounds)


def bound_literal(field: dict, bound) -> str | None:
    """SQL: a bound of `minimum` and the like in the type that values are compared in; None when
    only Python can compare it.
    """
    kind, text = field["type"], str(bound)
    if kind in ("integer", "year"):
        return (
            f"CAST({int(bound)} AS BIGINT)"
            if is_integer(bound) and abs(int(bound)) < 2**63
            else None
        )
    if kind == "number":
        plain = (
            not isinstance(bound, bool)
            and re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]+)?", text)
            and len(text) <= 16
        )
        return f"CAST({text} AS DOUBLE)" if plain else None
    return literal(text) if re.fullmatch(FIXED_WIDTH[kind], text) else None


def is_integer(value) -> bool:
    """Whether a value of a descriptor is an integer, as a number or as canonical text."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    return whole or bool(re.fullmatch(r"0|-?[1-9][0-9]{0,17}", str(value)))


def strange_signs(field: dict) -> bool:
    """Whether a group or decimal sign could stand in a canonical integer."""
    signs = str(field.get("groupChar", "")) + str(field.get("decimalChar", ""))
    return bool(re.search(r"[0-9-]", signs))
