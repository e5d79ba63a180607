"""A package reaches its own regular files and nothing else: no link out, device, pipe, socket, loop
or folder.
"""

import os
import socket

import pytest
from support.descriptors import one, read, reported

from pledgeline.descriptor.load import read_package


def link(folder):
    (folder / "link.csv").symlink_to(folder.parent / "secret.csv")


def linked_folder(folder):
    (folder / "link").symlink_to(folder.parent)


def device(folder):
    (folder / "link.csv").symlink_to("/dev/zero")


def pipe(folder):
    os.mkfifo(folder / "link.csv")


def plug(folder):
    with socket.socket(socket.AF_UNIX) as made:
        os.chdir(folder)  # a socket's path is short
        made.bind("link.csv")


def loop(folder):
    (folder / "link.csv").symlink_to("link.csv")


def directory(folder):
    (folder / "link.csv").mkdir()


def parts(folder):
    (folder / "parts").mkdir()
    (folder / "parts/0.parquet").symlink_to(folder.parent / "secret.csv")


@pytest.mark.parametrize(
    ("make", "path", "part"),
    [
        (link, "link.csv", "leads out of the package's folder"),
        (linked_folder, "link/secret.csv", "leads out of the package's folder"),
        (device, "link.csv", "leads out of the package's folder"),
        (pipe, "link.csv", "is a device, pipe or socket"),
        (plug, "link.csv", "is a device, pipe or socket"),
        (loop, "link.csv", "cannot be found (too many levels of symbolic links)"),
        (directory, "link.csv", "is a folder, expected a regular file"),
        (parts, "parts", 'holds "0.parquet", which leads out'),
    ],
)
def test_what_is_no_file_of_the_package_is_refused(make, path, part, folder, monkeypatch):
    monkeypatch.chdir(folder)
    make(folder)
    reported(*read(folder, one(path=path, format="parquet" if path == "parts" else "csv")), part)


@pytest.mark.parametrize("make", [link, device, pipe])
def test_a_schema_is_a_file_of_the_package_too(make, folder):
    make(folder)
    reported(*read(folder, one(path="a.csv", schema="link.csv")), "/resources/0/schema")


def test_a_descriptor_that_is_a_pipe_does_not_make_us_wait(folder):
    os.mkfifo(folder / "datapackage.json")
    reported(*read_package(folder), "not a regular file")


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("nothing", "cannot be read"),
        ("a.csv", "not a descriptor"),
        ("", "holds no datapackage.json"),
    ],
)
def test_a_path_without_a_descriptor_is_reported(path, part, folder):
    reported(*read_package(folder / path), part)


def test_a_folder_named_like_a_descriptor_is_reported(folder):
    (folder / "datapackage.json").mkdir()
    reported(*read_package(folder), "not a regular file")
