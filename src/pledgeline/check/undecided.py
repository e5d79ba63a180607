"""The cells that SQL is not sure of, judged one distinct value at a time by frictionless-py's own
readers of fields.

Where the standard refuses what these accept, the standard decides: `refused` has the whole list
(see docs/differences-from-frictionless.md).
"""

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal

import duckdb

from pledgeline.check.column import DECIDED_RIGHT, NUMERIC, UNDECIDED, WRONG, Column
from pledgeline.check.constraints import category_values
from pledgeline.check.pattern import pattern_matcher
from pledgeline.source.inline import MARK
from pledgeline.source.source import Unreadable

VALUES_PER_BATCH = 2_000
BATCH_CHARACTERS = 16 << 20  # of the cells that are in Python at a time
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
OTHER_DIGITS = re.compile(
    r"\d(?<![0-9])|[0-9]_[0-9]"
)  # Python reads digits of all scripts, and underscores between digits
# type -> what a text of the type looks like in the standard, where frictionless-py's readers are
# laxer
TEXT_FORMS = {
    "yearmonth": re.compile(r"-?[0-9]{4,}-[0-9]{2}"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}
KEPT = ("required", "unique", "pattern")  # constraints that are not for frictionless-py's readers


def judge(database: duckdb.DuckDBPyConnection, values: str, name: str, column: Column) -> Column:
    """Fills the table `name` with a verdict on every odd cell of `column` in `values`; gives the
    column that heeds them.
    """
    database.execute(
        f"CREATE OR REPLACE TABLE {name} (cell VARCHAR, state INTEGER, broken VARCHAR, canonical VARCHAR)"
    )
    reader, source = cell_reader(column.field), database.cursor()
    value = f"epoch_us({column.value})" if column.zoned else column.value
    told_apart = (
        f"SELECT {column.as_text} AS cell, ANY_VALUE({value}) AS value FROM {values} AS cells"
    )
    source.execute(f"{told_apart} WHERE {column.state} = {UNDECIDED} GROUP BY {column.as_text}")
    for batch in batches(source):
        values = [
            EPOCH + timedelta(microseconds=value) if column.zoned else value for _, value in batch
        ]
        insert(
            database,
            name,
            [(cell, *reader(value)) for (cell, _), value in zip(batch, values, strict=True)],
        )
    source.close()
    return replace(column, odd=name)


def batches(source: duckdb.DuckDBPyConnection) -> Iterator[list[tuple]]:
    """The rows of a result, some thousands at a time; fewer where the first column has long texts."""
    batch, size = [], 0
    while row := source.fetchone():
        batch.append(row)
        size += len(row[0])
        if len(batch) == VALUES_PER_BATCH or size > BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def insert(database: duckdb.DuckDBPyConnection, name: str, verdicts: list[tuple]) -> None:
    import pyarrow as pa

    columns = [list(column) for column in zip(*verdicts, strict=True)]
    types = (pa.string(), pa.int32(), pa.string(), pa.string())
    batch = pa.Table.from_arrays(
        [pa.array(c, t) for c, t in zip(columns, types, strict=True)], ["a", "b", "c", "d"]
    )
    database.register("verdicts", batch)
    database.execute(f"INSERT INTO {name} SELECT * FROM verdicts")
    database.unregister("verdicts")


def cell_reader(field: dict):
    """A function from a cell to (state, the constraints it breaks, its canonical text)."""
    from frictionless import Field, FrictionlessException

    constraints = field.get("constraints", {})
    given = {name: value for name, value in constraints.items() if name not in KEPT}
    plain = {
        key: value
        for key, value in field.items()
        if key not in ("constraints", "example", "categories", "missingValues")
    }
    try:
        read = Field.from_descriptor(
            {**plain, "missingValues": [], "constraints": given}
        ).create_cell_reader()
    except FrictionlessException as error:
        note = "; ".join(reason.note for reason in error.reasons) or error.error.note
        raise Unreadable(
            "field-error", f'cells of the field "{field["name"]}" cannot be checked: {note}'
        ) from error
    matches = pattern_matcher(constraints.get("pattern"))
    kind = field["type"]
    groups = (
        field.get("groupChar", "") if kind == "integer" else ""
    )  # frictionless-py heeds it in numbers only
    categories = {str(value) for value in category_values(field)}

    def reader(value) -> tuple[int, str, str | None]:
        if isinstance(value, str) and value.startswith(MARK):
            try:
                value = json.loads(value[len(MARK) :] or "null")
            except (ValueError, RecursionError):  # a text that only looks like one of ours
                return WRONG, "", None
        if refused(field, value):
            return WRONG, "", None
        if groups and isinstance(value, str):
            value = value.replace(groups, "")
        try:
            target, notes = read(value)
        # a bound that cannot be compared with the cell, such as a time with a zone and one without
        except Exception:
            target, notes = value, dict.fromkeys(given, "")
        notes = notes or {}
        if "type" in notes:
            return WRONG, "", None
        broken = {name if name in given else "arrayItem" for name in notes}
        broken |= {"pattern"} if isinstance(value, str) and not matches(value) else set()
        broken |= {"categories"} if categories and canonical(target) not in categories else set()
        own = (
            canonical(target)
            if kind != "any" or isinstance(target, str)
            else MARK + canonical(target)
        )
        return DECIDED_RIGHT, f",{','.join(sorted(broken))}," if broken else "", own

    return reader


def refused(field: dict, value) -> bool:
    """Whether the standard refuses a text that frictionless-py's reader of the field's type would
    take.

    https://datapackage.org/standard/table-schema/: numbers and dates have the lexical forms of XML
    Schema and ISO 8601 (no underscores, no digits but 0-9, two digits for months and days),
    `binary` is base64 and nothing else.
    """
    if not isinstance(value, str):
        return False
    kind, form = field["type"], field.get("format", "default")
    if kind == "string" and form == "binary":
        try:
            base64.b64decode(value, validate=True)
        except ValueError:
            return True
    if kind in NUMERIC:
        signs = str(field.get("groupChar", "")) + str(field.get("decimalChar", ""))
        return bool(OTHER_DIGITS.search(value.replace("_", "") if "_" in signs else value))
    return (
        form == "default" and kind in TEXT_FORMS and not TEXT_FORMS[kind].fullmatch(value.strip())
    )


def canonical(value) -> str:
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
    if isinstance(value, tuple) and hasattr(value, "year"):
        return f"{value.year:04}-{value.month:02}"
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True, default=str)
    return str(value)
