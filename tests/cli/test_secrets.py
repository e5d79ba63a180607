"""A password or token in an address never comes back in what a command says."""

import json

import pytest

from pledgeline.cli.main import main

ADDRESS = "https://me:secret@localhost:1/datapackage.json?token=secret"


@pytest.mark.parametrize(
    "command",
    [
        ["validate", ADDRESS],
        ["verify", ADDRESS],
        ["diff", ADDRESS, "."],
        ["export", "--root", ADDRESS],
        ["checkout", "1.0.0", "there", ADDRESS],
    ],
)
def test_no_message_repeats_the_secrets_of_an_address(command, capsys):
    """Catches an argument that is printed as it was given."""
    try:
        code = main(command)
    except SystemExit as ended:
        code = ended.code
    told = capsys.readouterr()
    assert code == 2 and "secret" not in told.out + told.err


def test_no_report_repeats_the_secrets_of_a_descriptor(tmp_path, capsys):
    """Catches an address in a descriptor that is quoted whole."""
    described = {"name": "t", "path": ADDRESS, "schema": ADDRESS, "dialect": ADDRESS}
    content = {
        "name": "p",
        "profile": ADDRESS,
        "resources": [described, {**described, "name": "u"}],
    }
    (tmp_path / "datapackage.json").write_text(json.dumps(content))
    for form in ("text", "json", "sarif", "junit"):
        assert main(["validate", str(tmp_path), "--format", form]) == 1
        told = capsys.readouterr()
        assert "secret" not in told.out + told.err, form
