"""Data from a stranger who means ill: whatever it is, the command ends in a clear error, soon,
small, and tells no secret.
"""

import json
import re
import subprocess
import sys

import pytest
from support import hostile_archives, hostile_cells, hostile_csv, hostile_names, hostile_parquet
from support.hostile_files import VALID, package
from support.hostile_run import MEGABYTES, SECONDS, run

from pledgeline.report import NOT_CHECKED

CASES = {}
for module in (hostile_archives, hostile_cells, hostile_csv, hostile_names, hostile_parquet):
    assert not CASES.keys() & module.CASES.keys(), "two cases have one name"
    CASES |= module.CASES
HEAVY = {
    "a line of 100 MB with delimiters": 1_700,
    "20 cells of seven megabytes": 1_000,
}
LONGEST = 2_000_000  # characters of a report


@pytest.fixture
def folder(tmp_path):
    """A package's folder, beside a secret that no package may reach."""
    (tmp_path / "secret.csv").write_text("id\nsecret\n")
    made = tmp_path / "package"
    made.mkdir()
    return made


def described(folder, make):
    made = make(folder)
    return package(folder, *(made if isinstance(made, list) else [made]))


def messages(report):
    """What a report says, descriptor first."""
    found = report["errors"] + [error for task in report["tasks"] for error in task["errors"]]
    return [error["message"] for error in found]


LONG = {
    "one long text, ten million times, in few bytes",
    "one value, a hundred million times",
    "a primary key of 1,000 columns",
    "a line of 100 MB with delimiters",
    "a file of newlines",
    "20 cells of seven megabytes",
    "a million codes",
    "a gzip of ten gigabytes",
    "a zip of ten gigabytes",
    "a zip of 50,000 files",
    "five parts just below the bound",
    "a pattern that takes long with every cell",
    "300 patterns that take long with every cell",
    "a million blank lines",
    "20,000 groups of rows",
    "a line terminator in many short lines",
    "100 cells of a megabyte",
}


@pytest.mark.parametrize(
    "sentence",
    [pytest.param(each, marks=pytest.mark.long if each in LONG else ()) for each in CASES],
)
def test_whatever_the_data_is_the_command_ends_soon_and_says_what_is_wrong(sentence, folder):
    """Catches a traceback, a hang, memory without bound, a file read outside of the package, and
    silence.
    """
    make, reported = CASES[sentence]
    path = described(folder, make)
    before = sorted(folder.parent.rglob("*"))
    ended = run(path)
    types = re.findall(r'^ +"type": "([a-z-]+)",$', ended.output, re.M)
    unfinished = set(types) - {"table", "file"} == {NOT_CHECKED}
    code = 0 if reported == VALID else 2 if unfinished else 1
    assert ended.code == code, (ended.code, ended.complaint, ended.output[:1_000])
    assert ended.seconds < SECONDS and ended.megabytes < HEAVY.get(sentence, MEGABYTES)
    assert len(ended.output) < LONGEST and "secret" not in ended.output and not ended.complaint
    said = messages(json.loads(ended.output)["reports"][0])
    assert any(reported in message for message in said) if reported != VALID else not said, said[:3]
    assert sorted(folder.parent.rglob("*")) == before, "something was written"


STEERING = [
    sentence for sentence in CASES if "steer" in sentence or "NUL" in sentence or "SQL" in sentence
]


@pytest.mark.parametrize("form", ["text", "github"])
@pytest.mark.parametrize("sentence", STEERING)
def test_nothing_in_a_package_steers_a_terminal_or_a_runner(sentence, form, folder):
    """Catches a control character, a change of direction or a runner's command that reaches the
    output as it is.
    """
    ended = run(described(folder, CASES[sentence][0]), form)
    assert ended.output and all(line.isprintable() for line in ended.output.splitlines()), (
        ended.output
    )
    assert "##[" not in ended.output
    commands = [line for line in ended.output.splitlines() if line.lstrip().startswith("::")]
    assert (
        not commands
        if form == "text"
        else all(line.startswith(("::error ", "::warning ")) for line in commands)
    )


def test_the_installed_command_does_the_same(folder):
    """Catches a difference between the command and what the tests above run."""
    path = described(folder, CASES["a zip that is none"][0])
    command = [sys.executable, "-m", "pledgeline", "validate", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    assert (done.returncode, done.stderr) == (
        1,
        "",
    ) and "the archive cannot be unpacked" in done.stdout


def test_a_package_that_may_not_be_read_is_reported(folder):
    """Catches a traceback where a folder is closed; somebody who may read everything reads it."""
    path = described(folder, CASES["an empty file"][0])
    folder.chmod(0)
    try:
        ended = run(path)
    finally:
        folder.chmod(0o700)
    assert ended.code in (1, 2) and "Traceback" not in ended.complaint
    assert ended.complaint or messages(json.loads(ended.output)["reports"][0])


def test_the_first_errors_are_listed_where_cells_are_judged_one_by_one(folder):
    """Catches a list that is cut before it is in the order of the rows."""
    path = described(folder, CASES["a pattern that goes back and looks ahead"][0])
    (task,) = json.loads(run(path).output)["reports"][0]["tasks"]
    assert [error["rowNumber"] for error in task["errors"]] == list(range(2, 1_002))
