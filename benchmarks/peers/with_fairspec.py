"""fairspec: the package as a dataset of its standard, validated with no limit of errors."""

import json
import os
import sys
from collections import Counter
from pathlib import Path

from fairspec_library.actions.dataset.validate import validate_dataset


def translate(field: dict) -> dict:
    """A field of a Table Schema as a property of fairspec's, which follows JSON Schema."""
    rules = dict(field.get("constraints", {}))
    required = rules.pop("required", False)
    if "pattern" in rules:
        rules["pattern"] = f"^{rules['pattern']}$"
    if field["type"] == "date":
        rules["format"] = "date"
    if field["name"] == "title":
        rules["minLength"] = 1  # an empty text is not a missing value here
    type = "string" if field["type"] == "date" else field["type"]
    return {"type": type if required else [type, "null"], **rules}


def resource(table: dict) -> dict:
    """A resource of a data package as one of fairspec's."""
    schema = table["schema"]
    translated = {
        "properties": {field["name"]: translate(field) for field in schema["fields"]},
        "primaryKey": schema["primaryKey"],
        "missingValues": [""],
    }
    for key in schema.get("foreignKeys", []):
        reference = {"resource": "actors", "columns": key["reference"]["fields"]}
        translated["foreignKeys"] = [{"columns": key["fields"], "reference": reference}]
    format = {"format": table["format"]}
    common = {"name": table["name"], "data": table["path"]}
    return {**common, "fileDialect": format, "tableSchema": translated}


def count(descriptor: Path) -> dict[str, int]:
    """Counts the errors by column and type."""
    package = json.loads(descriptor.read_text("utf-8"))
    dataset = descriptor.with_name(f"fairspec-{descriptor.stem}.json")
    dataset.write_text(json.dumps({"resources": [resource(each) for each in package["resources"]]}))
    os.chdir(dataset.parent)  # it takes paths outside the working folder for unsafe
    report = validate_dataset(dataset.name, maxErrors=1_000_000_000)
    return Counter(f"{getattr(error, 'columnName', '')} {error.type}" for error in report.errors)


if __name__ == "__main__":
    print(json.dumps(count(Path(sys.argv[1]))))
