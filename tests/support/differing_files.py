"""Files, dialects and headers on which frictionless-py guesses, or is wrong: both findings."""

import hashlib

from support.differing_cells import Difference
from support.parity import PLAIN

SCHEMA = {"fields": [{"name": "id", "type": "string"}, {"name": "n", "type": "integer"}]}
LATIN = "id,n\né,1\n".encode("latin-1")
PARTS = {"1.csv": b"id,n\na,1\n", "2.csv": b"id,n\nb,2\n"}


def file(content: str | bytes, ours: list[str], theirs: list[str], **about) -> Difference:
    """One CSV file; `about` it a dialect, None for one that is not declared."""
    content = content.encode() if isinstance(content, str) else content
    resource = {"path": "t.csv", "encoding": "utf-8", "dialect": PLAIN, "schema": SCHEMA, **about}
    return Difference(
        {key: value for key, value in resource.items() if value is not None},
        {"t.csv": content},
        ours,
        theirs,
    )


def parts(files: dict[str, bytes], ours: list[str], theirs: list[str], **about) -> Difference:
    resource = {"path": list(files), "format": "csv", "schema": SCHEMA, **about}
    return Difference(resource, files, ours, theirs)


def inline(data: list, type: str, ours: list[str], theirs: list[str], **schema) -> Difference:
    fields = [{"name": "id", "type": "string"}, {"name": "n", "type": type}]
    return Difference(
        {"data": [["id", "n"], *data], "schema": {"fields": fields, **schema}}, {}, ours, theirs
    )


SWAPPED = ["incorrect-label id", "missing-label n"]
FILES = {
    "delimiter-not-declared": file("id;n\na;1\nb;2\n", SWAPPED, [], dialect=None),
    "encoding-not-declared": file(LATIN, ["encoding-error 2"], [], encoding=None),
    "encoding-that-is-wrong": file(LATIN, ["encoding-error 2"], ["encoding-error"]),
    "no-schema": file("id,n\n" + "a,1\n" * 150 + "b,x\n", [], ["type-error 152 n"], schema=None),
    "null-sequence": file(
        "id,n\na,NA\n", [], ["type-error 2 n"], dialect={**PLAIN, "nullSequence": "NA"}
    ),
    "comment-before-the-header": file(
        "# x\nid,n\na,1\n", [], ["type-error 2 n"], dialect={**PLAIN, "commentChar": "#"}
    ),
    "comment-row-before-the-header": file(
        "x\nid,n\na,1\n", [], ["type-error 2 n"], dialect={**PLAIN, "commentRows": [1]}
    ),
    "line-terminator": file(
        "id,n;a,1;b,x;",
        ["type-error 3 n"],
        ["extra-label", "extra-label", "incorrect-label n"],
        dialect={**PLAIN, "lineTerminator": ";"},
    ),
    "no-quotes": file("id,n\na,1\n", [], ["source-error"], dialect={**PLAIN, "quoteChar": ""}),
    "delimiter-of-two-signs": file(
        "id||n\n", ["source-error 1"], ["source-error"], dialect={**PLAIN, "delimiter": "||"}
    ),
    "labels-that-differ-only-by-case": file(
        "A,a\n1,2\n",
        ["source-error"],
        ["metadata-error"],
        dialect={**PLAIN, "headerCase": False},
        schema={
            "fields": [{"name": "a", "type": "any"}, {"name": "A", "type": "any"}],
            "fieldsMatch": "equal",
        },
    ),
    "labels-of-version-1": file(
        "ID,N\na,1\n",
        [],
        ["incorrect-label id", "incorrect-label n"],
        dialect={**PLAIN, "caseSensitiveHeader": False},
    ),
    "labels-that-stand-twice": file(
        "id,id\na,b\n", ["source-error"], ["error"], schema={**SCHEMA, "fieldsMatch": "partial"}
    ),
    "bytes-of-what-cannot-be-read": file(
        LATIN, ["byte-count", "encoding-error 2"], ["encoding-error"], bytes=1
    ),
    "zero-bytes": file("id,n\na,1\n", ["byte-count"], [], bytes=0),
    "zero-rows": file("id,n\na,1\n", ["row-count"], [], rows=0),
    "hash-of-another-kind": file("id,n\na,1\n", ["hash-count"], [], hash="sha512:" + "0" * 128),
    "hash-in-capitals": file(
        "id,n\n", [], ["hash-count"], hash=hashlib.md5(b"id,n\n").hexdigest().upper()
    ),
    "bytes-of-parts": parts(PARTS, [], ["byte-count"], bytes=sum(map(len, PARTS.values()))),
    "hash-of-parts": parts(
        PARTS, [], ["hash-count"], hash=hashlib.md5(b"".join(PARTS.values())).hexdigest()
    ),
    "parts-without-a-last-line-end": parts(
        {"1.csv": b"id,n\na,1", "2.csv": b"id,n\nb,2\n"}, [], ["extra-cell 2", "type-error 2 n"]
    ),
    "line-end-in-the-header-of-a-part": parts(
        {name: b'id,"n\n"\n' + content.split(b"\n", 1)[1] for name, content in PARTS.items()},
        [],
        ["missing-cell 3 n"],
    ),
    "foreign-key-to-what-cannot-be-read": Difference(
        {
            "path": "t.csv",
            "format": "csv",
            "schema": {
                **SCHEMA,
                "foreignKeys": [
                    {"fields": ["id"], "reference": {"resource": "u", "fields": ["id"]}}
                ],
            },
        },
        {"t.csv": b"id,n\na,x\n", "u.csv": LATIN},
        ["encoding-error 2", "type-error 2 n"],
        ["encoding-error", "encoding-error"],
        ({"name": "u", "type": "table", "path": "u.csv", "format": "csv", "schema": SCHEMA},),
    ),
    "parts-in-utf-16": parts(
        {name: content.decode().encode("utf-16") for name, content in PARTS.items()},
        [],
        ["encoding-error"],
        encoding="utf-16",
    ),
    "true-and-one": inline([["a", 1], ["b", True]], "any", [], ["primary-key 3"], primaryKey=["n"]),
    "true-as-a-missing-value": inline(
        [["a", True]], "integer", ["type-error 2 n"], [], missingValues=["True"]
    ),
    "rows-of-two-shapes": Difference(
        {"data": [["id", "n"], {"id": "a", "n": 1}], "schema": SCHEMA},
        {},
        ["source-error 2"],
        ["source-error"],
    ),
}
