"""The verdict is frictionless-py's, in cases made by hand: dialects, shapes of rows, headers."""

import json
from pathlib import Path

import pytest
from support.parity import ID, PLAIN, TABLE, ours, same, theirs, write_package

DIALECTS = {
    "semicolons": ({"delimiter": ";"}, TABLE.replace(",", ";")),
    "tabs": ({"delimiter": "\t"}, TABLE.replace(",", "\t")),
    "bars and no such quotes": ({"delimiter": "|", "quoteChar": "'"}, "id|n\n'a|b'|1\n\"a|2\n"),
    "escapes": ({"escapeChar": "\\", "doubleQuote": False}, 'id,n\n"a\\"b",1\nc\\,d,x\n'),
    "blanks after delimiters": ({"skipInitialSpace": True}, 'id, n\na, 1\n"b", x\n'),
    "blanks kept": ({}, 'id, n\na, 1\n"b", "x"\n'),
    "blanks after quotes": ({}, 'id,n\n"a" ,1\n"b","2" \n'),
    "no header": ({"header": False}, "a,1\nb,x\n,\n"),
    "a header in row 2": ({"headerRows": [2]}, "title,\n" + TABLE),
    "a header of two rows": ({"headerRows": [1, 2]}, "i,\nd,n\na,x\n"),
    "two rows joined": ({"headerRows": [1, 2], "headerJoin": "-"}, "i,n\nd,n\na,x\n"),
    "comments": ({"commentChar": "#"}, "id,n\n#a,x\nb,x\n # c,1\n"),
    "rows of comments": ({"commentRows": [2, 4]}, "id,n\nx,x\na,1\ny,y\nb,x\n"),
    "case that matters": ({}, "ID,n\na,x\n"),
    "case that does not": ({"headerCase": False}, "ID,N\na,x\n"),
    "CR LF": ({}, TABLE.replace("\n", "\r\n")),
    "CR alone": ({}, TABLE.replace("\n", "\r")),
    "line ends of both kinds": ({}, "id,n\r\na,x\nb,2\r\nc,y\n"),
    "no last line end": ({}, TABLE.rstrip()),
    "a byte order mark": ({}, "\ufeff" + TABLE),
    "text after a quoted cell": ({}, 'id,n\n"a"b,x\n'),
    "quotes inside a cell": ({}, 'id,n\na"b"c,x\n"a""b",y\n'),
    "a quote that never ends": ({}, 'id,n\na,"x\nb,2\n'),
    "line ends in cells": ({}, 'id,n\n"a\nb",x\n"c\r\nd",1\ne,y\n'),
    "rows too short": ({}, "id,n\na\nb,x\n"),
    "rows too long": ({}, "id,n\na,1,2\nb,x,,\nc,1,\n"),
    "blank rows": ({}, "id,n\n\na,x\n,\n\n\n"),
    "blank rows with surplus": ({}, "id,n\n,,z\na,x\n"),
    "blank rows passed over": ({"skipBlankRows": True}, "id,n\n\na,x\n,\n"),
    "a header only": ({}, "id,n\n"),
    "unusual white space": ({}, "id,n\na\x0bb,x\x0c\nc\u2028d,\u00a01\n"),
    "half of a quoted cell": ({"doubleQuote": False}, 'id,n\n"a""b",1\na"b,1\n"c",x\n'),
    "escapes beside doubled quotes": ({"escapeChar": "\\"}, 'id,n\n"a\\"b",1\n"c""d",x\n'),
    "a delimiter beyond ASCII": ({"delimiter": "¦"}, "id¦n\na¦x\n"),
    "a header of rows that are apart": ({"headerRows": [1, 3]}, "i,\nx,y\nd,n\na,x\n"),
    "a header after the last row": ({"headerRows": [5]}, TABLE),
    "a comment row before a header further down": (
        {"commentRows": [1], "headerRows": [2]},
        "x\nid,n\na,x\n",
    ),
    "no header and rows too short and too long": ({"header": False}, "a\nb,x,2\nc\n"),
    "no header and more columns": ({"header": False}, "a,1,2\nb,x,4\n"),
    "case that does not matter in a key": ({"headerCase": False}, "ID,N\na,1\na,x\n"),
    "blank lines only": ({}, "\n\n\n"),
    "one blank line": ({}, "\n"),
    "nothing": ({}, ""),
    "nothing, and no header": ({"header": False}, ""),
    "nothing but a byte order mark": ({}, "\ufeff"),
    "a blank line before the header": ({}, "\nid,n\na,x\n"),
    "a header without a line end": ({}, "id,n"),
    "a NUL": ({}, "id,n\na\0b,x\n"),
    "the marks that the reader uses itself": ({}, "id,n\n\x01,x\n\x01json:1,\x01\n"),
}


@pytest.mark.parametrize("case", DIALECTS)
def test_every_dialect_and_shape_of_rows(case: str, tmp_path: Path):
    """Catches CSV that is read into other cells, or whose rows are counted otherwise."""
    dialect, text = DIALECTS[case]
    schema = {
        "fields": [{**ID, "constraints": {"required": True}}, {"name": "n", "type": "integer"}],
        "primaryKey": ["id"],
    }
    resource = {
        "name": "t",
        "path": "t.csv",
        "format": "csv",
        "dialect": {**PLAIN, **dialect},
        "schema": schema,
    }
    same(write_package(tmp_path, [resource], {"t.csv": text.encode()}))


WITHOUT_SCHEMA = {
    "rows too short, too long and blank": ({}, "id,n\na\nb,1,2\n\n"),
    "a label that stands twice": ({}, "id,id,id\na,1,2\n"),
    "a blank label": ({}, "id,\na,1\n"),
    "no header": ({"header": False}, "a,1\nb\nc,2,3\n"),
    "nothing": ({}, ""),
}


@pytest.mark.parametrize("case", WITHOUT_SCHEMA)
def test_without_a_schema_labels_and_shapes_are_checked(case: str, tmp_path: Path):
    """Catches a source without a schema whose columns get other names, or that fails."""
    dialect, text = WITHOUT_SCHEMA[case]
    resource = {
        "name": "t",
        "type": "table",
        "path": "t.csv",
        "format": "csv",
        "dialect": {**PLAIN, **dialect},
        "fields": 2,
    }
    assert same(write_package(tmp_path, [resource], {"t.csv": text.encode()}))


def test_a_descriptor_of_version_1(tmp_path: Path):
    """Catches a property of version 1 that is not read: profiles, single names in keys, a nested
    and an old dialect.
    """
    schema = {
        "fields": [ID, {"name": "n", "type": "integer"}],
        "primaryKey": "id",
        "missingValues": ["-"],
    }
    schema["foreignKeys"] = [{"fields": "id", "reference": {"resource": "", "fields": "n"}}]
    described = {
        "profile": "tabular-data-resource",
        "format": "csv",
        "encoding": "utf-8",
        "schema": schema,
    }
    resources = [
        {"name": "t", "path": "t.csv", "dialect": PLAIN, **described},
        {"name": "u", "path": "t.csv", "dialect": {"csv": PLAIN}, **described},
    ]
    path = tmp_path / "datapackage.json"
    (tmp_path / "t.csv").write_text("ID,n\n1,1\n2,-\n2,x\n-,-\n")
    path.write_text(
        json.dumps({"profile": "tabular-data-package", "name": "v1", "resources": resources})
    )
    assert {type for _, type, *_ in same(path)} == {
        "incorrect-label",
        "type-error",
        "primary-key",
        "foreign-key",
        "blank-row",
    }


@pytest.mark.parametrize(
    "labels",
    ["id", "id,n,m", "id,other", "n,id", "id,", "id,id", ",", "ID,n", "id , n", "n,id,m", "m,l"],
)
@pytest.mark.parametrize("match", [None, "exact", "equal", "subset", "superset", "partial"])
def test_headers_that_are_not_the_schema(labels: str, match: str | None, tmp_path: Path):
    """Catches a label or field that is missing, extra, blank, twice there or in another place, and
    is judged otherwise.
    """
    schema = {
        "fields": [ID, {"name": "n", "type": "integer", "constraints": {"required": True}}],
        "primaryKey": ["id"],
    }
    if match:
        schema["fieldsMatch"] = match
    resource = {"name": "t", "path": "t.csv", "format": "csv", "schema": schema}
    path = write_package(
        tmp_path, [resource], {"t.csv": f"{labels}\na,1\nb,x\n,,\n1,2,3\n".encode()}
    )
    mine, other = ours(path), theirs(path)
    # labels that are not distinct: its own way of giving up
    if any(type == "error" for _, type, *_ in other):
        assert [type for _, type, *_ in mine] == ["source-error"]
    else:
        assert mine == other
