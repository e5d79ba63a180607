"""Asks a catalogue's own tool whether it accepts a file.

It is run by the environment of test_catalogues.py, which has the tools.

    python catalogue_tools.py ro_crate|schema_org|dcat|datacite FILE

Prints what the tool holds against the file and exits 1, or prints nothing and exits 0.
"""

import json
import sys
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace


def datacite(path: Path) -> list[str]:
    """Against the JSON schema of DataCite 4.5 in DataCite's own package."""
    from datacite import schema45

    return [
        error.message
        for error in schema45.validator.iter_errors(json.loads(path.read_text("utf-8")))
    ]


def ro_crate(path: Path) -> list[str]:
    """By rocrate-validator, against the folder of `path`.

    RO-Crate's context is taken from ro-crate-py, not from the web.
    """
    from rocrate_validator import models, services
    from rocrate_validator.utils.http import HttpRequester

    text = (files("rocrate") / "data/ro-crate.jsonld").read_text("utf-8")
    kind = {"Content-Type": "application/ld+json"}
    answer = SimpleNamespace(
        status_code=200, headers=kind, text=text, json=lambda: json.loads(text)
    )
    HttpRequester.get = lambda self, url, **options: answer
    settings = services.ValidationSettings(
        rocrate_uri=str(path.parent),
        profile_identifier="ro-crate-1.1",
        requirement_severity=models.Severity.REQUIRED,
    )
    return [
        f"{issue.check.identifier}: {issue.message}"
        for issue in services.validate(settings).get_issues()
    ]


def schema_org(path: Path) -> list[str]:
    """By pySHACL, against its schema.org shapes, and every term against those RDFLib knows.

    The shapes name the vocabulary by http, as schema.org itself did once.
    """
    from rdflib import RDF, SDO, Graph

    graph = Graph().parse(path, format="json-ld")
    terms = {*graph.predicates(), *graph.objects(None, RDF.type)} - {RDF.type}
    unknown = [f"{term} is no term of schema.org" for term in terms if term not in SDO]
    text = path.read_text("utf-8").replace("https://schema.org/", "http://schema.org/")
    return unknown + against(
        Graph().parse(str(files("pyshacl") / "assets/schema.ttl")),
        Graph().parse(data=text, format="json-ld"),
    )


def dcat(path: Path) -> list[str]:
    """By pySHACL, against tests/data/dcat_shapes.ttl, and every term against RDFLib's vocabularies.

    RDFLib's list is of DCAT 2; `dcat:version` came with DCAT 3.
    """
    from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph

    graph = Graph().parse(path, format="json-ld")
    terms = {*graph.predicates(), *graph.objects(None, RDF.type)}
    unknown = [
        f"{term} is no term of its vocabulary"
        for term in terms
        for vocabulary in (DCAT, DCTERMS, FOAF)
        if term.startswith(str(vocabulary))
        and term not in vocabulary
        and str(term) != "http://www.w3.org/ns/dcat#version"
    ]
    return unknown + against(
        Graph().parse(Path(__file__).parents[1] / "data/dcat_shapes.ttl"), graph
    )


def against(shapes, graph) -> list[str]:
    """What pySHACL reports where `graph` does not conform.

    The shapes' classes count as known to the graph.
    """
    import pyshacl

    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes, ont_graph=shapes)
    return [] if conforms else [text]


if __name__ == "__main__":
    found = {"ro_crate": ro_crate, "schema_org": schema_org, "dcat": dcat, "datacite": datacite}[
        sys.argv[1]
    ](Path(sys.argv[2]))
    print("\n".join(found))
    sys.exit(bool(found))
