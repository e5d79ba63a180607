"""Our verdict on a descriptor is frictionless-py's, but where the standard says otherwise: `DIFFER`
names each such case.
"""

import json

import pytest
from frictionless import FrictionlessException, Package

from pledgeline.descriptor.load import read_package

V2 = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json"}
ID = {"name": "id", "type": "integer"}


def table(*fields, **schema):
    return package(schema={"fields": list(fields) or [ID], **schema})


def package(**resource):
    return {"resources": [{"name": "a", "path": "a.csv", **resource}]}


def pair(key, **other):
    parent = {"name": "b", "path": "a.csv", "schema": {"fields": [ID]}}
    child = {
        "name": "a",
        "path": "a.csv",
        "schema": {"fields": [ID, {"name": "up"}], "foreignKeys": [key]},
        **other,
    }
    return {"resources": [child, parent]}


def field(type, **rest):
    return table({"name": "x", "type": type, **rest})


def bound(type, **constraints):
    return field(type, constraints=constraints)


CASES = {
    "a file and a name are enough": package(),
    "a package may have a name": {"name": "a-b.c_d/e", **package()},
    "version 1 wants small letters in a package's name": {"name": "A b", **package()},
    "version 2 lets a package's name be anything": {**V2, "name": "A b", **package()},
    "version 1 wants small letters in a resource's name": package(name="A b"),
    "version 2 lets a resource's name be anything": {**V2, **package(name="A b")},
    "somebody's own profile may use all of version 2": {
        "$schema": "https://example.org/p.json",
        **package(name="A b"),
    },
    "a package has resources": {"name": "a"},
    "resources are a list": {"resources": {}},
    "a resource is an object": {"resources": ["a.json"]},
    "a resource has a name": {"resources": [{"path": "a.csv"}]},
    "a name is a text": package(name=5),
    "two resources have two names": {"resources": package()["resources"] * 2},
    "a resource has a path or data": {"resources": [{"name": "a"}]},
    "a resource has not both a path and data": package(data=[]),
    "data may be rows": {"resources": [{"name": "a", "data": [["id"], [1]]}]},
    "data may not be a number": {"resources": [{"name": "a", "data": 5}]},
    "a path may be a list": package(path=["a.csv", "a.csv"]),
    "a path may not be a number": package(path=5),
    "a path may not lead upwards": package(path="../a.csv"),
    "a path may not be absolute": package(path="/etc/passwd"),
    "a path may not begin at somebody's home": package(path="~/a.csv"),
    "a path may not be a file URL": package(path="file:///etc/passwd"),
    "a path may begin with this folder": package(path="./a.csv"),
    "a title is a text": package(title=5),
    "bytes are a number": package(bytes="5"),
    "rows are a number": package(rows="5"),
    "an encoding is a text": package(encoding=5),
    "a licence has a name or a path": {**package(), "licenses": [{"title": "mine"}]},
    "an address is an e-mail address": {
        **package(),
        "contributors": [{"title": "A", "email": "nowhere"}],
    },
    "a package is created on some day": {**package(), "created": "yesterday"},
    "a package is created at some time": {**package(), "created": "2024-05-06T07:08:09Z"},
    "missing values are the schema's": {**package(), "missingValues": [""]},
    "a tabular resource has a schema": package(profile="tabular-data-resource"),
    "a tabular package has tabular resources": {"profile": "tabular-data-package", **package()},
    "a schema has fields": package(schema={}),
    "fields are a list": package(schema={"fields": {}}),
    "a field has a name": table({"type": "integer"}),
    "a field needs no type": table({"name": "x"}),
    "a field's type is known": field("integr"),
    "a field's type is a text": field(5),
    "two fields have two names": table(ID, ID),
    "a list is a type": {**V2, **field("list", delimiter=";", itemType="integer")},
    "a list's items have a simple type": {**V2, **field("list", itemType="object")},
    "a format of text is known": field("string", format="phone"),
    "a format of a date may be a pattern": field("date", format="%d.%m.%Y"),
    "a format of a date may be marked": field("date", format="fmt:%d.%m.%Y"),
    "required is a constraint": field("string", required=True),
    "required is a yes or no": bound("string", required="yes"),
    "a minimum is for numbers": bound("string", minimum=1),
    "a minimum may be a number": bound("integer", minimum=1),
    "a length is for texts": bound("integer", minLength=1),
    "a length is for lists": bound("array", minLength=1),
    "a pattern is for texts": bound("integer", pattern="1"),
    "a constraint is known": bound("integer", smallest=1),
    "anything may be unique": bound("geopoint", unique=True),
    "version 1 has no exclusive bounds": bound("integer", exclusiveMinimum=1),
    "version 2 has exclusive bounds": {**V2, **bound("integer", exclusiveMinimum=1)},
    "true values are texts": field("boolean", trueValues=[1]),
    "a primary key may be one name": table(primaryKey="id"),
    "a primary key names fields": table(primaryKey=["up"]),
    "a primary key is texts": table(primaryKey=[1]),
    "a foreign key names a field": pair(
        {"fields": "down", "reference": {"resource": "b", "fields": "id"}}
    ),
    "a foreign key has as many fields": pair(
        {"fields": ["id", "up"], "reference": {"resource": "b", "fields": "id"}}
    ),
    "a foreign key that is right is right": pair(
        {"fields": "up", "reference": {"resource": "b", "fields": "id"}}
    ),
    "a foreign key to the table itself": pair(
        {"fields": "up", "reference": {"resource": "", "fields": "id"}}
    ),
    "missing values are a list": table(missingValues="-"),
    "missing values may be texts": table(missingValues=["", "-"]),
    "version 1 has no labels of missing values": table(missingValues=[{"value": "-"}]),
    "version 2 has labels of missing values": {
        **V2,
        **table(missingValues=[{"value": "-", "label": "none"}]),
    },
    "a missing value stands once": {**V2, **table(missingValues=[{"value": "-"}, {"value": "-"}])},
    "a label of a missing value stands once": {
        **V2,
        **table(missingValues=[{"value": "-", "label": "no"}, {"value": "n", "label": "no"}]),
    },
    "missing values are of one kind": {**V2, **table(missingValues=["", {"value": "-"}])},
    "fields may match in part": {**V2, **table(fieldsMatch="partial")},
    "fields match in a known way": {**V2, **table(fieldsMatch="almost")},
    "a dialect has a delimiter": package(dialect={"delimiter": ";"}),
    "a dialect may be nested": package(dialect={"csv": {"delimiter": ";"}}),
    "a nested delimiter is a text": package(dialect={"csv": {"delimiter": 5}}),
    "rows of a header are a list": package(dialect={"headerRows": 2}),
    "the case of a header is a yes or no": package(dialect={"headerCase": "no"}),
    "a header is a yes or no": package(dialect={"header": "no"}),
    # Here the two differ: DIFFER says why.
    "a URL is not fetched": package(path="http://example.org/a.csv"),
    "a file is there": package(path="b.csv"),
    "a folder is not hidden": package(path=".git/config"),
    "data may be a text": {"resources": [{"name": "a", "data": "id\n1", "format": "csv"}]},
    "a list of resources is not empty": {"resources": []},
    "a list of licences is not empty": {**package(), "licenses": []},
    "a list of fields is not empty": package(schema={"fields": []}),
    "a resource's type is table": {**V2, **package(type="file")},
    "version 1 wants a source's title": {**package(), "sources": [{"path": "a"}]},
    "a list of contributors is of objects": {**package(), "contributors": ["A"]},
    "a nested dialect is an object": package(dialect={"csv": [";"]}),
    "a dialect may hold what we do not know": package(dialect={"other": {"a": 1}}),
    "foreign keys are a list": table(foreignKeys=None),
    "version 1 has no types of resources": package(type="thing"),
    "a compression is known": package(compression="xz"),
    "rows of a header are numbers": package(dialect={"headerRows": ["1"]}),
    "a set of values is of one kind": bound("integer", enum=[1, "1"]),
    "categories are a list": {**V2, **field("string", categories="a")},
    "a role is a text": {**V2, **package(), "contributors": [{"title": "A", "roles": [5]}]},
    "a hash is hexadecimal": package(hash="sha256:xyz"),
    "wkt is a format of frictionless-py": field("string", format="wkt"),
    "an integer has one format": field("integer", format="any"),
    "a set of values is not empty": bound("string", enum=[]),
    "a duration has a minimum": bound("duration", minimum="P1D"),
    "a list has a set of values": {**V2, **bound("list", enum=["a,b"])},
    "an array has a JSON schema": {**V2, **bound("array", jsonSchema={"type": "array"})},
    "fields may match in a list": {**V2, **table(fieldsMatch=["partial"])},
    "a unique key names fields": {**V2, **table(uniqueKeys=[["up"]])},
    "a primary key names a field once": table(primaryKey=["id", "id"]),
    "a foreign key names a resource": pair(
        {"fields": "up", "reference": {"resource": "c", "fields": "id"}}
    ),
    "a foreign key names the other's field": pair(
        {"fields": "up", "reference": {"resource": "b", "fields": "no"}}
    ),
    "a pattern is a regular expression": bound("string", pattern="("),
    "an example may be of any kind": field("integer", example="one"),
    "an encoding exists": package(encoding="utf-9"),
    "a part's format is the others'": package(path=["a.csv", "a.tsv"]),
}

# Where frictionless-py's verdict is another, and why we keep ours.
DIFFER = {
    "a URL is not fetched": "we have no network, so such a resource cannot be checked;"
    " frictionless-py asks for it later",
    "a file is there": "frictionless-py reports it when it opens the file",
    "a folder is not hidden": "the standard forbids hidden folders",
    "data may be a text": "the standard lets inline data be a text with a format",
    "a list of resources is not empty": "both profiles want at least one",
    "a list of licences is not empty": "both profiles want at least one",
    "a list of fields is not empty": "both profiles want at least one",
    "a resource's type is table": "version 2 knows no other type",
    "version 1 wants a source's title": "version 1 says that a source must have one",
    "a hash is hexadecimal": "both profiles say so",
    "a nested dialect is an object": "frictionless-py ignores it,"
    " or fails if there is a delimiter beside it",
    "a dialect may hold what we do not know": "the standard allows other properties",
    "version 1 has no types of resources": "so this is somebody's own property",
    "a compression is known": "frictionless-py reports it when it opens the file",
    "rows of a header are numbers": "version 2's profile says so",
    "a set of values is of one kind": "both profiles say so",
    "categories are a list": "version 2's profile says so; frictionless-py does not read them",
    "a role is a text": "version 2's profile says so; frictionless-py does not read them",
    "wkt is a format of frictionless-py": "the standard has no such format",
    "an integer has one format": "the standard gives formats to texts, dates and places only",
    "a set of values is not empty": "both profiles want at least one",
    "a duration has a minimum": "the standard gives bounds to durations too",
    "a list has a set of values": "the standard gives every type an enum",
    "an array has a JSON schema": "version 2 has this constraint",
    "fields may match in a list": "version 2.0's profile wants a list, its text a word;"
    " both are met in the wild",
    "a unique key names fields": "the standard says so",
    "a primary key names a field once": "both profiles say so",
    "a foreign key names a resource": "the standard says so;"
    " frictionless-py reports it when it reads the rows",
    "a foreign key names the other's field": "the standard says so",
    "a pattern is a regular expression": "the standard says so;"
    " frictionless-py fails when it reads the rows",
    "an example may be of any kind": "the standard does not ask an example to be valid",
    "an encoding exists": "frictionless-py reports it when it opens the file",
    "a part's format is the others'": "the standard wants all parts alike",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("verdicts")
    for name in ("a.csv", "a.tsv", ".git/config"):
        (made / name).parent.mkdir(exist_ok=True)
        (made / name).write_text("id\n1\n")
    return made


@pytest.mark.parametrize("sentence", CASES)
def test_the_verdict_is_frictionless_pys_but_where_the_standard_says_otherwise(sentence, folder):
    path = folder / "datapackage.json"
    path.write_text(json.dumps(CASES[sentence]))
    package, found = read_package(path)
    errors = [error for error in found if error.severity == "error"]
    try:
        theirs = Package.validate_descriptor(str(path)).valid
    except FrictionlessException:  # a type it does not know
        theirs = False
    assert (not errors) == (theirs if sentence not in DIFFER else not theirs), errors
    assert errors or len(package.resources) == len(CASES[sentence]["resources"])


def test_every_difference_is_met():
    assert DIFFER.keys() <= CASES.keys()
