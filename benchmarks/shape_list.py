"""The packages of all shapes: a table of ten columns as people's tools write it."""

import argparse
import json
from pathlib import Path

import duckdb
from cell_shapes import CELLS
from file_shapes import FILES
from shape import fields_of

from data import FIELDS, ROWS

V2 = "https://datapackage.org/profiles/2.0/datapackage.json"
SHAPES = {**FILES, **CELLS}
# The field that a later version changes: no shape has its own values for it, and the new ones are
# as long as the old ones.
CHANGED = "year"
LATER = (
    "CASE WHEN i % 100 <> 50 THEN year WHEN year = '1991' THEN '1992'"
    " ELSE CAST(CAST(year AS BIGINT) - 1 AS VARCHAR) END"
)


def parser(description: str | None) -> argparse.ArgumentParser:
    """The arguments of a benchmark of all shapes."""
    arguments = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("words", nargs="*", help="only shapes with one of these words")
    arguments.add_argument("--rows", type=int, default=300_000)
    arguments.add_argument("--runs", type=int, default=3)
    return arguments


def chosen(words: list[str]) -> list[str]:
    """The shapes with one of `words` in their names, all without any; the plain one comes first."""
    names = [name for name in SHAPES if not words or any(word in name for word in words)]
    return list(dict.fromkeys(["plain", *names]))


def make(name: str, rows: int, folder: Path, changed: bool = False) -> Path:
    """Writes the package of a shape with `rows` rows under `folder`; returns its descriptor.

    `changed` makes its later version.
    """
    shape = SHAPES[name]
    if name == "200 columns":
        rows //= 20
    folder.mkdir(parents=True)
    fields = fields_of(shape)
    database = duckdb.connect()
    database.execute("CREATE MACRO drawn(i, n) AS CAST(hash(i) % n AS BIGINT)")
    plain = {each["name"]: each["name"] for each in FIELDS}
    selected = {**plain, **shape.columns, **({CHANGED: LATER} if changed else {})}
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
