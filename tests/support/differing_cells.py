"""Cells and keys on which frictionless-py is wrong by the standard, or fails: both findings."""

import csv
import io
from dataclasses import dataclass

CRASH = "crash"  # frictionless-py raises an exception that is no finding


@dataclass
class Difference:
    """A package of one resource, `t`, and the errors of each side as "type row field".

    `others` are more resources, where one is not enough.
    """

    resource: dict
    files: dict[str, bytes]
    ours: list[str]
    theirs: list[str] | str
    others: tuple[dict, ...] = ()


def cells(
    field: dict, *texts: str, ours: list[str], theirs: list[str] | str, **schema
) -> Difference:
    """Cells of the field `f`, from row 2 on."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(
        [["id", "f"], *([str(n), text] for n, text in enumerate(texts))]
    )
    described = {"fields": [{"name": "id", "type": "string"}, {"name": "f", **field}], **schema}
    resource = {"path": "t.csv", "format": "csv", "schema": described}
    return Difference(resource, {"t.csv": buffer.getvalue().encode()}, ours, theirs)


def of(type: str, **constraints) -> dict:
    return {"type": type, **({"constraints": constraints} if constraints else {})}


def errors(type: str, *rows: int) -> list[str]:
    return [f"{type} {row} f" for row in rows]


POINT = '{"type":"Point","coordinates":[1,2]}'
CELLS = {
    "underscores-in-integers": cells(
        of("integer"), "1_000", "1000", ours=errors("type-error", 2), theirs=[]
    ),
    "underscores-in-numbers": cells(
        of("number"), "1_0.5", "10.5", ours=errors("type-error", 2), theirs=[]
    ),
    "underscores-in-years": cells(
        of("year"), "20_2", "2022", ours=errors("type-error", 2), theirs=[]
    ),
    "digits-of-other-scripts": cells(
        of("integer"), "١٢", "１２", "12", ours=errors("type-error", 2, 3), theirs=[]
    ),
    "digits-of-other-scripts-in-numbers": cells(
        of("number"), "١٢.٥", "12.5", ours=errors("type-error", 2), theirs=[]
    ),
    "groups-in-integers": cells(
        {"type": "integer", "groupChar": ","},
        "1,000",
        "x",
        ours=errors("type-error", 3),
        theirs=errors("type-error", 2, 3),
    ),
    "days-of-one-digit": cells(
        of("date"), "2022-2-3", "2022-02-03", ours=errors("type-error", 2), theirs=[]
    ),
    "months-of-one-digit": cells(
        of("yearmonth"), "2022-2", "22-02", "2022-02", ours=errors("type-error", 2, 3), theirs=[]
    ),
    "base64-that-is-none": cells(
        {"type": "string", "format": "binary"},
        "aGVs bG8=",
        "_-__",
        "aGVsbG8=",
        ours=errors("type-error", 2, 3),
        theirs=[],
    ),
    "alternatives-in-a-pattern": cells(
        of("string", pattern="a|b"),
        "a",
        "b",
        "ax",
        "xb",
        ours=errors("constraint-error", 4, 5),
        theirs=errors("constraint-error", 5),
    ),
    "a-line-end-after-a-pattern": cells(
        of("string", pattern="a"), "a\n", "a", ours=errors("constraint-error", 2), theirs=[]
    ),
    "patterns-of-xml-schema": cells(
        of("string", pattern=r"\p{L}+"), "é", "1", ours=errors("constraint-error", 3), theirs=CRASH
    ),
    "marks-in-words": cells(
        of("string", pattern=r"\w+"), "e\u0301", "é", ours=[], theirs=errors("constraint-error", 2)
    ),
    "flags-in-a-pattern": cells(
        of("string", pattern="(?i)a"), "A", "b", ours=errors("constraint-error", 3), theirs=CRASH
    ),
    "bounds-with-a-zone": cells(
        of("datetime", minimum="2022-01-01T00:00:00"),
        "2023-01-01T00:00:00Z",
        "2023-01-01T00:00:00",
        ours=errors("constraint-error", 2),
        theirs=CRASH,
    ),
    "bounds-with-a-zone-in-times": cells(
        of("time", maximum="12:00:00Z"),
        "10:00:00",
        "10:00:00Z",
        ours=errors("constraint-error", 2),
        theirs=CRASH,
    ),
    "bounds-that-are-no-value": cells(
        of("integer", minimum="x"), "1", ours=errors("constraint-error", 2), theirs=CRASH
    ),
    "categories": cells(
        {"type": "integer", "categories": [{"value": 1, "label": "one"}]},
        "1",
        "2",
        ours=errors("constraint-error", 3),
        theirs=[],
    ),
    "unique-keys": cells(
        of("string"), "a", "a", "b", ours=["unique-error 3"], theirs=[], uniqueKeys=[["f"]]
    ),
    "unique-lists": cells(
        of("array", unique=True), "[1]", "[1]", ours=errors("unique-error", 3), theirs=CRASH
    ),
    "unique-objects": cells(
        of("object", unique=True), "{}", "{ }", ours=errors("unique-error", 3), theirs=CRASH
    ),
    "unique-places": cells(
        of("geojson", unique=True), POINT, POINT, ours=errors("unique-error", 3), theirs=CRASH
    ),
    "unique-nan": cells(
        of("number", unique=True), "NaN", "nan", "1", ours=errors("unique-error", 3), theirs=[]
    ),
    "primary-key-part-empty": cells(
        of("string"), "x", "", ours=["primary-key 3"], theirs=[], primaryKey=["id", "f"]
    ),
    "primary-key-part-wrong": cells(
        of("integer"),
        "x",
        "y",
        ours=errors("type-error", 2, 3),
        theirs=["primary-key 2", "primary-key 3", *errors("type-error", 2, 3)],
        primaryKey=["f"],
    ),
    "foreign-key-part-wrong": cells(
        of("integer"),
        "x",
        ours=errors("type-error", 2),
        theirs=["foreign-key 2", *errors("type-error", 2)],
        foreignKeys=[{"fields": ["id", "f"], "reference": {"resource": "", "fields": ["f", "id"]}}],
    ),
    "signalling-nan": cells(
        of("number", minimum=0), "sNaN", "NaN", ours=errors("constraint-error", 2, 3), theirs=CRASH
    ),
}
