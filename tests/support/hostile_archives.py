"""Archives and encodings that are not what they say."""

from support.hostile_files import VALID, gzipped, put, table, zeros, zip_of, zipped

TEXT = "id\n1\n"


def pack(content, name="t.csv.gz", **more):
    return lambda folder: table(folder, content() if callable(content) else content, name, **more)


def archive(content, **more):
    return pack(content, "t.csv.zip", **more)


def text(content, **more):
    return lambda folder: table(folder, content, **more)


def wrong_crc():
    return zip_of("t.csv", b"\x01\x05\x00\xfa\xffid\n1\n", 5, crc=7)


CASES = {
    "a gzip of ten gigabytes": (pack(lambda: zeros(10 << 30)), "unpacks to more than"),
    "a zip of ten gigabytes": (
        archive(lambda: zip_of("t.csv", zeros(3 << 30, wbits=-15), 3 << 30)),
        "unpacks to more than",
    ),
    "a zip that says it unpacks to five bytes": (
        archive(lambda: zip_of("t.csv", zeros(1 << 30, wbits=-15), 5)),
        "the archive cannot be unpacked (Bad CRC-32 for file 't.csv')",
    ),
    "a zip in a zip in a zip": (
        archive(zipped([("t.zip", zipped([("t.zip", zipped([("t.csv", b"0" * 9_000_000)]))]))])),
        "is not UTF-8; declare",
    ),
    "a zip of 50,000 files": (
        archive(lambda: zipped((f"{n}.csv", b"") for n in range(50_000))),
        "the source is empty",
    ),
    "a zip whose file is above it": (archive(zipped([("../../t.csv", TEXT)])), VALID),
    "a zip whose file is absolute": (archive(zipped([("/etc/passwd", TEXT)])), VALID),
    "an encrypted zip": (
        archive(zip_of("t.csv", b"x" * 17, 5, flags=1)),
        "the archive cannot be unpacked (File 't.csv' is encrypted, password re",
    ),
    "a zip with a wrong checksum": (
        archive(wrong_crc),
        "the archive cannot be unpacked (Bad CRC-32 for file 't.csv')",
    ),
    "a zip cut short": (
        archive(zipped([("t.csv", TEXT)])[:-9]),
        "the archive cannot be unpacked (File is not a zip file)",
    ),
    "a zip cut short in front": (
        archive(zipped([("t.csv", TEXT)])[9:]),
        "the archive cannot be unpacked ([Errno 22] Invalid argument)",
    ),
    "a zip that is none": (
        archive(TEXT),
        "the archive cannot be unpacked (File is not a zip file)",
    ),
    "a zip without files": (archive(zipped([])), "the archive is empty"),
    "a zip of a folder": (archive(zipped([("t/", b"")])), "the archive is empty"),
    "a zip with two files of one name": (
        archive(zipped([("t.csv", "id\nx\n"), ("t.csv", TEXT)])),
        'the archive has two files "t.csv", and readers differ in which they take',
    ),
    "a zip packed by a method nobody has": (
        archive(zip_of("t.csv", b"xxxxx", 5, method=99)),
        "the archive cannot be unpacked (That compression method is not support",
    ),
    "a zip packed by lzma that is none": (
        archive(zip_of("t.csv", b"\x09\x04\x05\x00" + b"x" * 90, 5, method=14)),
        "the archive cannot be unpacked (Invalid or unsupported options)",
    ),
    "a zip packed by bzip2 that is none": (
        archive(zip_of("t.csv", b"x" * 90, 5, method=12)),
        "the archive cannot be unpacked (Invalid data stream)",
    ),
    "a zip without the file that is asked for": (
        archive(zipped([("t.csv", TEXT)]), innerpath="u.csv"),
        'the archive has no file "u.csv"',
    ),
    "a zip whose directory lies elsewhere": (
        archive(zipped([("t.csv", TEXT)])[:-6] + b"\xff\xff\xff\x7f\0\0"),
        "the archive cannot be unpacked ([Errno 22] Invalid argument)",
    ),
    "a gzip cut short": (
        pack(gzipped(TEXT * 100)[:-12]),
        "the archive cannot be unpacked (Compressed file ended before",
    ),
    "a gzip that is none": (
        pack(TEXT),
        "the archive cannot be unpacked (Not a gzipped file (b'id'))",
    ),
    "a gzip of nothing": (pack(b""), "the source is empty"),
    "a gzip of an empty file": (pack(gzipped("")), "the source is empty"),
    "a gzip of two members": (
        pack(gzipped(TEXT) + gzipped("x\n")),
        "is not a whole number such as 43",
    ),
    "a gzip with rubbish at its end": (
        pack(gzipped(TEXT) + b"rubbish"),
        "the archive cannot be unpacked (Not a gzipped file (b'ru'))",
    ),
    "a gzip with a wrong checksum": (
        pack(gzipped(TEXT)[:-8] + b"\0" * 8),
        "the archive cannot be unpacked (CRC check failed 0x0 != 0xcd5be90f)",
    ),
    "latin-1 that says it is UTF-8": (
        text(b"id\n1\nZ\xfcrich\n"),
        "is not UTF-8; declare",
    ),
    "latin-1 that says it is ASCII": (
        text(b"id\n1\nZ\xfcrich\n", encoding="ascii"),
        "is not ascii; correct `encoding`",
    ),
    "UTF-16 without a mark and cut short": (
        text("id\n1\n".encode("utf-16-le")[:-1], encoding="utf-16"),
        "the file is not in utf-16 (UTF-16 stream does not start with BOM)",
    ),
    "UTF-16 that says it is UTF-8": (
        text("id\n1\n".encode("utf-16")),
        "is not UTF-8; declare",
    ),
    "half a character in UTF-7": (
        text(b"id\n+2AA-\n", encoding="utf-7"),
        "the file is not in utf-7 ('utf-8' codec can't encode character '\\ud800",
    ),
    "half a character escaped": (
        text(b"id\n\\ud800\n", encoding="unicode_escape"),
        '"unicode_escape" is not an encoding of files',
    ),
    "an encoding nobody knows": (text(TEXT, encoding="klingon"), "is not a text encoding"),
    "an encoding that turns letters": (text(TEXT, encoding="rot13"), "is not a text encoding"),
    "an encoding that unpacks": (text(TEXT, encoding="zlib_codec"), "is not a text encoding"),
    "an encoding of host names": (
        text("id\n" + "1" * 300 + "\n", encoding="idna"),
        '"idna" is not an encoding of files',
    ),
    "punycode": (
        text("id\n" + "9z" * 200_000 + "\n", encoding="punycode"),
        '"punycode" is not an encoding of files',
    ),
    "an encoding that encodes nothing": (
        text(TEXT, encoding="undefined"),
        '"undefined" is not an encoding of files',
    ),
    "an encoding of this system alone": (text(TEXT, encoding="mbcs"), "is not a text encoding"),
    "UTF-7 of ten megabytes": (
        text("id\n" + "+AAA-" * 2_000_000, encoding="utf-7"),
        "is not a whole number such as 43",
    ),
    "raw escapes of ten megabytes": (
        text("id\n" + "\\u0031" * 2_000_000, encoding="raw_unicode_escape"),
        '"raw_unicode_escape" is not an encoding of files',
    ),
}


def parts_of(folder):
    put(folder / "a.csv.gz", gzipped(TEXT))
    put(folder / "b.csv.gz", zeros(1 << 30))
    return {**table(folder, b"", "c.csv.gz"), "path": ["a.csv.gz", "b.csv.gz"]}


def one_part_five_times(folder):
    put(folder / "a.csv.gz", zeros(255 << 20, whole=True))
    return {
        **table(folder, b"", "c.csv.gz"),
        "path": ["a.csv.gz"] * 5,
        "dialect": {"header": False},
    }


CASES |= {
    "a part that unpacks to a gigabyte": (parts_of, "unpacks to more than"),
    "five parts just below the bound": (one_part_five_times, "unpack to too much data"),
}
