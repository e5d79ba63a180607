"""A stranger's descriptor: a hostile one ends in a clear error, soon and small."""

import json
import subprocess
import sys
import time

import pytest
from support.descriptors import FIELDS, V2, one, read, reported

from pledgeline.descriptor.load import read_package


def schema(**schema):
    return one(path="a.csv", schema={"fields": FIELDS, **schema})


HOSTILE = {
    "a descriptor that is a list": ([], "found a list of 0, expected an object"),
    "a descriptor that is a number": (7, "found 7, expected an object"),
    "a descriptor that is a text": ("resources", 'found "resources", expected an object'),
    "an empty file": (b"", "the file is empty"),
    "a file that is not JSON": (b"{resources", "line 1, column 2: this is not JSON"),
    "a file that is not UTF-8": (b'{"name": "\xe9"}', "byte 0xe9 is not UTF-8"),
    "a byte order mark": (b"\xef\xbb\xbf{}", "byte order mark"),
    "lists nested 100,000 deep": (b"[" * 100_000 + b"]" * 100_000, "nest deeper than 64"),
    "objects nested 100,000 deep": (
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        "nest deeper than 64",
    ),
    "lists nested 500 deep": (
        b'{"resources":' + b"[" * 500 + b"]" * 500 + b"}",
        "nest deeper than 64",
    ),
    "ten million empty lists": (b"[" + b"[]," * 10_000_000 + b"[]]", "more than 1,000,000 lists"),
    "a key that appears twice": (
        b'{"name": "a", "name": "b", "resources": []}',
        'the key "name" appears twice',
    ),
    "a number that is none": (b'{"resources": NaN}', "NaN is not JSON"),
    "an infinite number": (b'{"resources": -Infinity}', "-Infinity is not JSON"),
    "a number of 5,000 digits": (b'{"bytes": ' + b"9" * 5_000 + b"}", "a number has 5,000 digits"),
    "a number beyond every float": (b'{"bytes": 1e999999}', "1e999999 is too large"),
    "half a character": (rb'{"name": "\ud800", "resources": []}', "lone surrogate"),
    "half a character in a key": (rb'{"\ud800": 1}', "lone surrogate"),
    "a path out of the package": (one(path="../secret.csv"), "leads upwards"),
    "a path that goes in and out": (one(path="data/../../secret.csv"), "leads upwards"),
    "an absolute path": (one(path="/etc/passwd"), "is an absolute path"),
    "somebody's home": (one(path="~root/a.csv"), "a shell would expand"),
    "an environment variable": (one(path="$HOME/a.csv"), "a shell would expand"),
    "a drive letter": (one(path="C:/a.csv"), "is not a POSIX path"),
    "a backslash": (one(path="..\\secret.csv"), "is not a POSIX path"),
    "a URL": (one(path="https://example.org/a.csv"), "is a URL, which is not fetched"),
    "a bucket": (one(path="s3://bucket/a.csv"), "is a URL, which is not fetched"),
    "a file URL": (one(path="FILE:///etc/passwd"), "is a URL, which is not fetched"),
    "a hidden folder": (one(path=".git/config"), "is hidden"),
    "a hidden file further down": (one(path="data/.env"), "is hidden"),
    "a path with a NUL": (one(path="a.csv\0.txt"), "holds a NUL"),
    "an empty path": (one(path=""), "the path is empty"),
    "a path of a million characters": (
        one(path="a" * 1_000_000),
        "cannot be found (file name too long)",
    ),
    "a file that is not there": (one(path="no.csv"), "cannot be found (no such file"),
    "a list of paths of which one is bad": (
        one(path=["a.csv", "/etc/passwd"]),
        "/resources/0/path/1",
    ),
    "a list of paths of two kinds": (
        one(path=["a.csv", "a.parquet"]),
        "the parts are csv and parquet",
    ),
    "a list of paths with a number": (one(path=["a.csv", 5]), "expected a path or a list of paths"),
    "an inner path out of the archive": (
        one(path="a.zip", innerpath="../../x.csv"),
        "leads upwards",
    ),
    "a compression nobody knows": (one(path="a.csv", compression="xz"), "expected gz or zip"),
    "a schema at a URL": (
        one(path="a.csv", schema="https://example.org/s.json"),
        "copy it beside the descriptor",
    ),
    "a schema out of the package": (one(path="a.csv", schema="../secret.csv"), "leads upwards"),
    "a schema that is the descriptor": (
        one(path="a.csv", schema="datapackage.json"),
        '"fields" is missing',
    ),
    "a schema that is data": (one(path="a.csv", schema="a.csv"), "this is not JSON"),
    "a dialect at a URL": (
        one(path="a.csv", dialect="http://example.org/d.json"),
        "copy it beside the descriptor",
    ),
    "a pattern that nests": (
        schema(fields=[{"name": "x", "constraints": {"pattern": "(" * 5_000 + ")" * 5_000}}]),
        "is not a regular expression",
    ),
    "a pattern without end": (
        schema(fields=[{"name": "x", "constraints": {"pattern": "a" * 100_000}}]),
        "longer than 10,000",
    ),
    "a key of unhashable names": (schema(primaryKey=[{}, []]), "/primaryKey/0: found an object"),
    "foreign keys of no form": (
        schema(foreignKeys=[None, 5, {"fields": [[]], "reference": {"fields": {}}}]),
        "expected an object",
    ),
    "an encoding that is a path": (
        one(path="a.csv", encoding="../../etc"),
        "is not a text encoding",
    ),
    "a media type of slashes": (one(path="a.csv", mediatype="/" * 200_000 + "\n\n"), "/mediatype"),
    "300,000 resources without a name": ({"resources": [{}] * 300_000}, "more than 10,000 errors"),
    "300,000 fields without a name": (schema(fields=[{}] * 300_000), "expected at most 100,000"),
    "one file used 200,000 times": (one(path=["a.csv"] * 200_000), "expected at most 100,000"),
    "a million constraints": (
        schema(fields=[{"name": "x", "constraints": {f"c{n}": 1 for n in range(1_000_000)}}]),
        "not a constraint of type",
    ),
    "a key of 200,000 names": (
        schema(primaryKey=[str(n) for n in range(200_000)]),
        "is not a field",
    ),
    "a million values of two kinds": (
        schema(fields=[{"name": "x", "constraints": {"enum": [1, "1"] * 500_000}}]),
        "/enum",
    ),
    "100,000 fields with ten wrong constraints": (
        schema(
            fields=[
                {"name": f"f{n}", "constraints": {f"c{m}": 1 for m in range(10)}}
                for n in range(99_999)
            ]
        ),
        "not a constraint of type",
    ),
    "ten million values": (b"[" + b"1," * 10_000_000 + b"1]", "more than 3,000,000 values"),
    "unique keys of no form": (schema(uniqueKeys=[5]), "expected a list of lists of names"),
    "a resource that is a path": (
        {"resources": ["../secret.json"]},
        "write the resource itself here",
    ),
    "a name that steers a terminal": (
        one(name="\x1b[2J\u202egone", path="no.csv"),
        "\\x1b[2J\\u202egone",
    ),
    "a name that is SQL": (one(name="'; DROP TABLE a; --", path="no.csv"), "DROP TABLE"),
}

LONG = {  # the quick suite has others of their sort
    "ten million empty lists",
    "300,000 resources without a name",
    "a million values of two kinds",
    "100,000 fields with ten wrong constraints",
    "a million constraints",
}


@pytest.mark.parametrize(
    "sentence",
    [pytest.param(each, marks=pytest.mark.long if each in LONG else ()) for each in HOSTILE],
)
def test_a_hostile_descriptor_ends_in_a_clear_error(sentence, folder):
    descriptor, part = HOSTILE[sentence]
    begun = time.process_time()
    reported(*read(folder, descriptor), part)
    assert time.process_time() - begun < 20


def test_a_descriptor_of_100_megabytes_is_not_read(folder):
    with open(folder / "datapackage.json", "wb") as file:
        file.truncate(100_000_000)
    reported(*read_package(folder), "the file has 100,000,000 bytes, expected at most 50,000,000")


LAUGHS = "a0: &a0 [lol]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (LAUGHS, "an alias (*a0)"),
        ("a: &a [*a]", "an alias (*a)"),
        ("!!python/object/apply:os.system [ls]", "a tag (tag:yaml.org,2002:python/object"),
        ("a: !!binary aGk=", "a tag"),
        ("[" * 100_000, "deeper than 64"),
        ("a: 1\na: 2", "a key appears twice"),
        ("1: 2", "a key that is not a text"),
        ("a: .inf", "not a number JSON knows"),
        ("a: [", "this is not YAML"),
        ("a: \x07", "this is not YAML"),
        ("a: 1\n---\nb: 2", "a second document"),
        ("a: " + "9" * 5_000, "5,000 digits"),
        ("", "the file is empty"),
        ("- 1", "expected an object"),
    ],
)
def test_yaml_brings_no_laughs_tags_or_depth(text, part, folder):
    (folder / "datapackage.yaml").write_text(text)
    reported(*read_package(folder), part)


@pytest.mark.long
def test_ten_thousand_resources_and_as_many_fields_take_seconds(folder):
    many = [{"name": f"r{n}", "path": "a.csv", "schema": {"fields": FIELDS}} for n in range(10_000)]
    many[0]["schema"] = {
        "fields": [
            {"name": f"f{n}", "type": "number", "constraints": {"minimum": 1}}
            for n in range(10_000)
        ]
    }
    begun = time.process_time()
    package, errors = read(folder, {**V2, "resources": many})
    assert (len(package.resources), errors) == (10_000, [])
    assert time.process_time() - begun < 40


def test_a_list_that_mixes_kinds_is_not_compared_pair_by_pair(folder):
    mixed = [x for n in range(50_000) for x in (n, str(n))]
    begun = time.process_time()
    reported(
        *read(
            folder,
            schema(fields=[{"name": "x", "type": "integer", "constraints": {"enum": mixed}}]),
        ),
        "/enum",
    )
    assert time.process_time() - begun < 20


@pytest.mark.long
def test_one_large_schema_cannot_be_used_ten_thousand_times(folder):
    (folder / "s.json").write_text(json.dumps({"fields": FIELDS, "description": "x" * 6_000_000}))
    many = [{"name": f"r{n}", "path": "a.csv", "schema": "s.json"} for n in range(10_000)]
    _, errors = read(folder, {"resources": many})
    assert any(
        "all schemas and dialects have more than 50,000,000 bytes" in error.message
        for error in errors
    )


IN_LITTLE_MEMORY = """
import resource, sys
from pathlib import Path
from pledgeline.descriptor.load import read_package
resource.setrlimit(resource.RLIMIT_AS, (1 << 28, 1 << 28))
print(*read_package(Path(sys.argv[1]))[1])
"""


def test_ten_million_lists_need_little_memory(folder):
    """Catches a descriptor that is made into objects before it is known to be too large."""
    content, part = HOSTILE["ten million empty lists"]
    (folder / "datapackage.json").write_bytes(content)
    command = [sys.executable, "-c", IN_LITTLE_MEMORY, folder / "datapackage.json"]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0 and part in run.stdout, run.stderr
