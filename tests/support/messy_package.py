"""Packages of messy files: schemas with keys, cells of every type, files as `messy_text` writes
them.
"""

import io
from dataclasses import dataclass, field
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq

from support.drawn import ARROW
from support.messy_schema import drawn_row, drawn_schema, number_keys
from support.messy_text import MARK, Style, chance, encoded, packed, written
from support.parity import PLAIN

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
