"""Texts that are surely of their type beside the canonical ones: SQL for each type and format.

Equal values may differ as texts here, so that none of this is for the fields of keys. What these
forms accept, frictionless-py's readers accept too: tests/check/test_forms.py draws them.
"""

import re

from pledgeline.sql import literal
from pledgeline.standard.field import Field

YEAR, MONTH, DAY = "[1-9][0-9]{3}", "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
HOUR, SIXTY = "([01][0-9]|2[0-3])", "[0-5][0-9]"
FRACTION, ZONE = "([.][0-9]{1,9})?", f"(Z|[+-]{HOUR}:{SIXTY})?"
CLOCK = f"{HOUR}:{SIXTY}:{SIXTY}{FRACTION}{ZONE}"
IS_DAY = "TRY_CAST(left({v}, 10) AS DATE) IS NOT NULL"
MOMENT = f"{YEAR}-{MONTH}-{DAY}[T ]{CLOCK}"
DURATION = (
    "[+-]?P([0-9]{1,6}Y)?([0-9]{1,6}M)?([0-9]{1,6}W)?([0-9]{1,6}D)?"
    "(T([0-9]{1,6}H)?([0-9]{1,6}M)?([0-9]{1,6}([.][0-9]{1,6})?S)?)?"
)
DECIMAL = "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,3})?"
LONGITUDE = "[+-]?(180([.]0+)?|(1[0-7][0-9]|[0-9]{1,2})([.][0-9]+)?)"
LATITUDE = "[+-]?(90([.]0+)?|[0-8]?[0-9]([.][0-9]+)?)"
ATOM, LABEL = "[A-Za-z0-9_+-]+", "[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?"
EMAIL = f"{ATOM}([.]{ATOM})*@({LABEL}[.])+[A-Za-z]{{2,20}}"
# Directives of strptime: https://docs.python.org/3/library/datetime.html#format-codes
DIRECTIVES = {
    "Y": YEAR,
    "y": "[0-9]{2}",
    "m": MONTH,
    "d": DAY,
    "H": HOUR,
    "M": SIXTY,
    "S": SIXTY,
    "f": "[0-9]{1,6}",
}
ITEMS = {"integer": "[+-]?[0-9]{1,18}", "number": DECIMAL, "boolean": "(true|false)"}  # of lists
# What the database's JSON allows and Python's does not, and deep nesting.
LOOSE_JSON = r"(?i),\s*[]}]|\b(inf|nan)"
LONGEST_JSON = 1_000  # characters: so many brackets at most
LONGEST_NUMBER = 1_000


def matches(form: str) -> str:
    """SQL: whether the text is of a form."""
    return f"regexp_full_match({{v}}, {literal(escaped(form))})"


def escaped(form: str) -> str:
    """A regular expression inside a template of `str.format`."""
    return form.replace("{", "{{").replace("}", "}}")


def accepted_form(field: Field) -> str:
    """SQL on a text `{v}`: whether it is surely of the type and format; "FALSE" where unknown."""
    kind, form = field.type, field.format
    if kind in ("date", "datetime", "time"):
        return moment_form(kind, form)
    if kind == "string" and form == "email":
        return f"length({{v}}) <= 60 AND {matches(EMAIL)}"
    if form != "default":
        return "FALSE"
    if kind == "duration":
        return f"{matches(DURATION)} AND {matches('.*[0-9][YMWDHS]')}"
    if kind in ("array", "object"):
        # json_type raises an error at what is no JSON, and AND looks at both sides
        return (
            f"length({{v}}) <= {LONGEST_JSON}"
            f" AND NOT regexp_matches({{v}}, {literal(escaped(LOOSE_JSON))})"
            f" AND CASE WHEN json_valid({{v}}) THEN json_type({{v}}) = '{kind.upper()}'"
            " ELSE FALSE END"
        )
    if kind == "geopoint":
        return matches(f"{LONGITUDE} ?, ?{LATITUDE}")
    if kind == "list":
        return list_form(field)
    return "FALSE"


def moment_form(kind: str, form: str) -> str:
    """The texts of days, times and moments in a format."""
    if form in ("default", "any"):
        if kind == "time":
            return matches(CLOCK)
        if kind == "datetime":
            return f"{matches(MOMENT)} AND {IS_DAY}"
        return f"{matches(f'{YEAR}-{MONTH}-{DAY}')} AND {IS_DAY}"
    parts = re.findall(r"%(.)|([^%])", form)
    named = [directive for directive, _ in parts if directive]
    if not form.isascii() or len(set(named)) < len(named) or not set(named) <= DIRECTIVES.keys():
        return "FALSE"
    text = "".join(DIRECTIVES[name] if name else re.escape(sign) for name, sign in parts)
    if "d" not in named:
        return matches(text) if named else "FALSE"
    if "m" not in named or not {"Y", "y"} & set(named):
        return "FALSE"
    if "f" in named:  # the database wants six digits
        return "FALSE"
    return f"{matches(text)} AND try_strptime({{v}}, {literal(escaped(form))}) IS NOT NULL"


def list_form(field: Field) -> str:
    """The texts of lists of a type of items."""
    delimiter = str(field.descriptor.get("delimiter", ","))
    kind = str(field.descriptor.get("itemType", "string"))
    if kind == "string":
        return "TRUE"
    item = ITEMS.get(kind)
    if not item or re.search("[0-9a-zA-Z+.-]", delimiter) or not delimiter.isascii():
        return "FALSE"
    return matches(f"{item}({re.escape(delimiter)}{item})*")


def number_form(field: Field) -> str:
    """The texts of a number or an integer in the signs of its field."""
    fraction = field.type == "number"
    if not field.has_number_signs:
        return matches(DECIMAL if fraction else "[+-]?[0-9]+")
    group, point = field.group_char, field.decimal_char or "."
    signs = group + (point if fraction else "")
    if len(group) > 1 or len(point) > 1 or group == point or re.search(r"[\w\s+-]", signs):
        return "FALSE"
    if not signs.isascii():
        return "FALSE"
    digits = f"[0-9][0-9{re.escape(group)}]*"
    core = f"{digits}({re.escape(point)}[0-9]+)?([eE][+-]?[0-9]{{1,3}})?" if fraction else digits
    if field.descriptor.get("bareNumber", True):
        return matches(f"[+-]?{core}")
    return matches(f"[ !-,./:-~]*-?{core}[ -/:-~]*")


def is_exact(text: str) -> str:
    """SQL: whether a number's double is the number: it has at most fifteen digits, or is zero."""
    short = escaped(r"[+-]?[0-9]*[.]?[0-9]*")
    zero = escaped(r"[+-]?[0.]+([eE].*)?")
    return (
        f"(length({text}) <= 16 AND regexp_full_match({text}, '{short}')"
        f" OR regexp_full_match({text}, '{zero}'))"
    )


def plain_number(field: Field, text: str) -> str:
    """SQL: a text of `number_form` as the database reads numbers."""
    if not field.has_number_signs:
        return text
    if not field.descriptor.get("bareNumber", True):
        text = f"regexp_replace({text}, '^[^0-9-]*|[^0-9]*$', '', 'g')"
    if field.group_char:
        text = f"replace({text}, {literal(field.group_char)}, '')"
    if field.decimal_char not in ("", "."):
        text = f"replace({text}, {literal(field.decimal_char)}, '.')"
    return text
