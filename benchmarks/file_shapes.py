"""Shapes of a file: dialects, encodings, packing, and faults of form."""

import gzip
import io
import re
import zipfile
from collections.abc import Callable

from shape import Shape

ALL_QUOTED = "FORCE_QUOTE *"


def at_middle(text: bytes, inserted: bytes) -> bytes:
    """`text` with `inserted` after the line end in its middle."""
    middle = text.index(b"\n", len(text) // 2) + 1
    return text[:middle] + inserted + text[middle:]


def changed_line(text: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """`text` with the line in its middle changed."""
    start = text.index(b"\n", len(text) // 2) + 1
    end = text.index(b"\n", start)
    return text[:start] + change(text[start:end]) + text[end:]


def quoted_header(text: bytes) -> bytes:
    header, _, rest = text.partition(b"\n")
    return b",".join(b'"' + label + b'"' for label in header.split(b",")) + b"\n" + rest


def zipped(text: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("events.csv", text)
    return file.getvalue()


FILES = {  # shapes of the file
    "plain": Shape(),
    "header quoted (pyarrow)": Shape(rewrite=quoted_header),
    "every cell quoted (R's write.csv)": Shape(options=ALL_QUOTED),
    "CR LF (Excel)": Shape(rewrite=lambda text: text.replace(b"\n", b"\r\n")),
    "byte order mark, CR LF (Excel)": Shape(
        rewrite=lambda text: b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n")
    ),
    "CR alone (old Mac)": Shape(rewrite=lambda text: text.replace(b"\n", b"\r")),
    "semicolons (Excel in Europe)": Shape(options="DELIM ';'", dialect={"delimiter": ";"}),
    "tabs (tsv)": Shape(options=r"DELIM '\t'", name="events.tsv", dialect={"delimiter": "\t"}),
    "pipes (PostgreSQL)": Shape(options="DELIM '|'", dialect={"delimiter": "|"}),
    "a blank line at the end": Shape(rewrite=lambda text: text + b"\n"),
    "a blank line in the middle": Shape(rewrite=lambda text: at_middle(text, b"\n")),
    "a blank line after every tenth row": Shape(
        rewrite=lambda text: re.sub(rb"((?:[^\n]*\n){10})", rb"\1\n", text)
    ),
    "a last line without an end": Shape(rewrite=lambda text: text.removesuffix(b"\n")),
    "mixed line ends": Shape(rewrite=lambda text: changed_line(text, lambda line: line + b"\r")),
    "an unended quote in the middle": Shape(
        rewrite=lambda text: changed_line(text, lambda line: b'"' + line)
    ),
    "an unended quote near the end": Shape(
        rewrite=lambda text: text.rstrip(b"\n").rpartition(b"\n")[0] + b'\n"event-x,a1\n'
    ),
    "text after a closing quote": Shape(
        rewrite=lambda text: changed_line(
            text, lambda line: b'"event"-7' + line[line.index(b",") :]
        )
    ),
    "a blank before a quote": Shape(
        rewrite=lambda text: changed_line(text, lambda line: line + b', "more"')
    ),
    "one row too short": Shape(
        rewrite=lambda text: changed_line(text, lambda line: b"event-0,a1,visit")
    ),
    "one row too long": Shape(
        rewrite=lambda text: changed_line(text, lambda line: line + b",more")
    ),
    "one row much too long": Shape(
        rewrite=lambda text: changed_line(text, lambda line: line + b",more,and,more")
    ),
    "a delimiter at the end of every row": Shape(rewrite=lambda text: text.replace(b"\n", b",\n")),
    "a byte that is not UTF-8": Shape(
        rewrite=lambda text: changed_line(text, lambda line: line.replace(b"note", b"n\xf6te"))
    ),
    "line ends in one cell": Shape(
        rewrite=lambda text: changed_line(
            text, lambda line: b'"event\n' + line[6:].replace(b",", b'",', 1)
        )
    ),
    "line ends in every row": Shape(
        columns={"note": "'a note' || chr(10) || 'of two lines: ' || i"}
    ),
    "Latin-1": Shape(
        columns={"note": "'déjà vu number ' || i"},
        rewrite=lambda text: text.decode().encode("latin-1"),
        about={"encoding": "latin-1"},
    ),
    "Windows-1252": Shape(
        columns={"note": "'it’s number ' || i"},
        rewrite=lambda text: text.decode().encode("cp1252"),
        about={"encoding": "cp1252"},
    ),
    "UTF-16": Shape(
        rewrite=lambda text: text.decode().encode("utf-16"), about={"encoding": "utf-16"}
    ),
    "gzip": Shape(
        rewrite=lambda text: gzip.compress(text, 1),
        name="events.csv.gz",
        about={"compression": "gz"},
    ),
    "zip": Shape(rewrite=zipped, name="events.csv.zip", about={"compression": "zip"}),
    "ten parts": Shape(parts=10),
    "comment lines at the top": Shape(
        rewrite=lambda text: b"# made by a tool\n# on a day\n" + text, dialect={"commentChar": "#"}
    ),
    "a comment line in the middle": Shape(
        rewrite=lambda text: at_middle(text, b"# a comment\n"), dialect={"commentChar": "#"}
    ),
    "header in the third row": Shape(
        rewrite=lambda text: b"Events\nof a year\n" + text, dialect={"headerRows": [3]}
    ),
    "header of two rows": Shape(
        rewrite=lambda text: b"a,b,c,d,e,f,g,h,i,j\n" + text, dialect={"headerRows": [2]}
    ),
    "comment rows by number": Shape(
        rewrite=lambda text: at_middle(text, b""), dialect={"commentRows": [3]}
    ),
    "no header": Shape(options="HEADER false", dialect={"header": False}),
    "quotes are apostrophes": Shape(options="QUOTE '''', ESCAPE ''''", dialect={"quoteChar": "'"}),
    "backslashes escape (MySQL)": Shape(
        options=r"QUOTE '\"', ESCAPE '\'".replace('\\"', '"'),
        dialect={"escapeChar": "\\", "doubleQuote": False},
    ),
    "blanks after delimiters": Shape(
        rewrite=lambda text: re.sub(rb",(?! )(?=[^\n\"]*\n)", b", ", text),
        dialect={"skipInitialSpace": True},
    ),
    "many missing cells": Shape(
        columns={"note": "CASE WHEN i % 10 > 0 THEN '' ELSE 'x' END", "title": "'t'"},
        schema={"missingValues": ["", "NA", "-", "n/a"]},
    ),
    "long texts": Shape(columns={"note": "repeat('a long note of many words ', 30) || i"}),
    "Parquet": Shape(parquet=True, name="events.parquet"),
}
