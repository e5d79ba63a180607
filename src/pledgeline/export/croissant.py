"""The package in Croissant 1.0: its files and their columns.

https://docs.mlcommons.org/croissant/docs/croissant-spec.html
"""

from pledgeline.export.common import authors, dataset_licence, day_of, digest, files
from pledgeline.standard.values import JsonObject

CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataBiases": "cr:dataBiases",
    "dataCollection": "cr:dataCollection",
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "personalSensitiveInformation": "cr:personalSensitiveInformation",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
TYPES = {"integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean", "date": "sc:Date"}


def croissant(content: JsonObject) -> JsonObject:
    tables = [resource for resource in files(content) if resource["format"] == "csv"]
    day, licence = day_of(content), dataset_licence(content)
    cited = f"{', '.join(authors(content))}: {content['title']}, version {content['version']}"
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": content["name"],
        "description": content["description"],
        "version": content["version"],
        **({"license": licence["path"]} if "path" in licence else {}),
        "url": f"urn:pledgeline:{content['name']}:{content['version']}",
        "citeAs": cited,
        "creator": [{"@type": "sc:Organization", "name": name} for name in authors(content)],
        **({"datePublished": day} if day else {}),
        "keywords": content.get("keywords", []),
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": resource["name"],
                "name": resource["name"],
                "description": resource["description"],
                "contentUrl": resource["path"],
                "encodingFormat": resource["mediatype"],
                "sha256": digest(resource),
            }
            for resource in files(content)
        ],
        "recordSet": [record_set(table) for table in tables],
    }


def record_set(table: JsonObject) -> JsonObject:
    name = f"{table['name']}-rows"
    key = [{"@id": f"{name}/{field}"} for field in table["schema"].get("primaryKey", [])]
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": table["description"],
        **({"key": key} if key else {}),
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{name}/{field['name']}",
                "name": f"{name}/{field['name']}",
                "description": field["description"],
                "dataType": TYPES.get(field["type"], "sc:Text"),
                "source": {
                    "fileObject": {"@id": table["name"]},
                    "extract": {"column": field["name"]},
                },
            }
            for field in table["schema"]["fields"]
        ],
    }
