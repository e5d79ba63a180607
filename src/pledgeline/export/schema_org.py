"""The package as a schema.org Dataset in JSON-LD, for search engines.

https://schema.org/Dataset
"""

from pledgeline.export.common import authors, dataset_licence, day_of, digest, files
from pledgeline.standard.values import JsonObject

# Addresses are addresses and days are days, not texts, as in schema.org's own context.
CONTEXT = {
    "@vocab": "https://schema.org/",
    "contentUrl": {"@type": "@id"},
    "datePublished": {"@type": "http://www.w3.org/2001/XMLSchema#date"},
    "license": {"@type": "@id"},
}


def schema_org(content: JsonObject) -> JsonObject:
    day, temporal = day_of(content), content.get("temporal", {})
    licence = dataset_licence(content)
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "name": content["title"],
        "description": content["description"],
        "version": content["version"],
        **({"datePublished": day} if day else {}),
        **({"license": licence["path"]} if "path" in licence else {}),
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "keywords": content.get("keywords", []),
        "creator": [{"@type": "Organization", "name": name} for name in authors(content)],
        **(
            {"temporalCoverage": f"{temporal['start']}/{temporal['end']}"}
            if len(temporal) == 2
            else {}
        ),
        "spatialCoverage": [
            {"@type": "Place", "name": place} for place in content.get("spatial", [])
        ],
        "variableMeasured": variables(content),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": resource["name"],
                "description": resource["description"],
                "encodingFormat": resource["mediatype"],
                "contentUrl": resource["path"],
                "sha256": digest(resource),
            }
            for resource in files(content)
        ],
    }


def variables(content: JsonObject) -> list[JsonObject]:
    """Every column, once though it may be in files of several formats."""
    found = {}
    for resource in files(content):
        for field in resource["schema"]["fields"]:
            name = f"{resource['path'].rpartition('/')[2].partition('.')[0]}.{field['name']}"
            found[name] = {
                "@type": "PropertyValue",
                "name": name,
                "description": field["description"],
            }
    return list(found.values())
