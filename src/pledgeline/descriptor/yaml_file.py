"""YAML from a stranger's file as plain values: what YAML 1.1 types as JSON would, and no aliases,
tags or repeated keys.

The tree is built from the parser's events, without recursion, so that neither depth nor an alias
can multiply what is read.
"""

from pathlib import Path

import yaml

from pledgeline.descriptor.json_file import (
    CONTAINERS,
    DEPTH,
    DIGITS,
    check_tree,
    finite,
    read_text,
    whole,
)

BYTES = 5_000_000  # a descriptor by hand; PyYAML reads far slower than json
KEYS = object()  # stands for "no key yet" in a mapping
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> object:
    """The value of a YAML file. Refuses, with a ValueError, what JSON could not say."""
    text, loader = read_text(path, BYTES), None
    try:
        loader = Loader(text)
        value = build(loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise ValueError(
            f"{place}this is not YAML ({error.problem}); fix it there or just before"
        ) from None
    except yaml.YAMLError:
        raise ValueError("this is not YAML (a character is not allowed); remove it") from None
    finally:
        if loader:
            loader.dispose()
    check_tree(value)
    return value


def build(loader: yaml.SafeLoader) -> object:
    """The tree that the events of the first document describe."""
    roots: list = []
    open: list[tuple[object, list]] = [
        (roots, [KEYS])
    ]  # each container that is not closed, with the key that waits in it
    seen = 0
    while loader.check_event():
        event = loader.get_event()
        line = event.start_mark.line + 1
        container, waiting = open[-1]
        match event:
            case yaml.AliasEvent():
                raise ValueError(
                    f"line {line}: an alias (*{event.anchor[:40]}); write the value out"
                )
            case yaml.ScalarEvent():
                value = scalar(loader, event, line)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                if event.tag not in (None, "!"):
                    raise ValueError(f"line {line}: a tag ({event.tag[:40]}); remove it")
                seen += 1
                if len(open) > DEPTH or seen > CONTAINERS:
                    raise ValueError(
                        f"line {line}: nested deeper than {DEPTH} or too many lists and objects; flatten them"
                    )
                value = {} if isinstance(event, yaml.MappingStartEvent) else []
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                open.pop()
                continue
            case _:
                if roots and isinstance(event, yaml.DocumentStartEvent):
                    raise ValueError(f"line {line}: a second document begins here; remove it")
                continue
        if isinstance(container, list):
            container.append(value)
        elif waiting[0] is KEYS:
            if not isinstance(value, str):
                raise ValueError(
                    f"line {line}: a key that is not a text; put it in quotation marks"
                )
            if value in container:
                raise ValueError(f"line {line}: a key stands twice in one object; remove one")
            waiting[0] = value
            continue
        else:
            container[waiting[0]], waiting[0] = value, KEYS
        if isinstance(value, dict | list):
            open.append((value, [KEYS]))
    if not roots:
        raise ValueError("the file is empty; expected an object")
    return roots[0]


def scalar(loader: yaml.SafeLoader, event: yaml.ScalarEvent, line: int) -> object:
    """A scalar as YAML 1.1 types it, as long as JSON has the type too; a date stays the text that
    stands there.
    """
    if event.tag not in (None, "!"):
        raise ValueError(f"line {line}: a tag ({event.tag[:40]}); remove it")
    text = event.value
    tag = loader.resolve(yaml.ScalarNode, text, event.implicit).rpartition(":")[2]
    node = yaml.ScalarNode("", text)
    match tag:
        case "null":
            return None
        case "bool":
            return loader.construct_yaml_bool(node)
        case "int":
            whole(text)
            return loader.construct_yaml_int(node)
        case "float":
            if text.lstrip("+-").lower() in (".inf", ".nan"):
                raise ValueError(
                    f"line {line}: {text} is not a number JSON knows; use null or a text"
                )
            if len(text) > 2 * DIGITS:
                raise ValueError(
                    f"line {line}: a number of {len(text):,} characters; make it a text"
                )
            return finite(repr(loader.construct_yaml_float(node)))
    return text
