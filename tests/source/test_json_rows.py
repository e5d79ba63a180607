"""Tables in JSON, with a value a line, and in GeoJSON, judged by the same checks as CSV."""

import json
from pathlib import Path

import pytest
from support.parity import ours, same, write_package

import pledgeline
from pledgeline.source import json_rows

FIELDS = [
    {"name": "id", "type": "integer"},
    {"name": "share", "type": "number"},
    {"name": "name", "type": "string"},
    {"name": "about", "type": "object"},
    {"name": "list", "type": "array"},
    {"name": "year", "type": "year"},
    {"name": "open", "type": "boolean"},
]
NAMES = [field["name"] for field in FIELDS]
RIGHT = [1, 0.1, "x", {"a": [1.5]}, [1, 2], 2022, True]
TEXTS = ["1", "1.5", "y", "{}", "[]", "2022", "true"]
WRONG = [1.5, True, 5, [], {}, "22", 1]


def keyed(*rows: list) -> list[dict]:
    return [dict(zip(NAMES, row, strict=False)) for row in rows]


def table(format: str = "json", **properties) -> dict:
    """A resource of FIELDS."""
    own = {"name": "t", "type": "table", "path": f"t.{format}", "format": format}
    return own | {"schema": {"fields": FIELDS}} | properties


def lines(rows: list) -> bytes:
    return "\n".join(map(json.dumps, rows)).encode()


@pytest.mark.parametrize(
    ("rows", "errors"),
    [
        (keyed(RIGHT, TEXTS), 0),
        (keyed(RIGHT, WRONG), 7),
        (keyed(RIGHT, [], RIGHT[:2]), 1),
        ([NAMES, RIGHT, TEXTS], 0),
        ([NAMES, RIGHT, WRONG, [1, 2], [*RIGHT, 3]], 13),
        (keyed(RIGHT[:2]), 5),
    ],
    ids=["right", "wrong", "absent", "lists", "wrong lists", "labels"],
)
@pytest.mark.parametrize("format", ["json", "jsonl", "ndjson"])
def test_the_verdict_is_frictionless_pys(format: str, rows: list, errors: int, tmp_path: Path):
    """Catches a value or a row that is read otherwise than frictionless-py reads it."""
    content = json.dumps(rows).encode() if format == "json" else lines(rows)
    path = write_package(tmp_path, [table(format)], {f"t.{format}": content})
    assert same(path).total() == errors


@pytest.mark.parametrize(
    "dialect",
    [
        {"property": "data.rows"},
        {"json": {"property": "data.rows"}},
        {"property": "data.rows", "itemType": "object", "itemKeys": ["id"]},
        {"json": {"property": "data.rows", "keys": ["id"]}},
    ],
    ids=str,
)
def test_the_dialect_says_where_the_rows_are(dialect: dict, tmp_path: Path):
    """Catches a property of either form of dialect that is not read."""
    content = json.dumps({"data": {"rows": [{"id": 1, "more": 2}, {"id": "x"}], "other": []}})
    fields = [{"name": "id", "type": "integer"}]
    if "id" not in str(dialect):
        fields.append({"name": "more", "type": "integer"})
    own = table(schema={"fields": fields}, dialect=dialect)
    path = write_package(tmp_path, [own], {"t.json": content.encode()})
    assert ours(path) == {("t", "type-error", 3, "id"): 1}


def test_the_properties_of_geojson_are_rows(tmp_path: Path):
    """Catches a table in GeoJSON that is called unreadable, or of which the rows are features."""
    features = [
        {"type": "Feature", "geometry": None, "properties": {"id": id}} for id in (1, "x", 1)
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    schema = {"fields": [{"name": "id", "type": "integer"}], "uniqueKeys": [["id"]]}
    path = write_package(tmp_path, [table("geojson", schema=schema)], {"t.geojson": content})
    assert ours(path) == {("t", "type-error", 3, "id"): 1, ("t", "unique-error", 4, None): 1}


def test_a_key_that_nothing_describes_is_a_cell_too_many(tmp_path: Path):
    """Catches a value that is left out in silence, since its key is spelled otherwise."""
    content = b'[{"id": 1}, {"id": 5, "ID": 2}]'
    schema = {"fields": [{"name": "id", "type": "integer"}]}
    path = write_package(tmp_path, [table(schema=schema)], {"t.json": content})
    (error,) = [each for each in pledgeline.validate(path).tasks[0].errors if each.cell == "2"]
    assert (error.type, error.row_number) == ("extra-cell", 3)


def test_numbers_are_compared_as_they_are_written(tmp_path: Path):
    """Catches two numbers that a float does not tell apart, called one."""
    content = (
        b'[{"n": 0.12345678901234567890}, {"n": 0.12345678901234567891}, {"n": 1.0}, {"n": 1}]'
    )
    fields = [{"name": "n", "type": "number", "constraints": {"unique": True}}]
    path = write_package(tmp_path, [table(schema={"fields": fields})], {"t.json": content})
    assert ours(path) == {("t", "unique-error", 5, "n"): 1}


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_it_opens_and_compares_as_a_table_in_csv(format: str, tmp_path: Path):
    """Catches values that reach a reader with the marks they are checked with."""
    fields = [field for field in FIELDS if field["type"] not in ("object", "array")]
    row = {"id": 1, "share": 1.0, "name": "x", "year": 2022, "open": False}
    content = lines([row]) if format == "jsonl" else json.dumps([row]).encode()
    own = table(format, schema={"fields": fields, "primaryKey": ["id"]})
    one = write_package(tmp_path / "json", [own], {f"t.{format}": content})
    plain = {**own, "path": "t.csv", "format": "csv"}
    text = b"id,share,name,year,open\n1,1.0,x,2022,false\n"
    other = write_package(tmp_path / "csv", [plain], {"t.csv": text})
    rows = pledgeline.open(one)["t"].to_arrow().to_pylist()
    assert rows == pledgeline.open(other)["t"].to_arrow().to_pylist() and len(rows) == 1
    assert not [change for change in pledgeline.diff(one, other).changes if change.table == "t"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"a": 1}', "not a list of rows"),
        (b"[1, 2]", "row 1: this row is not a list"),
        (b'[{"id": 1}, [2]]', "row 3: this row is not an object"),
        (b'[{"id": 1}', "line 1, column 11: this is not JSON"),
        (b'[{"id": 1}] []', "this is not JSON"),
        (b'[{"id": 1, "id": 2}]', 'the key "id" appears twice'),
        (b'[{"id": NaN}]', "NaN is not JSON"),
        (b'[{"id": 1e999}]', "too large for a float"),
        (b'[{"id": ' + b"1" * 500 + b"}]", "500 digits"),
        (b'[{"id": "\\ud800"}]', "half a character"),
        (b'[{"id": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]", "nest"),
        (b'[{"id": "\xff"}]', "is not UTF-8"),
        (b"[" + b"[]," * 1_100_000 + b"[]]", "more than 1,000,000 lists"),
        (b"[[" + b"0," * 6_000_000 + b"0]]", "more than 5,000,000 values"),
        (b"[[" + b"0," * 30_000 + b"0]]", "expected at most 20,000"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_in_json_is_an_error(content: bytes, said: str, tmp_path: Path):
    """Catches a traceback, memory without bound, and a value that readers differ on."""
    schema = {"fields": [{"name": "id", "type": "any"}]}
    path = write_package(tmp_path, [table(schema=schema)], {"t.json": content})
    (error,) = pledgeline.validate(path).tasks[0].errors
    assert said in error.message


def test_a_file_that_is_too_large_is_refused_and_one_with_lines_is_not(tmp_path: Path, monkeypatch):
    """Catches a bound that is not held, and one where none is needed."""
    monkeypatch.setattr(json_rows, "MOST_BYTES", 100)
    rows = [{"id": number} for number in range(100)]
    schema = {"fields": [{"name": "id", "type": "integer"}]}
    files = {"t.json": json.dumps(rows).encode(), "t.jsonl": lines(rows)}
    both = [table(schema=schema), table("jsonl", schema=schema, name="u")]
    report = pledgeline.validate(write_package(tmp_path, both, files))
    assert report.flatten(["taskNumber", "type"]) == [[1, "not-checked"]]
    assert report.tasks[1].rows == 100


@pytest.mark.parametrize("packed", ["gz", "zip"])
def test_a_packed_file_is_read(packed: str, tmp_path: Path):
    """Catches a compression that only CSV may have."""
    import gzip
    import io
    import zipfile

    content, written = b'[{"id": 1}, {"id": "x"}]', io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("t.json", content)
    files = {"gz": gzip.compress(content), "zip": written.getvalue()}
    own = table(path=f"t.json.{packed}", schema={"fields": [{"name": "id", "type": "integer"}]})
    path = write_package(tmp_path, [own], {f"t.json.{packed}": files[packed]})
    assert ours(path) == {("t", "type-error", 3, "id"): 1}
