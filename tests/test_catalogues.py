"""What catalogues get is valid by their own tools: Croissant, the Citation File Format and DataCite.

The tools live in an environment of their own, since cffconvert needs an old jsonschema.
"""

import json
import subprocess
import sys

import pytest
from copies import REPOSITORY

from pledgeline.catalogues.croissant import croissant
from pledgeline.catalogues.datacite import datacite

TOOLS = ("cffconvert==2.0.0", "datacite==1.4.1", "mlcroissant==1.1.1")
CONTENT = json.loads((REPOSITORY / "datapackage.json").read_text("utf-8"))
DATACITE = "import json, sys; from datacite import schema45; schema45.validator.validate(json.load(open(sys.argv[1])))"


@pytest.fixture(scope="module")
def tools(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tools")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([folder / "bin/python", "-m", "pip", "install", "-qq", "--disable-pip-version-check", *TOOLS], check=True)
    return folder / "bin"


def accepted(*command) -> bool:
    return subprocess.run(list(map(str, command)), capture_output=True).returncode == 0


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


@pytest.mark.long
def test_datacite(tools, tmp_path):
    """Catches metadata that DataCite's schema 4.5 refuses."""
    path, made = tmp_path / "datacite.json", datacite(CONTENT)
    path.write_text(json.dumps(made), "utf-8")
    assert accepted(tools / "python", "-c", DATACITE, path)
    path.write_text(json.dumps({key: value for key, value in made.items() if key != "titles"}), "utf-8")
    assert not accepted(tools / "python", "-c", DATACITE, path)
