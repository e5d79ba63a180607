"""YAML from a stranger's file as plain values, read within limits.

Scalars are typed as in YAML 1.1 where JSON has the type too; aliases, tags and repeated keys are
refused. The tree is built from the parser's events, without recursion, so that neither depth nor an
alias can multiply what is read.
"""

from pathlib import Path
from typing import Any

import yaml

from pledgeline.descriptor.json_file import (
    CONTAINERS,
    DEPTH,
    DIGITS,
    DocumentError,
    check_tree,
    parse_float,
    parse_integer,
    read_text,
)

BYTES = 5_000_000  # a descriptor by hand; PyYAML reads far slower than json
NO_KEY = object()  # means "no key yet" in a mapping
# PyYAML's types name neither the C loader's methods nor their results
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> object:
    """The value of a YAML file. Raises DocumentError for what JSON could not say."""
    text = read_text(path, BYTES)
    loader = None
    try:
        loader = Loader(text)
        value = build_tree(loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        wrong = f"{place}this is not YAML ({error.problem})"
        raise DocumentError(wrong, "fix it there or just before") from None
    except yaml.YAMLError:
        raise DocumentError("this is not YAML (a character is not allowed)", "remove it") from None
    finally:
        if loader:
            loader.dispose()
    check_tree(value)
    return value


def build_tree(loader: Any) -> object:
    """The tree that the events of the first document describe."""
    roots: list[object] = []
    # each container that is not closed, with the key that waits in it
    open_containers: list[tuple[Any, list[Any]]] = [(roots, [NO_KEY])]
    seen = 0
    while loader.check_event():
        event = loader.get_event()
        line = event.start_mark.line + 1
        container, waiting = open_containers[-1]
        value: object
        match event:
            case yaml.AliasEvent():
                wrong = f"line {line}: an alias (*{str(event.anchor)[:40]})"
                raise DocumentError(wrong, "write the value out")
            case yaml.ScalarEvent():
                value = read_scalar(loader, event, line)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                refuse_tag(event.tag, line)
                seen += 1
                if len(open_containers) > DEPTH or seen > CONTAINERS:
                    raise DocumentError(
                        f"line {line}: nested deeper than {DEPTH} or too many lists and objects",
                        "flatten them",
                    )
                value = {} if isinstance(event, yaml.MappingStartEvent) else []
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                open_containers.pop()
                continue
            case _:
                if roots and isinstance(event, yaml.DocumentStartEvent):
                    wrong = f"line {line}: a second document begins here"
                    raise DocumentError(wrong, "remove it")
                continue
        if isinstance(container, list):
            container.append(value)
        elif waiting[0] is NO_KEY:
            if not isinstance(value, str):
                wrong = f"line {line}: a key that is not a text"
                raise DocumentError(wrong, "put it in quotation marks")
            if value in container:
                wrong = f"line {line}: a key appears twice in one object"
                raise DocumentError(wrong, "remove one")
            waiting[0] = value
            continue
        else:
            container[waiting[0]], waiting[0] = value, NO_KEY
        if isinstance(value, dict | list):
            open_containers.append((value, [NO_KEY]))
    if not roots:
        raise DocumentError("the file is empty", "expected an object")
    return roots[0]


def refuse_tag(tag: str | None, line: int) -> None:
    """Refuses a tag that says what type a value has."""
    if tag not in (None, "!"):
        raise DocumentError(f"line {line}: a tag ({str(tag)[:40]})", "remove it")


def read_scalar(loader: Any, event: Any, line: int) -> object:
    """A scalar as YAML 1.1 types it, where JSON has the type too; a date stays a text."""
    refuse_tag(event.tag, line)
    text: str = event.value
    tag = loader.resolve(yaml.ScalarNode, text, event.implicit).rpartition(":")[2]
    node = yaml.ScalarNode("", text)
    match tag:
        case "null":
            return None
        case "bool":
            return bool(loader.construct_yaml_bool(node))
        case "int":
            try:
                parse_integer(text)
                return int(loader.construct_yaml_int(node))
            except DocumentError:
                raise
            except ValueError:  # 0x1F or 1:30
                wrong = f"line {line}: {text[:40]} is not a whole number as JSON writes it"
                raise DocumentError(wrong, "write its decimal digits, or make it a text") from None
        case "float":
            if text.lstrip("+-").lower() in (".inf", ".nan"):
                wrong = f"line {line}: {text} is not a number JSON knows"
                raise DocumentError(wrong, "use null or a text")
            if len(text) > 2 * DIGITS:
                wrong = f"line {line}: a number of {len(text):,} characters"
                raise DocumentError(wrong, "make it a text")
            return parse_float(repr(loader.construct_yaml_float(node)))
    return text
