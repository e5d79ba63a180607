"""The documentation's site: complete, without dead links, and loading nothing from another host."""

import argparse
import dataclasses
import html
import inspect
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import pytest
from support.copies import REPOSITORY

import pledgeline
from pledgeline.cli.main import parser

pytestmark = pytest.mark.long
# Elements and attributes through which a page loads something, rather than linking to it.
LOADED = re.compile(
    r"<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*\b(?:src|data|srcset)=[\"']([^\"']+)"
    r"|<link\b(?![^>]*rel=[\"'](?:canonical|search|index|next|prev)[\"'])[^>]*\bhref=[\"']([^\"']+)"
)
LOADED_BY_STYLE = re.compile(r"(?:url\(|@import)\s*[\"']?([^\"')\s;]+)")


def built(docs: Path, site: Path) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "dirhtml"]
    return subprocess.run([*command, docs, site], capture_output=True, text=True)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    run = built(REPOSITORY / "docs", folder)
    assert run.returncode == 0, run.stderr
    return folder


def text(page: Path) -> str:
    """The page's main part, as a reader sees it."""
    main = re.search(r"<article.*?</article>", page.read_text("utf-8"), re.DOTALL)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", main)).split())


def commands(
    parser: argparse.ArgumentParser, name: str = "pledgeline"
) -> Iterator[tuple[str, argparse.Action]]:
    """Every option, positional argument and command, each with the command it belongs to."""
    for action in parser._actions:
        yield name, action
        if isinstance(action, argparse._SubParsersAction):
            for command, inner in action.choices.items():
                yield from commands(inner, f"{name} {command}")


def test_every_command_and_option_is_documented(site):
    """Catches a command or option that is not on the page, or of which nothing is said."""
    page, seen = text(site / "commands/index.html"), set()
    for command, action in commands(parser()):
        assert f"{command} " in page
        seen.add(command)
        for option in action.option_strings:
            assert option in page, f"{command} {option}"
        assert action.help or action.choices or action.metavar or action.dest, (
            f"{command}: {action}"
        )
        if action.option_strings:
            assert action.help, f"{command} {action.option_strings} has no help"
    assert {"pledgeline validate", "pledgeline diff"} < seen


def test_every_public_name_is_documented(site):
    """Catches a name of `pledgeline` that the reference does not have, or whose docstring is empty;
    so too the public methods of its classes.
    """
    page = (site / "reference/index.html").read_text("utf-8")
    ids = set(re.findall(r'id="(pledgeline[\w.]*)"', page))
    for name in pledgeline.__all__:
        value = getattr(pledgeline, name)
        homes = {f"pledgeline.{name}", f"{getattr(value, '__module__', '')}.{name}"}
        assert homes & ids, name
        if not inspect.isclass(value):
            continue
        for member, inner in vars(value).items():
            if member.startswith("_") or not (
                inspect.isroutine(inner) or isinstance(inner, property | cached_property)
            ):
                continue
            assert inspect.getdoc(getattr(value, member)), f"{name}.{member} has no docstring"
            assert f"pledgeline.{name}.{member}" in ids, f"{name}.{member}"
        for field in dataclasses.fields(value) if dataclasses.is_dataclass(value) else ():
            assert f"pledgeline.{name}.{field.name}" in ids, f"{name}.{field.name}"


@pytest.mark.parametrize(
    "name", [name for name in pledgeline.__all__ if inspect.isroutine(getattr(pledgeline, name))]
)
def test_a_function_says_what_it_raises_and_shows_an_example(name):
    """Catches a public function whose reader must guess."""
    said = " ".join(inspect.getdoc(getattr(pledgeline, name)).split())
    assert "Raises " in said and ">>> " in said


def test_no_page_loads_anything_from_another_host(site):
    """Catches fonts, scripts, styles and pictures from a host that learns who reads."""
    found = []
    for path in site.rglob("*.*"):
        if path.suffix in (".html", ".css", ".svg"):
            content = path.read_text("utf-8")
            found += [a or b for a, b in LOADED.findall(content)]
            styles = (
                content
                if path.suffix == ".css"
                else "".join(re.findall(r"<style.*?</style>", content, re.DOTALL))
            )
            found += LOADED_BY_STYLE.findall(styles)
    outside = [address for address in found if re.match(r"(?:https?:)?//", address)]
    assert len(found) > 100 and outside == []


@pytest.mark.parametrize(
    "page",
    [
        '<script async src="https://cdn.example/x.js">',
        "<link rel='stylesheet' href='//fonts.example/css'>",
        '<link href="https://a.example/x.css" rel="stylesheet">',
        '<img alt="" src="https://a.example/x.png">',
    ],
)
def test_what_is_loaded_is_seen(page):
    """Catches a check of hosts that sees none of them."""
    assert LOADED.search(page) and not LOADED.search(
        '<link rel="canonical" href="https://a.example">'
    )
    assert LOADED_BY_STYLE.search("@import 'https://a.example'") and LOADED_BY_STYLE.search(
        "url(//a)"
    )


def test_every_page_is_in_the_contents(site):
    """Catches a page that no reader finds."""
    index = (site / "index.html").read_text("utf-8")
    for path in (REPOSITORY / "docs").glob("*.md"):
        assert path.stem == "index" or f'href="{path.stem}/"' in index, path.name


def test_a_dead_link_is_refused(tmp_path):
    """Catches a build that passes over links to nowhere."""
    docs = tmp_path / "docs"
    docs.mkdir()
    shutil.copy(REPOSITORY / "docs/conf.py", docs)
    (docs / "index.md").write_text("# A page\n\n[nowhere](nowhere.md)\n")
    run = built(docs, tmp_path / "site")
    assert run.returncode == 1 and "nowhere" in run.stderr


def links(path: Path) -> list[str]:
    prose = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)
    return [each for each in re.findall(r"\]\(([^)\s]+)\)", prose) if "://" not in each]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "RELEASING.md"])
def test_a_link_of_the_first_pages_leads_somewhere(name):
    """Catches a link to a page or heading that was renamed."""
    assert links(REPOSITORY / name)
    for link in links(REPOSITORY / name):
        path, _, heading = link.partition("#")
        assert (REPOSITORY / path).exists(), link
        if heading:
            headings = re.findall(r"^#+ (.*)$", (REPOSITORY / path).read_text("utf-8"), re.M)
            assert heading in [
                re.sub(r"[^\w -]", "", each).lower().replace(" ", "-") for each in headings
            ]
