"""datacontract-cli: the package as a contract of the Open Data Contract Standard, tested."""

import json
import sys
import tempfile
from pathlib import Path

import yaml
from datacontract.data_contract import DataContract


def translate(field: dict) -> dict:
    """A field of a Table Schema as a property of a contract."""
    rules = dict(field.get("constraints", {}))
    translated = {
        "name": field["name"],
        "logicalType": field["type"],
        "required": rules.pop("required", False),
    }
    if "enum" in rules:
        rule = {"type": "library", "metric": "invalidValues", "mustBe": 0}
        translated["quality"] = [{**rule, "arguments": {"validValues": rules.pop("enum")}}]
    if "pattern" in rules:
        rules["pattern"] = f"^{rules['pattern']}$"
    if field["name"] == "title":
        rules["minLength"] = 1  # an empty text is not a missing value here
    return translated | ({"logicalTypeOptions": rules} if rules else {})


def contract(descriptor: Path) -> dict:
    """The contract of a package of `benchmarks/data.py`."""
    package = json.loads(descriptor.read_text("utf-8"))
    schemas = []
    for table in package["resources"]:
        properties = [translate(field) for field in table["schema"]["fields"]]
        properties[0] |= {"primaryKey": True, "primaryKeyPosition": 1}
        schemas.append({"name": table["name"], "properties": properties})
    schemas[0]["properties"][1]["relationships"] = [{"to": "actors.id"}]
    path = f"{descriptor.parent}/{{model}}.{descriptor.stem}"
    return {
        "apiVersion": "v3.1.0",
        "kind": "DataContract",
        "id": "bench",
        "version": "1.0.0",
        "status": "active",
        "servers": [{"server": "local", "type": "local", "path": path, "format": descriptor.stem}],
        "schema": schemas,
    }


def count(descriptor: Path) -> dict[str, int]:
    """Counts the failed rows of each check; a file that cannot be read is one fault."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "datacontract.yaml"
        file.write_text(yaml.safe_dump(contract(descriptor)), "utf-8")
        run = DataContract(data_contract_file=str(file)).test()
    found = {}
    for check in run.checks:
        if check.result == "failed":
            measured = check.diagnostics or {}
            found[check.name] = measured.get("failed_rows", measured.get("value", 1))
    return found


if __name__ == "__main__":
    print(json.dumps(count(Path(sys.argv[1]))))
