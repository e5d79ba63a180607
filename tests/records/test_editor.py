"""validate/editor: the JSON Schemas with which an editor completes keys and codes."""

import json

import jsonschema
import pytest
import yaml
from support.copies import REPOSITORY
from support.fresh import fresh

from pledgeline.records.editor import FOLDER, editor_schemas
from pledgeline.records.layout import read_layout
from pledgeline.records.load import read_records
from pledgeline.records.schemas import read_schemas
from pledgeline.write.build import build

LAYOUTS = read_layout(REPOSITORY, read_schemas(REPOSITORY))


@pytest.mark.long
def test_the_published_schemas_are_those_of_the_records():
    """Catches schemas of an earlier build."""
    made = dict(editor_schemas(read_records(REPOSITORY)))
    published = {
        path.name: json.loads(path.read_text("utf-8")) for path in (REPOSITORY / FOLDER).iterdir()
    }
    assert made == published


@pytest.mark.parametrize("table", LAYOUTS)
def test_every_record_fits_its_schema(table):
    """Catches a key or code of the records that an editor would underline."""
    schema = json.loads((REPOSITORY / FOLDER / f"{table}.json").read_text("utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    paths = (REPOSITORY / "data/records").glob(LAYOUTS[table].files)
    for path in sorted(paths)[-3:]:
        content = yaml.load(path.read_text("utf-8"), Loader=EditorLoader)
        assert [error.message for error in validator.iter_errors(content)] == [], path


class EditorLoader(yaml.SafeLoader):
    """YAML as editors read it: by the core schema of YAML 1.2, in which a date is a text."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    if first not in "yYnNoO"
}


@pytest.fixture(scope="module")
def stations(tmp_path_factory):
    """A new data set, built."""
    root = fresh(tmp_path_factory.mktemp("editor") / "stations")
    build(root)
    return root


@pytest.mark.parametrize(
    "record",
    [
        {"id": "a", "name": "A", "kind": "strete", "docks": 1},
        {"id": "a", "name": "A", "kind": "street"},
        {"id": "a", "name": "A", "kind": "street", "docks": 0},
        {"id": "a", "name": "A", "kind": "street", "docks": 1, "dock": 1},
        {"id": "a", "name": "A", "kind": "street", "docks": 1, "cite": [{"source": "s"}]},
    ],
)
def test_what_the_build_refuses_is_underlined(record, stations):
    """Catches a schema that lets an unknown code, a missing key or an unknown key pass."""
    schema = json.loads((stations / FOLDER / "stations.json").read_text("utf-8"))
    validator = jsonschema.Draft7Validator(schema)
    whole = {"id": "a", "name": "A", "kind": "street", "docks": 1}
    assert validator.is_valid([whole]) and not validator.is_valid([record])


@pytest.mark.parametrize("ours", [True, False])
def test_the_settings_of_the_editor_name_every_schema(ours, tmp_path):
    """Catches a kind of file for which the editor is not given its schema."""
    root = REPOSITORY if ours else fresh(tmp_path / "stations")
    if not ours:
        build(root)
    settings = json.loads((root / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    assert set(settings) == {f"{FOLDER}/{path.name}" for path in (root / FOLDER).iterdir()}
    for pattern in settings.values():
        assert list(root.glob(pattern)) or pattern == "data/records/retired.yaml"
