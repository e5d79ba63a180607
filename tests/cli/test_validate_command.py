"""The command `pledgeline validate`, with a stand-in for the engine: arguments, exit codes, and
never a traceback.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from support.stand_in import ENGINE, many, stand_in, valid, warnings_only

import pledgeline
from pledgeline.cli.main import main
from pledgeline.errors import PledgelineError

HEAVY = ("duckdb", "pyarrow", "pandas", "frictionless", "yaml", "edtf")


@pytest.fixture
def engine(monkeypatch, tmp_path):
    """Puts a function in the engine's place, and the test into a folder that has a
    datapackage.json.
    """
    monkeypatch.chdir(tmp_path)
    Path("datapackage.json").write_text("{}")

    def use(validate) -> None:
        monkeypatch.setitem(sys.modules, ENGINE, stand_in(validate))

    return use


def raising(error: BaseException):
    def validate(path, **options):
        raise error

    return validate


@pytest.mark.parametrize("report,code", [(valid, 0), (warnings_only, 0), (many, 1)])
def test_the_exit_code_is_the_verdict(engine, capsys, report, code):
    """Catches a CI that passes what is invalid, or fails on warnings."""
    engine(lambda path, **options: report())
    assert main(["validate"]) == code
    assert ("INVALID:" in capsys.readouterr().out) == (code == 1)


def test_all_packages_are_validated_and_the_worst_decides(engine, capsys):
    """Catches packages after a broken one left unread, and an exit code that is only the last
    one's.
    """
    for name in ("a.json", "b.json", "c.json"):
        Path(name).touch()

    def validate(path, **options):
        if path == "b.json":
            raise PledgelineError("no JSON in b.json")
        return many() if path == "a.json" else valid()

    engine(validate)
    assert main(["validate", "a.json", "c.json"]) == 1
    assert capsys.readouterr().out.endswith("1 of 2 packages invalid\n")
    assert main(["validate", "a.json", "b.json", "c.json"]) == 2
    printed = capsys.readouterr()
    assert printed.err == "pledgeline: no JSON in b.json\n" and printed.out.endswith(
        "1 of 2 packages invalid\n"
    )


@pytest.mark.parametrize(
    "error,message",
    [
        (
            PledgelineError("the descriptor is no JSON"),
            "datapackage.json: the descriptor is no JSON",
        ),
        (
            PermissionError(13, "Permission denied", "data/a.csv"),
            "datapackage.json: data/a.csv: Permission denied",
        ),
        (PledgelineError("a\x1b[2J\nb"), r"datapackage.json: a\x1b[2J\nb"),
    ],
)
def test_what_cannot_run_is_reported_in_one_line(engine, capsys, error, message):
    """Catches a traceback, and a package that steers the terminal through an error message."""
    engine(raising(error))
    assert main(["validate", "--format", "json"]) == 2
    assert capsys.readouterr() == ("", f"pledgeline: {message}\n")


def test_a_defect_of_the_engine_is_reported_as_one(engine, capsys, monkeypatch):
    """Catches a traceback in front of users, and no way to get one for who fixes it."""
    engine(raising(ZeroDivisionError("division by zero")))
    assert main(["validate"]) == 2
    assert "a defect of pledgeline, not of the data: ZeroDivisionError" in capsys.readouterr().err
    monkeypatch.setenv("PLEDGELINE_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        main(["validate"])


@pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError("Query interrupted")])
def test_an_interruption_is_no_defect(engine, capsys, error):
    """Catches Ctrl-C in Python or DuckDB reported as a failure, and packages begun after it."""
    asked = []

    def validate(path, **options):
        asked.append(path)
        raise error

    engine(validate)
    assert main(["validate", "datapackage.json", "datapackage.json"]) == 130
    assert capsys.readouterr() == ("", "pledgeline: interrupted\n") and len(asked) == 1


@pytest.mark.parametrize(
    "arguments,message",
    [
        ([], "COMMAND"),
        (["publish"], "invalid choice: 'publish'"),
        (["validate", "--format", "pdf"], "invalid choice: 'pdf'"),
        (["validate", "--limit-errors", "-1"], "-1: not a number from 0"),
        (["validate", "--limit-errors", "many"], "not a number from 0"),
        (["validate", "--rules", "nowhere"], "nowhere: no such folder"),
        (["validate", "--rules", "."], "no rule (*.sql) in it"),
        (
            ["validate", "nowhere/datapackage.json"],
            "pledgeline: nowhere/datapackage.json: no such file\n",
        ),
    ],
)
def test_bad_usage_is_reported(engine, capsys, arguments, message):
    """Catches a slip of the pen that runs, or ends in anything but a message and 2."""
    engine(lambda path, **options: valid())
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert message in printed.err and not printed.out


def test_the_options_reach_the_engine(engine):
    """Catches an option that is read and dropped."""
    asked = {}
    engine(lambda path, **options: asked.update(options, path=path) or valid())
    assert main(["validate"]) == 0
    assert asked == {
        "path": "datapackage.json",
        "rules": None,
        "limit_errors": 1000,
        "engine": "duckdb",
        "profiles": {},
        "progress": None,
    }
    Path("own").mkdir()
    Path("own/rule.sql").touch()
    Path("profile.json").touch()
    options = ["--rules", "own", "--limit-errors", "0", "--engine", "frictionless"]
    options += ["--profile", "https://example.org/profile.json=profile.json"]
    assert main(["validate", *options, "https://example.org/datapackage.json"]) == 0
    assert (asked["rules"], asked["limit_errors"], asked["engine"]) == (
        Path("own"),
        0,
        "frictionless",
    )
    assert asked["path"] == "https://example.org/datapackage.json"
    assert {address: str(file) for address, file in asked["profiles"].items()} == {
        "https://example.org/profile.json": "profile.json"
    }


def test_the_format_is_the_one_asked_for(engine, capsys):
    """Catches messages of the command in what a program reads."""
    engine(lambda path, **options: many())
    assert main(["validate", "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["valid"] is False


def test_the_function_is_there_without_its_imports(engine):
    """Catches `import pledgeline` without pledgeline.validate, or with all that it needs."""
    engine(lambda path, **options: valid())
    assert pledgeline.validate("datapackage.json").valid
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        pledgeline.nothing  # noqa: B018 the access is what is tested


@pytest.mark.parametrize("arguments", [["--help"], ["validate", "--help"], ["--version"]])
def test_help_teaches_and_imports_nothing_heavy(arguments):
    """Catches help that makes one wait or leaves one with questions."""
    code = (
        "import sys\nfrom pledgeline.cli.main import main\n"
        f"code = main({arguments})\nprint([m for m in {HEAVY} if m in sys.modules], code)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    *text, heavy = run.stdout.splitlines()
    assert heavy == "[] 0" and run.stderr == ""
    if "--version" in arguments:
        assert text == [f"pledgeline {pledgeline.__version__}"]
    else:
        assert run.stdout.count("\n  pledgeline ") >= 3 and "could not run" in run.stdout
