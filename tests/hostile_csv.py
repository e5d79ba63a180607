"""CSV whose shape means ill: lines, cells and columns of any length and number, quotes that never end, strange dialects."""

from hostile_files import ID, table

MEGA = 1 << 20
TEXT = "id\n1\n"
ANY = [{"name": "id"}]


def text(content, **more):
    return lambda folder: table(folder, content, **more)


def dialect(content=TEXT, **dialect):
    return lambda folder: table(folder, content, dialect=dialect)


def names(number):
    return [f"f{n}" for n in range(number)]


def wide(number, *rows, fields=None):
    return text("\n".join([",".join(names(number)), *rows]) + "\n", fields=fields)


def fields_of(number, **more):
    return [{"name": name, **more} for name in names(number)]


def integers(number):
    return fields_of(number, type="integer")


CASES = {
    "an empty file": (text(""), ""),
    "a NUL in a cell": (text("id\n1\n\0\n"), ""),
    "a file of NULs": (text(b"\0" * MEGA), ""),
    "a carriage return that stands alone": (text("id\r1\rx\r"), ""),
    "line ends of three kinds": (text("id\n1\r\n2\rx\n"), ""),
    "a quote that never ends": (text('id\n1\n"' + "1\n" * 4 * MEGA), ""),
    "a quote that never ends in the first line": (text('"id\n' + "1\n" * 4 * MEGA), ""),
    "a quote in the middle of every cell": (text("id\n" + 'a"b\n' * 100_000), ""),
    "a line of 100 MB without delimiters": (text([b"id\n", *[b"1" * MEGA] * 100]), ""),
    "a line of 100 MB with delimiters": (text([b"id\n", *[b"1," * (MEGA // 2)] * 100]), ""),
    "a header of 100 MB": (text([b"i" * MEGA] * 100), ""),
    "a header of 10 MB with delimiters": (text("i," * 5 * MEGA), ""),
    "a cell of 50 MB between quotes": (text([b'id\n"', *[b"1" * MEGA] * 50, b'"\n']), ""),
    "thousand cells of a megabyte": (text([b"id\n", *[b"x" * MEGA + b"\n"] * 300], fields=ID), ""),
    "100 cells of seven megabytes": (text([b"id\n", *[b"x" * 7 * MEGA + b"\n"] * 60], fields=ID), ""),
    "10,000 columns": (wide(10_000, *["1," * 9_999 + "1"] * 10, fields=integers(10_000)), ""),
    "10,000 columns of wrong cells": (wide(10_000, *["x," * 9_999 + "x"] * 10, fields=integers(10_000)), ""),
    "10,000 columns and rows too short": (wide(10_000, *["1"] * 2_000, fields=fields_of(10_000)), ""),
    "100,000 columns": (wide(100_000, "1," * 99_999 + "1"), ""),
    "rows of 100,000 cells too many": (text("id\n" + ("1" + ",x" * 100_000 + "\n") * 20), ""),
    "a million rows too long": (text("id\n" + "1,x\n" * MEGA), ""),
    "a million rows too short": (text("a,b\n" + "1\n" * MEGA, fields=None), ""),
    "a million blank lines": (text("id\n" + "\n" * MEGA), ""),
    "a million blank lines that are skipped": (dialect("id\n" + "\n" * MEGA + "x\n", skipBlankRows=True), ""),
    "a file of delimiters": (text("," * MEGA), ""),
    "lines of delimiters": (text("id\n" + ",,,\n" * 100_000), ""),
    "a file of quotes": (text('"' * MEGA), ""),
    "a file of quotes after a header": (text("id\n" + '"' * (MEGA + 1)), ""),
    "a file of newlines": (text("\n" * MEGA), ""),
    "a file of blanks": (text(" " * MEGA), ""),
    "a byte order mark and nothing else": (text(b"\xef\xbb\xbf"), ""),
    "a delimiter of SQL": (dialect(delimiter="'); DROP TABLE r0; --"), ""),
    "a delimiter of a quote": (dialect('id"x\n1"2\n', delimiter='"'), ""),
    "a delimiter of a single quote": (dialect("id'x\n1'2\n", delimiter="'"), ""),
    "a delimiter of a NUL": (dialect("id\0x\n1\0y\n", delimiter="\0"), ""),
    "a delimiter that ends a line": (dialect(delimiter="\n"), ""),
    "a delimiter of a carriage return": (dialect(delimiter="\r"), ""),
    "a delimiter of nothing": (dialect(delimiter=""), ""),
    "a delimiter of two characters": (dialect("id::x\n1::2\n", delimiter="::"), ""),
    "a delimiter beyond ASCII": (dialect("id…x\n1…2\n", delimiter="…"), ""),
    "a delimiter of blanks": (dialect("id x\n1 2\n", delimiter=" "), ""),
    "a delimiter of a backslash": (dialect("id\\x\n1\\2\n", delimiter="\\"), ""),
    "a delimiter of a caret": (dialect('id^x\n1^"2"\n', delimiter="^"), ""),
    "a delimiter of a bracket": (dialect('id]x\n1]"2"\n', delimiter="]"), ""),
    "a quote that is the delimiter": (dialect("id,x\n1,2\n", quoteChar=","), ""),
    "a quote of two characters": (dialect(quoteChar="''"), ""),
    "a quote that is a newline": (dialect(quoteChar="\n"), ""),
    "an escape that is the quote": (dialect('id\n"1"""\n', escapeChar='"'), ""),
    "an escape of two characters": (dialect(escapeChar="\\\\"), ""),
    "a line terminator of nothing": (dialect("id\nx\n", lineTerminator=""), ""),
    "a line terminator of a letter": (dialect("ida1axa", lineTerminator="a"), ""),
    "a line terminator that never comes": (dialect("id" * 20 * MEGA, lineTerminator="||"), ""),
    "a line terminator in many short lines": (dialect("id\n1\n" * MEGA, lineTerminator="||"), ""),
    "header rows of zero": (dialect(headerRows=[0]), ""),
    "header rows before the first": (dialect(headerRows=[-1]), ""),
    "header rows far beyond the end": (dialect(headerRows=[10**9]), ""),
    "header rows that are no whole number of 64 bits": (dialect(headerRows=[10**30]), ""),
    "header rows out of order": (dialect(headerRows=[2, 1]), ""),
    "header rows that are texts": (dialect(headerRows=["1"]), ""),
    "a million header rows": (dialect("id\n" * 50_000, headerRows=list(range(1, 50_001))), ""),
    "comment rows far beyond the end": (dialect("id\nx\n", commentRows=[10**30, -5]), ""),
    "everything is a comment": (dialect("id\n" * MEGA, commentChar="i"), ""),
    "a comment of a newline": (dialect("id\nx\n", commentChar="\n"), ""),
    "a header join of a megabyte": (dialect("id\n" * 100, headerRows=list(range(1, 101)), headerJoin="x" * MEGA), ""),
    "a null sequence of SQL": (dialect("id\nx\n", nullSequence="' OR '1'='1"), ""),
    "the marker of no cell": (text("id\n1\n\x01\n"), ""),
    "the marker of inline values": (text("id\n1\n\x01json:{}\n"), ""),
}
