"""The recipes of the README and of docs/recipes.md print what is said there."""

import io
import os
import re
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

import duckdb
import pytest
from copies import PUBLISHED, REPOSITORY, copy_package

README = (REPOSITORY / "README.md").read_text("utf-8")
BLOCK = r"```(python|r|sql)\n(.*?)```(?:\n\n```text\n(.*?)```)?"


def recipes() -> dict[str, tuple[str, str, str]]:
    """Language, code and output of every block of code, by the heading it stands under."""
    found = {}
    for path in ("README.md", "docs/recipes.md"):
        for section in re.split(r"^## ", (REPOSITORY / path).read_text("utf-8"), flags=re.M)[1:]:
            for number, block in enumerate(re.findall(BLOCK, section, re.S)):
                found[f"{path}: {section.splitlines()[0]}{f' {number}' if number else ''}"] = block
    return found


RECIPES = recipes()
QUESTIONS = ("had seen any action", "the same thing", "visited whom", "only from one source")


def in_python(code: str, root: Path) -> str:
    return subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True).stdout


def in_r(code: str, root: Path) -> str:
    if not shutil.which("Rscript") and not os.environ.get("CI"):
        pytest.skip("R is not installed on this machine")
    return subprocess.run(["Rscript", "-e", code], cwd=root, capture_output=True, text=True, check=True).stdout


def in_sql(code: str, root: Path) -> str:
    database = duckdb.connect(config={"file_search_path": str(root)})
    with redirect_stdout(io.StringIO()) as printed:
        database.sql(code).show()
    return printed.getvalue()


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_prints_what_is_shown(recipe, last_release):
    """Catches output that the data no longer gives, and code whose output nobody sees; only a release can be turned back."""
    language, code, output = RECIPES[recipe]
    root = last_release if ".at(" in code else REPOSITORY
    printed = {"python": in_python, "r": in_r, "sql": in_sql}[language](code, root)
    assert [line.rstrip() for line in printed.rstrip().splitlines()] == [line.rstrip() for line in output.rstrip().splitlines()]


def test_the_questions_are_answered():
    """Catches a recipe that is gone."""
    assert all(any(question in name for name in RECIPES) for question in QUESTIONS)
    assert {language for language, *_ in RECIPES.values()} == {"python", "r", "sql"}
    fences = re.findall(r"^```(\w+)$", (REPOSITORY / "docs/recipes.md").read_text("utf-8"), re.M)
    assert set(fences) == {"python", "r", "sql", "text"}, "a block in another language is not run"


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
