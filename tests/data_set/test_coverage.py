"""`make coverage`: what is covered and how well it is supported, counted on the complete package
and on the published one.
"""

import subprocess
import sys

from support.copies import REPOSITORY, run_build

from scripts import coverage_report


def test_support_counts_what_was_read_and_is_independent(complete_built):
    """Catches support by a source that nobody read, that is cautioned, or that contradicts."""
    database = coverage_report.opened(complete_built / "data/parquet")
    found = {
        id: rest
        for id, *rest in database.execute(
            'SELECT id, sources, independent, "primary" FROM support'
        ).fetchall()
    }
    citations = database.execute(
        "SELECT record, source FROM citations WHERE role <> 'contradicts'"
    ).fetchall()
    read = {
        id
        for (id,) in database.execute(
            "SELECT id FROM sources WHERE read IN ('full', 'opening')"
        ).fetchall()
    }
    for id, (sources, independent, primary) in found.items():
        assert sources == len({source for record, source in citations if record == id} & read)
        assert independent <= sources and (primary > 0) == (
            ("alland-gazette-2024") in {s for r, s in citations if r == id}
        )


def test_two_pages_of_one_report_are_one_source(complete):
    """Catches a retold report counted as an independent one."""
    path = complete / "data/records/sources/invented.yaml"
    path.write_text(
        path.read_text().replace(
            "publisher: Lune Forum", "publisher: Lune Forum\n  origin: Borland Press Agency"
        )
    )
    event = next((complete / "data/records/events").glob("2025.yaml"))
    text = event.read_text()
    cited = "- {source: harbour-post-2025,"
    assert cited in text
    event.write_text(
        text.replace(cited, "- {source: lune-forum-copy, locator: post 1}\n    " + cited, 1)
    )
    assert run_build(complete).returncode == 0
    database = coverage_report.opened(complete / "data/parquet")
    assert database.execute(
        'SELECT max(independent) FROM support WHERE sources > 1 AND "primary" = 0'
    ).fetchone() == (1,)


def test_the_report_is_printed():
    """Catches a query that the published tables do not fit."""
    command = [sys.executable, "-m", "scripts", "coverage", "--weak"]
    run = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert (
        "Years in which no event begins or ends: none" in run.stdout
        and "sources_each" in run.stdout
        and "moscow-declaration-2022 " in run.stdout
    )
