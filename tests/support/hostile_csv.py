"""CSV of hostile shape: huge lines, cells and columns, open quotes, strange dialects."""

from support.hostile_files import ID, VALID, table

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
    "an empty file": (text(""), "the source is empty"),
    "a NUL in a cell": (text("id\n1\n\0\n"), "is not a whole number such as 43"),
    "a file of NULs": (
        text(b"\0" * MEGA),
        "the label of column 1 has 1,048,576 characters, expected at most 4,000",
    ),
    "a carriage return that stands alone": (text("id\r1\rx\r"), "is not a whole number such as 43"),
    "line ends of three kinds": (text("id\n1\r\n2\rx\n"), "is not a whole number such as 43"),
    "a quote that never ends": (
        text('id\n1\n"' + "1\n" * 4 * MEGA),
        "is not a whole number such as 43",
    ),
    "a quote that never ends in the first line": (
        text('"id\n' + "1\n" * 4 * MEGA),
        "the label of column 1 has 8,388,610 characters, expected at most 4,000",
    ),
    "a quote in the middle of every cell": (
        text("id\n" + 'a"b\n' * 100_000),
        "is not a whole number such as 43",
    ),
    "a line of 100 MB without delimiters": (
        text([b"id\n", *[b"1" * MEGA] * 100]),
        "this is not CSV of its dialect (a line is longer than 16,777,216 chara",
    ),
    "a line of 100 MB with delimiters": (
        text([b"id\n", *[b"1," * (MEGA // 2)] * 100]),
        "this is not CSV of its dialect (a line is longer than 16,777,216 chara",
    ),
    "a header of 100 MB": (
        text([b"i" * MEGA] * 100),
        "this is not CSV of its dialect (a line is longer than 16,777,216 chara",
    ),
    "a header of 10 MB with delimiters": (
        text("i," * 5 * MEGA),
        "a row has 5,242,881 cells, expected at",
    ),
    "a cell of 50 MB between quotes": (
        text([b'id\n"', *[b"1" * MEGA] * 50, b'"\n']),
        "this is not CSV of its dialect (a line is longer than 16,777,216 chara",
    ),
    "100 cells of a megabyte": (
        text([b"id\n", *[b"x" * MEGA + b"\n"] * 100], fields=ID),
        "is not a whole number such as 43",
    ),
    "20 cells of seven megabytes": (
        text([b"id\n", *[b"x" * 7 * MEGA + b"\n"] * 20], fields=ID),
        "is not a whole number such as 43",
    ),
    "10,000 columns": (
        wide(10_000, *["1," * 9_999 + "1"] * 10, fields=integers(10_000)),
        "the table has 10,000 columns, expected at most 2,000",
    ),
    "10,000 columns of wrong cells": (
        wide(10_000, *["x," * 9_999 + "x"] * 10, fields=integers(10_000)),
        "the table has 10,000 columns, expected at most 2,000",
    ),
    "10,000 columns and rows too short": (
        wide(10_000, *["1"] * 2_000, fields=fields_of(10_000)),
        "the table has 10,000 columns, expected at most 2,000",
    ),
    "100,000 columns": (
        wide(100_000, "1," * 99_999 + "1"),
        "the table has 100,000 columns, expected at most 2,000",
    ),
    "rows of 100,000 cells too many": (
        text("id\n" + ("1" + ",x" * 100_000 + "\n") * 20),
        "a row has 100,001 cells, expected at m",
    ),
    "a million rows too long": (
        text("id\n" + "1,x\n" * MEGA),
        'row 2: the cell in position 2 has no column: "x"',
    ),
    "a million rows too short": (
        text("a,b\n" + "1\n" * MEGA, fields=None),
        'row 2, field "b": the row ends before this field',
    ),
    "a million blank lines": (text("id\n" + "\n" * MEGA), "row 2: the row is blank"),
    "a million blank lines that are skipped": (
        dialect("id\n" + "\n" * MEGA + "x\n", skipBlankRows=True),
        "is not a whole number such as 43",
    ),
    "a file of delimiters": (
        text("," * MEGA),
        "a row has 1,048,577 cells, expected at",
    ),
    "lines of delimiters": (text("id\n" + ",,,\n" * 100_000), "row 2: the row is blank"),
    "a file of quotes": (
        text('"' * MEGA),
        "the label of column 1 has 524,287 characters, expected at most 4,000",
    ),
    "a file of quotes after a header": (
        text("id\n" + '"' * (MEGA + 1)),
        "is not a whole number such as 43",
    ),
    "a file of newlines": (text("\n" * MEGA), "row 2: the row is blank"),
    "a file of blanks": (text(" " * MEGA), "column 1 has no label"),
    "a byte order mark and nothing else": (text(b"\xef\xbb\xbf"), "the source is empty"),
    "a delimiter of SQL": (
        dialect(delimiter="'); DROP TABLE r0; --"),
        'this is not CSV of its dialect ("delimiter" must be a 1-character stri',
    ),
    "a delimiter of a quote": (
        dialect('id"x\n1"2\n', delimiter='"'),
        "the dialect's `delimiter` is also its `quoteChar` or its `escapeChar`",
    ),
    "a delimiter of a single quote": (
        dialect("id'x\n1'2\n", delimiter="'"),
        'column 2, "x", has no field in the schema',
    ),
    "a delimiter of a NUL": (
        dialect("id\0x\n1\0y\n", delimiter="\0"),
        'column 2, "x", has no field in the schema',
    ),
    "a delimiter that ends a line": (
        dialect(delimiter="\n"),
        "the dialect's `delimiter` is the end of a line",
    ),
    "a delimiter of a carriage return": (
        dialect(delimiter="\r"),
        "the dialect's `delimiter` is the end of a line",
    ),
    "a delimiter of nothing": (
        dialect(delimiter=""),
        'this is not CSV of its dialect ("delimiter" must be a 1-character stri',
    ),
    "a delimiter of two characters": (
        dialect("id::x\n1::2\n", delimiter="::"),
        'this is not CSV of its dialect ("delimiter" must be a 1-character stri',
    ),
    "a delimiter beyond ASCII": (
        dialect("id…x\n1…2\n", delimiter="…"),
        'column 2, "x", has no field in the schema',
    ),
    "a delimiter of blanks": (
        dialect("id x\n1 2\n", delimiter=" "),
        'column 2, "x", has no field in the schema',
    ),
    "a delimiter of a backslash": (
        dialect("id\\x\n1\\2\n", delimiter="\\"),
        'column 2, "x", has no field in the schema',
    ),
    "a delimiter of a caret": (
        dialect('id^x\n1^"2"\n', delimiter="^"),
        'column 2, "x", has no field in the schema',
    ),
    "a delimiter of a bracket": (
        dialect('id]x\n1]"2"\n', delimiter="]"),
        'column 2, "x", has no field in the schema',
    ),
    "a quote that is the delimiter": (
        dialect("id,x\n1,2\n", quoteChar=","),
        "the dialect's `delimiter` is also its `quoteChar` or its `escapeChar`",
    ),
    "a quote of two characters": (
        dialect(quoteChar="''"),
        'this is not CSV of its dialect ("quotechar" must be a 1-character stri',
    ),
    "a quote that is a newline": (
        dialect(quoteChar="\n"),
        "the dialect's `quoteChar` is the end of a line",
    ),
    "an escape that is the quote": (
        dialect('id\n"1"""\n', escapeChar='"'),
        "is not a whole number such as 43",
    ),
    "an escape of two characters": (
        dialect(escapeChar="\\\\"),
        'this is not CSV of its dialect ("escapechar" must be a 1-character str',
    ),
    "a line terminator of nothing": (
        dialect("id\nx\n", lineTerminator=""),
        "is not a whole number such as 43",
    ),
    "a line terminator of a letter": (
        dialect("ida1axa", lineTerminator="a"),
        "is not a whole number such as 43",
    ),
    "a line terminator that never comes": (
        dialect("id" * 20 * MEGA, lineTerminator="||"),
        "this is not CSV of its dialect (a line is longer than 16,777,216 chara",
    ),
    "a line terminator in many short lines": (
        dialect("id\n1\n" * MEGA, lineTerminator="||"),
        "this is not CSV of its dialect (new-line character seen in unquoted fi",
    ),
    "header rows of zero": (
        dialect(headerRows=[0]),
        'resource "t": /resources/0/dialect/headerRows/0: found 0, expected at ',
    ),
    "header rows before the first": (
        dialect(headerRows=[-1]),
        'resource "t": /resources/0/dialect/headerRows/0: found -1, expected at',
    ),
    "header rows far beyond the end": (dialect(headerRows=[10**9]), "the source is empty"),
    "header rows that are no whole number of 64 bits": (
        dialect(headerRows=[10**30]),
        "the source is empty",
    ),
    "header rows out of order": (
        dialect(headerRows=[2, 1]),
        'column 1 is labelled "id 1", the schema has "id" there',
    ),
    "header rows that are texts": (
        dialect(headerRows=["1"]),
        'resource "t": /resources/0/dialect/headerRows/0: found "1", expected a',
    ),
    "50,000 header rows": (dialect("id\n" * 50_000, headerRows=list(range(1, 50_001))), VALID),
    "comment rows far beyond the end": (
        dialect("id\nx\n", commentRows=[10**30, -5]),
        'resource "t": /resources/0/dialect/commentRows/1: found -5, expected a',
    ),
    "everything is a comment": (dialect("id\n" * MEGA, commentChar="i"), "the source is empty"),
    "a comment of a newline": (
        dialect("id\nx\n", commentChar="\n"),
        "is not a whole number such as 43",
    ),
    "a header join of a megabyte": (
        dialect("id\n" * 100, headerRows=list(range(1, 101)), headerJoin="x" * MEGA),
        VALID,
    ),
    "a null sequence of SQL": (
        dialect("id\nx\n", nullSequence="' OR '1'='1"),
        "is not a whole number such as 43",
    ),
    "the marker of no cell": (text("id\n1\n\x01\n"), "is not a whole number such as 43"),
    "the marker of inline values": (
        text("id\n1\n\x01json:{}\n"),
        "is not a whole number such as 43",
    ),
}
