"""docs/dictionary.md says what the published tables say."""

import json
import re

from support.copies import REPOSITORY

from pledgeline.export.built import read_built
from pledgeline.export.dictionary import dictionary


def test_the_page_is_the_one_that_is_made():
    """Catches a page of an earlier build."""
    made = dictionary(*read_built(REPOSITORY))
    assert (REPOSITORY / "docs/dictionary.md").read_text("utf-8") == made


def test_every_table_column_and_code_is_there():
    """Catches something that is described nowhere, and a count that is not of the tables."""
    text = (REPOSITORY / "docs/dictionary.md").read_text("utf-8")
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", text, re.M | re.S))
    resources = json.loads((REPOSITORY / "datapackage.json").read_text("utf-8"))["resources"]
    tables = {table["name"]: table for table in resources if table["format"] == "csv"}
    assert sections.keys() == tables.keys()
    for name, table in tables.items():
        for field in table["schema"]["fields"]:
            assert f"\n| `{field['name']}` | {field['type']} |" in sections[name]
            assert all(
                f"\n| `{code['value']}` |" in sections[name] for code in field.get("categories", [])
            )
    events = (REPOSITORY / "data/csv/events.csv").read_text("utf-8")
    expected = len(re.findall(r",unconfirmed,", events))
    assert f"| `unconfirmed` | Unconfirmed | {expected} |" in sections["events"] and expected
