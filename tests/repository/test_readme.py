"""The pages show what the data gives: outputs of code, numbers, a report.

`make pages` writes them anew.
"""

import io
import os
import re
import shutil
from contextlib import chdir, redirect_stdout
from pathlib import Path

import pytest
from support.copies import REPOSITORY

from scripts import pages

README = (REPOSITORY / "README.md").read_text("utf-8")
ENGINE = (REPOSITORY / "docs/engine.md").read_text("utf-8")
WORDS = 900  # of the README: it is for who wants the data


def recipes() -> dict[str, tuple[str, str, str]]:
    """Language, code and output of every block of code, by the heading it stands under."""
    found = {}
    for path in ("README.md", "docs/read.md", "docs/recipes.md"):
        for section in re.split(r"^## ", (REPOSITORY / path).read_text("utf-8"), flags=re.M)[1:]:
            for number, block in enumerate(pages.BLOCK.findall(section)):
                found[f"{path}: {section.splitlines()[0]}{f' {number}' if number else ''}"] = block
    return found


RECIPES = recipes()
QUESTIONS = ("had seen any action", "the same thing", "visited whom", "only from one source")


def in_this_process(code: str, root: Path) -> str:
    """What Python prints, without the second that a process of its own takes to start."""
    with chdir(root), redirect_stdout(io.StringIO()) as printed:
        exec(code, {"__name__": "__main__"})
    return printed.getvalue()


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_prints_what_is_shown(recipe, last_release, monkeypatch):
    """Catches output that the data no longer gives, and code whose output nobody sees; only a
    release can be turned back.
    """
    language, code, output = RECIPES[recipe]
    monkeypatch.setitem(pages.LANGUAGES, "python", in_this_process)
    if language == "r" and not shutil.which("Rscript") and not os.environ.get("CI"):
        pytest.skip("R is not installed on this machine")
    assert output == pages.printed(language, code, last_release if ".at(" in code else REPOSITORY)


def test_the_questions_are_answered():
    """Catches a recipe that is gone."""
    assert all(any(question in name for name in RECIPES) for question in QUESTIONS)
    assert {language for language, *_ in RECIPES.values()} == {"python", "r", "sql"}
    fences = re.findall(r"^```(\w+)$", (REPOSITORY / "docs/recipes.md").read_text("utf-8"), re.M)
    assert set(fences) == {"python", "r", "sql", "text"}, "a block in another language is not run"


@pytest.mark.long
def test_the_report_shown_is_real():
    """Catches an example of a report that the command no longer prints, and a stale one that stays;
    times may differ.
    """
    stale = ENGINE.replace("1 byte-count", "2 byte-counts", 1)
    made = pages.with_report(stale, REPOSITORY)
    assert stale != ENGINE and pages.timeless(made) == pages.timeless(ENGINE)


COMMANDS = {
    f"{name}: {command}": (command, shown)
    for name, parts in pages.PAGES.items()
    if pages.with_commands in parts
    for command, shown in pages.COMMAND.findall((REPOSITORY / name).read_text("utf-8"))
}


@pytest.mark.long
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_prints_what_is_shown(command):
    """Catches a format or message on a page that the command no longer prints; times may differ."""
    line, shown = COMMANDS[command]
    assert pages.timeless(shown) == pages.timeless(pages.in_shell(line, REPOSITORY))


def test_every_block_that_can_be_run_is_run():
    """Catches a page with code or commands whose output nobody keeps true."""
    for path in [REPOSITORY / "README.md", *(REPOSITORY / "docs").glob("*.md")]:
        text, parts = path.read_text("utf-8"), pages.PAGES.get(relative(path), ())
        if any(output for _, _, output in pages.BLOCK.findall(text)):
            assert pages.with_outputs in parts, path
        if pages.COMMAND.search(text):
            assert pages.with_commands in parts, path


def relative(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def test_a_report_that_is_stale_is_written_anew():
    """Catches output that `make pages` does not update, and a new time taken for a change."""
    page = "```console\n$ echo valid in 0.2 s\n{}\n```\n"
    assert pages.with_commands(page.format("x"), REPOSITORY) == page.format("valid in 0.2 s")
    assert pages.with_commands(page.format("valid in 0.3 s"), REPOSITORY) == page.format(
        "valid in 0.3 s"
    )


def test_the_readme_is_short():
    """Catches a README that grows with what belongs into docs/."""
    assert len(README.split()) < WORDS


def test_the_headline_has_the_numbers_of_today():
    """Catches numbers in the README that the published package no longer has."""
    stale = README.replace(" commitments, ", " promises, ", 1)
    assert stale != README and pages.with_headline(stale, REPOSITORY) == README
    assert re.match(r"\d+ instruments, ", pages.HEADLINE.search(README)[0].removeprefix("> "))


def test_an_output_that_is_stale_is_written_anew():
    """Catches a block whose output `make pages` leaves as it was, and one that it should leave."""
    page = "```python\nprint(1 + 1)\n```\n\n```text\n{}\n```\n\n```sql\nSELECT 3\n```\n"
    assert pages.with_outputs(page.format(3), REPOSITORY) == page.format(2)
    turned_back = page.replace("print", "# package.at('1.0.0')\nprint").format(3)
    assert pages.with_outputs(turned_back, REPOSITORY) == turned_back
