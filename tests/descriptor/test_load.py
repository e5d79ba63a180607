"""Any data package's descriptor: what is read from a good one, and what a flaw in it keeps from
being read.
"""

import json
import subprocess
import sys

import pytest
from support.descriptors import FIELDS, ROOT, only, read

from pledgeline.descriptor.load import read_package
from pledgeline.standard.dialect import Dialect
from pledgeline.standard.schema import Schema


def test_our_own_package_is_right_and_quick_and_heavy_libraries_are_not_loaded():
    code = """if True:
        import sys, time
        begun = time.perf_counter()
        from pathlib import Path
        from pledgeline.descriptor.load import read_package
        package, errors = read_package(Path(sys.argv[1]))
        took = time.perf_counter() - begun
        heavy = {"frictionless", "pandas", "duckdb", "pyarrow", "requests", "dplib"}
        heavy &= set(sys.modules)
        print(len(package.resources), len(errors), heavy, took)
    """
    done = subprocess.run(
        [sys.executable, "-c", code, ROOT / "datapackage.json"],
        capture_output=True,
        text=True,
        check=True,
    )
    resources, errors, heavy, took = done.stdout.split()
    assert (int(errors), heavy) == (0, "set()")
    assert int(resources) == len(json.loads((ROOT / "datapackage.json").read_text())["resources"])
    assert float(took) < 2, "0.3 s on an idle core; this leaves room for a busy one"


def test_a_resource_has_what_is_declared_and_no_more(folder):
    made = only(folder, path="a.csv")
    assert (made.name, made.place, made.paths) == ("a", "a.csv", ((folder / "a.csv").resolve(),))
    assert (made.format, made.compression, made.innerpath, made.encoding) == (
        "csv",
        "",
        "",
        "utf-8",
    )
    assert (made.dialect, made.schema, made.data, made.version) == (Dialect(), Schema(), None, "v1")
    assert not made.schema
    assert (made.hash, made.bytes, made.rows, made.fields) == (None, None, None, None)


def test_inline_data_is_inline(folder):
    made = only(folder, data=[["id"], [1]])
    assert (made.format, made.place, made.paths, made.data) == (
        "inline",
        "<inline>",
        (),
        [["id"], [1]],
    )


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ({"path": "a.csv"}, ("csv", "")),
        ({"path": "a.csv.gz"}, ("csv", "gz")),
        ({"path": "a.zip", "innerpath": "in/b.TSV"}, ("tsv", "zip")),
        ({"path": "a.csv", "format": "TSV"}, ("tsv", "")),
        ({"path": "a.csv", "mediatype": "text/tab-separated-values; charset=utf-8"}, ("tsv", "")),
        ({"path": "a.parquet"}, ("parquet", "")),
        ({"path": "a.csv", "compression": "gz"}, ("csv", "gz")),
        ({"path": "a.csv.gz", "compression": "no"}, ("csv", "")),
    ],
)
def test_format_and_compression_are_declared_or_follow_from_the_suffix(declared, expected, folder):
    made = only(folder, **declared)
    assert (made.format, made.compression) == expected


def test_version_1_and_nested_dialects_take_version_2s_form(folder):
    old = {
        "delimiter": ";",
        "doubleQuote": True,
        "caseSensitiveHeader": True,
        "csvddfVersion": 1.2,
        "headerRows": [2],
    }
    assert only(folder, path="a.csv", dialect=old).dialect.to_descriptor() == {
        "delimiter": ";",
        "doubleQuote": True,
        "headerRows": [2],
        "headerCase": True,
    }
    assert only(
        folder, path="a.csv", dialect={"csv": {"quoteChar": "'"}, "header": False}
    ).dialect.to_descriptor() == {
        "quoteChar": "'",
        "header": False,
    }


def test_a_key_of_one_name_becomes_a_list(folder):
    key = {"fields": "id", "reference": {"resource": "", "fields": "id"}}
    made = only(
        folder, path="a.csv", schema={"fields": FIELDS, "primaryKey": "id", "foreignKeys": [key]}
    )
    assert made.schema.primary_key == ("id",)
    (foreign,) = made.schema.foreign_keys
    assert (foreign.fields, foreign.resource, foreign.reference_fields) == (("id",), "", ("id",))
    assert foreign.target("a") == "a"


@pytest.mark.parametrize("name", ["schema.json", "schema.yaml"])
def test_a_schema_may_stand_in_its_own_file(name, folder):
    (folder / name).write_text(json.dumps({"fields": FIELDS}))
    made = only(folder, path="a.csv", schema=name)
    assert made.schema.to_descriptor() == made.descriptor["schema"] == {"fields": FIELDS}


def test_a_folder_of_parquet_parts_is_one_resource(folder):
    (folder / "parts").mkdir()
    (folder / "parts/0.parquet").write_text("")
    assert only(folder, path="parts", format="parquet").paths == ((folder / "parts").resolve(),)


def test_yaml_is_read_too(folder):
    (folder / "datapackage.yaml").write_text(
        "name: a\ncreated: 2024-05-06T07:08:09Z\nresources:\n- {name: a, path: a.csv}\n"
    )
    package, errors = read_package(folder)
    assert (errors, len(package.resources)) == ([], 1)


def test_all_errors_are_reported_at_once_and_right_resources_are_kept(folder):
    broken = {
        "name": "b",
        "path": "../b.csv",
        "schema": {"fields": [{"name": "x", "type": "integr"}], "primaryKey": "y"},
    }
    package, errors = read(
        folder, {"name": "A b", "resources": [{"name": "a", "path": "a.csv"}, broken]}
    )
    assert [resource.name for resource in package.resources] == ["a"]
    assert [error.type for error in errors] == [
        "package-error",
        "field-error",
        "schema-error",
        "resource-error",
    ]
    assert all(
        '"b"' in error.message and "/resources/1/" in error.message and error.fix
        for error in errors[1:]
    )


def test_a_flaw_beside_the_data_does_not_keep_it_from_being_read(folder):
    package, errors = read(folder, {"resources": [{"name": "a", "path": "a.csv", "title": 5}]})
    assert (len(package.resources), len(errors)) == (1, 1)
