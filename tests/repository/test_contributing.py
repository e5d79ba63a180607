"""What CONTRIBUTING.md shows can be pasted as it stands."""

import re
import textwrap

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


def test_the_example_of_a_retired_id_builds(tmp_path):
    """Catches an example that breaks a rule of the file that it explains."""
    built(copy_article(tmp_path), "retired.yaml", RETIRED)
