"""Names, values and patterns that attack: SQL, format strings, terminal commands, endless work."""

from support.hostile_files import VALID, inline, table

SQL = "'); DROP TABLE r0; --"
SIGNS = "\x1b[2J\x1b]8;;http://example.org\x07\u202e\x07::error::x##[error]"
NAMES = [
    "row_number",
    "c1",
    "blank",
    "extras",
    "extra",
    "v1",
    "s1",
    "b1",
    "k1",
    "cells",
    "plain",
    "A",
    "a",
    SQL,
    '"',
    "'",
    ";",
]
BRACES = ["{v}", "{", "{{", "}", "{0.__class__}", "%s", "%(x)s", "$1", "\\", "{true}"]


def named(*names, row=None, **more):
    """A table with those labels and fields of integers, and one row of cells that are none."""
    quoted = ",".join('"' + name.replace('"', '""') + '"' for name in names)
    cells = ",".join(row or ["x"] * len(names))
    fields = [{"name": name, "type": "integer", **more} for name in names]
    return lambda folder: table(folder, f"{quoted}\n{cells}\n", fields=fields)


def constrained(*cells, kind="string", **constraints):
    text = "x\n" + "".join('"' + cell.replace('"', '""') + '"\n' for cell in cells)
    return lambda folder: table(
        folder, text, fields=[{"name": "x", "type": kind, "constraints": constraints}]
    )


def missing(*values, cell="x", **more):
    schema = {"missingValues": list(values)}
    return lambda folder: table(
        folder, f"id\n{cell}\n", fields=[{"name": "id", "type": "integer"}], schema=schema, **more
    )


def keyed(number, refers):
    """A table whose primary key has that many columns.

    So has its foreign key to itself, if it `refers`.
    """

    def made(folder):
        names = [f"f{n}" for n in range(number)]
        row = ",".join(["1"] * number)
        key = (
            [{"fields": names, "reference": {"resource": "", "fields": names[::-1]}}]
            if refers
            else []
        )
        schema = {"primaryKey": names, **({"foreignKeys": key} if key else {})}
        fields = [{"name": name, "type": "string"} for name in names]
        return table(
            folder, "\n".join([",".join(names), row, row]) + "\n", fields=fields, schema=schema
        )

    return made


def circle(folder):
    """Three tables, each of which refers to the next, with one key that dangles."""
    made = []
    for n in range(3):
        key = [{"fields": "id", "reference": {"resource": f"t{(n + 1) % 3}", "fields": "id"}}]
        made.append(
            {
                **table(folder, f"id\n{n // 2}\n", f"{n}.csv", schema={"foreignKeys": key}),
                "name": f"t{n}",
            }
        )
    return made


MANY = [str(n) for n in range(100_000)]
SLOW = ["a" * 40 + f"!{n}" for n in range(5_000)]
CASES = {
    "fields named like our own columns": (named(*NAMES), "is not a whole number such as 43"),
    "fields named like format strings": (named(*BRACES), "is not a whole number such as 43"),
    "fields with names that steer a terminal": (
        named(SIGNS, "\x00", " "),
        "is not a whole number such as 43",
    ),
    "fields without names": (named("", "b"), "is not a whole number such as 43"),
    "labels that differ in case": (named("A", "a", "Á", "á"), "is not a whole number such as 43"),
    "labels that are one and the same": (
        lambda folder: table(folder, "a,a\n1,2\n", fields=None),
        'has the label "a" of another',
    ),
    "cells that steer a terminal": (named("id", row=[SIGNS]), "is not a whole number such as 43"),
    "cells that are SQL": (named("id", row=[SQL]), "is not a whole number such as 43"),
    "a key of fields that are SQL": (
        lambda folder: table(
            folder,
            f'"{SQL}"\nx\nx\n',
            fields=[{"name": SQL}],
            schema={"primaryKey": [SQL], "uniqueKeys": [[SQL]]},
        ),
        "row 3, field '); DROP TABLE r0; --: '); DROP TABLE r0; -- \"x\" is in ro",
    ),
    "codes that are SQL": (constrained("x", enum=[SQL, "{v}", "%s"]), "breaks `enum`"),
    "100,000 codes": (constrained(*["x"] * 2_000, "1", enum=MANY), "breaks `enum`"),
    "100,000 codes of the wrong case": (
        constrained(*[f"{n}a" for n in range(300)], enum=MANY),
        "breaks `enum`",
    ),
    "a million codes": (
        constrained(*["x"] * 100_000, enum=[str(n) for n in range(1_000_000)]),
        "breaks `enum`",
    ),
    "a code of a megabyte": (constrained("a", enum=["a" * 1_000_000]), "breaks `enum`"),
    "a million missing values": (
        missing(*[f"m{n}" for n in range(1_000_000)]),
        "there are 1,000,000 `missingValues`, expected at most 10,000",
    ),
    "missing values that are SQL": (
        missing(SQL, "{v}", "%s", cell="x"),
        "is not a whole number such as 43",
    ),
    "one missing value that is SQL": (missing(SQL), "is not a whole number such as 43"),
    "a pattern that is SQL": (constrained("x", pattern="' OR '1'='1"), "breaks `pattern`"),
    "a pattern that is a format string": (
        constrained("x", pattern="{v}|{0}|a{2,3}"),
        "is not a regular expression (nothing to repeat at position 4)",
    ),
    "a pattern that goes back without end": (
        constrained(*SLOW, pattern="(a+)+$"),
        "breaks `pattern`",
    ),
    "a pattern that goes back and looks ahead": (
        constrained(*SLOW, pattern="(?=a)(a+)+$"),
        "breaks `pattern`",
    ),
    "a pattern that takes long with every cell": (
        constrained(*SLOW, pattern=r"(?=a)(a|aa)+\Bb?(?<!x)$"),
        '"(?=a)(a|aa)+\\Bb?(?<!x)$" throughout: the patterns of this package take more than 5 s',
    ),
    "300 patterns that take long with every cell": (
        lambda folder: table(
            folder,
            ",".join(f"f{n}" for n in range(300))
            + "\n"
            + "".join(",".join([cell] * 300) + "\n" for cell in SLOW[:100]),
            fields=[
                {"name": f"f{n}", "constraints": {"pattern": r"(?=a)(a|aa)+\Bb?(?<!x)$"}}
                for n in range(300)
            ],
        ),
        'the field "f299" was not held to its pattern "(?=a)(a|aa)+\\Bb?(?<!x)$" throughout',
    ),
    "a pattern that refers back": (constrained(*SLOW, pattern=r"(a*)*\1b"), "breaks `pattern`"),
    "a pattern repeated a million times": (
        constrained("a", pattern="(a{1000}){1000}"),
        'its pattern "(a{1000}){1000}" throughout: it is too large with its',
    ),
    "a pattern repeated a billion times": (
        constrained("a", pattern="((a{1000}){1000}){1000}"),
        'its pattern "((a{1000}){1000}){1000}" throughout: it is too large with its',
    ),
    "a pattern repeated and looking ahead": (
        constrained("a" * 3_000, pattern="(?=a)((a{1000}){1000}){1000}b"),
        'its pattern "(?=a)((a{1000}){1000}){1000}b" throughout: it is too large with its',
    ),
    "a pattern that only Python knows": (
        constrained("x", pattern=r"(?P<a>x)(?(a)y|z)"),
        "breaks `pattern`",
    ),
    "a pattern of classes of XML": (
        constrained("x", pattern=r"\i\c*-\p{IsBasicLatin}"),
        'its pattern "\\i\\c*-\\p{IsBasicLatin}" throughout: it cannot be used (bad escape',
    ),
    "a pattern that is none": (
        constrained("x", pattern="("),
        "is not a regular expression (missing ), unterminated subpattern at position 0)",
    ),
    "a pattern with a flag in the middle": (
        constrained("x", pattern="a(?i)b"),
        "is not a regular expression"
        " (global flags not at the start of the expression at position 1)",
    ),
    "a pattern that holds a NUL": (constrained("x", pattern="\0"), "breaks `pattern`"),
    "a bound that is SQL": (
        constrained("5", kind="integer", minimum="1); DROP TABLE r0; --"),
        "breaks `minimum`",
    ),
    "a length without end": (constrained("x", minLength=10**30), "breaks `minLength`"),
    "a bound without end": (constrained("1", kind="number", minimum="1e400"), "breaks `minimum`"),
    "a bound of another type": (
        constrained("2022-01-01", kind="date", minimum="yesterday"),
        "breaks `minimum`",
    ),
    "a primary key of 300 columns": (keyed(300, False), "is in row 2 already"),
    "a primary key of 1,000 columns": (
        keyed(1_000, False),
        "is in row 2 already",
    ),
    "a foreign key of 100 columns to itself": (
        keyed(100, True),
        "is in row 2 already",
    ),
    "foreign keys in a circle": (circle, "is not the id of a row of t2"),
    "a resource with a name that steers a terminal": (
        lambda folder: {**table(folder, "id\nx\n"), "name": SIGNS},
        "is not a whole number such as 43",
    ),
    "a resource with a name of SQL": (
        lambda folder: {**table(folder, "id\nx\n"), "name": SQL},
        "is not a whole number such as 43",
    ),
    "a hash that nobody knows": (
        lambda folder: table(folder, "id\nx\n", hash="rot13:aa"),
        "is not known, so the hash is not checked",
    ),
    "a hash that never ends": (
        lambda folder: table(folder, "id\nx\n", hash="shake_256:aa"),
        "is not known, so the hash is not checked",
    ),
    "a hash of the wrong length": (
        lambda folder: table(folder, "id\n1\n", hash="sha256:aa"),
        "`hash` says aa",
    ),
    "a hash that steers a terminal": (
        lambda folder: table(folder, "id\n1\n", hash=f"sha256:{SIGNS}"),
        'resource "t": /resources/0/hash: found "sha256:\\x1b[2J\\x1b]8;;http://e',
    ),
    "a size below nothing": (
        lambda folder: table(folder, "id\n1\n", bytes=-1),
        "the file has 5 bytes, `bytes` says -1",
    ),
    "a size beyond everything": (
        lambda folder: table(folder, "id\n1\n", bytes=10**300),
        "the file has 5 bytes, `bytes` says 1,000,000,000,000,000,000,000,0",
    ),
    "a file named like SQL": (
        lambda folder: table(folder, "id\nx\n", "'); --.csv"),
        "is not a whole number such as 43",
    ),
    "a file named like a pattern of files": (
        lambda folder: table(folder, "id\nx\n", "*.csv"),
        "is not a whole number such as 43",
    ),
    "inline names that steer a terminal": (lambda folder: inline([{SIGNS: 1}], None), VALID),
}
