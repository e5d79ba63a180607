"""Packages of messy files: schemas with keys, cells of every type, files as `messy_text` writes
them.
"""

import io
from dataclasses import dataclass, field
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq

from support.drawn import ALL_CELLS, ARROW
from support.drawn import CELLS as KEYABLE
from support.messy_text import MARK, Style, chance, encoded, packed, written
from support.parity import PLAIN
from support.parity_cells import fields as fields_of_type

MORE_CELLS = {
    "number": ["1E5", "-1.5e-3", "1e", "0e0", "+1.5E+10", "1e-400", "1.5E400", "1'000", "00.10"],
    "integer": ["1E0", "1.0", "1.", "9" * 30, "1\t", "00", "1,000", "-"],
    "datetime": [
        "2022-02-22T10:30:00Z",
        "2022-02-22T10:30:00+02:00",
        "2022-02-22T10:30:00-0530",
        "2022-02-22T10:30:00.123456789Z",
        "2022-02-22t10:30:00z",
    ],
    "time": ["10:30:00Z", "10:30:00+02:00", "10:30:00-05"],
    "string": ['"', '""', ",", ";", "'", "\\", "#x", "\r", "a\r\nb", "a\tb", "[1,2]", "\x01", MARK],
    "date": ["2022-02-22Z", "2022-2-22 ", "2022-02-22T"],
    "year": ["2022.0", "２０２２"[:0], "+2022"],
}
CELLS = {type: [*cells, *MORE_CELLS.get(type, [])] for type, cells in ALL_CELLS.items()}
GOOD = {  # mostly right cells, so that a package can be valid
    "string": ["a", "b", "c", "é", "x y", "long text, with a comma"],
    "integer": ["1", "2", "3", "-4", "50", "600"],
    "number": ["1", "2.5", "-3.25", "1e3", "0.125"],
    "boolean": ["true", "false"],
    "date": ["2022-02-22", "2021-12-31", "1991-01-01"],
    "year": ["2022", "1991"],
    "yearmonth": ["2022-02", "1991-12"],
    "time": ["10:30:00", "23:59:59"],
    "datetime": ["2022-02-22T10:30:00", "1991-01-01T00:00:00"],
    "duration": ["P1D", "PT24H", "P1Y2M"],
}
ZONED = ("Z", "z", "+02:00", "-0530", "-05")
NAMES = ("id", "ID", "n", "N", "Id", "name", "x y", "é", "É", "c1", "row_number", "a,b", 'q"q', "#")
TABLES = ("t", "T", "tab", "TAB", "events", "c1", "r0")
KINDS = ("csv",) * 40 + ("dialect",) * 25 + ("parts",) * 15 + ("packed",) * 10 + ("twin",) * 5
KINDS += ("wide",)


@dataclass
class Messy:
    """A package: its resources, the contents of its files, and what was put into them.

    `rows` are the cells of each table, before they were written.
    """

    resources: list[dict] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    rows: dict[str, list[list[str]]] = field(default_factory=dict)
    lacking: dict[str, int] = field(default_factory=dict)  # rows that a twin has not


def messy(seed: int, mess: int | None = None) -> Messy:
    """The package of a seed; `mess` is the percentage of cells and lines written unusually."""
    draw, made = Random(seed), Messy()
    level = draw.choice((0, 3, 8, 15, 25)) if mess is None else mess
    kinds = [draw.choice(KINDS) for _ in range(draw.choice((1, 1, 1, 2)))]
    names = draw.sample(TABLES, len(kinds))
    if len(names) > 1 and chance(draw, 30):
        names[1] = names[0].upper() if names[0].islower() else names[0].lower()
    if len(set(names)) < len(names):
        names = [f"{name}{number}" for number, name in enumerate(names)]
    for name, kind in zip(names, kinds, strict=True):
        schema = drawn_schema(draw, kind, name, made.resources, level)
        rows = [drawn_row(draw, schema["fields"], level) for _ in range(draw.randrange(9))]
        if not level:
            number_keys(schema, rows)
        made.rows[name] = rows
        WRITERS[kind](draw, made, {"name": name, "type": "table", "schema": schema}, rows, level)
    return made


def drawn_schema(draw: Random, kind: str, name: str, others: list[dict], level: int) -> dict:
    """A schema; foreign keys refer to tables before it, or to itself."""
    if kind == "wide":
        width = draw.choice((40, 130, 250))
        types = draw.sample(("string", "integer", "number", "date", "boolean"), 2)
        fields = [{"name": f"c{n}", "type": draw.choice(types)} for n in range(width)]
        return {"fields": fields}
    width = draw.choice((1, 2, 3, 4))
    names = draw.sample(NAMES, width) if chance(draw, 60) else [f"f{n}" for n in range(width)]
    fields = [drawn_field(draw, each, kind, 50 if level else 90) for each in names]
    schema: dict = {"fields": fields}
    keys = [each for each in fields if each["type"] in KEYABLE]
    own = [each["name"] for each in keys]
    if own and chance(draw, 45):
        schema["primaryKey"] = draw.choice(([own[0]], own[:2], own[-1:]))
    if chance(draw, 10):
        schema["fieldsMatch"] = draw.choice(("exact", "equal", "subset", "superset", "partial"))
    if kind != "twin" and chance(draw, 20):
        schema["missingValues"] = draw.choice((["", "NA"], ["NA"], ["-"], [], ["", "1", "x"]))
    if keys and chance(draw, 40 if level else 10):
        target = draw.choice([{"name": "", "schema": schema}, *others])
        there = [f for f in target["schema"]["fields"] if f["type"] in KEYABLE]
        pairs = list(zip(keys, reversed(there), strict=False))[: draw.choice((1, 2))]
        if pairs and not any(
            {"boolean", "any"} & {a["type"], b["type"]} and a["type"] != b["type"] for a, b in pairs
        ):
            reference = {"resource": target["name"], "fields": [b["name"] for _, b in pairs]}
            schema["foreignKeys"] = [
                {"fields": [a["name"] for a, _ in pairs], "reference": reference}
            ]
    return schema


def number_keys(schema: dict, rows: list[list[str]]) -> None:
    """Makes the keys of a table distinct, so that it can be valid."""
    for at, each in enumerate(schema["fields"]):
        if each["name"] in schema.get("primaryKey", []) and each["type"] in ("string", "integer"):
            for number, row in enumerate(rows):
                row[at] = str(number + 10)


def drawn_field(draw: Random, name: str, kind: str, plain: int) -> dict:
    """A field; `plain` is the percentage of those without a format and constraints of its own."""
    if kind == "twin":
        made: dict = {"type": draw.choice([*ARROW])}
    elif chance(draw, plain):
        made = {"type": draw.choice([*GOOD])}
        if chance(draw, 15):
            made["constraints"] = draw.choice(({"required": True}, {"unique": True}))
    else:
        made = dict(draw.choice(fields_of_type(draw.choice([*CELLS]))))
    return {**made, "name": name}


def drawn_row(draw: Random, fields: list[dict], level: int) -> list[str]:
    return [drawn_cell(draw, each, level) for each in fields]


def drawn_cell(draw: Random, field: dict, level: int) -> str:
    type = field["type"]
    if type in GOOD and not chance(draw, 4 * level):
        return draw.choice(GOOD[type])
    cell = draw.choice(CELLS[type])
    # Documented: a bound and a cell of which only one has a zone cannot be compared.
    if type in ("time", "datetime") and "constraints" in field and cell.endswith(ZONED):
        return draw.choice(GOOD[type])
    return cell


def labels(draw: Random, resource: dict, level: int) -> list[str]:
    """The header of a table, which is not always that of its schema."""
    made = [each["name"] for each in resource["schema"]["fields"]]
    if not chance(draw, level):
        return made
    at = draw.randrange(len(made))
    change = draw.choice(("case", "blank", "twice", "turned", "added", "dropped", "space", "line"))
    if change == "turned":
        made.reverse()
    elif change == "added":
        made.append("extra")
    elif change == "dropped" and len(made) > 1:
        made.pop(at)
    else:
        made[at] = {"case": made[at].swapcase(), "blank": "", "twice": made[0]}.get(
            change, {"space": f" {made[at]} ", "line": f"{made[at]}\n"}.get(change, made[at])
        )
    return made


def as_csv(draw: Random, made: Messy, resource: dict, rows: list, level: int) -> None:
    style = Style(end=draw.choice(("\n", "\n", "\r\n", "\r")), mess=level)
    text = written(draw, [labels(draw, resource, level), *rows], style)
    content, encoding = encoded(draw, text, level)
    path = f"{resource['name']}-{len(made.files)}.csv"
    made.files[path] = content
    about = {"path": path, "format": "csv", "encoding": encoding, "dialect": dict(PLAIN)}
    if chance(draw, level):
        about["bytes"] = len(content) + draw.choice((0, 1))
    made.resources.append({**resource, **about})


def as_dialect(draw: Random, made: Messy, resource: dict, rows: list, level: int) -> None:
    delimiter = draw.choice((";", "\t", "|", ",", " ", "~"))
    quote, escape = draw.choice(('"', '"', "'")), draw.choice(("", "", "", "\\"))
    style = Style(delimiter, quote, escape, draw.choice(("\n", "\r\n")), level)
    dialect = {**PLAIN, "delimiter": delimiter, "quoteChar": quote}
    if escape:
        dialect["escapeChar"] = escape
    dialect |= draw.choice(
        (
            {},
            {},
            {"header": False},
            {"headerRows": [2]},
            {"headerRows": [1, 2], "headerJoin": "-"},
            {"commentRows": [2]},
            {"headerCase": False},
            {"skipInitialSpace": True},
            {"commentChar": "#"},
            {"skipBlankRows": True},
        )
    )
    head = [labels(draw, resource, level)]
    if dialect["header"] is False:
        head = []
    elif "headerRows" in dialect and chance(draw, 80):
        head = [["x"] * len(head[0]), *head]
    names = [each["name"].lower() for each in resource["schema"]["fields"]]
    if dialect.get("headerCase") is False and len(set(names)) < len(names):
        del dialect["headerCase"]  # documented: labels that differ only by case
    if dialect.get("commentChar") and head and head[0][0].startswith("#"):
        del dialect["commentChar"]  # documented: comments before the header
    content, encoding = encoded(draw, written(draw, [*head, *rows], style), level)
    path = f"{resource['name']}-{len(made.files)}.csv"
    made.files[path] = content
    about = {"path": path, "format": "csv", "encoding": encoding, "dialect": dialect}
    made.resources.append({**resource, **about})


def as_parts(draw: Random, made: Messy, resource: dict, rows: list, level: int) -> None:
    number = draw.choice((2, 2, 3))
    cuts = sorted(draw.randrange(len(rows) + 1) for _ in range(number - 1))
    parts = [rows[a:b] for a, b in zip([0, *cuts], [*cuts, len(rows)], strict=True)]
    headed, head = chance(draw, 75), labels(draw, resource, level)
    head = [label.replace("\n", " ") for label in head]
    style = Style(end=draw.choice(("\n", "\r\n")), mess=level)
    paths = []
    for at, part in enumerate(parts):
        # Documented: a line end in the header of a later part.
        first = written(draw, [head], Style(end=style.end, mess=0 if at else level))
        text = (first if headed else "") + written(draw, part, style)
        if not text.endswith(("\n", "\r")):
            text += style.end  # documented: a part without a last line end
        mark = MARK if chance(draw, level) else ""
        paths.append(f"{resource['name']}-{len(made.files)}-{at}.csv")
        made.files[paths[-1]] = (mark + text).encode()
    about = {"path": paths, "format": "csv", "encoding": "utf-8"}
    made.resources.append({**resource, **about, "dialect": {**PLAIN, "header": headed}})


def as_packed(draw: Random, made: Messy, resource: dict, rows: list, level: int) -> None:
    style = Style(end=draw.choice(("\n", "\r\n")), mess=level)
    content, encoding = encoded(
        draw, written(draw, [labels(draw, resource, level), *rows], style), level
    )
    path, content, kind = packed(draw, f"{resource['name']}-{len(made.files)}.csv", content)
    made.files[path] = content
    about = {"path": path, "format": "csv", "compression": kind, "encoding": encoding}
    made.resources.append({**resource, **about, "dialect": dict(PLAIN)})


def as_wide(draw: Random, made: Messy, resource: dict, rows: list, level: int) -> None:
    as_csv(draw, made, resource, rows[:2], level and 1)


def as_twin(draw: Random, made: Messy, resource: dict, rows: list, level: int) -> None:
    """A CSV file and a Parquet file of the same rows, or nearly the same."""
    fields, name = resource["schema"]["fields"], resource["name"]
    types = [ARROW[each["type"]] for each in fields]
    columns = [[draw.choice(values) for _ in rows] for _, values in types]
    if any(None in column or "" in column for column in columns):
        columns = [
            [value or "a" if of.equals(pa.string()) else value for value in column]
            for column, (of, _) in zip(columns, types, strict=True)
        ]
    table = pa.Table.from_arrays(
        [pa.array(column, of) for column, (of, _) in zip(columns, types, strict=True)],
        [each["name"] for each in fields],
    )
    target = io.BytesIO()
    pq.write_table(table, target)
    texts = [[as_text(value) for value in row] for row in zip(*columns, strict=True)]
    if texts and chance(draw, 2 * level):
        made.lacking[f"{name}-parquet"] = 1
        texts.pop()
    style = Style(end=draw.choice(("\n", "\r\n")))
    head = [each["name"] for each in fields]
    made.files[f"{name}.csv"] = written(draw, [head, *texts], style).encode()
    made.files[f"{name}.parquet"] = target.getvalue()
    made.rows[name] = texts
    plain = {"format": "csv", "encoding": "utf-8", "dialect": dict(PLAIN)}
    made.resources.append({**resource, "path": f"{name}.csv", **plain})
    other = {**resource, "name": f"{name}-parquet", "format": "parquet"}
    made.resources.append({**other, "path": f"{name}.parquet"})


def as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


WRITERS = {
    "csv": as_csv,
    "dialect": as_dialect,
    "parts": as_parts,
    "packed": as_packed,
    "twin": as_twin,
    "wide": as_wide,
}
