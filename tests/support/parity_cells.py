"""Cells and fields by hand: texts of a type, nearly of it and not of it.

They cover every format and constraint.
"""

# fmt: off
CELLS = {
    "string": [
        "a", "b", "", "é", "a b", "  ", "ab\ncd", "NA", "a@b.co", "a@b", "http://x.y/z", "x:y",
        "no", "aGVsbG8=", "A@B.CO", "a@localhost", '"a b"@c.de', "mailto:a@b", "x:", "http://x y",
        "//x", "http://x/%zz", "http://[::1]/", "123e4567-e89b-12d3-a456-426614174000",
        "123E4567-E89B-12D3-A456-426614174000", "123e4567e89b12d3a456426614174000", "😀",
    ],
    "integer": [
        "1", "2", "-3", "007", "+5", "5.0", "x", "1e3", "99999999999999999999", "0", "-0", "NaN",
        "5a", "1,5", "9223372036854775808", " 5 ", "", "\u00a05", "\x0b5", "5\n", "--5", "+ 5",
        "0x10", "$5", "5 EUR", "5€", "-5%", "1 000",
    ],
    "number": [
        "1", "2.5", "-3.10", "1e3", "NaN", "INF", "-inf", "x", "1.", ".5", "0.1",
        "12345678901234567890.5", "1,5", "infinity", "1e5x", "+", "-", ".", "e5", "1E-3", "",
        " 1.5", "nan1", "1 2", "1e400", "-.5", "+5", "0x1p3", "1.000,5", "1,000", "1 000", "$1.5",
        "€1,5", "1.5%", "a-5b", "\x1c1", "0.3000000000000000001", "100000000000000000001",
    ],
    "boolean": [
        "true", "false", "True", "1", "0", "yes", "T", "", "TRUE", "tRue", "False", " true",
    ],
    "date": [
        "2022-02-22", "2022-02-30", "22-02-2022", "0001-01-01", "9999-12-31", "0000-01-01",
        "2022-02-22T00:00:00", "20220222", "x", "", " 2022-02-22", "12022-01-01", "22/02/2022",
        "Feb 22 2022",
    ],
    "datetime": [
        "2022-02-22T10:30:00", "2022-02-22T10:30:00.5", "2022-02-22", "2022-02-30T00:00:00",
        "2022-02-22T24:00:00", "x", "", "2022-02-22T10:30:60", "2022-02-22 10:30:00",
        "2022-02-22T10:30", "22/02/2022 10:30", "2022-02-22T10:30:00,5", "20220222T10:30:00",
        "2022-02-22x10:30:00", "2022-W08-2T10:30:00", "22 Feb 2022 10pm",
    ],
    "time": [
        "10:30:00", "24:00:00", "10:30", "", "25:00:00", "10:30:00.123", "10:30:60", "x", "10.30",
        "10:30:00,5", "10pm", " 10:30:00",
    ],
    "year": [
        "2022", "1991", "99", "-200", "20222", "x", "", "0099", "1e10", " 199", "+199", "0000",
        "9999", "-044", "2022Z",
    ],
    "yearmonth": ["2022-02", "2022-13", "2022", "", "x", "1991-12", "2022-00"],
    "duration": [
        "P1Y", "P1Y2M3DT4H", "x", "", "PT1S", "P", "P1W", "P1D", "PT24H", "-P1Y", "P1.5D", "P1,5D",
        "p1d", "P1YT", "P1W2D",
    ],
    "array": ["[1]", "[]", "{}", "x", "", "[1,2,3]", '["a"]', "[1,]", " [1] ", "[null]"],
    "object": ["{}", "[]", "x", "", '{"a":1}', '{"a":1,"b":2}'],
    "geopoint": [
        "10,20", "200,10", "x", "", "10, 20", "10", "-180,-90", "10,20,30", "[10,20]",
        '{"lon":1,"lat":2}', "10 , 20", "1e1,2", "inf,0", "10,90.0001", '["10","20"]', "[null,1]",
        '{"lon":"1","lat":"2"}', '{"lat":1}',
    ],
    "geojson": [
        '{"type":"Point","coordinates":[1,2]}', "x", "", '{"type":"Nope"}', "[]", "{}",
        '{"type":"Point"}', '{"type":"FeatureCollection","features":[]}',
        '{"type":"Topology","objects":{},"arcs":[]}', '{"type":"Topology"}',
    ],
    "list": [
        "a,b", "", "1,2", "1", "1;2", "2022-02-22", "1, 2", "1,", ",", "true,false", "10:00:00",
        "2022-01-01T10:00:00",
    ],
    "any": ["x", "", "1"],
}
# fmt: on
BOUNDS = {  # type -> a low and a high bound
    "integer": (0, 5),
    "number": (0, 2.5),
    "date": ("2000-01-01", "2022-02-22"),
    "datetime": ("2000-01-01T00:00:00", "2022-02-22T10:30:00"),
    "time": ("01:00:00", "10:30:00"),
    "year": (1990, 2021),
    "yearmonth": ("1990-01", "2022-02"),
}
PROPERTIES = {  # type -> formats and properties of its own
    "string": [{"format": name} for name in ("email", "uri", "uuid")],
    "integer": [{"bareNumber": False}],
    "number": [
        {"bareNumber": False},
        {"decimalChar": ","},
        {"groupChar": ","},
        {"decimalChar": ",", "groupChar": "."},
        {"groupChar": " "},
        {"bareNumber": False, "decimalChar": ","},
        {"floatNumber": True},
    ],
    "boolean": [{"trueValues": ["yes", "T"], "falseValues": ["no", "0"]}, {"trueValues": ["x"]}],
    "date": [{"format": "any"}, {"format": "%d/%m/%Y"}, {"format": "fmt:%Y%m%d"}, {"format": "%Y"}],
    "datetime": [{"format": "any"}, {"format": "%d/%m/%Y %H:%M"}],
    "time": [{"format": "any"}, {"format": "%H.%M"}],
    "geopoint": [{"format": "array"}, {"format": "object"}],
    "geojson": [{"format": "topojson"}],
    "array": [{"arrayItem": {"type": "integer"}}, {"arrayItem": {"constraints": {"enum": [1, 2]}}}],
    "list": [
        {"itemType": "integer"},
        {"delimiter": ";"},
        *({"itemType": name} for name in ("date", "boolean", "number", "datetime", "time")),
    ],
}
ENUMS = {
    "string": ["a", "é"],
    "integer": [1, 2],
    "number": [1, 2.5],
    "date": ["2022-02-22"],
    "year": [2022, 1991],
    "yearmonth": ["2022-02"],
    "time": ["10:30:00"],
    "datetime": ["2022-02-22T10:30:00"],
    "duration": ["P1D"],
    "boolean": [True],
    "any": ["x"],
    "geopoint": ["10,20"],
}
# frictionless-py fails on their keys; of numbers, on NaN
UNHASHABLE = {"array", "object", "geojson", "list", "number"}


def fields(type: str) -> list[dict]:
    """A field of the type for each format, property and constraint that it may have."""
    plain = {"type": type}
    found = [
        plain,
        {**plain, "constraints": {"required": True}},
        {**plain, "missingValues": ["", "x"]},
    ]
    found += [{**plain, **properties} for properties in PROPERTIES.get(type, [])]
    if type in BOUNDS:
        low, high = BOUNDS[type]
        for name, bound in (
            ("minimum", low),
            ("maximum", high),
            ("exclusiveMinimum", low),
            ("exclusiveMaximum", high),
        ):
            found.append({**plain, "constraints": {name: bound}})
        found.append({**plain, "constraints": {"minimum": low, "maximum": high, "required": True}})
    if type in ("string", "array", "object", "list"):
        found += [
            {**plain, "constraints": {"minLength": 2}},
            {**plain, "constraints": {"maxLength": 1}},
        ]
    if type == "string":
        patterns = ("[a-z]", r"\w+", r"(?!a).*", "(?:a|b)", "[^é]*", r"\S+\s\S+")
        found += [{**plain, "constraints": {"pattern": pattern}} for pattern in patterns]
        found.append(
            {**plain, "format": "email", "constraints": {"pattern": ".*co", "minLength": 3}}
        )
    if type in ENUMS:
        found.append({**plain, "constraints": {"enum": ENUMS[type]}})
    if type not in UNHASHABLE:
        found.append({**plain, "constraints": {"unique": True}})
    return [{"name": "f", **field} for field in found]
