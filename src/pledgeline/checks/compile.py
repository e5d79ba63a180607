"""A Table Schema as checks: each an SQL condition on one row's cells, or a SELECT over a whole table for a key.

Error types are frictionless-py's. The SQL is the subset that sqlglot translates.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pledgeline.checks.column import MISSING, NUMERIC, ODD, ODD_RIGHT, RANGED, RIGHT, WRONG, Column, bound_literal, text_column
from pledgeline.sql import identifier, literal, literals
from pledgeline.types import FIELD_TYPES

BOUNDS = {  # constraint -> the comparison that breaks it, and what it asks in words
    "minimum": ("<", "at least"),
    "maximum": (">", "at most"),
    "exclusiveMinimum": ("<=", "more than"),
    "exclusiveMaximum": (">=", "less than"),
}
LENGTHS = {"minLength": ("<", "at least"), "maxLength": (">", "at most")}


@dataclass(frozen=True)
class Check:
    """One constraint of one field, and the SQL condition that its offenders meet."""

    type: str  # frictionless-py's error type
    column: Column
    constraint: str
    expected: str  # in words, for a message
    condition: str
    broken: str  # SQL: what offends in a value that is of the type, whoever says that it is


@dataclass(frozen=True)
class TableCheck:
    """One constraint of one table, and the SELECT of `row_number` that finds its offenders."""

    type: str
    table: str
    fields: tuple[str, ...]
    constraint: str
    expected: str
    sql: str
    target: str = ""  # the table that a foreign key refers to


def cell_checks(column: Column, blank: str = "FALSE") -> Iterator[Check]:
    """The checks on one column: its type, then each of its constraints. `blank` is SQL: whether the whole row is."""
    field, constraints, state = column.field, column.field.get("constraints", {}), column.state_name
    kind = field["type"]

    def check(constraint: str, expected: str, broken: str) -> Check:
        condition = f"{column.value} IS NOT NULL AND {broken}" if column.sure else f"{state} = {RIGHT} AND {broken}"
        if column.accept == "FALSE":  # SQL decides nothing here; it may not even know the pattern
            condition = "FALSE"
        if column.odd:
            condition = f"({condition}) OR {state} = {ODD_RIGHT} AND b{column.number} LIKE '%,{constraint},%'"
        return Check("constraint-error", column, constraint, expected, condition, broken)

    if not column.sure:
        wrong = f"{state} = {WRONG}" if column.odd else f"{state} IN ({WRONG}, {ODD})"
        yield Check("type-error", column, "type", expected_type(field), wrong, f"NOT ({column.accept})")
    if constraints.get("required"):
        missing = f"{column.value} IS NULL" if column.sure else f"{state} = {MISSING}"
        condition = f"{missing} AND NOT {blank}"
        yield Check("constraint-error", column, "required", "a value", condition, f"{column.value} IS NULL")
    for name, (sign, words) in BOUNDS.items():
        if name in constraints and kind in RANGED:
            limit = bound_literal(field, constraints[name])
            broken = f"{comparable(column)} {sign} {limit}" if limit else "FALSE"
            yield check(name, f"{words} {constraints[name]}", broken)
    for name, (sign, words) in LENGTHS.items():
        if name in constraints:
            plain = kind == "string" and column.text
            broken = f"length({column.value}) {sign} {int(constraints[name])}" if plain else "FALSE"
            yield check(name, f"{words} {constraints[name]} {'characters' if kind == 'string' else 'items'}", broken)
    if (pattern := constraints.get("pattern")) and kind == "string":
        broken = f"NOT regexp_full_match({column.value}, {literal(pattern)})" if column.text else "FALSE"
        yield check("pattern", f"the pattern {pattern}", broken)
    if field.get("arrayItem"):
        yield check("arrayItem", "items that meet `arrayItem`", "FALSE")
    for name, codes in (("enum", constraints.get("enum")), ("categories", category_values(field))):
        if codes:
            decided = kind in ("string", "any") or kind == "integer"
            broken = f"{column.as_text} NOT IN ({literals(map(str, codes))})" if decided else "FALSE"
            yield check(name, one_of(list(map(str, codes))), broken)


def surely_right(column: Column, checks: list[Check]) -> str:
    """SQL: whether a cell passes all of its column's `checks`, as far as SQL alone can tell.

    One condition, which ends at the first part that fails: much cheaper to count than each check by itself.
    """
    broken = sorted((check for check in checks), key=lambda check: check.constraint not in ("required", "type"))
    passed = " AND ".join(f"NOT ({check.broken})" for check in broken)
    return passed if any(check.constraint == "required" for check in checks) else f"({column.value} IS NULL OR {passed})"


def one_of(codes: list[str], most: int = 8) -> str:
    """Some codes in words, and how many there are when they are not all named."""
    return "one of " + " | ".join(codes[:most]) + (f" | ... ({len(codes)} in all)" if len(codes) > most else "")


def comparable(column: Column) -> str:
    """SQL: the value as `bound_literal` writes bounds: numbers by value, canonical days and times as text."""
    kind = column.field["type"]
    if kind in NUMERIC and not column.text:
        return column.value
    if column.parsed:
        return f"n{column.number}"
    if kind in NUMERIC:
        return f"TRY_CAST({column.value} AS {'DOUBLE' if kind == 'number' else 'BIGINT'})"
    return column.as_text


def expected_type(field: dict) -> str:
    """A field's type in words, with its format where that is not the default."""
    form = field.get("format", "default")
    return FIELD_TYPES[field["type"]].words + (f" (format {form})" if form != "default" else "")


def category_values(field: dict) -> list:
    """The values of `categories` where `enum` does not say the same. https://datapackage.org/standard/table-schema/#categories"""
    values = [entry["value"] if isinstance(entry, dict) else entry for entry in field.get("categories", [])]
    return [] if values == field.get("constraints", {}).get("enum") else values


def schema_checks(table: str, schema: dict) -> Iterator[TableCheck]:
    """Every check that `schema` asks of `table`, whose columns are text under the fields' names, beside `row_number`."""
    for number, field in enumerate(schema["fields"], 1):
        column = text_column(field, number, identifier(field["name"]), [])
        states = f"SELECT {', '.join(['*', *column.judgement])} FROM {identifier(table)}"
        for check in cell_checks(column):
            sql = f"SELECT row_number FROM ({states}) AS cells WHERE {check.condition}"
            yield TableCheck(check.type, table, (field["name"],), check.constraint, check.expected, sql)
        if field.get("constraints", {}).get("unique"):
            yield unique_check(table, [field["name"]], "unique-error", "unique")
    if key := schema.get("primaryKey"):
        yield unique_check(table, key, "primary-key", "primaryKey")
    yield from (unique_check(table, key, "unique-error", "uniqueKeys") for key in schema.get("uniqueKeys", []))
    yield from (reference_check(table, key) for key in schema.get("foreignKeys", []))


def unique_check(table: str, key: list[str], type: str, constraint: str) -> TableCheck:
    """Rows whose key an earlier row has. Rows with an empty key part are the business of `required`."""
    columns = ", ".join(map(identifier, key))
    known = " AND ".join(f"{identifier(name)} IS NOT NULL" for name in key)
    sql = (
        f"SELECT row_number FROM (SELECT row_number, row_number() OVER (PARTITION BY {columns} ORDER BY row_number) AS nth"
        f" FROM {identifier(table)} WHERE {known}) AS numbered WHERE nth > 1"
    )
    return TableCheck(type, table, tuple(key), constraint, f"{', '.join(key)} unlike that of any other row", sql)


def reference_check(table: str, key: dict) -> TableCheck:
    """Rows whose key names no row of the other table; an entirely empty key refers to nothing and is allowed."""
    target = key["reference"]["resource"] or table
    pairs = list(zip(key["fields"], key["reference"]["fields"], strict=True))
    match = " AND ".join(f"target.{identifier(there)} = source.{identifier(here)}" for here, there in pairs)
    given = " OR ".join(f"source.{identifier(here)} IS NOT NULL" for here, _ in pairs)
    sql = (
        f"SELECT row_number FROM {identifier(table)} AS source WHERE ({given})"
        f" AND NOT EXISTS (SELECT 1 FROM {identifier(target)} AS target WHERE {match})"
    )
    there = ", ".join(key["reference"]["fields"])
    return TableCheck(
        "foreign-key", table, tuple(key["fields"]), "foreignKeys", f"the {there} of a row of {target}", sql, target
    )
