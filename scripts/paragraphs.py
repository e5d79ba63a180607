"""Prints the records that cite a source, by paragraph, to be checked against the source.

    python -m scripts paragraphs [SOURCE]     default: the article of the first release

A paragraph is named by the numbers in a citation's locator. The sources that the source itself
cites there are listed too.
"""

import argparse
import re
import sys
from collections import defaultdict
from pathlib import Path

import pyarrow.parquet as pq

ARTICLE = "jamestown-2022"
TELLING = ("title", "summary", "name")  # the column that says best what a record is
PARAGRAPH = re.compile(r"paragraphs? (\d+)(?: and (\d+))?")


def said(row: dict) -> str:
    """One line on a record: its first descriptive column, cut to a terminal's width."""
    if "predicate" in row:
        return f"{row['subject']} {row['predicate']} {row['object']}"
    text = next((row[name] for name in TELLING if row.get(name)), row["id"])
    return text if len(text) <= 90 else text[:89] + "…"


def by_paragraph(tables: dict[str, list[dict]], source: str) -> dict[int, set[str]]:
    """The ids of records that cite `source`, and of sources cited in it, by paragraph.

    Paragraph 0 is for locators that name none.
    """
    known_from = {row["id"] for row in tables["sources"] if row["cited_in"] == source}
    found = defaultdict(set)
    for citation in tables["citations"]:
        numbers = [
            int(n)
            for n in (PARAGRAPH.search(citation["locator"]) or re.match("()", "")).groups()
            if n
        ] or [0]
        for number in numbers:
            if citation["source"] == source:
                found[number].add(citation["record"])
            elif citation["source"] in known_from:
                found[number].add(citation["source"])
    return dict(sorted(found.items(), key=lambda item: (item[0] == 0, item[0])))


def report(tables: dict[str, list[dict]], source: str) -> str:
    """The records of each paragraph by table, and how many there are in all."""
    home = {row["id"]: row["table"] for row in tables["records"]}
    rows = {row["id"]: row for table in set(home.values()) for row in tables[table]}
    paragraphs = by_paragraph(tables, source)
    lines = []
    for paragraph, ids in paragraphs.items():
        lines += ["", f"paragraph {paragraph}" if paragraph else "elsewhere in the source"]
        for id in sorted(ids, key=lambda id: (home[id], id)):
            lines += [f"  {home[id]:<16}{id}", f"{'':<18}{said(rows[id])}"]
    ids = set().union(*paragraphs.values())
    counts = {
        table: sum(home[id] == table for id in ids) for table in sorted({home[id] for id in ids})
    }
    lines += [
        "",
        f"{len(ids)} records: " + ", ".join(f"{count} {table}" for table, count in counts.items()),
    ]
    return "\n".join(lines)


def register(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source", nargs="?", default=ARTICLE, help=f"id of a source (default: {ARTICLE})"
    )


def run(options: argparse.Namespace) -> int:
    tables = {
        path.stem: pq.read_table(path).to_pylist()
        for path in sorted(Path("data/parquet").glob("*.parquet"))
    }
    if options.source not in {row["id"] for row in tables["sources"]}:
        print(f"{options.source}: no such source; see data/csv/sources.csv", file=sys.stderr)
        return 1
    print(report(tables, options.source))
    return 0
