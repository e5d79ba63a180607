"""CITATION.cff, and from it .zenodo.json: how to cite a package.

https://github.com/citation-file-format/citation-file-format/blob/main/schema-guide.md and
https://developers.zenodo.org/ (the metadata of a deposit).
"""

import json

import yaml

from pledgeline.export.common import authors, dataset_licence, day_of
from pledgeline.standard.values import JsonObject

NOTE = "# Made from data/package.yaml by the build: change it there.\n"


def citations(content: JsonObject) -> dict[str, str]:
    """The two files by name."""
    cited = citation(content)
    text = yaml.safe_dump(cited, sort_keys=False, allow_unicode=True, width=120)
    return {
        "CITATION.cff": NOTE + text,
        ".zenodo.json": json.dumps(zenodo(cited), indent=2, ensure_ascii=False) + "\n",
    }


def citation(content: JsonObject) -> JsonObject:
    """The package in the Citation File Format 1.2."""
    day = day_of(content)
    return {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them with the version you used.",
        "type": "dataset",
        "title": content["title"],
        "abstract": content["description"],
        "version": content["version"],
        **({"date-released": day} if day else {}),
        "license": dataset_licence(content)["name"],
        "authors": [{"name": name} for name in authors(content)],
        "keywords": content.get("keywords", []),
    }


def zenodo(cited: JsonObject) -> JsonObject:
    """A deposit's metadata from a citation."""
    return {
        "upload_type": "dataset",
        "title": cited["title"],
        "description": cited["abstract"],
        "version": cited["version"],
        **({"publication_date": cited["date-released"]} if "date-released" in cited else {}),
        "access_right": "open",
        "license": {"id": cited["license"]},
        "creators": [{"name": person["name"]} for person in cited["authors"]],
        "keywords": cited["keywords"],
    }
