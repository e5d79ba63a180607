"""What packages of small tables cost, in which starting and planning take most of the time.

    python benchmarks/small_tables.py

The unit is CPU seconds of the whole process, the median of three; frictionless-py reads the same.
The last lines are the two halves of `make build`, which write what is there already.
"""

import csv
import json
import random
import sys
import tempfile
from pathlib import Path

import cost

ENGINES = Path(__file__).with_name("engines.py")
REPOSITORY = Path(__file__).resolve().parents[1]
HEAD = "| package | CPU s | MB | errors | frictionless-py CPU s | times ours | its errors |"
TABLES, ROWS, MEASURES = 71, 164, 66  # as published by a cruise: 141 columns, half of them flags


def fields() -> list[dict]:
    """Nine fields of their own, and a number and its flag for each measure."""
    made = [
        {"name": "cruise", "type": "string", "constraints": {"required": True}},
        {"name": "station", "type": "string"},
        {"name": "time", "type": "datetime"},
        {"name": "lat", "type": "number", "constraints": {"minimum": -90, "maximum": 90}},
        {"name": "lon", "type": "number", "constraints": {"minimum": -180, "maximum": 180}},
        {"name": "depth", "type": "number", "constraints": {"minimum": 0}},
        {"name": "cast", "type": "integer"},
        {"name": "bottle", "type": "integer", "constraints": {"minimum": 1, "maximum": 36}},
        {"name": "note", "type": "string", "constraints": {"maxLength": 40}},
    ]
    for n in range(MEASURES):
        codes = {"constraints": {"enum": [1, 2, 3, 4, 5, 9]}} if n % 2 else {}
        made += [
            {"name": f"m{n}", "type": "number"},
            {"name": f"m{n}_f", "type": "integer", **codes},
        ]
    return made


def cell(draw: random.Random, field: dict, row: int) -> str:
    match field["type"]:
        case "number":
            measured = f"{draw.uniform(0, 80):.3f}"
            return draw.choice([measured, "NA", "-999"]) if field["name"][0] == "m" else measured
        case "integer":
            return draw.choice("1239")
        case "datetime":
            return "2020-01-02T03:04:05"
    return f"s{row}"


def wide(folder: Path, wrong: float) -> Path:
    """Many small tables of many columns, of whose cells a share is `wrong`."""
    draw, described, resources = random.Random(1), fields(), []
    for table in range(TABLES):
        path = folder / f"t{table}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(each["name"] for each in described)
            for row in range(ROWS):
                writer.writerow(
                    "oops" if draw.random() < wrong else cell(draw, each, row) for each in described
                )
        schema = {"fields": described, "missingValues": ["", "NA", "-999"]}
        resources.append(
            {"name": path.stem, "path": path.name, "profile": "tabular-data-resource"}
            | {"schema": schema}
        )
    return written(folder, resources)


def few(folder: Path) -> Path:
    """One table of thirty rows."""
    (folder / "t.csv").write_text("id,n\n" + "".join(f"a{n},{n}\n" for n in range(30)), "utf-8")
    described = [{"name": "id", "type": "string"}, {"name": "n", "type": "integer"}]
    schema = {"fields": described, "primaryKey": ["id"]}
    return written(folder, [{"name": "t", "path": "t.csv", "schema": schema}])


def written(folder: Path, resources: list[dict]) -> Path:
    descriptor = folder / "datapackage.json"
    descriptor.write_text(json.dumps({"name": "small", "resources": resources}), "utf-8")
    return descriptor


def line(name: str, descriptor: Path) -> str:
    """One line of the table."""
    pledgeline = [sys.executable, "-m", "pledgeline", "validate", "--format", "json"]
    ours = cost.median([*pledgeline, descriptor])
    theirs = cost.median([sys.executable, ENGINES, "frictionless", descriptor])
    errors = json.loads(ours.output)["reports"][0]["stats"]["errors"]
    cells = [name, f"{ours.cpu:.2f}", f"{ours.megabytes:.0f}", f"{errors:,}"]
    cells += [f"{theirs.cpu:.2f}", f"{theirs.cpu / ours.cpu:.1f}", f"{int(theirs.output):,}"]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    print(HEAD, "|---|---:|---:|---:|---:|---:|---:|", sep="\n", flush=True)
    tables = f"{TABLES} tables of {ROWS} rows and {len(fields())} columns"
    packages = {
        "30 rows": few,
        f"{tables}, right": lambda folder: wide(folder, 0),
        f"{tables}, one cell in a thousand wrong": lambda folder: wide(folder, 0.001),
    }
    for name, make in packages.items():
        with tempfile.TemporaryDirectory() as folder:
            print(line(name, make(Path(folder))), flush=True)
    print(line("this data set", REPOSITORY / "datapackage.json"), flush=True)
    for half in ("build", "export"):
        run = cost.median([sys.executable, "-m", "pledgeline", half, "--root", REPOSITORY])
        print(f"| `pledgeline {half}` | {run.cpu:.2f} | {run.megabytes:.0f} | | | | |", flush=True)


if __name__ == "__main__":
    main()
