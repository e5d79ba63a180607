"""What CONTRIBUTING.md shows can be pasted as it stands."""

import re
import subprocess
import textwrap

import pytest
from support.copies import REPOSITORY, copy_article

from pledgeline.records.fmt import format_records
from pledgeline.write.build import build

TEXT = (REPOSITORY / "CONTRIBUTING.md").read_text("utf-8")
EVENT, RETIRED = (
    textwrap.dedent(block) for block in re.findall(r"(?<=\n\n)((?: {6,}.*\n)+)", TEXT)
)


def built(root, name: str, example: str) -> None:
    path = root / "data/records" / name
    path.write_text((path.read_text() if path.exists() else "") + example)
    assert format_records(root, check=True) == ([], [])
    assert build(root)[1] == []


def test_the_example_event_builds(tmp_path):
    """Catches an example whose id is taken, whose codes are gone, or that make fmt would write
    otherwise.
    """
    built(copy_article(tmp_path), "events/2022.yaml", EVENT)


@pytest.mark.long
def test_the_example_of_a_retired_id_builds(tmp_path):
    """Catches an example that breaks a rule of the file that it explains."""
    built(copy_article(tmp_path), "retired.yaml", RETIRED)


def is_marked(path: str) -> bool:
    command = ["git", "-C", REPOSITORY, "check-attr", "linguist-generated", "--", path]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.endswith(
        ": set\n"
    )


def test_what_is_generated_is_marked():
    """Catches a generated file that a review shows in full, and one by hand that it hides."""
    generated = [
        path
        for row in re.findall(r"^\| ((?:`[^`]+`[^|`]*)+) \| `make", TEXT, re.M)
        if "not in git" not in row
        for path in re.findall(r"`([^`]+)`", row)
    ]
    assert len(generated) > 6 and all((REPOSITORY / path).exists() for path in generated)
    for path in generated:
        inside = [path] if not path.endswith("/") else list((REPOSITORY / path).rglob("*.*"))
        assert all(is_marked(str(each)) for each in inside), path
    for path in ("README.md", "data/package.yaml", "data/records/retired.yaml", "docs/method.md"):
        assert not is_marked(path)
