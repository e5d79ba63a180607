"""The public names of `pledgeline`: imported late, typed, and documented by examples that run."""

import doctest
import inspect
import json
import shutil
import subprocess
import sys
import zipfile
from importlib import import_module
from pathlib import Path

import pytest
from support.stations import OLD, published_stations, stations

import pledgeline
from pledgeline.records.history import HISTORY
from pledgeline.releases.pack import pack

FUNCTIONS = ("checkout", "diff", "open", "validate", "verify")
CLASSES = ("Error", "Package", "PledgelineError", "Report", "Table", "Task")
HEAVY = {"duckdb", "pyarrow", "frictionless", "yaml", "jsonschema", "numpy", "pandas", "polars"}
RULE = """-- error: at least ten docks
-- fix: correct the number
SELECT 'stations', row_number, 'docks' FROM stations WHERE docks < 10
"""


@pytest.fixture
def published(tmp_path, monkeypatch) -> Path:
    """The packages of the examples: `stations` (1.1.0, here too), `stations-1.0.0`, one that is
    broken, and archives.
    """
    new = published_stations(tmp_path)
    stations(tmp_path / "stations-broken", [OLD[0], {**OLD[1], "docks": "many"}], "1.0.0")
    pack(new, tmp_path / "stations-1.1.0.zip")
    spoil(tmp_path / "stations-1.1.0.zip", tmp_path / "stations-changed.zip")
    shutil.copytree(new, tmp_path, dirs_exist_ok=True)
    (tmp_path / "validate/rules").mkdir(parents=True)
    (tmp_path / "validate/rules/few-docks.sql").write_text(RULE, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def spoil(archive: Path, target: Path) -> None:
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(target, "w") as copy:
        for entry in source.infolist():
            content = source.read(entry)
            changed = content.replace(b"24", b"25") if "stations.csv" in entry.filename else content
            copy.writestr(entry.filename, changed)


MODULES = (
    "pledgeline.read.package",
    "pledgeline.read.table",
    "pledgeline.releases.diff",
    "pledgeline.releases.verify",
    "pledgeline.report",
    "pledgeline.validation",
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_give_what_they_say(name, published):
    """Catches an example in a docstring whose result is no longer that."""
    found = doctest.DocTestFinder().find(import_module(name), extraglobs={"pledgeline": pledgeline})
    for example in found:
        report: list[str] = []
        doctest.DocTestRunner().run(example, out=report.append)
        assert not report, "".join(report)


@pytest.mark.parametrize("name", [*FUNCTIONS, "Package", "Report", "Table"])
def test_every_public_function_and_class_has_an_example(name):
    """Catches something public whose docstring shows no use of it."""
    assert ">>> " in (inspect.getdoc(getattr(pledgeline, name)) or "")


def test_the_public_names_are_those_of_the_documentation():
    """Catches a name that is left out, or that nobody meant to publish."""
    assert sorted(pledgeline.__all__) == sorted([*FUNCTIONS, *CLASSES, "__version__"])
    assert all(hasattr(pledgeline, name) for name in pledgeline.__all__)
    assert all(isinstance(getattr(pledgeline, name), type) for name in CLASSES)
    with pytest.raises(AttributeError, match="no attribute 'opne'"):
        pledgeline.opne  # noqa: B018


def test_importing_it_imports_no_library():
    """Catches an import at the top that makes every command wait."""
    code = "import sys; before = set(sys.modules); import pledgeline; "
    code += "print(*sorted(set(sys.modules) - before))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    imported = run.stdout.split()
    assert [name for name in imported if name.startswith("pledgeline")] == ["pledgeline"]
    assert not HEAVY & {name.partition(".")[0] for name in imported}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_parameter_and_result_has_a_type(name):
    """Catches a public function that an editor cannot help with."""
    signature = inspect.signature(getattr(pledgeline, name))
    kinds = [parameter.annotation for parameter in signature.parameters.values()]
    assert inspect.Signature.empty not in [*kinds, signature.return_annotation]


def test_a_description_is_text_values_and_a_page(published):
    """Catches a description that prints, that loses what it describes, or that is not escaped."""
    path = published / "stations/datapackage.json"
    path.write_text(path.read_text("utf-8").replace("Where bicycles", "<b>Where</b> bicycles"))
    described = pledgeline.open("stations").describe()
    assert str(described) == repr(described) and "<b>Where</b>" in str(described)
    assert "&lt;b&gt;Where" in described._repr_html_()
    assert described.to_dict()["tables"][0] == {"name": "stations", "title": "Stations", "rows": 3}
    fields = pledgeline.open("stations")["stations"].describe().to_dict()["fields"]
    assert [field["values"] for field in fields] == [3, 2, 3]
    assert fields[2]["codes"] == {"street": "On a street", "park": "In a park"}


def test_a_difference_outlives_the_packages_it_was_made_of(published):
    """Catches a difference that reads when it is looked at, and whether it is true where nothing
    differs.
    """
    found = pledgeline.diff("stations-1.1.0.zip", published / "stations-1.0.0", without=HISTORY)
    assert found and [change.kind for change in found.changes] == ["modified", "removed"]
    assert found.to_dict()["counts"] == {"stations": {"changed": 1, "gone": 1}}
    assert json.loads(json.dumps(found.to_dict()))["bump"] == "minor"
    assert str(found) == str(found) and not found.high_enough
    same = pledgeline.diff("stations", "stations-1.1.0.zip", without=HISTORY)
    assert not same and str(same).endswith("Nothing differs.") and same.bump is None


def test_the_json_of_the_command_is_the_dict_of_the_difference(published):
    """Catches two forms of one thing."""
    command = [sys.executable, "-m", "pledgeline", "diff", "--format", "json"]
    run = subprocess.run([*command, "stations-1.0.0", "stations"], capture_output=True, text=True)
    assert json.loads(run.stdout) == pledgeline.diff("stations-1.0.0", "stations").to_dict()
