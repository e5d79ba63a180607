"""Parquet that is truncated, lies or fills the memory, and other files called Parquet."""

import struct

from support.hostile_files import ID, VALID, parquet, put, table

ONE = {"id": [1]}


def file(content, name="t.parquet", **more):
    return lambda folder: table(folder, content() if callable(content) else content, name, **more)


def lying(change):
    """A sound file with something in its bytes changed."""
    return file(lambda: change(parquet({"id": [1, 2, 3]})))


def footer(length):
    return lying(lambda raw: raw[:-8] + struct.pack("<I", length) + b"PAR1")


def spoilt(raw):
    """`raw` with a byte of its footer changed at every seventh place."""
    changed = bytearray(raw)
    for place in range(len(raw) - 200, len(raw) - 9, 7):
        changed[place] ^= 0x55
    return bytes(changed)


def second_count(raw):
    """`raw` with another number of values in its only column than in the file."""
    before, count, after = raw.partition(b"\x16\x06")
    return before + count + after.replace(b"\x16\x06", b"\x16\x7e", 1)


def many_groups():
    return parquet({"id": list(range(20_000))}, row_group_size=1)


def deep():
    import pyarrow as pa

    kind = pa.int64()
    for _ in range(60):
        kind = pa.list_(kind)
    return parquet({"id": pa.array([None], kind)})


def same_value(rows):
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    values = pa.array(["x" * 1_000]).dictionary_encode()
    with pq.ParquetWriter(out, pa.schema([("id", values.type)])) as writer:
        many = pa.DictionaryArray.from_arrays(
            pa.array([0] * 1_000_000, pa.int32()), values.dictionary
        )
        for _ in range(rows // 1_000_000):
            writer.write_table(pa.table({"id": many}))
    return out.getvalue()


def repeated(value, rows):
    """A file of some hundred bytes: runs of one value in a single page."""
    import io

    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    out, indices = io.BytesIO(), pa.array(np.zeros(rows, np.int32))
    table = pa.table({"id": pa.DictionaryArray.from_arrays(indices, pa.array([value]))})
    pq.write_table(
        table,
        out,
        row_group_size=rows,
        data_page_size=1 << 40,
        max_rows_per_page=rows,
        compression="none",
        store_schema=False,
        write_statistics=False,
    )
    return out.getvalue()


def folder_of(*parts):
    def made(folder):
        (folder / "parts").mkdir()
        for number, part in enumerate(parts):
            put(
                folder / f"parts/{number}.parquet",
                part if isinstance(part, bytes) else parquet(part),
            )
        return {"name": "t", "path": "parts", "format": "parquet", "schema": {"fields": ID}}

    return made


def linked(folder):
    put(folder.parent / "secret.parquet", parquet(ONE))
    resource = folder_of(ONE)(folder)
    (folder / "parts/1.parquet").symlink_to(folder.parent / "secret.parquet")
    return resource


NAMES = ["'); DROP TABLE r0; --", 'a"b', "row_number", "file_row_number", "{v}", "\x1b[2J"]
CASES = {
    "Parquet without bytes": (
        file(b""),
        "this is not readable Parquet (Invalid Input Error: File ",
    ),
    "Parquet of chance": (
        file(bytes(range(256)) * 100),
        "this is not readable Parquet (Invalid Input Error: No magic bytes found",
    ),
    "Parquet that is CSV": (
        file("id\n1\n"),
        "this is not readable Parquet (Invalid Input Error: File ",
    ),
    "CSV that is Parquet": (
        lambda folder: table(folder, parquet(ONE), "t.csv"),
        "is not UTF-8; declare",
    ),
    "Parquet cut short": (
        lying(lambda raw: raw[:-9]),
        "this is not readable Parquet (Invalid Input Error: No magic bytes found",
    ),
    "Parquet cut in front": (lying(lambda raw: raw[20:]), "TProtocolException: Invalid data"),
    "Parquet without a middle": (
        lying(lambda raw: raw[:8] + raw[60:]),
        "TProtocolException: Invalid data",
    ),
    "a footer of four gigabytes": (
        footer(0xFFFFFFFF),
        "this is not readable Parquet (Prefetch registered for bytes outside fil",
    ),
    "a footer of two gigabytes": (footer(0x7FFFFFFF), "Footer length error"),
    "a footer of nothing": (footer(0), "Footer length error"),
    "a footer that is spoilt": (lying(spoilt), VALID),
    "data that is spoilt": (
        lying(lambda raw: raw[:4] + b"\xff" * 40 + raw[44:]),
        "don't know what type",
    ),
    "another number of rows": (
        lying(lambda raw: raw.replace(b"\x16\x06", b"\x16\x7e", 1)),
        "no reader reads all of it",
    ),
    "a column with another number of rows": (
        lying(second_count),
        "Invalid Input Error: Parquet metadata is corrupt. Column has 63 values",
    ),
    "20,000 groups of rows": (file(many_groups), VALID),
    "types nested 60 deep": (file(deep), 'the type of the column "id" nests deeper than 40'),
    "10,000 columns of Parquet": (
        file(lambda: parquet({f"f{n}": [1] for n in range(10_000)}), fields=None),
        "the table has 10,000 columns, expected at most 2,000",
    ),
    "columns named like SQL": (
        file(lambda: parquet({name: [1] for name in NAMES}), fields=None),
        VALID,
    ),
    "no columns at all": (
        file(lambda: parquet({})),
        "this is not readable Parquet (Invalid Input Error: Failed to read Parqu",
    ),
    "one value, a hundred million times": (
        file(lambda: same_value(100_000_000)),
        "in 100,000,000 rows: more than the files of this package may",
    ),
    "one long text, ten million times, in few bytes": (
        file(lambda: repeated("x" * 10_000, 9_999_999)),
        "bytes of Parquet unpack to 100,079,989,992, in 9,999,999 rows",
    ),
    "one number, in many files of few bytes": (
        lambda folder: [
            {**file(lambda: repeated(1, 4_000_000))(folder), "name": "t"},
            *[{"name": f"t{n}", "path": "t.parquet"} for n in range(40)],
        ],
        "unpack to 32,000,000, in 4,000,000 rows: more than the files of",
    ),
    "parts of two schemas": (
        folder_of(ONE, {"x": ["a"]}),
        "Invalid Input Error: Failed to read file ",
    ),
    "parts of two types": (
        folder_of(ONE, {"id": ["a"]}),
        "Conversion Error: Error while reading file ",
    ),
    "a part that is none": (
        folder_of(ONE, b"rubbish"),
        "this is not readable Parquet (Invalid Input Error: File ",
    ),
    "a part that leads out": (
        linked,
        'resource "t": /resources/0/path: "parts" holds "1.parquet", which lead',
    ),
}
