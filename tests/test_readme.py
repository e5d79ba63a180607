"""The pages show what the data gives: outputs of code, numbers, a report. `make pages` writes them anew."""

import os
import re
import shutil
import sys

import pytest
from copies import REPOSITORY, load_script

sys.path.insert(0, str(REPOSITORY / "scripts"))  # as for a script that is run there: its coverage.py, not the library

pages = load_script("pages")

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
    """Catches output that the data no longer gives, and code whose output nobody sees; only a release can be turned back."""
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
    """Catches an example of a report that the command no longer prints; times may differ."""
    assert pages.with_report(README, REPOSITORY) == README


def test_the_headline_has_the_numbers_of_today():
    """Catches numbers in the README that the published package no longer has."""
    assert pages.with_headline(README, REPOSITORY) == README
    assert re.match(r"\d+ instruments, ", pages.HEADLINE.search(README)[0].removeprefix("> "))


@pytest.mark.parametrize(
    ("part", "shown", "stale"),
    [
        (pages.with_outputs, "Undertaking  ", "Undertakings "),
        (pages.with_headline, " commitments, ", " promises, "),
        (pages.with_report, "1 byte-count", "2 byte-counts"),
    ],
)
def test_what_is_stale_is_written_anew(part, shown, stale):
    """Catches a page that `make pages` leaves as it was: a number, an output or a report of another day."""
    made = part(README.replace(shown, stale, 1), REPOSITORY)
    assert shown in README and pages.timeless(made) == pages.timeless(README)
