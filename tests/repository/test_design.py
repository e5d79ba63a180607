"""Promises of the design that a reader of the code relies on."""

import ast
import re
import sys
import tomllib

import pytest
import sqlglot
from support.copies import REPOSITORY

from pledgeline.records.layout import read_layout
from pledgeline.records.package import PACKAGE, read_package
from pledgeline.records.schemas import all_fields, read_schemas

SCHEMAS = read_schemas(REPOSITORY)
SUBJECT = re.compile(
    r"azerbaijan|russia|moscow|armenia|jamestown|\b(?:AZE|RUS|TUR|ARM)\b", re.IGNORECASE
)
TABLES = re.compile(
    r"[\"'](?:events|commitments|timeline|instruments|actors|sources|citations)[\"']"
)


def test_the_engine_knows_nothing_of_the_subject():
    """Catches a special case for one package in src/, and an import of scripts/."""
    for path in (REPOSITORY / "src").rglob("*.py"):
        text = path.read_text("utf-8")
        assert not SUBJECT.search(text), path
        assert not re.search(r"^\s*(from|import) scripts", text, re.MULTILINE), path


@pytest.mark.parametrize("table", SCHEMAS)
def test_every_field_is_explained(table):
    """Catches a table or field that a stranger could not understand."""
    schema = SCHEMAS[table]
    assert schema["title"] and schema["description"] and schema["primaryKey"]
    for field in all_fields(schema):
        assert {"name", "title", "description", "type", "example"} <= field.keys(), field["name"]
        assert field["description"].strip().endswith("."), field["name"]
        assert "enum" not in field.get("constraints", {}), "codes come from a code list"


def test_every_code_list_is_used_and_every_layout_has_a_schema():
    """Catches a list that no field uses, and a table that no file or step fills."""
    used = {
        field["codes"]
        for schema in SCHEMAS.values()
        for field in all_fields(schema)
        if "codes" in field
    }
    lists = {path.stem for path in (REPOSITORY / "data/records/codes").glob("*.yaml")}
    assert used == lists
    assert set(read_layout(REPOSITORY, SCHEMAS)) <= set(SCHEMAS)


def test_rules_and_views_stay_in_the_subset_that_other_engines_run():
    """Catches SQL that sqlglot cannot read, or cannot write for Spark."""
    files = [
        *(REPOSITORY / "validate" / "rules").glob("*.sql"),
        *(REPOSITORY / "scripts" / "views").glob("*.sql"),
    ]
    assert len(files) > 12
    for path in files:
        sql = path.read_text("utf-8")
        sqlglot.transpile(
            sql, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE
        )


def test_the_version_of_the_data_is_written_once():
    """Catches a changelog or citation that shows another version than the package."""
    version = read_package(REPOSITORY / PACKAGE, REPOSITORY).about["version"]
    assert f"## {version}" in (REPOSITORY / "CHANGELOG.md").read_text("utf-8")
    assert f"version: {version}\n" in (REPOSITORY / "CITATION.cff").read_text("utf-8")


def test_what_is_imported_is_declared():
    """Catches a library that is here only because another one brought it."""
    distributions = {"yaml": "pyyaml", "dateutil": "python-dateutil"}
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    declared = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    known = {re.match(r"[\w-]+", dependency)[0].lower() for dependency in declared}
    for path in (REPOSITORY / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            for name in (
                {name.partition(".")[0] for name in names}
                - sys.stdlib_module_names
                - {"pledgeline"}
            ):
                assert distributions.get(name, name) in known, f"{path.name} imports {name}"
