"""The same records give the same bytes, whatever the clock, the place and the settings of the
machine.
"""

import pytest
from support.command import pledgeline_process
from support.copies import copy_article, published, run_build


@pytest.mark.long
def test_two_builds_in_other_surroundings_are_identical(tmp_path):
    """Catches a clock, a locale, a hash order or a path that reaches the published files."""
    surroundings = [
        {
            "TZ": "Pacific/Kiritimati",
            "LC_ALL": "C",
            "PYTHONHASHSEED": "1",
            "HOME": str(tmp_path / "a"),
        },
        {
            "TZ": "America/Los_Angeles",
            "LC_ALL": "C.UTF-8",
            "PYTHONHASHSEED": "2",
            "LANG": "tr_TR.UTF-8",
            "PYTHONUTF8": "0",
        },
    ]
    results = []
    for number, environment in enumerate(surroundings):
        root = copy_article(tmp_path / ("deep/" * number + "package"))
        run = pledgeline_process("build", folder=root, **environment)
        assert run.returncode == 0, run.stderr
        results.append(published(root))
    assert results[0] == results[1]
    assert len(results[0]) > 40


@pytest.mark.long
def test_the_order_of_files_and_records_does_not_matter(tmp_path):
    """Catches rows published in the order in which they were written or found."""
    one, other = copy_article(tmp_path / "one"), copy_article(tmp_path / "other")
    folder = other / "data/records/events"
    (folder / "2021.yaml").rename(folder / "a.yaml")
    text = (folder / "2022.yaml").read_text()
    records = text.split("\n- ")
    (folder / "2022.yaml").write_text(
        "\n- ".join(
            ["- " + records[-1].rstrip("\n"), *[records[0].removeprefix("- "), *records[1:-1]]]
        )
        + "\n"
    )
    for root in (one, other):
        assert run_build(root).returncode == 0
    assert published(one) == published(other)
