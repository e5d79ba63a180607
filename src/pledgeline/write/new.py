"""A new data set: a small working one, on a neutral subject, copied into a folder."""

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import yaml

from pledgeline.errors import TargetExists

NAME = "NAME"  # replaced in the template by the name of the data set
DOT = "dot_"  # begins the name of a file or folder of the template that begins with a dot


def new_data_set(folder: Path) -> list[str]:
    """Writes a data set into `folder`, which is made and must be empty; returns the files written.

    It is called as the folder is. Raises TargetExists for a folder with something in it, and
    OSError.
    """
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        raise TargetExists(
            f"{folder}: it is there already and is not an empty folder; name another one"
        )
    template = files("pledgeline.write") / "template"
    return sorted(copy(template, folder, name_of(folder)))


def name_of(folder: Path) -> str:
    """The folder's name as a package name: lower case, digits and hyphens, and text in YAML."""
    name = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-")
    return name if isinstance(yaml.safe_load(name), str) else f"data-{name}".strip("-")


def copy(source: Traversable, target: Path, name: str) -> list[str]:
    """Copies a folder of the template; returns the files, each by its path."""
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for each in source.iterdir():
        own = re.sub(f"^{DOT}", ".", each.name)
        if each.is_dir():
            written += [f"{own}/{path}" for path in copy(each, target / own, name)]
        else:
            text = re.sub(rf"\b{NAME}\b", name, each.read_text("utf-8"))
            (target / own).write_text(text, "utf-8")
            written.append(own)
    return written
