"""`python -m scripts paragraphs`: the article's paragraphs and the records that stand for them."""

import subprocess
import sys

import pyarrow.parquet as pq
import pytest
from support.copies import REPOSITORY, built_article

from scripts import paragraphs


def test_every_record_of_the_article_cites_a_paragraph():
    """Catches a record that a person with the article in hand could not find there."""
    tables = {
        path.stem: pq.read_table(path).to_pylist()
        for path in (built_article() / "data/parquet").glob("*.parquet")
    }
    found = paragraphs.by_paragraph(tables, paragraphs.ARTICLE)
    assert list(found) == [1, 2, 3, 4, 5, 6, 7, 8, 0]
    cited = set().union(*found.values())
    unread = {row["id"] for row in tables["provisions"] if row["reading"] == "not_read"}
    other = {row["id"] for row in tables["sources"] if row["cited_in"] is None}
    assert {
        row["id"] for row in tables["records"] if row["table"] != "coders"
    } - cited == unread | other


@pytest.mark.long
def test_the_report_names_each_record_under_its_paragraph():
    """Catches a report that leaves records out, and a source that is not there."""
    command = [sys.executable, "-m", "scripts", "paragraphs"]
    run = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    paragraph_7 = run.stdout.split("paragraph 7\n")[1].split("\nparagraph 8")[0]
    for id in (
        "russia-nuclear-plant-proposal-2019",
        "moscow-2022-nuclear-energy",
        "nuclear-plant-off-agenda",
        "edm-2019-10-22",
    ):
        assert f" {id}\n" in paragraph_7
    missing = subprocess.run([*command, "nothing"], cwd=REPOSITORY, capture_output=True, text=True)
    assert (
        missing.returncode == 1
        and "no such source" in missing.stderr
        and "Traceback" not in missing.stderr
    )
