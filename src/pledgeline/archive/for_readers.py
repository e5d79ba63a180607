"""What an archive has for people: a README and a dictionary of every table and column, made from the descriptor."""

from collections.abc import Iterator

from pledgeline.compare.show import markdown_cell

FILES = """\
| file | what it is |
|---|---|
| `datapackage.json` | describes every table and column (Frictionless data package) |
| `data/csv/`, `data/parquet/` | the tables, each in both formats |
| `{name}.sqlite` | the same tables in one database |
| `DICTIONARY.md` | every table and column in words |
| `CHANGELOG.md` | what changed from version to version; the table `changes` has every change |
| `CITATION.cff`, `.zenodo.json`, `datacite.json` | how to cite the data |
| `schema-org.jsonld`, `dcat.jsonld`, `croissant.json`, `ro-crate-metadata.json` | the package in the words of catalogues |
| `LICENSE-DATA` | under what terms the data may be used |
| `SHA256SUMS` | the hash of every file: `sha256sum --check SHA256SUMS` |
"""


def readme(content: dict) -> str:
    """The README of an archive, in Markdown."""
    tables = [resource for resource in content["resources"] if resource["format"] == "csv"]
    lines = [
        f"# {content['title']}",
        "",
        f"Version {content['version']}, {content['created'][:10]}.",
        "",
        content["description"],
        "",
    ]
    lines += ["## Read it", "", "```python", "import pandas", 'pandas.read_parquet("data/parquet/timeline.parquet")', "```", ""]
    lines += ["```r", 'read.csv("data/csv/timeline.csv", na.strings = "", encoding = "UTF-8")', "```", ""]
    lines += ["## Files", "", FILES.format(name=content["name"])]
    lines += ["## Tables", "", "| table | rows | what a row is |", "|---|---:|---|"]
    lines += [f"| `{t['name']}` | {t['rows']:,} | {markdown_cell(t['description'])} |" for t in tables]
    licence = content["licenses"][0]
    return "\n".join([*lines, "", "## Licence", "", f"{licence['title']}: {licence['path']}", ""])


def dictionary(content: dict) -> str:
    """Every table and column with its type, constraints and words, in Markdown."""
    lines = [f"# Dictionary: {content['title']}, {content['version']}", ""]
    for table in content["resources"]:
        if table["format"] == "csv":
            lines += [f"## {table['name']}", "", table["description"], "", *keys(table["schema"]), ""]
            lines += ["| column | type | what it says | values |", "|---|---|---|---|"]
            lines += [column(field) for field in table["schema"]["fields"]]
            lines.append("")
    return "\n".join(lines)


def keys(schema: dict) -> Iterator[str]:
    yield f"Key: {', '.join(f'`{name}`' for name in schema['primaryKey'])}."
    for key in schema.get("foreignKeys", []):
        target = key["reference"]["resource"] or "the same table"
        yield f"{', '.join(f'`{name}`' for name in key['fields'])} refers to `{target}`."


def column(field: dict) -> str:
    said = {name: value for name, value in field.get("constraints", {}).items() if name not in ("enum", "pattern")}
    values = [f"{name} {value}" if value is not True else name for name, value in said.items()]
    values += [", ".join(map(str, field["constraints"]["enum"]))] if "enum" in field.get("constraints", {}) else []
    unit = f" Unit: {field['unit']}." if "unit" in field else ""
    words = markdown_cell(field["description"] + unit)
    return f"| `{field['name']}` | {field['type']} | {words} | {markdown_cell('; '.join(values))} |"
