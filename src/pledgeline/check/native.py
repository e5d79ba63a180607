"""SQL for values that are not text (of inline data, JSON, spreadsheets), as text of the same value.

So that SQL judges them as it judges cells of CSV; all others keep their mark and are judged one by
one.
"""

from pledgeline.source.inline import MARK, MOMENT
from pledgeline.sql import literal
from pledgeline.standard.field import Field

# type -> what follows a mark and has, as text, the same value in a field of that type
JSON_FORMS = {
    "integer": "-?[0-9]+",
    "number": r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?",
    "year": "[1-9][0-9]{3}",
}
DAY, CLOCK = "[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}", "[0-9]{2}:[0-9]{2}:[0-9]{2}"
# the same of moments; the group is the text
MOMENT_FORMS = {
    "date": f"({DAY})(T00:00:00)?",  # spreadsheets have days as their midnights
    "datetime": f"({DAY}T{CLOCK})",
    "time": f"({CLOCK})",
}


def native_as_text(field: Field, cell: str, computed: str) -> str:
    """SQL: the cell without its mark where the field reads the text as the same value.

    `computed` is the SQL of the value so far, NULL where it is missing; "" for the cell itself.
    """
    value, kind = computed or cell, field.type
    cases = []
    if kind in JSON_FORMS and not field.has_number_signs:
        form = f"{MARK}({JSON_FORMS[kind]})"
        cases.append((f"regexp_full_match({cell}, {literal(form)})", after(cell, MARK)))
    elif kind in MOMENT_FORMS and field.format == "default":
        form = literal(f"{MOMENT}{MOMENT_FORMS[kind]}")
        cases.append((f"regexp_full_match({cell}, {form})", f"regexp_extract({cell}, {form}, 1)"))
    elif kind == "boolean":
        for written, texts in (("true", field.true_values), ("false", field.false_values)):
            if texts:
                cases.append((f"{cell} = {literal(MARK + written)}", literal(texts[0])))
    if not cases:
        return computed
    whens = " ".join(f"WHEN {condition} THEN {text}" for condition, text in cases)
    empty = f"WHEN {value} IS NULL THEN NULL " if computed else ""
    unmarked = f"WHEN NOT starts_with({cell}, {literal(MARK)}) THEN {cell}"
    return f"CASE {empty}{unmarked} {whens} ELSE {cell} END"


def after(cell: str, mark: str) -> str:
    """SQL: what follows a mark."""
    return f"substr({cell}, {len(mark) + 1})"
