"""Schemas with keys, and cells of every type, mostly right or mostly not, for `messy_package`."""

from random import Random

from support.drawn import ALL_CELLS, ARROW
from support.drawn import CELLS as KEYABLE
from support.messy_text import MARK, chance
from support.parity_cells import fields as fields_of_type

NAMES = ("id", "ID", "n", "N", "Id", "name", "x y", "é", "É", "c1", "row_number", "a,b", 'q"q', "#")
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
    "year": ["2022.0", "", "+2022"],
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
