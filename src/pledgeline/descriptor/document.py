"""A descriptor's file as plain values, in whichever of the two formats it is written."""

from pathlib import Path

from pledgeline.descriptor.json_file import read_json


def read_document(path: Path) -> object:
    """The value of a descriptor's file: YAML where its name ends so, else JSON.

    Raises DocumentError where the file cannot be read, or is larger or deeper than any descriptor.
    """
    if path.suffix.lower() in (".yaml", ".yml"):
        from pledgeline.descriptor.yaml_file import read_yaml

        return read_yaml(path)
    return read_json(path)
