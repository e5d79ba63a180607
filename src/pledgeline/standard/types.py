"""What each Table Schema type is in Arrow and in SQL, and which texts are surely of it.

`accept` and `refuse` are SQL conditions on a text `{v}` that is not missing. A text that meets
neither is undecided: right or wrong, but too rare or too intricate for SQL, and left to a reader in
Python. `accept` takes canonical forms only, so that equal values are equal texts (but for numbers:
see `Column.key`).
"""

from dataclasses import dataclass

# What Python reads as numbers among the texts of ASCII: all others are surely none. Underscores are
# Python's own; the standard has the lexical form of XML Schema
# (https://datapackage.org/standard/table-schema/#integer).
ASCII = "regexp_full_match({v}, '[\\x00-\\x7F]*')"
BLANKS = "[\\s\\x0B\\x1C-\\x1F]*"  # around numbers, as Python strips them
NO_INTEGER = ASCII + f" AND NOT regexp_full_match({{v}}, '{BLANKS}[+-]?[0-9]+{BLANKS}')"
NO_NUMBER = (
    ASCII + f" AND NOT regexp_full_match({{v}}, '(?i){BLANKS}[+-]?"
    f"([0-9]+[.]?[0-9]*|[.][0-9]+|inf|infinity|s?nan[0-9]*)(e[+-]?[0-9]+)?{BLANKS}')"
)
NO_DIGITS = "regexp_full_match({v}, '[ -~]*[A-Za-z][ -~]*')"


@dataclass(frozen=True)
class FieldType:
    """A type's names in Arrow, SQL and pandas, and the texts that are surely or surely not of it.

    `arrow` is an alias of `pyarrow`.
    """

    arrow: str = "string"
    sql: str = "VARCHAR"
    accept: str = "FALSE"
    refuse: str = "FALSE"
    expected: str = ""  # in words, for messages
    pandas: str = ""  # pandas' nullable type, where reading Arrow would else give floats or objects


URL_PART = "[A-Za-z0-9._~/?=&+:,;@!$()*-]"
URL = (
    rf"https?://[A-Za-z0-9.-]+(:[0-9]+)?([/?#]({URL_PART}|%[0-9A-Fa-f]{{{{2}}}})*(#{URL_PART}*)?)?"
)
UUID = "-".join(f"[0-9a-f]{{{{{length}}}}}" for length in (8, 4, 4, 4, 12))
FORMATS = {  # (type, format) -> `accept`, for the formats of text that SQL can be sure of
    ("string", "uri"): f"regexp_full_match({{v}}, '{URL}')",
    ("string", "uuid"): f"regexp_full_match({{v}}, '{UUID}')",
}
YEAR, CLOCK = "[1-9][0-9]{{3}}", "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"

FIELD_TYPES = {
    "any": FieldType(accept="TRUE", expected="anything"),
    "string": FieldType(accept="TRUE", expected="text"),
    "integer": FieldType(
        "int64",
        "BIGINT",
        "COALESCE(CAST(TRY_CAST({v} AS BIGINT) AS VARCHAR) = {v}, FALSE)",
        NO_INTEGER,
        "a whole number such as 43",
        "Int64",
    ),
    "number": FieldType(
        "float64",
        "DOUBLE",
        # At most fifteen digits: so many a double holds exactly, and comparing doubles is comparing
        # the numbers.
        "length({v}) <= 16 AND regexp_full_match({v}, '-?[0-9]+([.][0-9]+)?')",
        NO_NUMBER,
        "a number such as 3.4",
    ),
    "boolean": FieldType("bool", "BOOLEAN", "{is_boolean}", "TRUE", "true or false", "boolean"),
    "date": FieldType(
        "date32",
        "DATE",
        "length({v}) = 10 AND COALESCE(CAST(TRY_CAST({v} AS DATE) AS VARCHAR) = {v}, FALSE)",
        "TRUE",
        "a day such as 2022-02-22",
    ),
    "datetime": FieldType(
        accept=f"regexp_full_match({{v}}, '{YEAR}-[0-9]{{{{2}}}}-[0-9]{{{{2}}}}T{CLOCK}')"
        " AND TRY_CAST({v} AS TIMESTAMP) IS NOT NULL",
        expected="a moment such as 2022-02-22T10:30:00",
    ),
    "time": FieldType(
        accept=f"regexp_full_match({{v}}, '{CLOCK}')",
        expected="a time such as 10:30:00",
    ),
    "year": FieldType(
        accept="regexp_full_match({v}, '[1-9][0-9]{{3}}')",
        refuse=NO_DIGITS,
        expected="a year such as 2022",
    ),
    "yearmonth": FieldType(
        accept="regexp_full_match({v}, '[1-9][0-9]{{3}}-(0[1-9]|1[0-2])')",
        refuse=NO_DIGITS,
        expected="a month such as 2022-02",
    ),
    "duration": FieldType(expected="a duration such as P1Y2M"),
    "array": FieldType(expected="a JSON array"),
    "object": FieldType(expected="a JSON object"),
    "list": FieldType(expected="a list of items between delimiters"),
    "geopoint": FieldType(expected="a longitude and a latitude"),
    "geojson": FieldType(expected="a GeoJSON object"),
}
