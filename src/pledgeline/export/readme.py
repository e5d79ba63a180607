"""The README of an archive, made from the descriptor."""

from typing import Any

from pledgeline.export.common import licence_in_words, tables_of
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
| `schema-org.jsonld`, `dcat.jsonld`, `croissant.json`, `ro-crate-metadata.json` | for catalogues |
{terms}| `SHA256SUMS` | the hash of every file: `sha256sum --check SHA256SUMS` |
"""
TERMS = "| `{file}` | under what terms the data may be used |\n"


def readme(content: dict[str, Any], start: str, licence_file: str | None) -> str:
    """The README of an archive, in Markdown. `start` is the table with which to begin reading."""
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
        f'pandas.read_parquet("data/parquet/{start}.parquet")',
        "```",
        "",
    ]
    lines += [
        "```r",
        f'read.csv("data/csv/{start}.csv", na.strings = "", encoding = "UTF-8")',
        "```",
        "",
    ]
    terms = TERMS.format(file=licence_file) if licence_file else ""
    lines += ["## Files", "", FILES.format(name=content["name"], terms=terms)]
    lines += ["## Tables", "", "| table | rows | what a row is |", "|---|---:|---|"]
    lines += [
        f"| `{table['name']}` | {table['rows']:,} | {markdown_cell(table['description'])} |"
        for table in tables_of(content)
    ]
    return "\n".join([*lines, "", "## Licence", "", licence_in_words(content, ": "), ""])
