"""The package in DataCite's metadata schema 4.5, without a DOI.

https://datacite-metadata-schema.readthedocs.io/en/4.5/
"""

from pledgeline.export.common import authors, dataset_licence, day_of, files
from pledgeline.standard.values import JsonObject


def datacite(content: JsonObject) -> JsonObject:
    licence, day = dataset_licence(content), day_of(content)
    temporal = content.get("temporal", {})
    meaning = "The days that the data cover."
    covered = [f"{temporal['start']}/{temporal['end']}"] if len(temporal) == 2 else []
    return {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Data package"},
        "creators": [{"name": name, "nameType": "Organizational"} for name in authors(content)],
        "titles": [{"title": content["title"]}],
        "publisher": {"name": authors(content)[0]},
        "publicationYear": day[:4] if day else "",
        "version": content["version"],
        "language": "en",
        "subjects": [{"subject": word} for word in content.get("keywords", [])],
        "dates": [
            *([{"date": day, "dateType": "Issued"}] if day else []),
            *({"date": days, "dateType": "Other", "dateInformation": meaning} for days in covered),
        ],
        "descriptions": [{"description": content["description"], "descriptionType": "Abstract"}],
        "rightsList": [
            {
                "rights": licence["title"],
                **({"rightsUri": licence["path"]} if "path" in licence else {}),
                "rightsIdentifier": licence["name"],
                "rightsIdentifierScheme": "SPDX",
                "schemeUri": "https://spdx.org/licenses/",
            }
        ],
        "geoLocations": [{"geoLocationPlace": place} for place in content.get("spatial", [])],
        "formats": sorted({resource["mediatype"] for resource in files(content)}),
    }
