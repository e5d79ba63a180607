"""Views: found in either folder, made after those that they select from, refused with a reason."""

import pytest
from support.fresh import fresh

from pledgeline.errors import InvalidRecords
from pledgeline.write.build import build

SCHEMA = """\
title: Large stations
description: A station with more than twenty docks.
primaryKey: [station]
fields:
  - {name: station, title: Station, description: The station., type: string}
"""
VIEW = "views/a_large.sql"


def with_view(folder, sql: str, name: str = VIEW):
    """A new data set with one more view, whose name comes before that of the other."""
    root = fresh(folder / "stations")
    (root / "validate/schemas/a_large.yaml").write_text(SCHEMA)
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(sql)
    return root


@pytest.mark.parametrize("name", [VIEW, "scripts/views/a_large.sql"])
def test_a_view_may_select_from_another(name, tmp_path):
    """Catches views made in the order of their names, and a folder that is not looked into."""
    sql = "SELECT station FROM station_overview WHERE docks > 20 ORDER BY station"
    root = with_view(tmp_path, sql, name)
    build(root)
    assert (root / "data/csv/a_large.csv").read_text() == "station\nharbour\n"


@pytest.mark.parametrize(
    "sql,reported",
    [
        ("SELECT station FROM a_large", "select from each other"),
        ("SELECT station FROM b_other", "no schema"),
        ("SELECT station FROM nothing", "nothing"),
        ("SELECT 1 AS station, 2 AS x", "its schema has"),
        ("SELEKT", "syntax error"),
        ("CREATE TABLE x (a INT)", "its schema has"),
        ("SELECT content AS station FROM read_text('/etc/hostname')", "disabled"),
    ],
)
def test_a_view_that_cannot_be_made_is_reported_at_its_file(sql, reported, tmp_path):
    """Catches a traceback, views that go round in a circle, and one that reads other files."""
    root = with_view(tmp_path, sql)
    if "b_other" in sql:
        (root / "views/b_other.sql").write_text("SELECT 1 AS a")
    with pytest.raises(InvalidRecords) as refused:
        build(root)
    (problem,) = refused.value.problems
    assert problem.code == "broken-view" and reported in str(problem)
    assert problem.path in (VIEW, "views/b_other.sql")
    assert not (root / "data/csv").exists()
