"""What catalogues get is valid by their own tools, and a broken file is not: each test breaks what
it has seen accepted.

The tools live in an environment of their own, since cffconvert needs an old jsonschema.
"""

import json
import shutil
import subprocess
import sys

import pytest
from support.copies import REPOSITORY

from pledgeline.export.citation import citations
from pledgeline.export.common import web_address
from pledgeline.export.croissant import croissant
from pledgeline.export.datacite import datacite
from pledgeline.export.datasette import datasette
from pledgeline.export.dcat import dcat
from pledgeline.export.readme import readme
from pledgeline.export.ro_crate import ro_crate
from pledgeline.export.schema_org import schema_org

TOOLS = (
    *("cffconvert==2.0.0", "datacite==1.4.1", "mlcroissant==1.1.1"),
    *("pyshacl==0.40.1", "roc-validator==0.13.0", "rocrate==0.13.0"),
)
CONTENT = json.loads((REPOSITORY / "datapackage.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def tools(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tools")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run(
        [
            folder / "bin/python",
            "-m",
            "pip",
            "install",
            "-qq",
            "--disable-pip-version-check",
            *TOOLS,
        ],
        check=True,
    )
    return folder / "bin"


def accepted(*command) -> bool:
    return subprocess.run(list(map(str, command)), capture_output=True).returncode == 0


def takes(tools, tool: str, made: dict, path) -> bool:
    """Whether the tool of tests/support/catalogue_tools.py takes `made` as the file `path`."""
    path.write_text(json.dumps(made), "utf-8")
    return accepted(tools / "python", REPOSITORY / "tests/support/catalogue_tools.py", tool, path)


@pytest.mark.long
def test_croissant(tools, tmp_path):
    """Catches a file, field or type that Croissant's own validator does not take."""
    path, made = tmp_path / "croissant.json", croissant(CONTENT)
    path.write_text(json.dumps(made), "utf-8")
    assert accepted(tools / "mlcroissant", "validate", "--jsonld", path)
    path.write_text(json.dumps({**made, "distribution": []}), "utf-8")
    assert not accepted(tools / "mlcroissant", "validate", "--jsonld", path)


@pytest.mark.long
def test_citation(tools, tmp_path):
    """Catches a CITATION.cff that the format's own converter refuses."""
    path = tmp_path / "CITATION.cff"
    text = (REPOSITORY / "CITATION.cff").read_text("utf-8")
    path.write_text(text, "utf-8")
    assert accepted(tools / "cffconvert", "--validate", "-i", path)
    path.write_text(text.replace("title:", "titel:"), "utf-8")
    assert not accepted(tools / "cffconvert", "--validate", "-i", path)


def without(made: dict, *keys: str) -> list[dict]:
    """`made` without each of the keys."""
    return [{name: value for name, value in made.items() if name != key} for key in keys]


DCAT, SCHEMA_ORG, DATACITE = dcat(CONTENT), schema_org(CONTENT), datacite(CONTENT)
FILE, AGENT = DCAT["dcat:distribution"][0], {"@type": "foaf:Agent"}
MADE = {  # tool -> what is made for it, and the same spoilt, each in one way
    "datacite": (DATACITE, without(DATACITE, "titles")),
    "schema_org": (
        SCHEMA_ORG,
        [
            {**SCHEMA_ORG, "licence": "free"},
            {**SCHEMA_ORG, "isAccessibleForFree": "yes"},
            {**SCHEMA_ORG, "@context": {"@vocab": "https://schema.org/"}},
        ],
    ),
    "dcat": (
        DCAT,
        [
            *without(
                DCAT,
                "@type",
                "dct:title",
                "dct:description",
                "dct:identifier",
                "dcat:version",
                "dct:license",
            ),
            *without(DCAT, "dct:publisher", "dcat:distribution"),
            *(
                {**DCAT, "dcat:distribution": [spoilt]}
                for spoilt in without(FILE, "@type", "dcat:accessURL")
            ),
            {**DCAT, "dcat:distribution": [{**FILE, "dcat:mediaType": "text/csv"}]},
            {**DCAT, "dcat:distribution": [{**FILE, "dcat:downloadURL": "data/csv/events.csv"}]},
            {**DCAT, "dcat:keyword": [{"@id": "urn:diplomacy"}]},
            *(
                {**DCAT, "dcat:distribution": [{**FILE, "spdx:checksum": spoilt}]}
                for spoilt in without(
                    FILE["spdx:checksum"], "@type", "spdx:algorithm", "spdx:checksumValue"
                )
            ),
            {**DCAT, "@type": "dcat:DataSet"},
            {**DCAT, "dct:issued": "soon"},
            {**DCAT, "dct:creator": [AGENT]},
            {**DCAT, "dct:temporal": {"@type": "dct:PeriodOfTime", "dcat:startDate": "1988"}},
            {**DCAT, "dct:spatial": ["Azerbaijan"]},
        ],
    ),
}


@pytest.mark.long
@pytest.mark.parametrize("tool", MADE)
def test_what_is_made_is_taken_and_what_is_spoilt_is_not(tool, tools, tmp_path):
    """Catches what a catalogue refuses: a property missing, one that no vocabulary has, a value of
    another kind.
    """
    made, spoilt = MADE[tool]
    assert takes(tools, tool, made, tmp_path / "made.json")
    for each in spoilt:
        assert not takes(tools, tool, each, tmp_path / "spoilt.json"), each


@pytest.mark.long
def test_ro_crate(tools, tmp_path):
    """Catches a file that is named and not there, and a term that the crate's context does not
    explain.
    """
    shutil.copytree(REPOSITORY / "data/csv", tmp_path / "data/csv")
    shutil.copytree(REPOSITORY / "data/parquet", tmp_path / "data/parquet")
    path, made = tmp_path / "ro-crate-metadata.json", ro_crate(CONTENT)
    assert takes(tools, "ro_crate", made, path)
    assert not takes(tools, "ro_crate", {**made, "@context": made["@context"][0]}, path)
    (tmp_path / "data/csv/events.csv").unlink()
    assert not takes(tools, "ro_crate", made, path)


HOSTILE = (
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "vbscript:x",
    "//example.org/x",
    "https:/\\example.org",
    "https://",
    "https://me:secret@example.org/",
    "https://[x",
    "ht\ntps://example.org",
    "LICENSE",
    3,
    None,
)


@pytest.mark.parametrize("address", HOSTILE)
def test_no_link_leads_where_a_browser_runs_it(address):
    """Catches an address of the descriptor that is no web address and becomes a link."""
    assert web_address(address) is None
    licence, source = {"name": "other", "title": "Terms"}, {"title": "A source"}
    nothing = CONTENT | {"licenses": [licence], "sources": [source]}
    content = {
        **nothing,
        "licenses": [licence | {"path": address}],
        "sources": [source | {"path": address}],
        "homepage": address,
        "contributors": [each | {"path": address} for each in CONTENT["contributors"]],
    }
    for each in (croissant, datacite, datasette, dcat, ro_crate, schema_org, citations):
        assert each(content) == each(nothing)
    assert readme(content, "events", None) == readme(nothing, "events", None)


def test_a_web_address_stays_a_link():
    """Catches links that are left out where they do no harm."""
    for address in ("https://example.org/a?b=c#d", "http://example.org", "HTTPS://example.org/"):
        assert web_address(address) == address
    content = CONTENT | {"sources": [{"title": "A source", "path": "https://example.org/a"}]}
    licence = CONTENT["licenses"][0]["path"]
    assert datasette(content)["source_url"] == "https://example.org/a"
    assert datasette(content)["license_url"] == licence
    for each in (croissant, datacite, dcat, ro_crate, schema_org):
        assert json.dumps(licence) in json.dumps(each(CONTENT))
    assert licence in readme(CONTENT, "events", None)
