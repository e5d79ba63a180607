"""Edits that break a record of the article, and the files that are edited."""

EVENTS = "data/records/events/2022.yaml"
MOSCOW = "data/records/instruments/moscow-declaration-2022.yaml"
SOURCES = "data/records/sources/article.yaml"


def edit(root, file, old, new) -> str:
    """Puts `new` in place of the first `old`; returns path:line:column of the mark in it, as far as
    there is one.
    """
    path = root / file
    text = path.read_bytes().decode()
    assert old in text, f"{file} no longer has {old!r}"
    before, after = text.split(old, 1)
    path.write_bytes((before + new.replace("§", "") + after).encode())
    if "§" not in new:
        return f"{file}:"
    marked = (before + new.split("§")[0]).replace("\r\n", "\n").replace("\r", "\n")
    return f"{file}:{marked.count(chr(10)) + 1}:{len(marked) - marked.rfind(chr(10))}: "
