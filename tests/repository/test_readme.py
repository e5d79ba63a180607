"""The pages show what the data gives: outputs of code, numbers, a report.

`make pages` writes them anew.
"""

import os
import re
import shutil

import pytest
from support.copies import REPOSITORY

from scripts import pages

README = (REPOSITORY / "README.md").read_text("utf-8")


def recipes() -> dict[str, tuple[str, str, str]]:
    """Language, code and output of every block of code, by the heading it stands under."""
    found = {}
    for path in ("README.md", "docs/recipes.md"):
        for section in re.split(r"^## ", (REPOSITORY / path).read_text("utf-8"), flags=re.M)[1:]:
            for number, block in enumerate(pages.BLOCK.findall(section)):
                found[f"{path}: {section.splitlines()[0]}{f' {number}' if number else ''}"] = block
    return found


RECIPES = recipes()
QUESTIONS = ("had seen any action", "the same thing", "visited whom", "only from one source")


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_prints_what_is_shown(recipe, last_release):
    """Catches output that the data no longer gives, and code whose output nobody sees; only a
    release can be turned back.
    """
    language, code, output = RECIPES[recipe]
    if language == "r" and not shutil.which("Rscript") and not os.environ.get("CI"):
        pytest.skip("R is not installed on this machine")
    assert output == pages.printed(language, code, last_release if ".at(" in code else REPOSITORY)


def test_the_questions_are_answered():
    """Catches a recipe that is gone."""
    assert all(any(question in name for name in RECIPES) for question in QUESTIONS)
    assert {language for language, *_ in RECIPES.values()} == {"python", "r", "sql"}
    fences = re.findall(r"^```(\w+)$", (REPOSITORY / "docs/recipes.md").read_text("utf-8"), re.M)
    assert set(fences) == {"python", "r", "sql", "text"}, "a block in another language is not run"


def test_the_report_shown_is_real():
    """Catches an example of a report that the command no longer prints, and a stale one that stays;
    times may differ.
    """
    stale = README.replace("1 byte-count", "2 byte-counts", 1)
    made = pages.with_report(stale, REPOSITORY)
    assert stale != README and pages.timeless(made) == pages.timeless(README)


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
