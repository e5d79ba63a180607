"""A column as checks: one for each constraint of its field, with the SQL condition of breaking it.

Error types are frictionless-py's. The SQL is the subset that sqlglot translates.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pledgeline.check.column import DECIDED_RIGHT, MISSING, NUMERIC, RIGHT, UNDECIDED, WRONG, Column
from pledgeline.check.conditions import DECIDED, RANGED, bound_literal, number_type
from pledgeline.check.forms import plain_number
from pledgeline.check.pattern_words import in_words
from pledgeline.sql import is_one_of, literal
from pledgeline.standard.field import Field
from pledgeline.text import quoted

BOUNDS = {  # constraint -> the comparison that it asks for, and that in words
    "minimum": (">=", "at least"),
    "maximum": ("<=", "at most"),
    "exclusiveMinimum": (">", "more than"),
    "exclusiveMaximum": ("<", "less than"),
}
LENGTHS = {"minLength": (">=", "at least"), "maxLength": ("<=", "at most")}


@dataclass(frozen=True)
class Check:
    """One constraint of one field, and the SQL condition of a row that breaks it."""

    type: str  # frictionless-py's error type
    column: Column
    constraint: str
    expected: str  # in words, for a message
    condition: str
    passed: str  # SQL: whether a value, of the type for all but that check, meets the constraint
    note: str = ""  # what is expected as the schema has it, where that is not for people

    @property
    def joins(self) -> int:
        """How many tables are joined to evaluate it, beside the verdicts."""
        return int(self.constraint in self.column.codes)

    @property
    def rows(self) -> bool:
        """Whether it is over whole rows: no value is required in a blank one."""
        return self.constraint == "required"


def cell_checks(column: Column, blank: str = "FALSE") -> Iterator[Check]:
    """The checks on one column: its type, then each of its constraints.

    `blank` is the SQL condition of a blank row.
    """
    field, constraints, state = column.field, column.field.constraints, column.state_name
    kind = field.type

    def check(constraint: str, expected: str, passed: str) -> Check:
        judged = f"{column.value} IS NOT NULL" if column.sure else f"{state} = {RIGHT}"
        condition = f"{judged} AND NOT ({passed})"
        if column.accept == "FALSE":  # SQL decides nothing here; it may not even know the pattern
            condition = "FALSE"
        if column.verdicts:
            decided = f"{state} = {DECIDED_RIGHT} AND b{column.number} LIKE '%,{constraint},%'"
            condition = f"({condition}) OR {decided}"
        return Check("constraint-error", column, constraint, expected, condition, passed)

    if not column.sure:
        wrong = f"{state} = {WRONG}" if column.verdicts else f"{state} IN ({WRONG}, {UNDECIDED})"
        yield Check("type-error", column, "type", expected_type(field), wrong, column.accept)
    if constraints.required:
        missing = f"{column.value} IS NULL" if column.sure else f"{state} = {MISSING}"
        condition = f"{missing} AND NOT {blank}"
        yield Check(
            "constraint-error",
            column,
            "required",
            "a value",
            condition,
            f"{column.value} IS NOT NULL",
        )
    for name, (sign, phrase) in BOUNDS.items():
        if name in constraints.bounds and kind in RANGED:
            bound = constraints.bounds[name]
            limit = bound_literal(field, bound)
            passed = f"{comparable(column)} {sign} {limit}" if limit else "TRUE"
            yield check(name, f"{phrase} {bound}", passed)
    for name, (sign, phrase) in LENGTHS.items():
        if name in constraints.lengths:
            length = constraints.lengths[name]
            plain = kind == "string" and column.text
            passed = f"length({column.value}) {sign} {length}" if plain else "TRUE"
            units = "characters" if kind == "string" else "items"
            yield check(name, f"{phrase} {length} {units}", passed)
    if (pattern := constraints.pattern) and kind == "string":
        passed = f"regexp_full_match({column.value}, {literal(pattern)})" if column.text else "TRUE"
        yield replace(check("pattern", matching(field), passed), note=pattern)
    if field.descriptor.get("arrayItem"):
        yield check("arrayItem", "items that meet `arrayItem`", "TRUE")
    for name, values in field.allowed.items():
        passed = is_allowed(column, name, values) if kind in DECIDED else "TRUE"
        yield check(name, one_of(values), passed)


def surely_right(column: Column, checks: list[Check]) -> str:
    """SQL: whether a cell passes all `checks` of its column, as far as SQL alone can decide.

    One condition, which ends at the first part that fails: much cheaper to count than each check by
    itself. The database evaluates all of what follows a NOT, so that there is none.
    """
    cheapest_first = sorted(checks, key=lambda check: check.constraint not in ("required", "type"))
    passed = " AND ".join(f"({check.passed})" for check in cheapest_first)
    required = any(check.constraint == "required" for check in checks)
    return passed if required else f"({column.value} IS NULL OR {passed})"


def matching(field: Field) -> str:
    """What a field's pattern asks for in words, with the field's example where it has one.

    A pattern that words do not describe is given itself.
    """
    pattern, example = field.constraints.pattern, field.descriptor.get("example")
    said = in_words(pattern) or f"the pattern {pattern}"
    return f"{said}, such as {quoted(example)}" if isinstance(example, str) else said


def is_allowed(column: Column, constraint: str, values: Sequence[object]) -> str:
    """SQL: whether a value is one of those that a constraint lists; a table has them if many."""
    if table := column.codes.get(constraint):
        return f"({column.as_text} IN (SELECT code FROM {table}))"
    return is_one_of(column.as_text, list(map(str, values)))


def one_of(codes: Sequence[object], most: int = 8) -> str:
    """The first codes in words, and how many there are where not all are named."""
    rest = f" | ... ({len(codes)} in all)" if len(codes) > most else ""
    return f"one of {' | '.join(map(str, codes[:most]))}{rest}"


def comparable(column: Column) -> str:
    """SQL: the value as `bound_literal` writes bounds.

    Numbers are compared by value, canonical days and times as text.
    """
    kind = column.field.type
    if kind in NUMERIC and not column.text:
        return column.value
    if column.parsed:
        return f"n{column.number}"
    if kind in NUMERIC:
        return f"TRY_CAST({plain_number(column.field, column.value)} AS {number_type(kind)})"
    return column.as_text


def expected_type(field: Field) -> str:
    """A field's type in words, with its format where that is not the default."""
    format = "" if field.format == "default" else f" (format {field.format})"
    return field.kind.expected + format
