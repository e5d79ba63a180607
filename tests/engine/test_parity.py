"""The verdict is frictionless-py's: the same errors of the same types at the same rows and fields,
in cases made by hand.
"""

import csv
import gzip
import hashlib
import io
import json
import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from support.copies import PUBLISHED, copy_package
from support.parity import PLAIN, ours, same, theirs, write_package
from support.parity_cells import CELLS, fields

ID = {"name": "id", "type": "string"}


def as_csv(rows: list[list], **dialect) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n", **dialect).writerows(rows)
    return buffer.getvalue().encode()


@pytest.mark.parametrize("type", CELLS)
def test_cells_of_every_type_format_and_constraint(type: str, tmp_path: Path):
    """Catches a cell that one engine takes and the other does not; every cell stands twice, for the
    keys.
    """
    rows = [["id", "f"], *([number, cell] for number, cell in enumerate(CELLS[type] * 2))]
    resources = [
        {"name": f"t{number}", "path": "t.csv", "format": "csv", "schema": {"fields": [ID, field]}}
        for number, field in enumerate(fields(type))
    ]
    found = same(write_package(tmp_path, resources, {"t.csv": as_csv(rows)}))
    assert len({name for name, *_ in found}) >= len(resources) - (
        4 if type in ("any", "string", "list") else 1
    )


TABLE = as_csv([["id", "n"], ["a", "1"], ["b", "x"], ["c", "3"]]).decode()
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


MISSING = {
    "of the schema": ({"missingValues": ["", "NA", "-"]}, {}),
    "with labels": ({"missingValues": [{"value": "NA", "label": "not asked"}, {"value": "-"}]}, {}),
    "none": ({"missingValues": []}, {}),
    "of the field": ({"missingValues": ["-"]}, {"missingValues": ["NA"]}),
    "that are numbers": ({"missingValues": ["1", "2.5"]}, {}),
}


@pytest.mark.parametrize("case", MISSING)
@pytest.mark.parametrize("type", ["string", "integer", "number", "boolean", "any"])
def test_missing_values(case: str, type: str, tmp_path: Path):
    """Catches a text that stands for no value and is taken for one, or the reverse, in cells and in
    keys.
    """
    about, own = MISSING[case]
    field = {"name": "n", "type": type, "constraints": {"required": True}, **own}
    schema = {"fields": [ID, field], "primaryKey": ["n"], **about}
    text = as_csv(
        [
            ["id", "n"],
            *([cell, cell] for cell in ["", "NA", "-", "1", "2.5", "1", "NA", "", "true", "NULL"]),
        ]
    )
    assert same(
        write_package(
            tmp_path,
            [{"name": "t", "path": "t.csv", "format": "csv", "schema": schema}],
            {"t.csv": text},
        )
    )


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
    if any(
        type == "error" for _, type, *_ in other
    ):  # labels that cannot be told apart: its own way of giving up
        assert [type for _, type, *_ in mine] == ["source-error"]
    else:
        assert mine == other


def keyed(fields: dict[str, str], **keys) -> dict:
    return {"fields": [{"name": name, "type": type} for name, type in fields.items()], **keys}


def refers(fields: list[str], resource: str, there: list[str]) -> dict:
    return {
        "foreignKeys": [{"fields": fields, "reference": {"resource": resource, "fields": there}}]
    }


KEYS = {
    "a primary key": {"t": (keyed({"a": "string"}, primaryKey=["a"]), 'a\n1\n2\n1\n""\n1\n')},
    "a primary key of numbers": {
        "t": (keyed({"a": "number"}, primaryKey=["a"]), "a\n1\n1.0\n01\nx\n1e0\n")
    },
    "a primary key of two parts": {
        "t": (
            keyed({"a": "string", "b": "integer"}, primaryKey=["a", "b"]),
            "a,b\n1,1\n1,\n1,\n,\n1,x\n",
        )
    },
    "parts that look alike when joined": {
        "t": (
            keyed({"a": "string", "b": "string"}, primaryKey=["a", "b"]),
            "a,b\n1:x,y\n1,:xy\n-,\n,-\n1:x,y\n",
        )
    },
    "a key of the table itself": {
        "t": (
            keyed({"a": "string", "b": "string"}, **refers(["b"], "", ["a"])),
            "a,b\n1,\n2,1\n3,4\n",
        )
    },
    "a key of two parts": {
        "t": (
            keyed({"a": "string", "b": "string"}, **refers(["a", "b"], "u", ["c", "d"])),
            "a,b\n1,1\n1,\n,\n2,2\n,1\n",
        ),
        "u": (keyed({"c": "string", "d": "string"}), "c,d\n1,1\n1,\n"),
    },
    "two tables that refer to each other": {
        "t": (
            keyed({"a": "integer", "b": "string"}, **refers(["b"], "u", ["c"])),
            "a,b\n1,x\n2,z\n",
        ),
        "u": (
            keyed({"c": "string", "d": "integer"}, **refers(["d"], "t", ["a"])),
            "c,d\nx,1\ny,9\n",
        ),
    },
    "numbers of two types": {
        "t": (keyed({"a": "number"}, **refers(["a"], "u", ["c"])), "a\n1.0\n2.5\n1e0\n"),
        "u": (keyed({"c": "integer"}), "c\n1\n"),
    },
    "numbers of a column that is no key of its own": {
        "t": (
            keyed({"a": "number", "b": "number"}, **refers(["a"], "", ["b"])),
            "a,b\n5,1.0\n1,7.50\n7.5,x\n1.0,\n",
        ),
        "u": (keyed({"c": "number"}, **refers(["c"], "t", ["b"])), "c\n1\n7.5\n7.51\n"),
    },
    "text and numbers": {
        "t": (keyed({"a": "string"}, **refers(["a"], "u", ["c"])), "a\n1\n2\n"),
        "u": (keyed({"c": "integer"}), "c\n1\n"),
    },
    "wrong cells on both sides": {
        "t": (keyed({"a": "integer"}, **refers(["a"], "u", ["c"])), "a\n1\nx\n5\n"),
        "u": (keyed({"c": "integer"}), "c\n1\n5y\n"),
    },
    "a column that the other table lacks": {
        "t": (keyed({"a": "string"}, **refers(["a"], "u", ["d"])), 'a\n1\n""\n'),
        "u": (keyed({"c": "string", "d": "string"}), "c\n1\n"),
    },
    "dates written in two ways": {
        "t": (
            {
                "fields": [{"name": "a", "type": "date", "format": "%d/%m/%Y"}],
                **refers(["a"], "u", ["c"]),
            },
            "a\n22/02/2022\n23/02/2022\n",
        ),
        "u": (keyed({"c": "date"}), "c\n2022-02-22\n"),
    },
    "truth written in two ways": {
        "t": (keyed({"a": "boolean"}, **refers(["a"], "u", ["c"])), "a\n1\nfalse\nTRUE\n"),
        "u": (
            {
                "fields": [
                    {"name": "c", "type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]}
                ]
            },
            "c\nyes\n",
        ),
    },
}


@pytest.mark.parametrize("case", KEYS)
def test_keys(case: str, tmp_path: Path):
    tables = KEYS[case]
    resources = [
        {"name": n, "path": f"{n}.csv", "format": "csv", "schema": schema}
        for n, (schema, _) in tables.items()
    ]
    found = same(
        write_package(
            tmp_path,
            resources,
            {f"{name}.csv": text.encode() for name, (_, text) in tables.items()},
        )
    )
    assert found


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return buffer.getvalue()


FILES = {
    "gzip": (
        {"path": "t.csv.gz", "compression": "gz"},
        {"t.csv.gz": gzip.compress(TABLE.encode())},
    ),
    "zip": (
        {"path": "t.csv.zip", "compression": "zip"},
        {"t.csv.zip": zipped(t_csv=TABLE.encode())},
    ),
    "one of a zip": (
        {"path": "t.zip", "compression": "zip", "innerpath": "t.csv"},
        {"t.zip": zipped(other_csv=b"x\n", t_csv=TABLE.encode())},
    ),
    "parts": (
        {"path": ["1.csv", "2.csv"]},
        {"1.csv": TABLE.encode(), "2.csv": b"id,n\nd,y\ne,5\n"},
    ),
    "parts without a header": (
        {"path": ["1.csv", "2.csv"], "dialect": {**PLAIN, "header": False}},
        {"1.csv": b"a,1\n", "2.csv": b"b,x\n"},
    ),
    "parts with other headers": (
        {"path": ["1.csv", "2.csv"]},
        {"1.csv": TABLE.encode(), "2.csv": b"n,id\nd,y\n"},
    ),
    "parts of which one is empty": (
        {"path": ["1.csv", "2.csv"]},
        {"1.csv": TABLE.encode(), "2.csv": b""},
    ),
    "parts that are packed": (
        {"path": ["1.csv.gz", "2.csv.gz"], "compression": "gz"},
        {"1.csv.gz": gzip.compress(TABLE.encode()), "2.csv.gz": gzip.compress(b"id,n\nd,y\n")},
    ),
    "no archive": ({"path": "t.csv.gz", "compression": "gz"}, {"t.csv.gz": b"no"}),
    "no zip archive": ({"path": "t.csv.zip", "compression": "zip"}, {"t.csv.zip": b"no"}),
    "right hash": (
        {"path": "t.csv", "hash": hashlib.md5(TABLE.encode()).hexdigest()},
        {"t.csv": TABLE.encode()},
    ),
    "tabs": (
        {"path": "t.tsv", "format": "tsv", "encoding": "utf-8"},
        {"t.tsv": b'id\tn\n"a\tb"\tx\nc\t1\n'},
    ),
    "ascii": ({"path": "t.csv", "encoding": "ascii"}, {"t.csv": "id,n\né,x\n".encode()}),
    "latin-1": (
        {"path": "t.csv", "encoding": "latin-1"},
        {"t.csv": "id,n\né,x\n".encode("latin-1")},
    ),
    "utf-16": ({"path": "t.csv", "encoding": "utf-16"}, {"t.csv": "id,n\né,x\n".encode("utf-16")}),
    "windows-1251": (
        {"path": "t.csv", "encoding": "cp1251"},
        {"t.csv": "id,n\nЖ,x\n".encode("cp1251")},
    ),
    "shift-jis": (
        {"path": "t.csv", "encoding": "shift_jis"},
        {"t.csv": "id,n\n日本,x\n".encode("shift_jis")},
    ),
    "right bytes": ({"path": "t.csv", "bytes": len(TABLE)}, {"t.csv": TABLE.encode()}),
    "wrong bytes": ({"path": "t.csv", "bytes": 1}, {"t.csv": TABLE.encode()}),
    "wrong hash": ({"path": "t.csv", "hash": "sha256:" + "0" * 64}, {"t.csv": TABLE.encode()}),
    "wrong md5": ({"path": "t.csv", "hash": "0" * 32}, {"t.csv": TABLE.encode()}),
    "wrong rows and fields": ({"path": "t.csv", "rows": 7, "fields": 9}, {"t.csv": TABLE.encode()}),
    "inline lists": (
        {"data": [["id", "n"], ["a", 1], ["b", "x"], ["c", 2.5], [None, None], [1, True], ["d"]]},
        {},
    ),
    "inline mappings": (
        {
            "data": [
                {"id": "a", "n": 1},
                {"n": "x"},
                {"id": "b", "n": None, "z": 1},
                {"id": 5, "n": "7"},
            ]
        },
        {},
    ),
    "inline without a header": ({"data": [["a", 1], ["b", "x"]], "dialect": {"header": False}}, {}),
    "inline with a header in row 2": (
        {"data": [["x"], ["id", "n"], ["a", "y"]], "dialect": {"headerRows": [2]}},
        {},
    ),
    "inline comments": (
        {"data": [["id", "n"], ["#a", "x"], [None, "x"]], "dialect": {"commentChar": "#"}},
        {},
    ),
    "inline labels that are numbers": ({"data": [["id", 5], ["a", 1]]}, {}),
    "inline numbers beyond 64 bits": (
        {"data": [["id", "n"], ["a", 10**30], ["b", 1e30], ["c", -(10**30)]]},
        {},
    ),
    "nothing inline": ({"data": []}, {}),
}


@pytest.mark.parametrize("case", FILES)
def test_files_packed_split_encoded_and_inline(case: str, tmp_path: Path):
    about, files = FILES[case]
    kind = {} if "data" in about else {"format": "csv"}
    schema = {"fields": [ID, {"name": "n", "type": "integer", "constraints": {"maximum": 4}}]}
    same(write_package(tmp_path, [{"name": "t", **kind, **about, "schema": schema}], files))


COLUMNS = {
    "text": pa.array(["a", "", None, "1"]),
    "dictionary": pa.array(["a", "b", None, "a"]).dictionary_encode(),
    "integers": pa.array([1, 2, 3, 2**40]),
    "small integers": pa.array([1, 2, 3, 4], pa.int8()),
    "unsigned integers": pa.array([1, 2, 3, 4], pa.uint16()),
    "the largest integers": pa.array([1, 2, 3, 2**64 - 1], pa.uint64()),
    "floats that are no numbers": pa.array([1.5, float("nan"), float("inf"), -1.0]),
    "moments with a zone": pa.array(
        [datetime(2022, 2, 22, 10, tzinfo=UTC), datetime(1991, 1, 1, tzinfo=UTC)]
    ),
    "seconds": pa.array([datetime(2022, 2, 22, 10, 30), datetime(1991, 1, 1)], pa.timestamp("s")),
    "long text": pa.array(["a", "", None, "1"], pa.large_string()),
    "bytes": pa.array([b"a", b"\xff"]),
    "nothing": pa.nulls(2),
    "floats": pa.array([1.5, 2.0, -3.25, 1e9]),
    "decimals": pa.array([Decimal("1.50"), Decimal("2.00"), None, Decimal("-7.25")]),
    "truth": pa.array([True, False, True, False]),
    "days": pa.array([date(2022, 2, 22), date(1, 1, 1), date(9999, 12, 31), date(1991, 1, 1)]),
    "moments": pa.array(
        [
            datetime(2022, 2, 22, 10, 30),
            datetime(1991, 1, 1),
            datetime(2022, 2, 22),
            datetime(1999, 9, 9),
        ]
    ),
    "times": pa.array([time(10, 30), time(0, 0), time(23, 59, 59), time(1, 2, 3)]),
}


@pytest.mark.parametrize("column", COLUMNS)
def test_columns_of_parquet_against_every_type(column: str, tmp_path: Path):
    """Catches a column that is judged otherwise as a field of some type, with bounds or in a key."""
    pq.write_table(pa.table({"f": COLUMNS[column]}), tmp_path / "t.parquet")
    types = [
        type
        for type in CELLS
        if type not in ("array", "object", "geojson", "list", "geopoint", "duration")
    ]
    ranged = [
        {"type": "integer", "constraints": {"minimum": 2}},
        {"type": "number", "constraints": {"maximum": 1.5}},
    ]
    ranged += [
        {"type": "date", "constraints": {"minimum": "1999-01-01"}},
        {"type": "string", "constraints": {"maxLength": 0}},
    ]
    ranged += [
        {"type": type, "constraints": {"unique": True}}
        for type in ("string", "integer", "date", "any")
    ]
    described = [{"type": type} for type in types] + ranged
    resources = [
        {
            "name": f"t{number}",
            "type": "table",
            "path": "t.parquet",
            "format": "parquet",
            "schema": {"fields": [{"name": "f", **field}]},
        }
        for number, field in enumerate(described)
    ]
    found = same(write_package(tmp_path, resources, {}))
    assert found


@pytest.mark.long
def test_this_package_and_copies_with_wrong_cells(tmp_path: Path):
    """Catches a difference on a real package, on every one of its tables."""
    root = copy_package(tmp_path, *PUBLISHED)
    descriptor = json.loads((root / "datapackage.json").read_text("utf-8"))
    descriptor["resources"] = [r for r in descriptor["resources"] if r["format"] == "csv"]
    for resource in descriptor["resources"]:
        resource["dialect"] = PLAIN
        resource["schema"].pop("uniqueKeys", None)  # frictionless-py does not check them
        path = root / resource["path"]
        lines = path.read_text("utf-8").splitlines(keepends=True)
        if len(lines) > 3:
            lines[1] = lines[1].replace("e", "E")
            lines[2] = lines[2].replace(",", ",,", 1)
            lines.append(lines[3])
            lines.append("\n")
        path.write_text("".join(lines), "utf-8")
    (root / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    found = same(root / "datapackage.json")
    assert len({type for _, type, *_ in found}) >= 8
