"""From a field, and the type of its cells in the source, to the `Column` that judges them."""

import re
from dataclasses import replace

from pledgeline.check.column import NUMERIC, Column
from pledgeline.check.forms import (
    LONGEST_NUMBER,
    accepted_form,
    is_exact,
    number_form,
    plain_number,
)
from pledgeline.check.native import native_as_text
from pledgeline.source.inline import MARK
from pledgeline.sql import is_one_of, literal
from pledgeline.standard.field import Field
from pledgeline.standard.types import FIELD_TYPES, FORMATS

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
ZONED = ("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ_NS")
MOMENTS = {
    ("TIME", "time"),
    *((zoned, "datetime") for zoned in ZONED),
    *((f"TIMESTAMP{unit}", "datetime") for unit in ("", "_S", "_MS", "_NS")),
}
FIXED_WIDTH = {  # forms in which the order of texts is the order in time
    "date": r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}",
    "yearmonth": r"[1-9][0-9]{3}-[0-9]{2}",
    "time": r"[0-9]{2}:[0-9]{2}:[0-9]{2}",
    "datetime": r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}",
}
RANGED = NUMERIC | FIXED_WIDTH.keys()  # types that have an order
# what means other characters outside of ASCII in one engine than in another
CLASSES = re.compile(r"\\[dDwWsSbBiIcCpP]")
DECIDED = {"string", "any", "integer"}  # types whose `enum` SQL decides


def text_column(
    field: Field,
    number: int,
    cell: str,
    missing: list[str],
    keyed: bool = False,
    marked: bool = False,
) -> Column:
    """The column of a field whose cells are text.

    `keyed`: in a key; `marked`: inline values may follow `MARK`.
    """
    kind = field.kind
    computed = missing_as_null(cell, missing, marked)
    if marked:
        computed = native_as_text(field, cell, computed)
    value = f"v{number}" if computed else cell
    accept, refuse = kind.accept, kind.refuse
    if field.format != "default" and field.type not in ("integer", "number", "boolean"):
        accept, refuse = FORMATS.get((field.type, field.format), "FALSE"), "FALSE"
    if field.type in ("integer", "number") and field.has_number_signs:
        accept = (
            FIELD_TYPES["integer"].accept if keyed and not has_digits_as_signs(field) else "FALSE"
        )
        refuse = "FALSE"
    if not keyed:
        accept = either(accept, form_of(field))
    if not decidable(field, keyed):
        accept, refuse = "FALSE", "FALSE"
    if field.type == "string" and CLASSES.search(field.constraints.pattern):
        accept = "regexp_full_match({v}, '[\\x00-\\x7F]*')" if accept == "TRUE" else accept
    if marked:
        accept = (
            f"NOT starts_with({{v}}, {literal(MARK)}) AND {accept}" if accept != "FALSE" else accept
        )
        refuse = "FALSE"
    is_boolean = is_one_of(value, [*field.true_values, *field.false_values])
    accept, refuse = (
        condition.format(v=value, is_boolean=is_boolean) for condition in (accept, refuse)
    )
    return Column(field, number, cell, value, accept, refuse, computed_value=computed)


def typed_column(
    field: Field, number: int, cell: str, sql: str, missing: list[str], keyed: bool = False
) -> Column:
    """The column of a field whose cells have the SQL type `sql`, as in Parquet."""
    if sql == "VARCHAR":
        return text_column(field, number, cell, missing, keyed)
    kind, ranged = field.type, bool(field.constraints.bounds)
    value, computed = cell, ""
    if texts := [text for text in missing if text]:
        is_missing = is_one_of(f"CAST({cell} AS VARCHAR)", texts)
        value, computed = f"v{number}", f"CASE WHEN {is_missing} THEN NULL ELSE {cell} END"
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
    if field.constraints.enum and kind not in DECIDED:
        accept = "FALSE"
    return Column(
        field,
        number,
        cell,
        value,
        accept,
        "FALSE",
        text=False,
        computed_value=computed,
        zoned=sql in ZONED,
    )


def parsed_once(column: Column) -> Column:
    """`column` with its integers computed once a row, for its type and its bounds."""
    cast = f"TRY_CAST({column.value} AS BIGINT)"
    if cast not in column.accept or column.field.has_number_signs:
        return column
    parsed = f"TRY_CAST({column.computed_value or column.cell} AS BIGINT)"
    return replace(column, parsed=parsed, accept=column.accept.replace(cast, f"n{column.number}"))


def form_of(field: Field) -> str:
    """SQL: whether a text has a form that is surely of the type, so that SQL decides the rest too.

    "FALSE" where a constraint needs the canonical text.
    """
    kind, constraints = field.type, field.constraints
    if kind in ("integer", "number"):
        form = f"length({{v}}) <= {LONGEST_NUMBER} AND {number_form(field)}"
        if field.allowed or number_form(field) == "FALSE":
            return "FALSE"
        bounds = [bound_literal(field, bound) for bound in constraints.bounds.values()]
        if not bounds:
            return form
        value = f"TRY_CAST({plain_number(field, '{v}')} AS {number_type(kind)})"
        if kind == "integer":
            return f"{form} AND {value} IS NOT NULL"
        # As doubles, numbers keep their order, but two that are equal may differ.
        other = f"COALESCE({value} NOT IN ({', '.join(map(str, bounds))}), FALSE)"
        return f"{form} AND ({other} OR {is_exact(plain_number(field, '{v}'))})"
    if kind != "string" and (
        constraints.to_descriptor().keys() - {"required", "unique"}
        or field.allowed
        or field.category_table
        or field.descriptor.get("arrayItem")
    ):
        return "FALSE"
    return accepted_form(field)


def either(one: str, other: str) -> str:
    """SQL: whether one of two conditions holds.

    A CASE looks at the other only where the first does not hold; an OR need not.
    """
    if "TRUE" in (one, other):
        return "TRUE"
    if "FALSE" in (one, other):
        return other if one == "FALSE" else one
    return f"CASE WHEN {one} THEN TRUE ELSE {other} END"


def number_type(kind: str) -> str:
    """The SQL type in which integers and numbers are compared."""
    return "DOUBLE" if kind == "number" else "BIGINT"


def missing_as_null(cell: str, missing: list[str], marked: bool) -> str:
    """SQL: `cell`, NULL where its text is one of the missing values; "" where there are none."""
    texts = [*missing, *(MARK + text for text in ["", *missing] if marked)]
    if not texts:
        return ""
    if len(texts) == 1:
        return f"NULLIF({cell}, {literal(texts[0])})"
    return f"CASE WHEN {is_one_of(cell, texts)} THEN NULL ELSE {cell} END"


def decidable(field: Field, keyed: bool) -> bool:
    """Whether SQL can decide a field's constraints: their values are canonical texts."""
    kind, constraints = field.type, field.constraints
    if constraints.enum and kind not in DECIDED:
        return False
    if kind == "integer" and not all(is_integer(code) for code in constraints.enum):
        return False
    bounds = constraints.bounds.values() if kind in RANGED else ()
    return all(bound_literal(field, bound) is not None for bound in bounds)


def bound_literal(field: Field, bound: object) -> str | None:
    """SQL: a bound, such as `minimum`, in the type that values are compared in.

    None where only Python can compare it.
    """
    kind, text = field.type, str(bound)
    if kind in ("integer", "year"):
        fits = is_integer(bound) and abs(int(text)) < 2**63
        return f"CAST({int(text)} AS BIGINT)" if fits else None
    if kind == "number":
        plain = (
            not isinstance(bound, bool)
            and re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]+)?", text)
            and len(text) <= 16
        )
        return f"CAST({text} AS DOUBLE)" if plain else None
    return literal(text) if re.fullmatch(FIXED_WIDTH[kind], text) else None


def is_integer(value: object) -> bool:
    """Whether a value of a descriptor is an integer, as a number or as canonical text."""
    number = isinstance(value, int) and not isinstance(value, bool)
    return number or bool(re.fullmatch(r"0|-?[1-9][0-9]{0,17}", str(value)))


def has_digits_as_signs(field: Field) -> bool:
    """Whether a character between groups or decimals could be part of a canonical integer."""
    return bool(re.search(r"[0-9-]", field.group_char + field.decimal_char))
