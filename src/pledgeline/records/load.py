"""All the records of a package, read once: rows by table, and every problem found on the way."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from pledgeline.errors import Problem
from pledgeline.records.code_lists import CODES, code_lists
from pledgeline.records.dates import add_days
from pledgeline.records.files import Unsure, read_files
from pledgeline.records.layout import Layout, read_layout, tables_of
from pledgeline.records.rows import Row, places_of_errors
from pledgeline.records.schemas import TableDefinition, expand, read_schemas


@dataclass
class Records:
    """What the record files hold.

    What `unsure` names is not to be called unknown: it, or its file, could not be read.
    """

    tables: dict[str, TableDefinition]
    layouts: dict[str, Layout]
    rows: dict[str, list[Row]]
    problems: list[Problem] = field(default_factory=list)
    unsure: Unsure = field(default_factory=Unsure)


def read_records(root: Path) -> Records:
    """Reads data/records under `root`, by its layout and schemas.

    The code lists among the records complete the schemas. Raises InvalidRecords where layout or
    schemas cannot be used, or there are no records.
    """
    written = read_schemas(root)
    layouts = read_layout(root, written)
    files = read_files(root, layouts)
    problems, unsure = files.problems, files.unsure
    codes_only = {CODES: expand(CODES, written[CODES], {})} if CODES in written else {}
    listed = [tree for tree in files.trees if tree.layout.table == CODES]
    code_rows = [row for tree in listed for row in tree.rows(codes_only, [], set())]
    lists, missing = code_lists(code_rows, written, unsure)
    tables = {name: expand(name, schema, lists) for name, schema in written.items()}

    rows: dict[str, list[Row]] = {name: [] for name in tables}
    dates: list[Problem] = []
    for tree in files.trees:
        for row in tree.rows(tables, problems, unsure.names):
            rows[row.table].append(row)
            dates += add_days(row, tables[row.table])
    for name, found in files.empty.items():
        if tables_of({name: layouts[name]}) & referred(rows, tables):
            problems += found
        else:  # an empty table is fine, but a folder that is gone may be a slip
            gone = (problem for problem in found if problem.code == "missing-folder")
            problems += (replace(problem, severity="warning") for problem in gone)
    met = places_of_errors(problems)
    problems += [
        problem for problem in dates if (problem.path, problem.line, problem.column) not in met
    ]
    return Records(tables, layouts, rows, problems + missing, unsure)


def referred(rows: dict[str, list[Row]], tables: dict[str, TableDefinition]) -> set[str]:
    """The tables that some row refers to, or takes its codes from."""
    found = {CODES} if any(table.lists for table in tables.values()) else set()
    for name, table in tables.items():
        for key in table.schema.get("foreignKeys", []):
            target = key["reference"]["resource"] or name
            if target not in found and any(
                all(column in row.cells for column in key["fields"]) for row in rows[name]
            ):
                found.add(target)
    return found
