"""However many codes, keys or unique columns a table has: the same findings, in bounded memory.

The database has 1.4 GB; what needs more ends in OutOfResources.
"""

import io
import json
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pledgeline.check.columns import MOST_LISTED
from pledgeline.validation import validate

MANY = 200  # keys, or columns
V2 = "https://datapackage.org/profiles/2.0/datapackage.json"
CODES = {  # type -> the code of a number
    "string": lambda number: f"c{number}",
    "integer": lambda number: number,
    "number": lambda number: number / 4,
    "date": lambda number: f"{2000 + number}-01-31",
    "year": lambda number: 2000 + number,
    "array": lambda number: [number],
}


def as_text(code) -> str:
    return json.dumps(code) if isinstance(code, list) else str(code)


def errors(folder: Path, *resources: dict) -> list[tuple]:
    (folder / "datapackage.json").write_text(json.dumps({"$schema": V2, "resources": resources}))
    report = validate(folder)
    assert not report.errors
    found = [(task.name, error) for task in report.tasks for error in task.errors]
    assert sum(task.count("error") for task in report.tasks) == len(found)
    return [
        (name, e.type, e.row_number, e.field_name or e.field_names, e.cell) for name, e in found
    ]


def table(folder: Path, name: str, labels: list[str], rows: list[list[str]], **more) -> dict:
    """A resource whose first fields may have properties of their own in `fields`."""
    text = "".join(",".join(cells) + "\n" for cells in [labels, *rows])
    (folder / f"{name}.csv").write_text(text)
    return {"name": name, "path": f"{name}.csv", "schema": more}


@pytest.mark.parametrize("kind", CODES)
def test_many_codes_are_held_to_as_few_are(kind: str, tmp_path: Path):
    """Catches a code or a cell that is compared otherwise in a table than in a list."""
    codes = [CODES[kind](number) for number in range(MOST_LISTED + 1)]
    right, wrong = as_text(codes[1]), as_text(CODES[kind](5_000))
    cells = [right, wrong, as_text(codes[-1]), "", wrong]
    text = "x|y\n" + "".join(f"{cell}|a\n" for cell in cells)
    (tmp_path / "t.csv").write_text(text)
    found = []
    for own in (codes, [codes[1], codes[-1]]):
        field = {"name": "x", "type": kind, "constraints": {"enum": own}}
        schema = {"fields": [field, {"name": "y"}]}
        dialect = {"delimiter": "|", "quoteChar": "'"}
        found.append(
            errors(tmp_path, {"name": "t", "path": "t.csv", "dialect": dialect, "schema": schema})
        )
    many, few = found
    assert many == few == [("t", "constraint-error", row, "x", wrong) for row in (3, 6)]


@pytest.mark.parametrize("property", ["enum", "categories"])
@pytest.mark.parametrize("kind", ["string", "integer"])
def test_many_codes_are_held_to_in_parquet(kind: str, property: str, tmp_path: Path):
    """Catches typed cells, dictionaries among them, that are not compared as text."""
    codes = [CODES[kind](number) for number in range(MOST_LISTED + 1)]
    cells = pa.array([codes[0], None, CODES[kind](5_000), codes[-1]]).dictionary_encode()
    out = io.BytesIO()
    pq.write_table(pa.table({"x": cells}), out)
    (tmp_path / "t.parquet").write_bytes(out.getvalue())
    declared = {"constraints": {"enum": codes}} if property == "enum" else {"categories": codes}
    schema = {"fields": [{"name": "x", "type": kind, **declared}]}
    found = errors(tmp_path, {"name": "t", "path": "t.parquet", "schema": schema})
    wrong = str(CODES[kind](5_000))
    assert found == [("t", "blank-row", 3, (), None), ("t", "constraint-error", 4, "x", wrong)]


def test_a_table_may_have_hundreds_of_keys_codes_and_unique_columns(tmp_path: Path):
    """Catches a statement whose memory grows with the number of keys: 200 took 1.4 GB."""
    labels = [f"f{number}" for number in range(MANY)]
    codes = [str(number) for number in range(MOST_LISTED + 1)]
    listed = {"constraints": {"unique": True, "enum": codes}}
    fields = [{"name": label, **(listed if label in labels[-40:] else {})} for label in labels]
    keys = [{"fields": [x], "reference": {"resource": "ids", "fields": ["id"]}} for x in labels]
    rows = [[str(row)] * MANY for row in range(3)]
    rows[2][-1] = "no"  # neither a code nor an id
    rows[1][-2] = "0"  # there already
    own = table(tmp_path, "t", labels, rows, fields=fields, foreignKeys=keys)
    ids = table(tmp_path, "ids", ["id"], [[code] for code in codes], fields=[{"name": "id"}])
    assert errors(tmp_path, own, ids) == [
        ("t", "unique-error", 3, labels[-2], "0"),
        ("t", "constraint-error", 4, labels[-1], "no"),
        ("t", "foreign-key", 4, (labels[-1],), None),
    ]


def test_a_table_may_have_hundreds_of_composite_keys(tmp_path: Path):
    """Catches the same of keys of several fields."""
    labels = [f"f{number}" for number in range(MANY)]
    keys = [
        {"fields": [a, b], "reference": {"resource": "ids", "fields": ["id", "part"]}}
        for a, b in pairwise(labels)
    ]
    fields = [{"name": label, "type": "integer"} for label in labels]
    rows = [["1"] * MANY, ["1"] * (MANY - 1) + ["2"], ["x"] + ["1"] * (MANY - 1)]
    own = table(tmp_path, "t", labels, rows, fields=fields, foreignKeys=keys)
    parts = [{"name": "id", "type": "integer"}, {"name": "part", "type": "integer"}]
    ids = table(tmp_path, "ids", ["id", "part"], [["1", "1"]], fields=parts)
    assert errors(tmp_path, own, ids) == [
        ("t", "foreign-key", 3, (labels[-2], labels[-1]), None),
        ("t", "type-error", 4, labels[0], "x"),
    ]
