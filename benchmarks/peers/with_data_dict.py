"""data-dict: the package as a data dictionary; its own program reads the Parquet files."""

import json
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(sys.executable).with_name("data-dict")


def asserted(expression: str) -> dict[str, str]:
    return {"assert": expression}


def dictionary(descriptor: Path) -> dict:
    """The dictionary of a package of `benchmarks/data.py`."""
    text = {"type": "string", "examples": ["as in the table"]}
    quantity = {"type": "number(quantity)", "range": [0, 1_000_000]}
    identifier = {"name": "id", **text, "constraints": ["primary_key"]}
    pattern = asserted("id SIMILAR TO '[a-z]+-[0-9]+'")
    kinds = {"type": "enum", "values": ["visit", "call", "summit"]}
    length = asserted("LENGTH(title) BETWEEN 1 AND 200")
    columns = [
        {**identifier, "constraints": ["primary_key", pattern]},
        {"name": "actor", **text, "constraints": ["required", "foreign_key"]},
        {"name": "kind", **kinds, "constraints": ["required"]},
        {"name": "day"},  # it takes the dates that DuckDB writes for numbers
        {"name": "amount", **quantity, "constraints": [asserted("amount >= 0")]},
        {"name": "count", **quantity, "constraints": [asserted("count BETWEEN 0 AND 1000")]},
        {"name": "flag", "type": "boolean"},
        {"name": "title", **text, "constraints": ["required", length]},
        {"name": "note", **text},
        {"name": "year", **quantity, "constraints": [asserted("year BETWEEN 1991 AND 2030")]},
    ]
    tables = {"events": columns, "actors": [identifier, {"name": "name", **text}]}
    return {
        "$version": "0.1.0",
        "tables": [
            {"name": name, "source": {"parquet": f"{name}.parquet"}, "columns": columns}
            for name, columns in tables.items()
        ],
        "relationships": [{"join": "events.actor = actors.id", "cardinality": "many-to-one"}],
    }


def count(descriptor: Path) -> dict[str, int]:
    """Counts the failed rows of each step."""
    file = descriptor.with_name("data-dict.yaml")
    file.write_text(json.dumps(dictionary(descriptor)), "utf-8")
    ran = subprocess.run([PROGRAM, "validate-data", "--json", file], capture_output=True, text=True)
    steps = json.loads(ran.stdout)["steps"]
    return {f"{step['id']} {step['code']}": step["failed_row_count"] for step in steps}


if __name__ == "__main__":
    print(json.dumps(count(Path(sys.argv[1]))))
