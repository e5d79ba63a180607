"""The cells that SQL is not sure of, decided by frictionless-py's readers, a value at a time.

Where the standard refuses what these accept, the standard decides: see `refused` and
docs/differences-from-frictionless.md.
"""

import base64
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from typing import Any, TypeAlias

import duckdb

from pledgeline.check.column import DECIDED_RIGHT, NUMERIC, UNDECIDED, WRONG, Column
from pledgeline.check.pattern import Patience, PatternMatcher
from pledgeline.source.inline import MARK, unmarked
from pledgeline.source.source import Unreadable
from pledgeline.standard.field import Field

VALUES_PER_BATCH = 2_000
BATCH_CHARACTERS = 16 << 20  # of the cells that are in Python at a time
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Python reads digits of all scripts, and underscores between digits
OTHER_DIGITS = re.compile(r"\d(?<![0-9])|[0-9]_[0-9]")
# type -> what a text of the type looks like in the standard, where frictionless-py's readers accept
# more
TEXT_FORMS = {
    "yearmonth": re.compile(r"-?[0-9]{4,}-[0-9]{2}"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}
# constraints that are not for frictionless-py's readers; these look a value up in a list
KEPT = ("required", "unique", "pattern", "enum")
LEFT_OUT = ("constraints", "example", "categories", "missingValues")  # properties that are not
# state, constraints that are broken, canonical text
Verdict: TypeAlias = tuple[int, str, str | None]
Reader: TypeAlias = Callable[[Any], Verdict]


@dataclass
class Tally:
    """Of the undecided cells of a column, how many are of its type, and break each constraint."""

    right: int = 0
    broken: Counter[str] = field(default_factory=Counter)


def judge(
    database: duckdb.DuckDBPyConnection,
    values: str,
    name: str,
    column: Column,
    patience: Patience,
) -> tuple[Column, Tally]:
    """Fills the table `name` with a verdict on every undecided cell of `column` in `values`.

    Returns the column with these verdicts, and with why cells were not held to its pattern; and how
    often each verdict was given.
    """
    database.execute(
        f"CREATE OR REPLACE TABLE {name}"
        " (cell VARCHAR, state INTEGER, broken VARCHAR, canonical VARCHAR)"
    )
    matches = PatternMatcher(column.field.constraints.pattern, patience)
    reader, source = cell_reader(column.field, matches), database.cursor()
    value = column.value
    if column.zoned:
        value = f"epoch_us(CAST({value} AS TIMESTAMP WITH TIME ZONE))"
    source.execute(
        f"SELECT {column.as_text} AS cell, ANY_VALUE({value}) AS value, count(*) AS times"
        f" FROM {values} AS cells WHERE {column.state} = {UNDECIDED} GROUP BY {column.as_text}"
    )
    tally = Tally()
    for batch in batches(source):
        verdicts = [(cell, *reader(as_moment(value, column.zoned))) for cell, value, _ in batch]
        for (_, state, broken, _), (*_, times) in zip(verdicts, batch, strict=True):
            if state == DECIDED_RIGHT:
                tally.right += times
                if broken:
                    tally.broken.update(dict.fromkeys(broken.strip(",").split(","), times))
        insert(database, name, verdicts)
    source.close()
    return replace(column, verdicts=name, unchecked=matches.unchecked), tally


def as_moment(value: Any, zoned: bool) -> Any:
    """A value as Python has it: a moment with a time zone comes as microseconds."""
    return EPOCH + timedelta(microseconds=value) if zoned else value


def batches(source: duckdb.DuckDBPyConnection) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a result, some thousands at a time.

    There are fewer in a batch where the first column has long texts.
    """
    batch: list[tuple[Any, ...]] = []
    size = 0
    while row := source.fetchone():
        batch.append(row)
        size += len(row[0])
        if len(batch) == VALUES_PER_BATCH or size > BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def insert(database: duckdb.DuckDBPyConnection, name: str, verdicts: list[tuple[Any, ...]]) -> None:
    """Adds rows to a table of verdicts."""
    import pyarrow as pa

    columns = [list(column) for column in zip(*verdicts, strict=True)]
    types = (pa.string(), pa.int32(), pa.string(), pa.string())
    batch = pa.Table.from_arrays(
        [pa.array(c, t) for c, t in zip(columns, types, strict=True)], ["a", "b", "c", "d"]
    )
    database.register("verdicts", batch)
    database.execute(f"INSERT INTO {name} SELECT * FROM verdicts")
    database.unregister("verdicts")


def cell_reader(field: Field, matches: Callable[[str], bool]) -> Reader:
    """A function that gives the verdict on a cell; `matches` says whether it meets the pattern.

    Raises Unreadable where there can be none.
    """
    declared = field.constraints.to_descriptor()
    given = {name: value for name, value in declared.items() if name not in KEPT}
    if is_any_text(field) and not given:
        return pattern_reader(matches)

    import frictionless

    kept = {name: value for name, value in field.to_descriptor().items() if name not in LEFT_OUT}
    described = {**kept, "type": field.type, "missingValues": [], "constraints": given}
    try:
        ours = frictionless.Field.from_descriptor(described)
        read, read_code = ours.create_cell_reader(), ours.create_value_reader()
    except frictionless.FrictionlessException as error:
        note = "; ".join(reason.note for reason in error.reasons) or error.error.note
        raise Unreadable(
            "field-error", f'cells of the field "{field.name}" cannot be checked: {note}'
        ) from error
    kind = field.type
    enumerated = bool(field.constraints.enum)
    codes = set(comparable(map(read_code, field.constraints.enum)))
    groups = field.group_char if kind == "integer" else ""  # frictionless-py: in numbers only
    categories = {str(value) for value in field.allowed.get("categories", ())}

    def reader(value: Any) -> Verdict:
        if isinstance(value, str) and value.startswith(MARK):
            try:
                value = unmarked(value)
            except (ValueError, RecursionError):  # a text that only looks marked
                return WRONG, "", None
        if refused(field, value):
            return WRONG, "", None
        if groups and isinstance(value, str):
            value = value.replace(groups, "")
        try:
            target, notes = read(value)
            listed = not enumerated or hashable(target) in codes
        # a bound that cannot be compared with the cell, such as a time with a zone and one without
        except Exception:
            target, notes, listed = value, dict.fromkeys(given, ""), not enumerated
        notes = notes or {}
        if "type" in notes:
            return WRONG, "", None
        broken = {name if name in given else "arrayItem" for name in notes}
        broken |= set() if listed else {"enum"}
        broken |= {"pattern"} if isinstance(value, str) and not matches(value) else set()
        broken |= {"categories"} if categories and canonical(target) not in categories else set()
        own = (
            canonical(target)
            if kind != "any" or isinstance(target, str)
            else MARK + canonical(target)
        )
        return DECIDED_RIGHT, f",{','.join(sorted(broken))}," if broken else "", own

    return reader


def is_any_text(field: Field) -> bool:
    """Whether every text is of the field's type, and none is compared with codes."""
    return field.type == "string" and field.format == "default" and not field.allowed


def pattern_reader(matches: Callable[[str], bool]) -> Reader:
    """The verdicts on texts of which a pattern alone decides."""

    def reader(value: Any) -> Verdict:
        if not isinstance(value, str) or value.startswith(MARK):
            return WRONG, "", None  # what is marked is no text
        return DECIDED_RIGHT, "" if matches(value) else ",pattern,", value

    return reader


def comparable(values: Iterable[Any]) -> Iterator[Any]:
    """Each of `values` as `hashable` has it; without those that equal nothing, as sNaN does not."""
    for value in values:
        try:
            own = hashable(value)
            hash(own)
        except (TypeError, RecursionError):
            continue
        yield own


def hashable(value: Any) -> Any:
    """A value in a form that can be in a set, where equal values are equal."""
    if isinstance(value, dict):
        return frozenset((key, hashable(each)) for key, each in value.items())
    return tuple(map(hashable, value)) if isinstance(value, list) else value


def refused(field: Field, value: object) -> bool:
    """Whether the standard refuses a text that frictionless-py's reader of the field accepts.

    https://datapackage.org/standard/table-schema/: numbers and dates have the lexical forms of XML
    Schema and ISO 8601 (no underscores, no digits but 0-9, two digits for months and days),
    `binary` is base64 and nothing else.
    """
    if not isinstance(value, str):
        return False
    kind, form = field.type, field.format
    if kind == "string" and form == "binary":
        try:
            base64.b64decode(value, validate=True)
        except ValueError:
            return True
    if kind in NUMERIC:
        signs = field.group_char + field.decimal_char
        return bool(OTHER_DIGITS.search(value.replace("_", "") if "_" in signs else value))
    return (
        form == "default" and kind in TEXT_FORMS and not TEXT_FORMS[kind].fullmatch(value.strip())
    )


def canonical(value: object) -> str:
    """A value as the text by which keys are compared: equal values give equal texts."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | Decimal):
        number = Decimal(str(value))
        if not number.is_finite():
            return str(number)
        number = number.normalize(
            Context(max(len(number.as_tuple().digits), 1), Emin=MIN_EMIN, Emax=MAX_EMAX)
        )
        text = format(number, "f") if abs(number.adjusted()) < 400 else str(number)
        return "0" if text == "-0" else text
    if isinstance(value, date | time | datetime):
        return value.isoformat()
    if isinstance(value, tuple) and hasattr(value, "year") and hasattr(value, "month"):
        return f"{value.year:04}-{value.month:02}"
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True, default=str)
    return str(value)
