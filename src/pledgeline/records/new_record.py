"""A new record as a template in the right file: every key, with its codes in a comment."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from pledgeline.errors import UnknownRecord
from pledgeline.records.editor import required_keys, written_keys
from pledgeline.records.files import FOLDER
from pledgeline.records.layout import Layout, tables_of
from pledgeline.records.load import Records, read_records
from pledgeline.records.rows import Row
from pledgeline.records.schemas import TableDefinition
from pledgeline.records.text import read_text
from pledgeline.records.tree import Mapping as Tree
from pledgeline.records.tree import Sequence, parse
from pledgeline.text import relative_path, suggestion

INDENT = 2


def add_record(root: Path, table: str, file: str | None = None, under: str | None = None) -> str:
    """Adds a template of a record of `table`; returns its place, as path:line.

    `file` is the name of the file, without .yaml, where the table has several; a record whose table
    is nested in another goes under the record with the id `under`. Raises UnknownRecord where
    either is missing or not there, and InvalidRecords.
    """
    records = read_records(root)
    if table in records.layouts:
        return append(root, records.layouts[table], records, file)
    parents = [
        (layout, key, inside)
        for top in records.layouts.values()
        for layout in top.all()
        for key, inside in layout.nested.items()
        if inside.table == table
    ]
    if not parents:
        known = tables_of(records.layouts)
        hint = suggestion(table, known) or f"there are {', '.join(sorted(known))}"
        raise UnknownRecord(f"{table}: no record has this kind; {hint}")
    if under is None:
        names = ", ".join(dict.fromkeys(layout.table for layout, _, _ in parents))
        raise UnknownRecord(
            f"{table}: its records are nested in those of {names}; name one with --under ID"
        )
    for layout, key, inside in parents:
        for row in records.rows[layout.table]:
            if row.cells.get("id") == under:
                return insert(root, row, key, inside, records)
    ids = [row.cells.get("id", "") for layout, *_ in parents for row in records.rows[layout.table]]
    hint = suggestion(under, ids) or "see its table"
    raise UnknownRecord(f"{under}: no record that may hold {table} has this id; {hint}")


def append(root: Path, layout: Layout, records: Records, file: str | None) -> str:
    """Puts the template at the end of the file, which is made where it is not there yet."""
    path = target(root, layout, file)
    text = path.read_text("utf-8") if path.exists() else ""
    if text and not text.endswith("\n"):
        text += "\n"
    others = sorted((root / FOLDER).glob(layout.files))
    alone = not path.exists() and bool(others) and all(holds_one(each, root) for each in others)
    lines = list(template(layout, records.tables, indent=0, listed=not alone))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n".join(lines) + "\n", "utf-8")
    return f"{relative_path(path, root)}:{text.count(chr(10)) + 1}"


def target(root: Path, layout: Layout, file: str | None) -> Path:
    """The file that a new record goes to: the one there is, or the one that is named.

    Raises UnknownRecord where it has to be named, or the name cannot be used.
    """
    folder = root / FOLDER
    if "*" not in layout.files:
        return folder / layout.files
    paths = sorted(folder.glob(layout.files))
    if file is not None:
        path = folder / layout.files.replace("*", file)
        if not file.replace("-", "").replace("_", "").isalnum():
            raise UnknownRecord(
                f"{file}: no name of a file of {layout.table}; use letters, digits, -"
            )
        if path.exists() and holds_one(path, root):
            raise UnknownRecord(
                f"{relative_path(path, root)}: the file holds one record; name a new file"
            )
        return path
    if len(paths) == 1 and not holds_one(paths[0], root):
        return paths[0]
    names = ", ".join(path.stem for path in paths[-8:]) or "none yet"
    raise UnknownRecord(
        f"{layout.table}: name the file with --file NAME;"
        f" in {FOLDER}/{layout.files} there are {names}"
    )


def holds_one(path: Path, root: Path) -> bool:
    """Whether a file is one record, and not a list of them."""
    text, _ = read_text(path, root)
    return bool(text) and isinstance(parse(text, path.name)[0], Tree)


def insert(root: Path, row: Row, key: str, layout: Layout, records: Records) -> str:
    """Puts the template under the key of the parent record, after what is already there."""
    path = root / row.path
    lines = path.read_text("utf-8").splitlines()
    record = find(parse(path.read_text("utf-8"), row.path)[0], row.line, row.column)
    assert isinstance(record, Tree)
    indent = record.column - 1
    made = list(template(layout, records.tables, indent + INDENT))
    if key in record.keys:
        line = end_of(lines, record.keys[key].line, indent)
    else:
        line = end_of(lines, record.line, indent - 1)
        made = [f"{' ' * indent}{key}:", *made]
    lines[line:line] = made
    text = "\n".join(lines) + "\n"
    if any(problem.code == "yaml-syntax" for problem in parse(text, row.path)[1]):
        raise UnknownRecord(f"{row.path}:{row.line}: no place for a new line; run `pledgeline fmt`")
    path.write_text(text, "utf-8")
    return f"{row.path}:{line + 1}"


def find(node: object, line: int, column: int) -> object:
    """The mapping that begins at a place."""
    if isinstance(node, Tree):
        if (node.line, node.column) == (line, column):
            return node
        inner = list(node.items.values())
    else:
        inner = node.items if isinstance(node, Sequence) else []
    return next((found for each in inner if (found := find(each, line, column))), None)


def end_of(lines: list[str], line: int, indent: int) -> int:
    """The last line of the block that begins at `line`: all lines indented deeper than `indent`."""
    last = line
    for number, text in enumerate(lines[line:], line + 1):
        if text.strip() and not text.lstrip().startswith("#"):
            if len(text) - len(text.lstrip()) <= indent:
                break
            last = number
    return last


def template(
    layout: Layout, tables: Mapping[str, TableDefinition], indent: int, listed: bool = True
) -> Iterator[str]:
    """The lines of a record: what it must have as keys to fill in, the rest as comments.

    `listed`: it is an item of a list, and not alone in its file.
    """
    table, pad = tables[layout.table], " " * indent
    required, inner = required_keys(layout, table), pad + "  " * listed
    begin = f"{pad}- " if listed else pad
    for name in sorted(written_keys(layout, table), key=lambda each: each not in required):
        if name in required:
            yield f"{begin}{name}:  # {note(table, name)}"
            begin = inner
        else:
            yield f"{inner}# {name}:  {note(table, name)}"
    for key, inside in layout.nested.items():
        keys = ", ".join([*written_keys(inside, tables[inside.table]), *inside.nested])
        yield f"{inner}# {key}:  a list, each with {keys}"


def note(table: TableDefinition, name: str) -> str:
    """What a key means: its codes, or its description, on one line."""
    field = table.fields[name]
    codes = field.get("constraints", {}).get("enum")
    said = " | ".join(map(str, codes)) if codes else field["description"]
    return " ".join(str(said).split())
