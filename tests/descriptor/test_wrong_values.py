"""A value of any kind, put anywhere in a descriptor, ends in an error and never in a failure."""

import json

import pytest
from support.descriptors import FIELDS, V2, read

ODD = [
    None,
    True,
    -1,
    1.5,
    "",
    "x",
    "id",
    [],
    [[]],
    [None],
    ["id", "id"],
    {},
    {"a": 1},
    {"fields": ["id"]},
    [1, "1"],
    "\x1b[2J",
]

RICH = {
    **V2,
    "created": "2024-05-06T07:08:09Z",
    "contributors": [{"title": "A", "email": "a@example.org", "roles": ["author"]}],
    "sources": [{"title": "B", "path": "b.html"}],
    "licenses": [{"name": "CC0-1.0"}],
    "resources": [
        {
            "name": "a",
            "path": ["a.csv", "b.csv"],
            "mediatype": "text/csv",
            "compression": "",
            "innerpath": "",
            "encoding": "utf-8",
            "stats": {"bytes": 1, "sha256": "aa"},
            "dialect": {"headerRows": [1], "csv": {"delimiter": ";"}},
            "schema": {
                "fields": [
                    {
                        "name": "id",
                        "type": "integer",
                        "missingValues": ["-"],
                        "constraints": {"enum": [1], "minimum": 1},
                    },
                    {
                        "name": "t",
                        "format": "email",
                        "constraints": {"pattern": "a", "minLength": 1},
                    },
                    {
                        "name": "l",
                        "type": "list",
                        "itemType": "integer",
                        "constraints": {"maxLength": 1},
                    },
                ],
                "primaryKey": ["id"],
                "uniqueKeys": [["t"]],
                "missingValues": [{"value": "", "label": "none"}],
                "foreignKeys": [{"fields": "id", "reference": {"resource": "b", "fields": ["id"]}}],
            },
        },
        {"name": "b", "data": [{"id": 1}], "schema": {"fields": FIELDS}},
    ],
}


def places(value, way=()):
    """The way to everything inside `value`."""
    for key in (
        value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    ):
        yield (*way, key)
        yield from places(value[key], (*way, key))


@pytest.mark.parametrize(
    "version",
    [
        V2,
        pytest.param(
            {"$schema": "https://datapackage.org/profiles/1.0/datapackage.json"},
            marks=pytest.mark.long,
        ),
    ],
)
def test_whatever_stands_anywhere_in_a_descriptor_nothing_fails(version, folder):
    assert read(folder, RICH)[1] == []
    for way in list(places(RICH)):
        for odd in ODD:
            spoilt = json.loads(json.dumps(RICH | version))
            inner = spoilt
            for key in way[:-1]:
                inner = inner[key]
            inner[way[-1]] = odd
            package, errors = read(folder, spoilt)
            assert all(f"{error.message}{error.fix}".isprintable() for error in errors)
            assert errors or len(package.resources) == len(spoilt["resources"])
