"""The README's recipes print what the README says they print."""

import io
import re
import shutil
import subprocess
import sys
from contextlib import redirect_stdout

import duckdb
import pytest
from copies import PUBLISHED, REPOSITORY, copy_package

README = (REPOSITORY / "README.md").read_text("utf-8")
RECIPES = {
    language: (code, output) for language, code, output in re.findall(r"```(\w+)\n(.*?)```\n\n```text\n(.*?)```", README, re.S)
}


def in_python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout


def in_r(code: str) -> str:
    if not shutil.which("Rscript"):
        pytest.skip("R is not installed on this machine")
    return subprocess.run(["Rscript", "-e", code], cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout


def in_sql(code: str) -> str:
    database = duckdb.connect(config={"file_search_path": str(REPOSITORY)})
    with redirect_stdout(io.StringIO()) as printed:
        database.sql(code).show()
    return printed.getvalue()


@pytest.mark.parametrize("language,run", [("python", in_python), ("r", in_r), ("sql", in_sql)])
def test_a_recipe_prints_what_the_readme_shows(language, run):
    """Catches output in the README that the data no longer gives."""
    code, output = RECIPES[language]
    assert [line.rstrip() for line in run(code).rstrip().splitlines()] == [
        line.rstrip() for line in output.rstrip().splitlines()
    ]


def test_the_report_shown_is_real(tmp_path):
    """Catches an example of a report that the command no longer prints; times may differ."""
    root = copy_package(tmp_path, *PUBLISHED)
    table = root / "data" / "csv" / "events.csv"
    table.write_text(table.read_text("utf-8").replace("2019,proposal,", "2019,propposal,"), "utf-8")
    command = [sys.executable, "-m", "pledgeline.cli", "validate", "--rules", "validate/rules"]
    printed = subprocess.run(command, cwd=root, capture_output=True, text=True).stdout
    shown = re.search(r"```console\n(.*?)```", README, re.S)[1]
    printed, shown = (re.sub(r"[0-9.]+ s(?= )", "0.0 s", text) for text in (printed, shown))
    assert [line for line in shown.splitlines() if line not in printed.splitlines()] == []
