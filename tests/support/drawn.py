"""Packages drawn by hypothesis.

Their schemas have keys that refer to each other; their data mostly fits them, and is corrupted in
places.
"""

import csv
import gzip
import io
import zipfile
from collections.abc import Callable

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st

from support.parity import PLAIN
from support.parity_cells import CELLS as WRITTEN
from support.parity_cells import fields as written_fields

CELLS = {  # in keys as well
    "string": ["a", "b", "c d", "", "é", "NA", "x,y", 'q"q', "l\nm", " a", "-", "b "],
    "integer": ["1", "2", "3", "", "-1", "x", "NA", "5.0", " 4", "007", "1"],
    "number": ["1", "1.0", "2.5", "", "x", "1e1", "NA", "-0", "0"],
    "boolean": ["true", "false", "1", "", "maybe", "TRUE"],
    "date": ["2022-02-22", "2022-02-30", "", "2021-01-01", "x"],
    "year": ["2022", "", "99", "2021", "0001"],
    "yearmonth": ["2022-02", "", "2022-13", "1991-01"],
    "time": ["10:30:00", "", "25:00:00", "00:00:00"],
    "duration": ["P1D", "PT24H", "", "x"],
    "any": ["a", "1", ""],
}
NO_ORDER = {"NaN", "nan1"}  # differs from itself in frictionless-py's keys
ALL_CELLS = {
    type: [*CELLS.get(type, []), *(c for c in cells if c not in NO_ORDER)]
    for type, cells in WRITTEN.items()
}
# type -> an Arrow type and the values of a column; no nulls in numbers, which frictionless-py then
# reads as floats
ARROW = {
    "string": (pa.string(), ["a", "b", "", None, "é"]),
    "integer": (pa.int64(), [1, 2, 3, -1]),
    "number": (pa.float64(), [1.0, 2.5, -3.25]),
    "boolean": (pa.bool_(), [True, False]),
    "any": (pa.string(), ["a", "1", None]),
}
CORRUPTIONS = ("none",) * 12 + ("short", "long", "longer", "blank", "empty", "again")
LABELS = ("right",) * 9 + ("dropped", "added", "renamed", "turned", "blank", "twice", "upper")
KINDS = ("csv", "csv", "csv", "dialect", "packed", "parts", "inline", "parquet")
Pick = Callable[[list | tuple], object]


@st.composite
def packages(draw: st.DrawFn) -> tuple[list[dict], dict[str, bytes]]:
    """The resources of a package and the contents of its files."""

    def pick(options):
        return draw(st.sampled_from(list(options)))

    def chance(percent: int) -> bool:
        return draw(st.integers(1, 100)) <= percent

    resources, files = [], {}
    for number in range(pick([1, 1, 2, 3])):
        kind = pick(KINDS)
        schema = drawn_schema(pick, chance, kind, [r["schema"] for r in resources])
        resource = {"name": f"t{number}", "type": "table", "schema": schema}
        labels = drawn_labels(pick, [field["name"] for field in schema["fields"]])
        rows = [drawn_row(pick, schema["fields"]) for _ in range(draw(st.integers(0, 8)))]
        about, written = WRITERS[kind](pick, chance, resource["name"], labels, rows, schema)
        resources.append({**resource, **about})
        files |= written
    return resources, files


def drawn_schema(pick: Pick, chance, kind: str, others: list[dict]) -> dict:
    """A schema; its foreign keys name tables that stand before it, or itself."""
    drawn = drawn_field if kind in ("parquet", "inline") else any_field
    fields = [drawn(pick, chance, f"f{n}", kind) for n in range(pick([1, 2, 3, 4]))]
    schema = {"fields": fields}
    keyable = [field for field in fields if field["type"] in CELLS]
    names = [field["name"] for field in keyable]
    if names and chance(40):
        schema["primaryKey"] = pick([[names[0]], names[:2], names[-1:]])
    if chance(20):
        schema["fieldsMatch"] = pick(["exact", "equal", "subset", "superset", "partial"])
    if kind != "parquet" and chance(30):
        schema["missingValues"] = pick(
            [["", "NA"], ["NA"], ["-"], [], ["", "1"], [{"value": "", "label": "none"}]]
        )
    if chance(50):
        here, target = len(others), pick(range(len(others) + 1))
        there = [field for field in ([*others, schema])[target]["fields"] if field["type"] in CELLS]
        length = min(pick([1, 2]), len(keyable), len(there))
        ours, theirs = keyable[:length], there[-length:] if length else []
        if length and not any(
            {"boolean", "any"} & {a["type"], b["type"]} and a["type"] != b["type"]
            for a, b in zip(ours, theirs, strict=True)
        ):
            reference = {
                "resource": "" if target == here else f"t{target}",
                "fields": [field["name"] for field in theirs],
            }
            schema["foreignKeys"] = [
                {"fields": [field["name"] for field in ours], "reference": reference}
            ]
    return schema


def any_field(pick: Pick, chance, name: str, kind: str) -> dict:
    """A field of those drawn here, or one of the hand-made with its format or constraint."""
    return (
        drawn_field(pick, chance, name, kind)
        if chance(60)
        else {**pick(written_fields(pick(WRITTEN))), "name": name}
    )


def drawn_field(pick: Pick, chance, name: str, kind: str) -> dict:
    type = pick(ARROW if kind == "parquet" else CELLS)
    constraints: dict = {}
    if chance(30):
        constraints["required"] = True
    if chance(20) and type != "any":
        constraints["unique"] = True
    if type == "string" and chance(60):
        constraints |= pick(
            [
                {"enum": ["a", "é", "x,y"]},
                {"minLength": 2},
                {"maxLength": 2},
                {"pattern": "[a-z]+"},
                {"pattern": r"\S+"},
            ]
        )
    if type in ("integer", "number") and chance(50):
        constraints |= pick(
            [
                {"minimum": 2},
                {"maximum": "1"},
                {"exclusiveMinimum": 1},
                {"exclusiveMaximum": 2},
                {"enum": [1, 2]},
            ]
        )
    if type == "date" and chance(30):
        constraints |= pick([{"minimum": "2022-01-01"}, {"enum": ["2021-01-01"]}])
    return {"name": name, "type": type, **({"constraints": constraints} if constraints else {})}


def drawn_labels(pick: Pick, names: list[str]) -> list[str]:
    labels, change = list(names), pick(LABELS)
    if change == "dropped" and len(labels) > 1:
        labels.pop()
    elif change == "added":
        labels.append("extra")
    elif change == "renamed":
        labels[0] = "other"
    elif change == "turned":
        labels.reverse()
    elif change == "blank":
        labels[-1] = ""
    elif change == "twice":
        labels = [labels[0], labels[0], *labels[2:]] if len(labels) > 1 else labels
    elif change == "upper":
        labels[0] = labels[0].upper()
    return labels


def drawn_row(pick: Pick, fields: list[dict]) -> list[str]:
    row = [pick(ALL_CELLS[field["type"]]) for field in fields]
    return {
        "short": row[:-1],
        "long": [*row, "more"],
        "longer": [*row, "p", "q"],
        "blank": [],
        "empty": [""] * len(row),
    }.get(pick(CORRUPTIONS), row)


def text_of(pick: Pick, labels: list[str], rows: list[list[str]], **dialect) -> str:
    """CSV as people write it.

    Some lack the last line end, end in a blank line, or have blanks before a quote.
    """
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator=pick(["\n", "\r\n"]), **dialect).writerows([labels, *rows])
    text = buffer.getvalue()
    return {
        "cut": text.rstrip("\r\n"),
        "blank": text + "\n",
        "blanks": text.replace(",", ', "', 1),
    }.get(pick(["", "", "", "", "cut", "blank", "blanks"]), text)


def as_csv(pick, chance, name, labels, rows, schema):
    encoding = pick(["utf-8"] * 6 + ["latin-1", "utf-16"])
    text = text_of(pick, labels, rows)
    if encoding == "latin-1" and not all(ord(sign) < 256 for sign in text):
        encoding = "utf-8"
    content = text.encode(encoding)
    about = {"path": f"{name}.csv", "format": "csv", "encoding": encoding}
    if chance(15):
        about["bytes"] = len(content) + pick([0, 1])
    return about, {f"{name}.csv": content}


def as_dialect(pick, chance, name, labels, rows, schema):
    dialect = {**PLAIN, "delimiter": pick([";", "\t", "|"]), "quoteChar": pick(['"', "'"])}
    text = text_of(
        pick, labels, rows, delimiter=dialect["delimiter"], quotechar=dialect["quoteChar"]
    )
    dialect |= pick(
        [
            {},
            {"header": False},
            {"headerRows": [2]},
            {"headerRows": [1, 2]},
            {"commentRows": [2]},
            {"headerCase": False},
        ]
    )
    dialect |= pick([{}, {"skipInitialSpace": True}, {"commentChar": "-"}, {"escapeChar": "\\"}])
    return {"path": f"{name}.csv", "format": "csv", "dialect": dialect}, {
        f"{name}.csv": text.encode()
    }


def as_packed(pick, chance, name, labels, rows, schema):
    content, kind = text_of(pick, labels, rows).encode(), pick(["gz", "zip"])
    packed = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(f"{name}.csv", content)
    else:
        packed.write(gzip.compress(content))
    path = f"{name}.csv.{kind}"
    return {"path": path, "format": "csv", "compression": kind}, {path: packed.getvalue()}


def as_parts(pick, chance, name, labels, rows, schema):
    cut = len(rows) // 2
    texts = []
    for part in (rows[:cut], rows[cut:]):
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerows([labels, *part])
        texts.append(buffer.getvalue())
    paths = [f"{name}-{n}.csv" for n in (1, 2)]
    return {"path": paths, "format": "csv"}, {
        path: text.encode() for path, text in zip(paths, texts, strict=True)
    }


def as_inline(pick, chance, name, labels, rows, schema):
    kinds = {field["name"]: field["type"] for field in schema["fields"]}
    if chance(50):
        data = [
            {key: value(pick, kinds[key], cell) for key, cell in zip(kinds, row, strict=False)}
            for row in rows
        ]
        return {"data": data or [{"f0": "a"}]}, {}
    return {"data": [labels, *([value(pick, "string", cell) for cell in row] for row in rows)]}, {}


def value(pick, type: str, cell: str):
    """A cell as JSON may have it; `any` keeps to text: in Python 1, 1.0 and true are one key."""
    return cell if type == "any" else pick([cell] * 6 + [1, None, 2.5])


def as_parquet(pick, chance, name, labels, rows, schema):
    types = [ARROW[field["type"]] for field in schema["fields"]]
    columns = [pa.array([pick(values) for _ in rows], type) for type, values in types]
    content = io.BytesIO()
    pq.write_table(
        pa.Table.from_arrays(columns, [field["name"] for field in schema["fields"]]), content
    )
    return {"path": f"{name}.parquet", "format": "parquet"}, {f"{name}.parquet": content.getvalue()}


WRITERS = {
    "csv": as_csv,
    "dialect": as_dialect,
    "packed": as_packed,
    "parts": as_parts,
    "inline": as_inline,
    "parquet": as_parquet,
}
