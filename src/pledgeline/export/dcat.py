"""The package in the Data Catalog Vocabulary (https://www.w3.org/TR/vocab-dcat-3/), in JSON-LD."""

from pledgeline.export.common import authors, dataset_licence, day_of, digest, files
from pledgeline.standard.values import JsonObject

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
MEDIA = "https://www.iana.org/assignments/media-types/"


def dcat(content: JsonObject) -> JsonObject:
    day, temporal = day_of(content), content.get("temporal", {})
    licence = dataset_licence(content)
    terms = {"dct:license": {"@id": licence["path"]}} if "path" in licence else {}
    period = {
        f"dcat:{name}Date": date(temporal[name]) for name in ("start", "end") if name in temporal
    }
    return {
        "@context": CONTEXT,
        "@id": f"urn:pledgeline:{content['name']}:{content['version']}",
        "@type": "dcat:Dataset",
        "dct:title": {"@value": content["title"], "@language": "en"},
        "dct:description": {"@value": content["description"], "@language": "en"},
        "dct:identifier": f"{content['name']}-{content['version']}",
        "dcat:version": content["version"],
        **({"dct:issued": date(day)} if day else {}),
        **terms,
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": authors(content)[0]},
        "dct:creator": [{"@type": "foaf:Agent", "foaf:name": name} for name in authors(content)],
        "dcat:keyword": [
            {"@value": word, "@language": "en"} for word in content.get("keywords", [])
        ],
        **({"dct:temporal": {"@type": "dct:PeriodOfTime", **period}} if period else {}),
        "dct:spatial": [
            {"@type": "dct:Location", "dct:title": place} for place in content.get("spatial", [])
        ],
        "dcat:distribution": [
            {
                "@id": f"urn:pledgeline:{content['name']}:{content['version']}:{resource['path']}",
                "@type": "dcat:Distribution",
                "dct:title": resource["title"],
                "dct:description": resource["description"],
                **terms,
                "dcat:downloadURL": {"@id": resource["path"]},
                "dcat:accessURL": {"@id": resource["path"]},
                "dcat:mediaType": {"@id": MEDIA + resource["mediatype"]},
                "spdx:checksum": {
                    "@type": "spdx:Checksum",
                    "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
                    "spdx:checksumValue": {"@value": digest(resource), "@type": "xsd:hexBinary"},
                },
            }
            for resource in files(content)
        ],
    }


def date(day: str) -> JsonObject:
    return {"@value": day, "@type": "xsd:date"}
