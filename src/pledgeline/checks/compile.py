"""A Table Schema as checks: each one SELECT that returns the rows (and the field) that break one constraint.

The table checked has every column as text, NULL where the cell is missing, and a column `row_number` counting from 1, so
that records, and any CSV read as text, are checked by the same statements. Error types are frictionless-py's. The SQL is
the subset that sqlglot translates.
"""

from dataclasses import dataclass

from pledgeline.types import FIELD_TYPES


@dataclass(frozen=True)
class Check:
    """One constraint of one table, and the SELECT of `row_number` that finds its offenders."""

    type: str  # frictionless-py's error type
    table: str
    fields: tuple[str, ...]
    constraint: str
    expected: str  # in words, for a message
    sql: str
    target: str = ""  # the table that a foreign key refers to


def schema_checks(table: str, schema: dict) -> list[Check]:
    """Every check that `schema` asks of `table`."""
    checks = [check for field in schema["fields"] for check in field_checks(table, field)]
    if key := schema.get("primaryKey"):
        checks.append(unique_check(table, key, "primary-key", "primaryKey"))
    checks += [unique_check(table, key, "unique-error", "uniqueKeys") for key in schema.get("uniqueKeys", [])]
    checks += [reference_check(table, key) for key in schema.get("foreignKeys", [])]
    return checks


def field_checks(table: str, field: dict):
    """The checks on one column: its type, then each of its constraints."""
    name, column = field["name"], identifier(field["name"])
    kind = FIELD_TYPES[field["type"]]
    constraints = field.get("constraints", {})
    typed = f"TRY_CAST({column} AS {kind.sql})"

    def check(constraint: str, expected: str, condition: str, type: str = "constraint-error") -> Check:
        sql = f"SELECT row_number FROM {identifier(table)} WHERE {condition}"
        return Check(type, table, (name,), constraint, expected, sql)

    if kind.lexical:
        wrong = f"NOT regexp_full_match({column}, {literal(kind.lexical)}) OR {typed} IS NULL"
        yield check("type", kind.words, f"{column} IS NOT NULL AND ({wrong})", "type-error")
    if constraints.get("required"):
        yield check("required", "a value", f"{column} IS NULL")
    if constraints.get("enum"):
        codes = ", ".join(literal(str(code)) for code in constraints["enum"])
        yield check("enum", " | ".join(map(str, constraints["enum"])), f"{column} NOT IN ({codes})")
    if pattern := constraints.get("pattern"):
        yield check("pattern", f"the pattern {pattern}", f"NOT regexp_full_match({column}, {literal(pattern)})")
    for bound, sign, words in (("minimum", "<", "at least"), ("maximum", ">", "at most")):
        if bound in constraints:
            limit = f"CAST({literal(str(constraints[bound]))} AS {kind.sql})"
            yield check(bound, f"{words} {constraints[bound]}", f"{typed} {sign} {limit}")
    for bound, sign, words in (("minLength", "<", "at least"), ("maxLength", ">", "at most")):
        if bound in constraints:
            yield check(bound, f"{words} {constraints[bound]} characters", f"length({column}) {sign} {constraints[bound]}")
    if constraints.get("unique"):
        yield unique_check(table, [name], "unique-error", "unique")


def unique_check(table: str, key: list[str], type: str, constraint: str) -> Check:
    """Rows whose key an earlier row has. Rows with an empty key part are the business of `required`."""
    columns = ", ".join(map(identifier, key))
    known = " AND ".join(f"{identifier(name)} IS NOT NULL" for name in key)
    sql = (
        f"SELECT row_number FROM (SELECT row_number, row_number() OVER (PARTITION BY {columns} ORDER BY row_number) AS nth"
        f" FROM {identifier(table)} WHERE {known}) AS numbered WHERE nth > 1"
    )
    return Check(type, table, tuple(key), constraint, f"{', '.join(key)} unlike that of any other row", sql)


def reference_check(table: str, key: dict) -> Check:
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
    return Check("foreign-key", table, tuple(key["fields"]), "foreignKeys", f"the {there} of a row of {target}", sql, target)


def identifier(name: str) -> str:
    """`name` as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """`text` as an SQL string."""
    return "'" + text.replace("'", "''") + "'"
