"""Prints how much of its subject the package covers, and how well its records are supported.

    python -m scripts coverage            the whole package
    python -m scripts coverage --weak     and the ids of the records with weak support

A record is well supported by one primary source (a text, an official statement, a gazette, a
document of an organisation or a parliament) or by two independent ones; weakly by less.
`python -m scripts paragraphs` shows the records that cite one source.
"""

import argparse
from pathlib import Path

import duckdb

INSTRUMENTS = """
    SELECT instruments.id, instruments.provision_count AS counted,
        (SELECT count(*) FROM provisions
            WHERE instrument = instruments.id AND reading = 'read') AS read,
        (SELECT count(*) FROM provisions
            WHERE instrument = instruments.id AND reading = 'reported') AS reported,
        (SELECT count(*) FROM commitments WHERE instrument = instruments.id) AS commitments,
        (SELECT count(DISTINCT commitments.id) FROM commitments
            JOIN assessments ON assessments.commitment = commitments.id
            WHERE instrument = instruments.id) AS assessed,
        (SELECT count(*) FROM commitments
            JOIN assessments ON assessments.commitment = commitments.id
            WHERE instrument = instruments.id) AS assessments
    FROM instruments ORDER BY instruments.date_start NULLS LAST, instruments.id
"""
SUPPORT = """
    SELECT "table", count(*) AS records, round(avg(sources), 1) AS sources_each,
        count(*) FILTER (WHERE sources = 0) AS with_none,
        count(*) FILTER (WHERE sources = 1) AS with_one,
        count(*) FILTER (WHERE "primary" > 0) AS with_primary,
        count(*) FILTER (WHERE independent > 1) AS with_two,
        count(*) FILTER (WHERE "primary" > 0 OR independent > 1) AS well
    FROM support GROUP BY "table" ORDER BY "table"
"""
WEAK = 'SELECT "table", id FROM support WHERE "primary" = 0 AND independent < 2 ORDER BY ALL'
YEARS = """
    SELECT year FROM range(
        (SELECT min(year(date_start)) FROM events),
        (SELECT max(year(date_end)) FROM events WHERE status = 'occurred') + 1
    ) AS years(year)
    WHERE NOT EXISTS (SELECT 1 FROM events WHERE year IN (year(date_start), year(date_end)))
    ORDER BY year
"""
HEADLINES = """
    SELECT
        (SELECT count(*) FROM instruments) AS instruments,
        (SELECT count(*) FROM commitments) AS commitments,
        (SELECT count(*) FROM events) AS events,
        (SELECT count(*) FROM assessments) AS assessments,
        (SELECT count(*) FROM interpretations) AS interpretations,
        (SELECT count(*) FROM sources WHERE read IN ('full', 'opening')) AS sources,
        (SELECT count(*) FROM provisions
            WHERE instrument = 'moscow-declaration-2022' AND reading <> 'not_read') AS moscow,
        (SELECT round(100.0 * count(*) FILTER (WHERE "primary" > 0 OR independent > 1) / count(*))
            FROM support WHERE "table" IN ('events', 'commitments')) AS well
"""


def opened(folder: Path) -> duckdb.DuckDBPyConnection:
    """The published tables in `folder`, and the view `support` over them."""
    database = duckdb.connect()
    for path in sorted(folder.glob("*.parquet")):
        database.execute(f"CREATE VIEW \"{path.stem}\" AS SELECT * FROM '{path}'")
    database.execute(Path(__file__).with_suffix(".sql").read_text("utf-8"))
    return database


def headlines(database: duckdb.DuckDBPyConnection) -> str:
    """The package in one sentence; the README has it word for word."""
    row = dict(
        zip(
            (c[0] for c in database.execute(HEADLINES).description),
            database.fetchone(),
            strict=True,
        )
    )
    return (
        "{instruments:,} instruments, {commitments:,} commitments, {events:,} events,"
        " {assessments:,} assessments and {interpretations:,} interpretations"
        " from {sources:,} sources that were read;"
        " {moscow} of the 43 units of the Moscow Declaration known;"
        " {well:.0f} % of events and commitments with a primary or two independent sources"
    ).format(**row)


def table(database: duckdb.DuckDBPyConnection, sql: str) -> list[str]:
    """The lines of a query's result as columns, numbers to the right."""
    result = database.execute(sql)
    rows = [[c[0] for c in result.description], *result.fetchall()]
    texts = [["" if cell is None else str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    return [
        "  ".join(
            t.ljust(w) if n == 0 else t.rjust(w)
            for n, (t, w) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in texts
    ]


def report(database: duckdb.DuckDBPyConnection, weak: bool) -> str:
    """What `make coverage` prints."""
    lines = [
        headlines(database),
        "",
        "Instruments: numbered units counted, read, reported; commitments; those assessed",
    ]
    lines += table(database, INSTRUMENTS)
    lines += [
        "",
        "Support: sources per record; records with none, one, a primary source,"
        " two independent ones, either of these",
        *table(database, SUPPORT),
    ]
    thin = database.execute(WEAK).fetchall()
    lines += [
        "",
        f"{len(thin)} records with weak support"
        + ("" if weak or not thin else " (--weak lists them)"),
    ]
    lines += [f"  {home:<16}{id}" for home, id in thin] if weak else []
    years = [str(year) for (year,) in database.execute(YEARS).fetchall()]
    lines += ["", f"Years in which no event begins or ends: {', '.join(years) or 'none'}"]
    return "\n".join(lines)


def register(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--weak", action="store_true", help="list the records with weak support")


def run(options: argparse.Namespace) -> int:
    print(report(opened(Path("data/parquet")), options.weak))
    return 0
