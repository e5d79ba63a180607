"""Cells that are the worst of their type, and the values of inline data."""

from hostile_files import inline, table

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
    return lambda folder: inline([["x"], *[[value] for value in values]], [{"name": "x", "type": kind, **more}])


def keyed(kind, *values):
    def made(folder):
        return table(
            folder,
            "x\n" + "".join(f"{value}\n" for value in values),
            fields=[{"name": "x", "type": kind}],
            schema={"primaryKey": ["x"], "foreignKeys": [{"fields": ["x"], "reference": {"resource": "", "fields": ["x"]}}]},
        )

    return made


CASES = {
    "an array nested 100,000 deep": (cells("array", DEEP), ""),
    "an object nested 100,000 deep": (cells("object", DEEP_OBJECT), ""),
    "a GeoJSON nested 100,000 deep": (cells("geojson", '{"type": "Point", "coordinates": ' + DEEP + "}"), ""),
    "a GeoJSON nested 900 deep": (cells("geojson", '{"type": "GeometryCollection", "geometries": [' * 400 + "]}" * 400), ""),
    "an array of a million lists": (cells("array", "[" + "[]," * 1_000_000 + "[]]"), ""),
    "an array with a number of 10,000 digits": (cells("array", f"[{LONG}]"), ""),
    "an array of no number": (cells("array", "[NaN, Infinity, 1e999999999]"), ""),
    "an object with one key 100,000 times": (cells("object", "{" + ",".join(['"a":1'] * 100_000) + "}"), ""),
    "an array of half a character": (cells("array", '["\\ud800"]', constraints={"enum": [["a"]]}), ""),
    "a whole number of 10,000 digits": (cells("integer", LONG), ""),
    "a whole number of a million digits": (cells("integer", "9" * 1_000_000), ""),
    "a number of 10,000 digits": (cells("number", LONG, constraints={"minimum": 1}), ""),
    "a number of a billion digits, shortly written": (cells("number", "1e1000000000", "-1E-1000000000"), ""),
    "a number beyond every exponent": (cells("number", "1e" + "9" * 40), ""),
    "numbers that are none": (cells("number", "NaN", "-INF", "sNaN", "nan123", constraints={"maximum": 5}), ""),
    "a key of numbers shortly written": (keyed("number", "1e1000000000", "1e399", "NaN", "NaN"), ""),
    "a key of infinite numbers": (keyed("number", "INF", "-INF", "sNaN", "1e500000"), ""),
    "a key of long whole numbers": (keyed("integer", LONG, "0" * 4_000 + "1", "1"), ""),
    "signs that are SQL": (cells("number", "1'2", decimalChar="'", groupChar="'); DROP TABLE r0; --"), ""),
    "signs that are letters": (cells("number", "1e5", decimalChar="e", groupChar="1"), ""),
    "numbers with much around them": (cells("number", "$" * 1_000_000 + "1", bareNumber=False), ""),
    "numbers between digits": (cells("integer", "a1" * 500_000, bareNumber=False), ""),
    "digits of other scripts": (cells("integer", "١٢٣", "１２"), ""),
    "a day in the year 0": (cells("date", "0000-01-01", "9999-99-99", "99999-01-01"), ""),
    "a moment out of time": (cells("datetime", "0000-00-00T00:00:00Z", "2022-01-01T00:00:00+99:99"), ""),
    "a moment of a format that is none": (cells("datetime", "2022", format="%" * 1_000), ""),
    "a day of a format with everything": (cells("date", "2022" * 1_000, format="%Y%Y%%%q{v}%s"), ""),
    "a day of any form": (cells("date", "1" * 100_000, "99999999999999999999", "P" * 10_000, format="any"), ""),
    "a moment of any form": (cells("datetime", "1" * 5_000, "1e999999", "٢٠٢٢", format="any"), ""),
    "a year without end": (cells("year", LONG, "-1", "0000"), ""),
    "a month without end": (cells("yearmonth", LONG + "-01", "2022-" + LONG), ""),
    "a duration without end": (cells("duration", "P999999999999Y", "P" + LONG + "D", "P1e9Y", "P1.5Y"), ""),
    "a duration of many digits": (cells("duration", "P" + "1" * 1_000_000), ""),
    "a point nowhere": (cells("geopoint", "NaN,NaN", "inf,0", "1e999,1", f"{LONG},1", "1,2,3", ","), ""),
    "a point in an array nested deep": (cells("geopoint", DEEP, format="array"), ""),
    "a point in an object nested deep": (cells("geopoint", DEEP_OBJECT, format="object"), ""),
    "a list of a million items": (cells("list", "x," * 1_000_000, itemType="integer"), ""),
    "a list of numbers without end": (cells("list", f"{LONG},1", itemType="integer"), ""),
    "a list between nothing": (cells("list", "1,2", delimiter=""), ""),
    "an address of a million characters": (cells("string", "http://" + "a" * 1_000_000, format="uri"), ""),
    "addresses that make a reader go back": (cells("string", "a@" + "a." * 50_000, format="email"), ""),
    "a binary of a million characters": (cells("string", "A" * 1_000_001, format="binary"), ""),
    "truth that is SQL": (cells("boolean", "yes", trueValues=["' OR 1=1 --"], falseValues=["{v}"]), ""),
    "an array with a schema that nests": (
        cells("array", "[1]", constraints={"jsonSchema": {"$ref": "#"}}),
        "",
    ),
    "an object with a schema from elsewhere": (
        cells("object", "{}", constraints={"jsonSchema": {"$ref": "file:///etc/passwd"}}),
        "",
    ),
    "an object with a schema that never ends": (
        cells("object", '{"a": "' + "a" * 40 + '!"}', constraints={"jsonSchema": {"properties": {"a": {"pattern": "(a+)+$"}}}}),
        "",
    ),
    "inline data that is a text": (lambda folder: inline("id\n1\n"), ""),
    "inline data that is an object": (lambda folder: inline({"id": [1]}), ""),
    "inline rows that are numbers": (rows(1, 2), ""),
    "inline rows that are texts": (rows("id", "1"), ""),
    "inline rows of two shapes": (rows(["id"], {"id": 1}), ""),
    "inline rows of other keys": (rows({"id": 1}, {"x": 2}), ""),
    "inline rows without cells": (rows([], []), ""),
    "inline rows without keys": (rows({}, {}), ""),
    "inline cells that are lists": (of("integer", [[[]]], {"a": {}}), ""),
    "inline labels that are lists": (rows([["a"], {}, None, 5], [1]), ""),
    "inline numbers without end": (of("integer", 10**399, -(10**399), 1.5e300), ""),
    "inline text that says it is JSON": (of("integer", "\x01json:", "\x01json:{", "\x01json:" + DEEP, "\x01json:1"), ""),
    "inline text that says it is JSON in an any": (of("any", "\x01json:{", "\x01json:nul"), ""),
    "inline halves of a null": (of("string", None, "\0", True), ""),
    "inline data for a folder of columns": (rows({f"f{n}": n for n in range(20_000)}), ""),
    "inline rows too long": (rows(["id"], *[[1] * 1000] * 500), ""),
    "inline missing values of JSON": (of("any", None, 1, missingValues=["", "null", "1"]), ""),
}
