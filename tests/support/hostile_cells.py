"""Cells that are the worst of their type, and the values of inline data."""

from support.hostile_files import VALID, inline, table

DEEP = "[" * 100_000 + "]" * 100_000
DEEP_OBJECT = '{"a":' * 100_000 + "1" + "}" * 100_000
LONG = "9" * 10_000


def cells(kind, *cells, **more):
    """Each of `cells` in a row of its own, as CSV between quotes."""
    text = "x\n" + "".join('"' + cell.replace('"', '""') + '"\n' for cell in cells)
    return lambda folder: table(folder, text, fields=[{"name": "x", "type": kind, **more}])


def rows(*rows, fields=None, **more):
    return lambda folder: inline(list(rows), fields, **more)


def of(kind, *values, **more):
    return lambda folder: inline(
        [["x"], *[[value] for value in values]], [{"name": "x", "type": kind, **more}]
    )


def keyed(kind, *values):
    def made(folder):
        return table(
            folder,
            "x\n" + "".join(f"{value}\n" for value in values),
            fields=[{"name": "x", "type": kind}],
            schema={
                "primaryKey": ["x"],
                "foreignKeys": [{"fields": ["x"], "reference": {"resource": "", "fields": ["x"]}}],
            },
        )

    return made


CASES = {
    "an array nested 100,000 deep": (cells("array", DEEP), "is not a JSON array"),
    "an object nested 100,000 deep": (cells("object", DEEP_OBJECT), "is not a JSON object"),
    "a GeoJSON nested 100,000 deep": (
        cells("geojson", '{"type": "Point", "coordinates": ' + DEEP + "}"),
        "is not a GeoJSON object",
    ),
    "a GeoJSON nested 900 deep": (
        cells("geojson", '{"type": "GeometryCollection", "geometries": [' * 400 + "]}" * 400),
        "is not a GeoJSON object",
    ),
    "an array of a million lists": (cells("array", "[" + "[]," * 1_000_000 + "[]]"), VALID),
    "an array with a number of 10,000 digits": (cells("array", f"[{LONG}]"), "is not a JSON array"),
    "an array of no number": (cells("array", "[NaN, Infinity, 1e999999999]"), VALID),
    "an object with one key 100,000 times": (
        cells("object", "{" + ",".join(['"a":1'] * 100_000) + "}"),
        VALID,
    ),
    "an array of half a character": (
        cells("array", '["\\ud800"]', constraints={"enum": [["a"]]}),
        "breaks `enum`",
    ),
    "a whole number of 10,000 digits": (cells("integer", LONG), "is not a whole number such as 43"),
    "a whole number of a million digits": (
        cells("integer", "9" * 1_000_000),
        "is not a whole number such as 43",
    ),
    "a number of 10,000 digits": (cells("number", LONG, constraints={"minimum": 1}), VALID),
    "a number of a billion digits, shortly written": (
        cells("number", "1e1000000000", "-1E-1000000000"),
        VALID,
    ),
    "a number beyond every exponent": (
        cells("number", "1e" + "9" * 40),
        "is not a number such as 3.4",
    ),
    "numbers that are none": (
        cells("number", "NaN", "-INF", "sNaN", "nan123", constraints={"maximum": 5}),
        "breaks `maximum`",
    ),
    "a key of numbers shortly written": (
        keyed("number", "1e1000000000", "1e399", "NaN", "NaN"),
        'row 5, field x: x "NaN" is in row 4 already',
    ),
    "a key of infinite numbers": (keyed("number", "INF", "-INF", "sNaN", "1e500000"), VALID),
    "a key of long whole numbers": (
        keyed("integer", LONG, "0" * 4_000 + "1", "1"),
        "is not a whole number such as 43",
    ),
    "signs that are SQL": (
        cells("number", "1'2", decimalChar="'", groupChar="'); DROP TABLE r0; --"),
        VALID,
    ),
    "signs that are letters": (cells("number", "1e5", decimalChar="e", groupChar="1"), VALID),
    "numbers with much around them": (
        cells("number", "$" * 1_000_000 + "1", bareNumber=False),
        VALID,
    ),
    "numbers between digits": (
        cells("integer", "a1" * 500_000, bareNumber=False),
        "is not a whole number such as 43",
    ),
    "digits of other scripts": (
        cells("integer", "١٢٣", "１２"),
        "is not a whole number such as 43",
    ),
    "a day in the year 0": (
        cells("date", "0000-01-01", "9999-99-99", "99999-01-01"),
        "is not a day such as 2022-02-22",
    ),
    "a moment out of time": (
        cells("datetime", "0000-00-00T00:00:00Z", "2022-01-01T00:00:00+99:99"),
        "is not a moment such as 2022-02-22T10:30:00",
    ),
    "a moment of a format that is none": (
        cells("datetime", "2022", format="%" * 1_000),
        "is not a moment such as 2022-02-22T10:30:00",
    ),
    "a day of a format with everything": (
        cells("date", "2022" * 1_000, format="%Y%Y%%%q{v}%s"),
        "is not a day such as 2022-02-22",
    ),
    "a day of any form": (
        cells("date", "1" * 100_000, "99999999999999999999", "P" * 10_000, format="any"),
        "is not a day such as 2022-02-22",
    ),
    "a moment of any form": (
        cells("datetime", "1" * 5_000, "1e999999", "٢٠٢٢", format="any"),
        "is not a moment such as 2022-02-22T10:30:00",
    ),
    "a year without end": (cells("year", LONG, "-1", "0000"), "is not a year such as 2022"),
    "a month without end": (
        cells("yearmonth", LONG + "-01", "2022-" + LONG),
        "is not a month such as 2022-02",
    ),
    "a duration without end": (
        cells("duration", "P999999999999Y", "P" + LONG + "D", "P1e9Y", "P1.5Y"),
        "is not a duration such as P1Y2M",
    ),
    "a duration of many digits": (
        cells("duration", "P" + "1" * 1_000_000),
        "is not a duration such as P1Y2M",
    ),
    "a point nowhere": (
        cells("geopoint", "NaN,NaN", "inf,0", "1e999,1", f"{LONG},1", "1,2,3", ","),
        "is not a longitude and a latitude",
    ),
    "a point in an array nested deep": (
        cells("geopoint", DEEP, format="array"),
        "is not a longitude and a latitude",
    ),
    "a point in an object nested deep": (
        cells("geopoint", DEEP_OBJECT, format="object"),
        "is not a longitude and a latitude",
    ),
    "a list of a million items": (
        cells("list", "x," * 1_000_000, itemType="integer"),
        "is not a list of items between delimiters",
    ),
    "a list of numbers without end": (
        cells("list", f"{LONG},1", itemType="integer"),
        "is not a list of items between delimiters",
    ),
    "a list between nothing": (cells("list", "1,2", delimiter=""), VALID),
    "an address of a million characters": (
        cells("string", "http://" + "a" * 1_000_000, format="uri"),
        VALID,
    ),
    "addresses that make a reader go back": (
        cells("string", "a@" + "a." * 50_000, format="email"),
        "is not text",
    ),
    "a binary of a million characters": (
        cells("string", "A" * 1_000_001, format="binary"),
        "is not text",
    ),
    "truth that is SQL": (
        cells("boolean", "yes", trueValues=["' OR 1=1 --"], falseValues=["{v}"]),
        "is not true or false",
    ),
    "an array with a schema that nests": (
        cells("array", "[1]", constraints={"jsonSchema": {"$ref": "#"}}),
        'is not supported by type "array"',
    ),
    "an object with a schema from elsewhere": (
        cells("object", "{}", constraints={"jsonSchema": {"$ref": "file:///etc/passwd"}}),
        'is not supported by type "object"',
    ),
    "an object with a schema that never ends": (
        cells(
            "object",
            '{"a": "' + "a" * 40 + '!"}',
            constraints={"jsonSchema": {"properties": {"a": {"pattern": "(a+)+$"}}}},
        ),
        'is not supported by type "object"',
    ),
    "inline data that is a text": (
        lambda folder: inline("id\n1\n"),
        "inline `data` is not a list of rows",
    ),
    "inline data that is an object": (
        lambda folder: inline({"id": [1]}),
        "inline `data` is not a list of rows",
    ),
    "inline rows that are numbers": (rows(1, 2), "inline `data` mixes rows of different shapes"),
    "inline rows that are texts": (rows("id", "1"), "inline `data` mixes rows of different shapes"),
    "inline rows of two shapes": (
        rows(["id"], {"id": 1}),
        "inline `data` mixes rows of different shapes",
    ),
    "inline rows of other keys": (rows({"id": 1}, {"x": 2}), "row 3: the row is blank"),
    "inline rows without cells": (rows([], []), "the rows have no cells"),
    "inline rows without keys": (rows({}, {}), "the rows have no cells"),
    "inline cells that are lists": (
        of("integer", [[[]]], {"a": {}}),
        "is not a whole number such as 43",
    ),
    "inline labels that are lists": (
        rows([["a"], {}, None, 5], [1]),
        'row 2, field "{}": the row ends before this field',
    ),
    "inline numbers without end": (
        of("integer", 10**399, -(10**399), 1.5e300),
        "a number has 401 digits, expected at most 400",
    ),
    "inline text that says it is JSON": (
        of("integer", "\x01json:", "\x01json:{", "\x01json:" + DEEP, "\x01json:1"),
        "row 2: the row is blank",
    ),
    "inline text that says it is JSON in an any": (
        of("any", "\x01json:{", "\x01json:nul"),
        "is not anything",
    ),
    "inline halves of a null": (of("string", None, "\0", True), "row 2: the row is blank"),
    "inline rows of 20,000 columns": (
        rows({f"f{n}": n for n in range(20_000)}),
        "the table has 20,000 columns, expected at most 2,000",
    ),
    "inline rows too long": (
        rows(["id"], *[[1] * 1000] * 500),
        'row 2: the cell in position 2 has no column: "1"',
    ),
    "inline missing values of JSON": (
        of("any", None, 1, missingValues=["", "null", "1"]),
        "row 2: the row is blank",
    ),
}
