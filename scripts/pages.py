"""Writes what the pages show into them: numbers, what code prints, how well coders agree, reports.

    python -m scripts pages    fills README.md and the pages of docs/, and names those that changed

Every block of code is run, and its output is put under it; so is every `$ command` of a console
block, in a copy of docs/example. Output stays as it is where R is not installed, and where code
reads a published version, which never changes.
"""

import argparse
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

import duckdb

from pledgeline import __version__
from scripts import coverage_report

BLOCK = re.compile(r"```(python|r|sql)\n(.*?)```(?:\n\n```text\n(.*?)```)?", re.DOTALL)
AGREEMENT = re.compile(r"(?<=```text\n)round .*?(?=```)", re.DOTALL)
COMMAND = re.compile(r"```console\n\$ (.*?)\n(.*?)```", re.DOTALL)
REPORT = re.compile(r"(?<=```console\n)  FAIL .*?(?=```)", re.DOTALL)
HEADLINE = re.compile(r"(?:^> .*\n)+", re.MULTILINE)
EXAMPLE = Path("docs/example")  # the package that commands are shown on: small, with four errors
TAG = re.compile(r"(?<=engine-)\d+\.\d+\.\d+")  # in the snippets that name a version of the engine
TIMES = re.compile(r'\d+\.\d+(?= s\b)|(?<="seconds": )\d+\.\d+|(?<=time=")\d+\.\d+')
WIDTH = 126
# what the report is about: one letter too many in events.csv
SLIP = ("2019,proposal,", "2019,propposal,")


def in_python(code: str, root: Path) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    ).stdout


def in_r(code: str, root: Path) -> str:
    return subprocess.run(
        ["Rscript", "-e", code], cwd=root, capture_output=True, text=True, check=True
    ).stdout


def in_sql(code: str, root: Path) -> str:
    database = duckdb.connect(config={"file_search_path": str(root)})
    with redirect_stdout(io.StringIO()) as printed:
        database.sql(code).show()
    return printed.getvalue()


LANGUAGES: dict[str, Callable[[str, Path], str]] = {"python": in_python, "r": in_r, "sql": in_sql}


def printed(language: str, code: str, root: Path) -> str:
    """What `code` prints when it is run in `root`, without blanks at the ends of lines.

    Raises CalledProcessError.
    """
    return (
        "\n".join(line.rstrip() for line in LANGUAGES[language](code, root).rstrip().splitlines())
        + "\n"
    )


def with_outputs(text: str, root: Path) -> str:
    """`text` with what each block of code prints today in the block under it."""

    def filled(block: re.Match) -> str:
        language, code, shown = block.groups()
        if shown is None or ".at(" in code or (language == "r" and not shutil.which("Rscript")):
            return block[0]
        return f"```{language}\n{code}```\n\n```text\n{printed(language, code, root)}```"

    return BLOCK.sub(filled, text)


def with_headline(text: str, root: Path) -> str:
    """`text` with the package's numbers in its one quotation."""
    sentence = coverage_report.headlines(coverage_report.opened(root / "data/parquet")) + "."
    return HEADLINE.sub("".join(f"> {line}\n" for line in textwrap.wrap(sentence, WIDTH)), text)


def with_version(text: str, root: Path) -> str:
    """`text` with the tag of the engine as it is in its snippets."""
    return TAG.sub(__version__, text)


def with_agreement(text: str, root: Path) -> str:
    """`text` with what `make reliability` prints."""
    command = [sys.executable, "-m", "scripts", "reliability"]
    table = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    return AGREEMENT.sub(lambda _: table, text)


def in_shell(command: str, root: Path) -> str:
    """What `command` prints in a copy of EXAMPLE; it may end with any exit code."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    with tempfile.TemporaryDirectory(prefix="pledgeline-") as folder:
        shutil.copytree(root / EXAMPLE, folder, dirs_exist_ok=True)
        run = subprocess.run(
            ["bash", "-c", f"{command} 2>&1"],
            cwd=folder,
            env={**os.environ, "PATH": path, "COLUMNS": "100"},
            capture_output=True,
            text=True,
        )
    return "\n".join(line.rstrip() for line in run.stdout.rstrip().splitlines()) + "\n"


def with_commands(text: str, root: Path) -> str:
    """`text` with what each command prints today, unless nothing but the times in it is new."""

    def filled(block: re.Match) -> str:
        command, shown = block.groups()
        made = in_shell(command, root)
        same = timeless(shown) == timeless(made)
        return block[0] if same else f"```console\n$ {command}\n{made}```"

    return COMMAND.sub(filled, text)


def report(root: Path) -> str:
    """The first findings of `pledgeline validate` on a copy of the package with SLIP in it."""
    with tempfile.TemporaryDirectory(prefix="pledgeline-") as folder:
        copy = Path(folder)
        for name in ("data", "validate"):
            shutil.copytree(root / name, copy / name)
        shutil.copy(root / "datapackage.json", copy)
        table = copy / "data/csv/events.csv"
        table.write_text(table.read_text("utf-8").replace(*SLIP), "utf-8")
        command = [sys.executable, "-m", "pledgeline", "validate", "--rules", "validate/rules"]
        lines = subprocess.run(
            command, cwd=copy, capture_output=True, text=True
        ).stdout.splitlines()
    tables = [line for line in lines if re.match(r"  FAIL  events(-parquet)? ", line)]
    first = lines.index("events: 1 byte-count, in data/csv/events.csv")
    last = next(number for number, line in enumerate(lines) if "did you mean" in line)
    return "\n".join([*tables, "", *lines[first : last + 1]]) + "\n"


def timeless(text: str) -> str:
    return TIMES.sub("0.0", text)


def with_report(text: str, root: Path) -> str:
    """`text` with the report, unless nothing but the times in it is new."""
    made = report(root)
    return REPORT.sub(
        lambda shown: shown[0] if timeless(shown[0]) == timeless(made) else made, text
    )


PAGES = {
    "README.md": (with_headline, with_outputs),
    "docs/ci.md": (with_version,),
    "docs/engine.md": (with_version, with_report, with_commands),
    "docs/new.md": (with_commands,),
    "docs/read.md": (with_outputs,),
    "docs/recipes.md": (with_outputs,),
    "docs/reports.md": (with_commands,),
    "docs/rules.md": (with_commands,),
    "docs/method.md": (with_agreement,),
}


def register(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--root", type=Path, default=Path("."), metavar="DIR", help="the package (default: here)"
    )


def run(options: argparse.Namespace) -> int:
    for name, fill in PAGES.items():
        text = old = (options.root / name).read_text("utf-8")
        for part in fill:
            try:
                text = part(text, options.root)
            except subprocess.CalledProcessError as error:
                why = f"code of it ended with exit code {error.returncode}"
                print(f"{name}: {why}:\n{error.stderr.strip()}", file=sys.stderr)
                return 1
        if text != old:
            (options.root / name).write_text(text, "utf-8")
            print(f"{name}: rewritten")
    return 0
