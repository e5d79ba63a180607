"""Prints the records that cite a source, paragraph by paragraph, to be checked with the source in hand.

    python scripts/coverage.py [SOURCE]     default: the article of the first release

A paragraph is named by the first number in a citation's locator; citations without one come last.
"""

import argparse
import re
import sys
from collections import defaultdict
from pathlib import Path

import pyarrow.parquet as pq

ARTICLE = "jamestown-2022"
WORDS = ("summary", "title", "name", "number", "predicate", "id")  # the column that says best what a record is


def said(row: dict) -> str:
    """One line on a record: the first telling column, cut to a terminal's width."""
    if "predicate" in row:
        return f"{row['subject']} {row['predicate']} {row['object']}"
    text = next(str(row[name]) for name in WORDS if row.get(name))
    return text if len(text) <= 90 else text[:89] + "…"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", nargs="?", default=ARTICLE, help=f"id of a source (default: {ARTICLE})")
    source = parser.parse_args().source
    tables = {path.stem: pq.read_table(path).to_pylist() for path in sorted(Path("data/parquet").glob("*.parquet"))}
    if source not in {row["id"] for row in tables["sources"]}:
        print(f"{source}: no such source; see data/csv/sources.csv", file=sys.stderr)
        return 1
    home = {row["id"]: row["table"] for row in tables["records"]}
    record = {(table, row["id"]): row for table in set(home.values()) for row in tables[table] if "id" in row}

    cited = defaultdict(set)
    for citation in tables["citations"]:
        if citation["source"] == source:
            numbers = re.findall(r"\d+", citation["locator"]) or [0]
            for number in numbers:
                cited[int(number)].add(citation["record"])
    for paragraph in sorted(cited, key=lambda number: (number == 0, number)):
        ids = sorted(cited[paragraph], key=lambda id: (home[id], id))
        print(f"\n{f'paragraph {paragraph}' if paragraph else 'elsewhere'}: {len(ids)} records")
        for id in ids:
            print(f"  {home[id]:<16}{id}\n{'':<18}{said(record[home[id], id])}")
    print(f"\n{len(set().union(*cited.values()))} records cite {source}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
