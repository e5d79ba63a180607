"""The shapes of `shapes.py`: a table of ten columns as people's tools write it.

`python benchmarks/shape_list.py SHAPE ROWS FOLDER` writes the package of one.
"""

import gzip
import io
import json
import re
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from data import FIELDS, ROWS

Rewrite = Callable[[bytes], bytes]
V2 = "https://datapackage.org/profiles/2.0/datapackage.json"


def unchanged(text: bytes) -> bytes:
    return text


@dataclass(frozen=True)
class Shape:
    """How a table differs from the plain one.

    `columns` has the SQL of columns that have other values, and `fields` what is other in their
    fields; `rewrite` makes the bytes of the file of those of a plain CSV file; `options` are those
    of DuckDB's COPY.
    """

    columns: dict[str, str] = field(default_factory=dict)
    fields: dict[str, dict] = field(default_factory=dict)
    rewrite: Rewrite = unchanged
    dialect: dict = field(default_factory=dict)
    options: str = ""
    name: str = "events.csv"
    about: dict = field(default_factory=dict)  # other properties of the resource
    schema: dict = field(default_factory=dict)
    parts: int = 1
    parquet: bool = False


def at_middle(text: bytes, inserted: bytes) -> bytes:
    """`text` with `inserted` after the line end in its middle."""
    middle = text.index(b"\n", len(text) // 2) + 1
    return text[:middle] + inserted + text[middle:]


def changed_line(text: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """`text` with the line in its middle changed."""
    start = text.index(b"\n", len(text) // 2) + 1
    end = text.index(b"\n", start)
    return text[:start] + change(text[start:end]) + text[end:]


def quoted_header(text: bytes) -> bytes:
    header, _, rest = text.partition(b"\n")
    return b",".join(b'"' + label + b'"' for label in header.split(b",")) + b"\n" + rest


def zipped(text: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("events.csv", text)
    return file.getvalue()


def cells(column: str, sql: str, **properties: object) -> Shape:
    """The values of one column, and the properties of its field."""
    return Shape(columns={column: sql}, fields={column: properties})


def moment(form: str, step: str = "INTERVAL 37 SECOND", **properties: object) -> Shape:
    """Moments, mostly distinct, in a form of strftime."""
    sql = f"strftime(TIMESTAMP '1995-01-01' + i * {step}, '{form}')"
    return cells("day", sql, type="datetime", **properties)


def number(sql: str, **properties: object) -> Shape:
    return cells("amount", sql, type="number", **properties)


NUMBER = "CAST(round(drawn(i + 3, 100000) / 100.0, 2) AS VARCHAR)"
LONG_NUMBER = "'0.' || lpad(CAST(drawn(i + 3, 1000000000000000) AS VARCHAR), 18, '1')"
DAY = "DATE '1991-01-01' + CAST(drawn(i + 2, 12000) AS INTEGER)"
WIDE = 200
ALL_QUOTED = "FORCE_QUOTE *"

FILES = {  # shapes of the file
    "plain": Shape(),
    "header quoted (pyarrow)": Shape(rewrite=quoted_header),
    "every cell quoted (R's write.csv)": Shape(options=ALL_QUOTED),
    "CR LF (Excel)": Shape(rewrite=lambda text: text.replace(b"\n", b"\r\n")),
    "byte order mark, CR LF (Excel)": Shape(
        rewrite=lambda text: b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n")
    ),
    "CR alone (old Mac)": Shape(rewrite=lambda text: text.replace(b"\n", b"\r")),
    "semicolons (Excel in Europe)": Shape(options="DELIM ';'", dialect={"delimiter": ";"}),
    "tabs (tsv)": Shape(options=r"DELIM '\t'", name="events.tsv", dialect={"delimiter": "\t"}),
    "pipes (PostgreSQL)": Shape(options="DELIM '|'", dialect={"delimiter": "|"}),
    "a blank line at the end": Shape(rewrite=lambda text: text + b"\n"),
    "a blank line in the middle": Shape(rewrite=lambda text: at_middle(text, b"\n")),
    "a blank line after every tenth row": Shape(
        rewrite=lambda text: re.sub(rb"((?:[^\n]*\n){10})", rb"\1\n", text)
    ),
    "a last line without an end": Shape(rewrite=lambda text: text.removesuffix(b"\n")),
    "mixed line ends": Shape(rewrite=lambda text: changed_line(text, lambda line: line + b"\r")),
    "an unended quote in the middle": Shape(
        rewrite=lambda text: changed_line(text, lambda line: b'"' + line)
    ),
    "an unended quote near the end": Shape(
        rewrite=lambda text: text.rstrip(b"\n").rpartition(b"\n")[0] + b'\n"event-x,a1\n'
    ),
    "text after a closing quote": Shape(
        rewrite=lambda text: changed_line(
            text, lambda line: b'"event"-7' + line[line.index(b",") :]
        )
    ),
    "a blank before a quote": Shape(
        rewrite=lambda text: changed_line(text, lambda line: line + b', "more"')
    ),
    "one row too short": Shape(
        rewrite=lambda text: changed_line(text, lambda line: b"event-0,a1,visit")
    ),
    "one row too long": Shape(
        rewrite=lambda text: changed_line(text, lambda line: line + b",more")
    ),
    "one row much too long": Shape(
        rewrite=lambda text: changed_line(text, lambda line: line + b",more,and,more")
    ),
    "a delimiter at the end of every row": Shape(rewrite=lambda text: text.replace(b"\n", b",\n")),
    "a byte that is not UTF-8": Shape(
        rewrite=lambda text: changed_line(text, lambda line: line.replace(b"note", b"n\xf6te"))
    ),
    "line ends in one cell": Shape(
        rewrite=lambda text: changed_line(
            text, lambda line: b'"event\n' + line[6:].replace(b",", b'",', 1)
        )
    ),
    "line ends in every row": Shape(
        columns={"note": "'a note' || chr(10) || 'of two lines: ' || i"}
    ),
    "Latin-1": Shape(
        columns={"note": "'déjà vu number ' || i"},
        rewrite=lambda text: text.decode().encode("latin-1"),
        about={"encoding": "latin-1"},
    ),
    "Windows-1252": Shape(
        columns={"note": "'it’s number ' || i"},
        rewrite=lambda text: text.decode().encode("cp1252"),
        about={"encoding": "cp1252"},
    ),
    "UTF-16": Shape(
        rewrite=lambda text: text.decode().encode("utf-16"), about={"encoding": "utf-16"}
    ),
    "gzip": Shape(
        rewrite=lambda text: gzip.compress(text, 1),
        name="events.csv.gz",
        about={"compression": "gz"},
    ),
    "zip": Shape(rewrite=zipped, name="events.csv.zip", about={"compression": "zip"}),
    "ten parts": Shape(parts=10),
    "comment lines at the top": Shape(
        rewrite=lambda text: b"# made by a tool\n# on a day\n" + text, dialect={"commentChar": "#"}
    ),
    "a comment line in the middle": Shape(
        rewrite=lambda text: at_middle(text, b"# a comment\n"), dialect={"commentChar": "#"}
    ),
    "header in the third row": Shape(
        rewrite=lambda text: b"Events\nof a year\n" + text, dialect={"headerRows": [3]}
    ),
    "header of two rows": Shape(
        rewrite=lambda text: b"a,b,c,d,e,f,g,h,i,j\n" + text, dialect={"headerRows": [2]}
    ),
    "comment rows by number": Shape(
        rewrite=lambda text: at_middle(text, b""), dialect={"commentRows": [3]}
    ),
    "no header": Shape(options="HEADER false", dialect={"header": False}),
    "quotes are apostrophes": Shape(options="QUOTE '''', ESCAPE ''''", dialect={"quoteChar": "'"}),
    "backslashes escape (MySQL)": Shape(
        options=r"QUOTE '\"', ESCAPE '\'".replace('\\"', '"'),
        dialect={"escapeChar": "\\", "doubleQuote": False},
    ),
    "blanks after delimiters": Shape(
        rewrite=lambda text: re.sub(rb",(?! )(?=[^\n\"]*\n)", b", ", text),
        dialect={"skipInitialSpace": True},
    ),
    "many missing cells": Shape(
        columns={"note": "CASE WHEN i % 10 > 0 THEN '' ELSE 'x' END", "title": "'t'"},
        schema={"missingValues": ["", "NA", "-", "n/a"]},
    ),
    "long texts": Shape(columns={"note": "repeat('a long note of many words ', 30) || i"}),
    "Parquet": Shape(parquet=True, name="events.parquet"),
}

CELLS = {  # types and forms of cells
    "datetimes": moment("%Y-%m-%dT%H:%M:%S"),
    "datetimes with a zone": moment("%Y-%m-%dT%H:%M:%SZ"),
    "datetimes with an offset": moment("%Y-%m-%dT%H:%M:%S+02:00"),
    "datetimes with a space": moment("%Y-%m-%d %H:%M:%S", format="any"),
    "datetimes with a space, format given": moment("%Y-%m-%d %H:%M:%S", format="%Y-%m-%d %H:%M:%S"),
    "datetimes with milliseconds": moment("%Y-%m-%dT%H:%M:%S.%g", "INTERVAL 37123 MILLISECOND"),
    "datetimes with bounds": moment(
        "%Y-%m-%dT%H:%M:%S", constraints={"minimum": "1990-01-01T00:00:00"}
    ),
    "dates as %d/%m/%Y": cells(
        "day", f"strftime({DAY}, '%d/%m/%Y')", type="date", format="%d/%m/%Y"
    ),
    "dates as %d.%m.%y": cells(
        "day", f"strftime({DAY}, '%d.%m.%y')", type="date", format="%d.%m.%y"
    ),
    "dates, any": cells("day", f"CAST({DAY} AS VARCHAR)", type="date", format="any"),
    "times": cells(
        "day", "strftime(TIMESTAMP '2000-01-01' + i * INTERVAL 1 SECOND, '%H:%M:%S')", type="time"
    ),
    "times with fractions": cells(
        "day",
        "strftime(TIMESTAMP '2000-01-01' + i * INTERVAL 137 MILLISECOND, '%H:%M:%S.%g')",
        type="time",
    ),
    "times as %H:%M": cells(
        "day",
        "strftime(TIMESTAMP '2000-01-01' + i * INTERVAL 1 MINUTE, '%H:%M')",
        type="time",
        format="%H:%M",
    ),
    "durations": cells("day", "'PT' || i || 'S'", type="duration"),
    "months": cells("day", f"strftime({DAY}, '%Y-%m')", type="yearmonth"),
    "numbers of 18 digits": number(LONG_NUMBER),
    "numbers with exponents": number("printf('%.3e', i * 1.37)"),
    "numbers with exponents, no bounds": number("printf('%.3e', i * 1.37)", constraints={}),
    "decimal commas": number(f"replace({NUMBER}, '.', ',')", decimalChar=","),
    "groups of thousands": number("format('{:,}', i * 1237)", groupChar=","),
    "points and decimal commas": number(
        "replace(format('{:,}', i * 1237), ',', '.') || ',5'", groupChar=".", decimalChar=","
    ),
    "numbers with a unit": number(f"{NUMBER} || '%'", bareNumber=False),
    "integers with a unit": cells("count", "(i % 1000) || ' kg'", bareNumber=False),
    "integers with leading zeros": cells("count", "lpad(CAST(i % 1000 AS VARCHAR), 6, '0')"),
    "integers with a plus": cells("count", "'+' || (i % 1000)"),
    "integers with groups": cells("count", "format('{:,}', i * 37)", groupChar=",", constraints={}),
    "large integers": cells("count", "'9' || lpad(CAST(i AS VARCHAR), 24, '0')", constraints={}),
    "booleans of their own": cells(
        "flag", "['yes', 'no'][1 + i % 2]", trueValues=["yes"], falseValues=["no"]
    ),
    "geopoints": cells("note", "(i % 180) || '.5, ' || (i % 90) || '.25'", type="geopoint"),
    "lists": cells("note", "'a' || i || ',b,c'", type="list"),
    "lists of integers": cells("note", "i || ',2,3'", type="list", itemType="integer"),
    "arrays": cells("note", "'[1, 2, ' || i || ']'", type="array"),
    "objects": cells("note", """'{"a": 1, "b": [' || i || ']}'""", type="object"),
    "GeoJSON": cells(
        "note",
        """'{"type": "Point", "coordinates": [' || (i % 180) || '.5, ' || (i % 90) || '.5]}'""",
        type="geojson",
    ),
    "e-mail": cells("note", "'someone' || i || '@example.org'", format="email"),
    "addresses (uri)": cells("note", "'https://example.org/' || i", format="uri"),
    "uuid": cells("note", "CAST(md5(CAST(i AS VARCHAR)) AS UUID)::VARCHAR", format="uuid"),
    "pattern that RE2 does not know": cells(
        "note", "'note ' || i", constraints={"pattern": "(?=note).* [0-9]+"}
    ),
    "pattern of letters of all scripts": cells(
        "note", "'note é ' || i", constraints={"pattern": r"[\w ]+"}
    ),
    "a key of numbers": Shape(
        columns={"amount": "CAST(i AS VARCHAR) || '.50'"}, schema={"primaryKey": ["amount"]}
    ),
    "a composite key": Shape(schema={"primaryKey": ["actor", "id"]}),
    "a key to itself": Shape(
        columns={"actor": "'event-' || (i // 2)"},
        schema={
            "foreignKeys": [{"fields": ["actor"], "reference": {"resource": "", "fields": ["id"]}}]
        },
    ),
    "200 columns": Shape(
        columns={f"x{n}": f"CAST(i % {n + 7} AS VARCHAR)" for n in range(WIDE - 10)},
        fields={f"x{n}": {"type": "integer"} for n in range(WIDE - 10)},
    ),
}
SHAPES = {**FILES, **CELLS}


def fields_of(shape: Shape) -> list[dict]:
    own = {each["name"]: each for each in FIELDS}
    for name, properties in shape.fields.items():
        before = {} if "type" in properties else own.get(name, {})
        kept = {"constraints": own[name]["constraints"]} if name == "amount" else {}
        own[name] = {**kept, **before, "name": name, **properties}
    return list(own.values())


def make(name: str, rows: int, folder: Path) -> Path:
    """Writes the package of a shape with `rows` rows under `folder`; returns its descriptor."""
    shape = SHAPES[name]
    if name == "200 columns":
        rows //= 20
    folder.mkdir(parents=True)
    fields = fields_of(shape)
    database = duckdb.connect()
    database.execute("CREATE MACRO drawn(i, n) AS CAST(hash(i) % n AS BIGINT)")
    plain = {each["name"]: each["name"] for each in FIELDS}
    selected = {**plain, **shape.columns}
    columns = ", ".join(f"{selected[each['name']]} AS {each['name']}" for each in fields)
    select = f"SELECT {columns} FROM ({ROWS.format(rows=rows)}) ORDER BY i"
    paths = [folder / shape.name]
    if shape.parquet:
        casts = {"day": "DATE", "amount": "DOUBLE", "count": "BIGINT", "year": "BIGINT"}
        typed = ", ".join(f"CAST({n} AS {casts.get(n, 'VARCHAR')}) AS {n}" for n in plain)
        database.execute(f"COPY (SELECT {typed} FROM ({select})) TO '{paths[0]}' (FORMAT parquet)")
    else:
        options = ", ".join(
            filter(None, ["FORMAT csv", "HEADER" * ("HEADER" not in shape.options)])
        )
        options = ", ".join(filter(None, [options, shape.options]))
        database.execute(f"COPY ({select}) TO '{folder / 'made'}' ({options})")
        text = (folder / "made").read_bytes()
        (folder / "made").unlink()
        if shape.parts > 1:
            lines = text.splitlines(keepends=True)
            size = len(lines) // shape.parts + 1
            paths = [folder / f"part{n}.csv" for n in range(shape.parts)]
            for n, path in enumerate(paths):
                own = lines[1:][n * size : (n + 1) * size]
                path.write_bytes(shape.rewrite(b"".join([lines[0], *own])))
        else:
            paths[0].write_bytes(shape.rewrite(text))
    names = [path.name for path in paths]
    resource = {
        "name": "events",
        "type": "table",
        "path": names if len(names) > 1 else names[0],
        "format": shape.name.split(".")[1],
        "encoding": "utf-8",
        **shape.about,
        "schema": {"fields": fields, "primaryKey": ["id"], **shape.schema},
    }
    if not shape.parquet:
        resource["dialect"] = {"delimiter": ",", "quoteChar": '"', **shape.dialect}
    descriptor = {"$schema": V2, "name": "shapes", "resources": [resource]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder / "datapackage.json"


if __name__ == "__main__":
    shape_name, row_count, target = sys.argv[1:]
    make(shape_name, int(row_count), Path(target))
