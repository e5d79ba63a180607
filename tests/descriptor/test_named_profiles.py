"""Profiles that a descriptor names: applied if at hand, never fetched, bounded in time."""

import json
import time
from pathlib import Path

import pytest

import pledgeline
from pledgeline.descriptor import profile_check

ADDRESS = "https://example.org/profile.json"
PROFILE = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "required": ["project"],
}


def package(root: Path, local: object = None, **about) -> Path:
    (root / "a.csv").write_text("id\n1\n")
    if local is not None:
        (root / "p.json").write_text(json.dumps(local))
    schema = {"fields": [{"name": "id", "type": "integer"}]}
    content = {"resources": [{"name": "a", "path": "a.csv", "schema": schema}], **about}
    (root / "datapackage.json").write_text(json.dumps(content))
    return root


@pytest.mark.parametrize("key", ["profile", "$schema"])
def test_a_local_profile_is_applied(key, tmp_path):
    """Catches a package called valid that lacks what its own profile asks for."""
    report = pledgeline.validate(package(tmp_path, PROFILE, **{key: "p.json"}))
    assert [error.type for error in report.errors] == ["package-error"]
    assert '"project" is missing' in report.errors[0].message
    assert pledgeline.validate(package(tmp_path, PROFILE, project="x", **{key: "p.json"})).valid


def test_a_profile_elsewhere_is_a_warning_until_its_file_is_given(tmp_path):
    """Catches a profile passed over in silence, and one that is fetched."""
    root = package(tmp_path, PROFILE, profile=ADDRESS)
    (warning,) = pledgeline.validate(root).errors
    assert warning.severity == "warning" and "was not applied" in warning.message
    report = pledgeline.validate(root, profiles={ADDRESS: tmp_path / "p.json"})
    assert not report.valid and '"project" is missing' in report.errors[0].message


def test_a_schema_elsewhere_is_read_from_its_file(tmp_path):
    """Catches a schema by address that no file can stand for."""
    root = package(tmp_path)
    content = json.loads((root / "datapackage.json").read_text())
    schema = content["resources"][0].pop("schema")
    content["resources"][0]["schema"] = ADDRESS
    (root / "datapackage.json").write_text(json.dumps(content))
    (root / "s.json").write_text(json.dumps(schema))
    assert not pledgeline.validate(root).valid
    assert pledgeline.validate(root, profiles={ADDRESS: root / "s.json"}).valid


@pytest.mark.parametrize(
    "profile",
    [5, [], {"type": "nothing"}, {"pattern": "("}, {"$ref": "https://example.org/other.json"}],
    ids=str,
)
def test_a_profile_that_cannot_be_applied_is_said(profile, tmp_path):
    """Catches a traceback, a fetch, and silence."""
    report = pledgeline.validate(package(tmp_path, profile, profile="p.json", name="a"))
    assert any("p.json" in error.message for error in report.errors)


def test_a_profile_outside_of_the_package_is_refused(tmp_path):
    """Catches a profile by which a stranger reads other files."""
    (tmp_path / "secret.json").write_text(json.dumps(PROFILE))
    (tmp_path / "package").mkdir()
    report = pledgeline.validate(package(tmp_path / "package", profile="../secret.json"))
    assert not report.valid and "leads upwards" in report.errors[0].message


def test_a_profile_ends_in_time(tmp_path, monkeypatch):
    """Catches a pattern that takes hours with one text."""
    monkeypatch.setattr(profile_check, "SECONDS", 0.3)
    slow = {"properties": {"title": {"pattern": "^(a+)+$"}}}
    begun = time.monotonic()
    report = pledgeline.validate(package(tmp_path, slow, profile="p.json", title="a" * 60 + "b"))
    assert time.monotonic() - begun < 10
    assert any("was not applied" in error.message for error in report.errors) or not report.valid
