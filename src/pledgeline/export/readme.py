"""The README of an archive, made from the descriptor."""

from pledgeline.text import markdown_cell

FILES = """\
| file | what it is |
|---|---|
| `datapackage.json` | describes every table and column (Frictionless data package) |
| `data/csv/`, `data/parquet/` | the tables, each in both formats |
| `{name}.sqlite` | the same tables in one database |
| `DICTIONARY.md` | every table, column and code in words, with counts |
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
    lines += [
        "## Read it",
        "",
        "```python",
        "import pandas",
        'pandas.read_parquet("data/parquet/timeline.parquet")',
        "```",
        "",
    ]
    lines += [
        "```r",
        'read.csv("data/csv/timeline.csv", na.strings = "", encoding = "UTF-8")',
        "```",
        "",
    ]
    lines += ["## Files", "", FILES.format(name=content["name"])]
    lines += ["## Tables", "", "| table | rows | what a row is |", "|---|---:|---|"]
    lines += [
        f"| `{t['name']}` | {t['rows']:,} | {markdown_cell(t['description'])} |" for t in tables
    ]
    licence = content["licenses"][0]
    return "\n".join([*lines, "", "## Licence", "", f"{licence['title']}: {licence['path']}", ""])
