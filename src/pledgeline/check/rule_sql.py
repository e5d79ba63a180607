"""The SQL of a rule, with the names of tables replaced by those they have in the database.

Names of resources may differ only in case, which SQL ignores, or equal those of our own relations.
So a rule is parsed (by the database itself), each table that it names is looked up exactly as
written, and the SQL is written anew. Anything that is not a single SELECT, or that reads anything
but the package's tables, is refused on the way.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import duckdb

from pledgeline.text import quoted, suggestion

FIELDS = "rule_columns"  # replaces information_schema.columns: the fields of the package's tables
FUNCTIONS = {"generate_series", "range", "unnest"}  # table functions that read nothing


def rename_tables(
    database: duckdb.DuckDBPyConnection, sql: str, relations: Mapping[str, str]
) -> str:
    """`sql` with each table of `relations` (name -> relation) replaced.

    Raises ValueError for SQL that is not one SELECT over those tables.
    """
    (written,) = one_row(database, "SELECT json_serialize_sql(?)", sql)
    parsed = json.loads(written)
    if parsed["error"]:
        raise ValueError(parsed["error_message"])
    if len(parsed["statements"]) != 1:
        raise ValueError(f"it has {len(parsed['statements'])} statements, expected one SELECT")
    own = {entry["key"].lower() for entry in nodes(parsed, is_common_table)}
    for node in nodes(parsed, lambda node: node.get("type") == "TABLE_FUNCTION"):
        if (function := node["function"]["function_name"].lower()) not in FUNCTIONS:
            raise ValueError(
                f"{quoted(function)} is not for rules: they read tables of the package"
            )
    for node in nodes(parsed, lambda node: node.get("type") == "BASE_TABLE"):
        name = node["table_name"]
        if name.lower() in own and not node["schema_name"]:
            continue
        of_fields = (node["schema_name"].lower(), name.lower()) == ("information_schema", "columns")
        relation = FIELDS if of_fields else relations[exact_name(name, relations)]
        node["alias"], node["table_name"] = node["alias"] or name, relation
        node["schema_name"] = node["catalog_name"] = ""
        if "qualified_name" in node:  # since DuckDB 2.0
            node["qualified_name"] = {"path": [relation]}
    (renamed,) = one_row(database, "SELECT json_deserialize_sql(?::JSON)", json.dumps(parsed))
    return str(renamed)


def exact_name(name: str, relations: Mapping[str, str]) -> str:
    """The table that a rule means: the one written so or, as in SQL, the only one but for case."""
    if name in relations:
        return name
    alike = [each for each in relations if each.lower() == name.lower()]
    if len(alike) == 1:
        return alike[0]
    hint = suggestion(name, relations) or f"there are {', '.join(relations)}"
    raise ValueError(f"there is no table {quoted(name)}; {hint}")


def nodes(tree: object, wanted: Callable[[dict[str, Any]], bool]) -> Iterator[dict[str, Any]]:
    """The objects in a parsed statement that are `wanted`."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if wanted(node):
                yield node
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node


def is_common_table(node: dict[str, Any]) -> bool:
    """Whether a node is the entry of a WITH."""
    return node.keys() == {"key", "value"} and "query_node" in (node["value"] or {})


def one_row(database: duckdb.DuckDBPyConnection, sql: str, *values: object) -> tuple[Any, ...]:
    (row,) = database.execute(sql, list(values)).fetchall()
    return row
