"""All the records of a package, read once: rows by table, and every problem found on the way."""

from dataclasses import dataclass, field
from pathlib import Path

from pledgeline.errors import InvalidRecords, Problem
from pledgeline.records.code_lists import code_lists
from pledgeline.records.dates import add_days
from pledgeline.records.declarations import read_declaration
from pledgeline.records.files import Unsure, read_files, tables_of
from pledgeline.records.rows import Row, places_of_errors
from pledgeline.records.schemas import TableDefinition, expand


@dataclass
class Records:
    """What the record files hold.

    What `unsure` names is not to be called unknown: it, or its file, could not be read.
    """

    tables: dict[str, TableDefinition]
    rows: dict[str, list[Row]]
    problems: list[Problem] = field(default_factory=list)
    unsure: Unsure = field(default_factory=Unsure)


def read_layout(root: Path) -> dict[str, dict]:
    """The layout in validate/records.yaml; keys that start with a dot only hold shared parts."""
    written = read_declaration(root / "validate" / "records.yaml", root)
    return {table: layout for table, layout in written.items() if not table.startswith(".")}


def read_records(root: Path, layout: dict[str, dict], written: dict[str, dict]) -> Records:
    """Reads data/records under `root`.

    `written` are the schemas as written; the code lists among the records complete them.
    """
    if unknown := sorted(tables_of(layout) - written.keys()):
        found = f"the layout names {', '.join(unknown)}"
        where = "validate/records.yaml"
        raise InvalidRecords(
            [
                Problem(
                    where,
                    1,
                    1,
                    "unknown-table",
                    found,
                    "tables of validate/schemas",
                    "correct the name",
                )
            ]
        )
    trees, problems, unsure = read_files(root, layout)
    codes_only = {"codes": expand("codes", written["codes"], {})} if "codes" in written else {}
    code_rows = [
        row for tree in trees if tree.table == "codes" for row in tree.rows(codes_only, [], set())
    ]
    lists, missing = code_lists(code_rows, written, unsure)
    tables = {name: expand(name, schema, lists) for name, schema in written.items()}

    rows: dict[str, list[Row]] = {name: [] for name in tables}
    dates: list[Problem] = []
    for tree in trees:
        for row in tree.rows(tables, problems, unsure.names):
            rows[row.table].append(row)
            dates += add_days(row, tables[row.table])
    met = places_of_errors(problems)
    problems += [
        problem for problem in dates if (problem.path, problem.line, problem.column) not in met
    ]
    return Records(tables, rows, problems + missing, unsure)
