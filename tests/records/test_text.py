"""What is wrong with the text of one record file, before it is read as records."""

import tempfile
from pathlib import Path

import pytest

from pledgeline.errors import Problem
from pledgeline.records.text import read_text
from pledgeline.records.tree import parse


def problems_of(text: str) -> list[Problem]:
    """What is wrong in one file that holds `text`, before it is read as records."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.yaml"
        path.write_bytes(text.encode())
        read, found = read_text(path, Path(folder))
    return sorted(found + parse(read, "file.yaml")[1])


UNSEEN = [
    "\u00ad",
    "\u00a0",
    "\u2009",
    "\u3000",
    "\u200b",
    "\u200e",
    "\u202a",
    "\u2060",
    "\u2066",
    "\u2800",
    "\ufeff",
    "\U000e0041",
]


@pytest.mark.parametrize("character", UNSEEN, ids=lambda character: f"U+{ord(character):04X}")
@pytest.mark.parametrize(
    "spelt", [str, lambda character: f"\\U{ord(character):08x}"], ids=["raw", "escape"]
)
def test_no_character_hides(character, spelt):
    """Catches a character that nobody sees, and one that is not named."""
    found = problems_of(f'- title: "a{spelt(character)}b"\n')
    assert [problem.code for problem in found] == ["invisible-character"]
    assert f"U+{ord(character):04X}" in found[0].found and found[0].line == 1


@pytest.mark.parametrize(
    "word", ["می\u200cخواهم", "क्\u200dष", "Çankırı", "İlham Əliyev", "Єнакієве", "東京"]
)
def test_what_spells_a_word_is_let_stand(word):
    """Catches a title in its own language that is refused: Persian and Hindi need their joiners."""
    assert problems_of(f"- title: {word}\n") == []


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85"])
def test_a_line_that_only_yaml_counts_does_not_move_the_others(character):
    """Catches problems reported a line too low after a line end that editors do not count."""
    found = problems_of(f"- title: a{character}b\n- title: ~\n")
    assert [(problem.code, problem.line, problem.column) for problem in found] == [
        ("invisible-character", 1, 11),
        ("empty-value", 2, 10),
    ]


def test_lines_that_end_in_cr_are_lines():
    """Catches a file with the line ends of an old Macintosh in which every problem stands on line
    1.
    """
    found = problems_of("- title: a\r- title: ~\r")
    assert [(problem.code, problem.line) for problem in found] == [
        ("line-ending", 1),
        ("empty-value", 2),
    ]


@pytest.mark.parametrize(
    "line",
    ["title: Decree on water #12", "title: Decree #12", "title: a b # c", "title: a\n    b  # c"],
)
def test_a_text_that_a_comment_cuts_off_is_reported(line):
    """Catches a title that silently loses what follows its #."""
    (problem,) = problems_of(f"- id: x\n  {line}\n")
    assert (problem.code, problem.severity, problem.line, problem.column) == (
        "cut-by-comment",
        "warning",
        2,
        10,
    )


@pytest.mark.parametrize(
    "line",
    [
        "kind: visit  # c",
        'title: "a b"  # c',
        "title: C#minor a",
        "title: >-  # c\n    a #b",
        "# a b #c",
    ],
)
def test_a_comment_that_is_meant_is_let_stand(line):
    """Catches an alarm at every comment."""
    assert problems_of(f"- id: x\n  {line}\n") == []
