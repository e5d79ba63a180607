"""The package as an RO-Crate 1.1 (https://www.researchobject.org/ro-crate/specification/1.1/):
`ro-crate-metadata.json`.
"""

from pledgeline.export.common import authors, dataset_licence, day_of, digest, files
from pledgeline.standard.values import JsonObject

# The term for a hash is newer than RO-Crate 1.1's own context.
CONTEXT = ["https://w3id.org/ro/crate/1.1/context", {"sha256": "http://schema.org/sha256"}]


def ro_crate(content: JsonObject) -> JsonObject:
    licence = dataset_licence(content)
    licence_id = licence.get("path", "#licence")
    people = [
        {"@id": f"#author-{n}", "@type": "Organization", "name": name}
        for n, name in enumerate(authors(content), 1)
    ]
    own = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
    }
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": content["title"],
        "description": content["description"],
        "version": content["version"],
        "datePublished": day_of(content) or "",
        "license": {"@id": licence_id},
        "keywords": ", ".join(content.get("keywords", [])),
        "author": [{"@id": person["@id"]} for person in people],
        "publisher": {"@id": people[0]["@id"]},
        "hasPart": [{"@id": resource["path"]} for resource in files(content)],
    }
    parts = [
        {
            "@id": resource["path"],
            "@type": "File",
            "name": resource["title"],
            "description": resource["description"],
            "encodingFormat": resource["mediatype"],
            "sha256": digest(resource),
        }
        for resource in files(content)
    ]
    terms = {
        "@id": licence_id,
        "@type": "CreativeWork",
        "name": licence["title"],
        "description": licence["name"],
    }
    return {"@context": CONTEXT, "@graph": [own, root, *people, terms, *parts]}
