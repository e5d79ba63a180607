"""Archives and encodings that are not what they say."""

from hostile_files import gzipped, put, table, zeros, zip_of, zipped

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
    "a zip of ten gigabytes": (archive(lambda: zip_of("t.csv", zeros(3 << 30, wbits=-15), 3 << 30)), "unpacks to more than"),
    "a zip that says it unpacks to five bytes": (archive(lambda: zip_of("t.csv", zeros(1 << 30, wbits=-15), 5)), ""),
    "a zip in a zip in a zip": (archive(zipped([("t.zip", zipped([("t.zip", zipped([("t.csv", b"0" * 9_000_000)]))]))])), ""),
    "a zip of 50,000 files": (archive(lambda: zipped((f"{n}.csv", b"") for n in range(50_000))), ""),
    "a zip whose file is above it": (archive(zipped([("../../t.csv", TEXT)])), ""),
    "a zip whose file is absolute": (archive(zipped([("/etc/passwd", TEXT)])), ""),
    "an encrypted zip": (archive(zip_of("t.csv", b"x" * 17, 5, flags=1)), ""),
    "a zip with a wrong checksum": (archive(wrong_crc), ""),
    "a zip cut short": (archive(zipped([("t.csv", TEXT)])[:-9]), ""),
    "a zip cut short in front": (archive(zipped([("t.csv", TEXT)])[9:]), ""),
    "a zip that is none": (archive(TEXT), ""),
    "a zip without files": (archive(zipped([])), ""),
    "a zip of a folder": (archive(zipped([("t/", b"")])), ""),
    "a zip with two files of one name": (archive(zipped([("t.csv", "id\nx\n"), ("t.csv", TEXT)])), ""),
    "a zip packed by a method nobody has": (archive(zip_of("t.csv", b"xxxxx", 5, method=99)), ""),
    "a zip packed by lzma that is none": (archive(zip_of("t.csv", b"\x09\x04\x05\x00" + b"x" * 90, 5, method=14)), ""),
    "a zip packed by bzip2 that is none": (archive(zip_of("t.csv", b"x" * 90, 5, method=12)), ""),
    "a zip without the file that is asked for": (archive(zipped([("t.csv", TEXT)]), innerpath="u.csv"), ""),
    "a zip whose directory lies elsewhere": (archive(zipped([("t.csv", TEXT)])[:-6] + b"\xff\xff\xff\x7f\0\0"), ""),
    "a gzip cut short": (pack(gzipped(TEXT * 100)[:-12]), ""),
    "a gzip that is none": (pack(TEXT), ""),
    "a gzip of nothing": (pack(b""), ""),
    "a gzip of an empty file": (pack(gzipped("")), ""),
    "a gzip of two members": (pack(gzipped(TEXT) + gzipped("x\n")), ""),
    "a gzip with rubbish at its end": (pack(gzipped(TEXT) + b"rubbish"), ""),
    "a gzip with a wrong checksum": (pack(gzipped(TEXT)[:-8] + b"\0" * 8), ""),
    "latin-1 that says it is UTF-8": (text(b"id\n1\nZ\xfcrich\n"), ""),
    "latin-1 that says it is ASCII": (text(b"id\n1\nZ\xfcrich\n", encoding="ascii"), ""),
    "UTF-16 without a mark and cut short": (
        text("id\n1\n".encode("utf-16-le")[:-1], encoding="utf-16"),
        "",
    ),
    "UTF-16 that says it is UTF-8": (text("id\n1\n".encode("utf-16")), ""),
    "half a character in UTF-7": (text(b"id\n+2AA-\n", encoding="utf-7"), ""),
    "half a character escaped": (text(b"id\n\\ud800\n", encoding="unicode_escape"), ""),
    "an encoding nobody knows": (text(TEXT, encoding="klingon"), ""),
    "an encoding that turns letters": (text(TEXT, encoding="rot13"), ""),
    "an encoding that unpacks": (text(TEXT, encoding="zlib_codec"), ""),
    "an encoding of host names": (text("id\n" + "1" * 300 + "\n", encoding="idna"), ""),
    "punycode": (text("id\n" + "9z" * 200_000 + "\n", encoding="punycode"), ""),
    "an encoding that encodes nothing": (text(TEXT, encoding="undefined"), ""),
    "an encoding of this system alone": (text(TEXT, encoding="mbcs"), ""),
    "UTF-7 of ten megabytes": (text("id\n" + "+AAA-" * 2_000_000, encoding="utf-7"), ""),
    "raw escapes of ten megabytes": (text("id\n" + "\\u0031" * 2_000_000, encoding="raw_unicode_escape"), ""),
}


def parts_of(folder):
    put(folder / "a.csv.gz", gzipped(TEXT))
    put(folder / "b.csv.gz", zeros(1 << 30))
    return {**table(folder, b"", "c.csv.gz"), "path": ["a.csv.gz", "b.csv.gz"]}


def many_parts(folder):
    for n in range(20):
        put(folder / f"{n}.csv.gz", zeros(200 << 20))
    return {**table(folder, b"", "c.csv.gz"), "path": [f"{n}.csv.gz" for n in range(20)]}


CASES |= {"a part that unpacks to a gigabyte": (parts_of, ""), "twenty parts just below the bound": (many_parts, "")}
