"""Shapes of cells: types, formats and properties of fields, keys, and many columns."""

from shape import Shape

WIDE = 200


def cells(column: str, sql: str, **properties: object) -> Shape:
    """The values of one column, and the properties of its field."""
    return Shape(columns={column: sql}, fields={column: properties})


def moment(form: str, step: str = "INTERVAL 37 SECOND", **properties: object) -> Shape:
    """Moments, mostly distinct, in a form of strftime."""
    sql = f"strftime(TIMESTAMP '1995-01-01' + i * {step}, '{form}')"
    return cells("day", sql, type="datetime", **properties)


def number(sql: str, **properties: object) -> Shape:
    return cells("amount", sql, type="number", **properties)


NUMBER = "CAST(round(drawn(i + 3, 100000) / 100.0, 2) AS VARCHAR)"
LONG_NUMBER = "'0.' || lpad(CAST(drawn(i + 3, 1000000000000000) AS VARCHAR), 18, '1')"
DAY = "DATE '1991-01-01' + CAST(drawn(i + 2, 12000) AS INTEGER)"
CELLS = {  # types and forms of cells
    "datetimes": moment("%Y-%m-%dT%H:%M:%S"),
    "datetimes with a zone": moment("%Y-%m-%dT%H:%M:%SZ"),
    "datetimes with an offset": moment("%Y-%m-%dT%H:%M:%S+02:00"),
    "datetimes with a space": moment("%Y-%m-%d %H:%M:%S", format="any"),
    "datetimes with a space, format given": moment("%Y-%m-%d %H:%M:%S", format="%Y-%m-%d %H:%M:%S"),
    "datetimes with milliseconds": moment("%Y-%m-%dT%H:%M:%S.%g", "INTERVAL 37123 MILLISECOND"),
    "datetimes with bounds": moment(
        "%Y-%m-%dT%H:%M:%S", constraints={"minimum": "1990-01-01T00:00:00"}
    ),
    "dates as %d/%m/%Y": cells(
        "day", f"strftime({DAY}, '%d/%m/%Y')", type="date", format="%d/%m/%Y"
    ),
    "dates as %d.%m.%y": cells(
        "day", f"strftime({DAY}, '%d.%m.%y')", type="date", format="%d.%m.%y"
    ),
    "dates, any": cells("day", f"CAST({DAY} AS VARCHAR)", type="date", format="any"),
    "times": cells(
        "day", "strftime(TIMESTAMP '2000-01-01' + i * INTERVAL 1 SECOND, '%H:%M:%S')", type="time"
    ),
    "times with fractions": cells(
        "day",
        "strftime(TIMESTAMP '2000-01-01' + i * INTERVAL 137 MILLISECOND, '%H:%M:%S.%g')",
        type="time",
    ),
    "times as %H:%M": cells(
        "day",
        "strftime(TIMESTAMP '2000-01-01' + i * INTERVAL 1 MINUTE, '%H:%M')",
        type="time",
        format="%H:%M",
    ),
    "durations": cells("day", "'PT' || i || 'S'", type="duration"),
    "months": cells("day", f"strftime({DAY}, '%Y-%m')", type="yearmonth"),
    "numbers of 18 digits": number(LONG_NUMBER),
    "numbers with exponents": number("printf('%.3e', i * 1.37)"),
    "numbers with exponents, no bounds": number("printf('%.3e', i * 1.37)", constraints={}),
    "decimal commas": number(f"replace({NUMBER}, '.', ',')", decimalChar=","),
    "groups of thousands": number("format('{:,}', i * 1237)", groupChar=","),
    "points and decimal commas": number(
        "replace(format('{:,}', i * 1237), ',', '.') || ',5'", groupChar=".", decimalChar=","
    ),
    "numbers with a unit": number(f"{NUMBER} || '%'", bareNumber=False),
    "integers with a unit": cells("count", "(i % 1000) || ' kg'", bareNumber=False),
    "integers with leading zeros": cells("count", "lpad(CAST(i % 1000 AS VARCHAR), 6, '0')"),
    "integers with a plus": cells("count", "'+' || (i % 1000)"),
    "integers with groups": cells("count", "format('{:,}', i * 37)", groupChar=",", constraints={}),
    "large integers": cells("count", "'9' || lpad(CAST(i AS VARCHAR), 24, '0')", constraints={}),
    "booleans of their own": cells(
        "flag", "['yes', 'no'][1 + i % 2]", trueValues=["yes"], falseValues=["no"]
    ),
    "geopoints": cells("note", "(i % 180) || '.5, ' || (i % 90) || '.25'", type="geopoint"),
    "lists": cells("note", "'a' || i || ',b,c'", type="list"),
    "lists of integers": cells("note", "i || ',2,3'", type="list", itemType="integer"),
    "arrays": cells("note", "'[1, 2, ' || i || ']'", type="array"),
    "objects": cells("note", """'{"a": 1, "b": [' || i || ']}'""", type="object"),
    "GeoJSON": cells(
        "note",
        """'{"type": "Point", "coordinates": [' || (i % 180) || '.5, ' || (i % 90) || '.5]}'""",
        type="geojson",
    ),
    "e-mail": cells("note", "'someone' || i || '@example.org'", format="email"),
    "addresses (uri)": cells("note", "'https://example.org/' || i", format="uri"),
    "uuid": cells("note", "CAST(md5(CAST(i AS VARCHAR)) AS UUID)::VARCHAR", format="uuid"),
    "pattern that RE2 does not know": cells(
        "note", "'note ' || i", constraints={"pattern": "(?=note).* [0-9]+"}
    ),
    "pattern of letters of all scripts": cells(
        "note", "'note é ' || i", constraints={"pattern": r"[\w ]+"}
    ),
    "a key of numbers": Shape(
        columns={"amount": "CAST(i AS VARCHAR) || '.50'"}, schema={"primaryKey": ["amount"]}
    ),
    "a composite key": Shape(schema={"primaryKey": ["actor", "id"]}),
    "a key to itself": Shape(
        columns={"actor": "'event-' || (i // 2)"},
        schema={
            "foreignKeys": [{"fields": ["actor"], "reference": {"resource": "", "fields": ["id"]}}]
        },
    ),
    "200 columns": Shape(
        columns={f"x{n}": f"CAST(i % {n + 7} AS VARCHAR)" for n in range(WIDE - 10)},
        fields={f"x{n}": {"type": "integer"} for n in range(WIDE - 10)},
    ),
}
