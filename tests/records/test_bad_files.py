"""Record files that are no text, no YAML, or not there: each has its own reason, and the others are
still read.
"""

import os
import shutil
import subprocess
import sys

import pytest
from support.copies import copy_article, published, run_build
from support.edits import EVENTS, edit

from pledgeline.errors import InvalidRecords
from pledgeline.write.build import build

FILES = {
    "not-utf8": (b"- id: caf\xe9\n", 10),
    "empty-file": (b"", 1),
    "empty-file.blank": (b"\n \n", 1),
    "empty-file.comments": (b"# nothing yet\n", 1),
    "file-too-large": (b"- id: x\n" * 130_000, 1),
    "wrong-shape": (b"just words\n", 1),
    "yaml-syntax.billion-laughs": (b"a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n}\n", 1),
}


def refused(root) -> list:
    """The problems for which a build of `root` is refused."""
    with pytest.raises(InvalidRecords) as refusal:
        build(root)
    return refusal.value.problems


def test_bad_files_are_reported_and_the_rest_is_read(tmp_path):
    """Catches a file that stops the run, or whose rows are silently missing."""
    root = copy_article(tmp_path)
    edit(root, EVENTS, "kind: visit", "kind: vist")
    files = {f"data/records/events/{year}.yaml": code for year, code in enumerate(FILES, 1900)}
    for file, code in files.items():
        (root / file).write_bytes(FILES[code][0])
    reported = [str(problem) for problem in refused(root)]
    for file, code in files.items():
        (mine,) = [line for line in reported if line.startswith(f"{file}:")]
        assert f": {code.split('.')[0]}: " in mine
        if code == "not-utf8":
            assert mine.startswith(f"{file}:1:{FILES[code][1]}: ")
    others = [line for line in reported if line.startswith(f"{EVENTS}:")]
    assert any("unknown-code" in line for line in others), reported


def test_a_file_that_no_table_reads_is_reported(tmp_path):
    """Catches records lost because their file is misnamed."""
    root = copy_article(tmp_path)
    (root / "data/records/events/2022.yaml").rename(root / "data/records/events/2022.yml")
    with pytest.raises(InvalidRecords) as refusal:
        build(root)
    assert "data/records/events/2022.yml:1:1: unused-file: " in str(refusal.value.problems[0])


@pytest.mark.long
def test_what_is_no_regular_file_is_reported(tmp_path):
    """Catches a traceback or an endless wait at a folder, a dangling link or a pipe with a record
    file's name.
    """
    root = copy_article(tmp_path)
    folder = root / "data/records/events"
    (folder / "2023.yaml").mkdir()
    (folder / "2024.yaml").symlink_to("nowhere")
    os.mkfifo(folder / "2025.yaml")
    with pytest.raises(InvalidRecords) as refusal:
        build(root)
    assert [problem.code for problem in refusal.value.problems] == ["not-a-file"] * 3


@pytest.mark.long
def test_a_full_disk_ends_in_a_message_and_the_old_package(tmp_path):
    """Catches a traceback, or a package half written, when the build may not write more than a few
    kilobytes.
    """
    root = copy_article(tmp_path, built=True)
    before = published(root)
    command = f"ulimit -f 20; exec '{sys.executable}' -m pledgeline build"
    run = subprocess.run(["bash", "-c", command], cwd=root, capture_output=True, text=True)
    assert (
        run.returncode == 1
        and "could not be read or written" in run.stderr
        and "Traceback" not in run.stderr
    )
    assert published(root) == before


def test_ids_of_an_unreadable_file_are_not_called_unknown(tmp_path):
    """Catches a cascade: with the actors unreadable, every record that names one is blamed."""
    root = copy_article(tmp_path)
    path = root / "data/records/actors/states.yaml"
    path.write_text(path.read_text() + "- [\n")
    with pytest.raises(InvalidRecords) as refusal:
        build(root)
    assert [problem.code for problem in refusal.value.problems] == ["yaml-syntax"]


WITHOUT_TEXT = {
    "empty": b"",
    "comments": b"# none\n",
    "latin-1": b"- id: AZE\n\xe9\n",
    "folder": None,
}
NAMES = ["actors/states.yaml", "sources/article.yaml", "instruments/moscow-declaration-2022.yaml"]


def quick_where(quick: bool, *values):
    """A case of the quick suite, or of the long one where the quick one has its like."""
    return pytest.param(*values, marks=() if quick else pytest.mark.long)


@pytest.mark.parametrize(
    "content,name",
    [
        quick_where(name == NAMES[0] and content in ("empty", "latin-1"), content, name)
        for content in WITHOUT_TEXT
        for name in NAMES
    ],
)
def test_a_file_without_text_is_not_reported_once_more_at_every_reference(content, name, tmp_path):
    """Catches hundreds of unknown references, with wrong suggestions, that hide the one file they
    come from.
    """
    root = copy_article(tmp_path)
    path = root / "data/records" / name
    path.unlink()
    if WITHOUT_TEXT[content] is None:
        path.mkdir()
    else:
        path.write_bytes(WITHOUT_TEXT[content])
    assert [problem.path for problem in refused(root)] == [f"data/records/{name}"]


def test_an_id_whose_record_is_gone_is_reported_once(tmp_path):
    """Catches a deleted file reported at each of a hundred references, with wrong suggestions."""
    root = copy_article(tmp_path)
    (root / "data/records/actors/states.yaml").unlink()
    problems = refused(root)
    assert {problem.code for problem in problems} == {"unknown-reference"}
    azerbaijan = [problem for problem in problems if '"AZE"' in problem.found]
    assert (
        len(azerbaijan) == 1
        and "more places" in azerbaijan[0].found
        and "did you mean" not in azerbaijan[0].fix
    )
    # few enough to be slips
    assert len([problem for problem in problems if '"TUR"' in problem.found]) == 2


FOLDERS = ["data/records", "data/records/codes", "data/records/sources", "data/records/actors"]


@pytest.mark.parametrize(
    "folder,left",
    [
        quick_where(folder == FOLDERS[0] or (folder, left) == (FOLDERS[1], "nothing"), folder, left)
        for folder in FOLDERS
        for left in ("nothing", "an empty folder", "a file")
    ],
)
def test_a_missing_folder_is_reported_and_nothing_else(folder, left, tmp_path):
    """Catches thousands of messages on what the folder held, and not one on the folder."""
    root = copy_article(tmp_path)
    shutil.rmtree(root / folder)
    if left == "an empty folder":
        (root / folder).mkdir()
    elif left == "a file":
        (root / folder).write_text("- id: x\n")
    problems = [problem for problem in refused(root) if problem.code != "unused-file"]
    expected = {folder}
    if (folder, left) == ("data/records", "an empty folder"):
        layout = [
            "actors",
            "codes",
            "codings",
            "crosswalks",
            "events",
            "instruments",
            "interpretations",
            "relations",
            "sources",
        ]
        expected = {f"data/records/{name}" for name in layout}
    assert {(problem.path, problem.code) for problem in problems} == {
        (path, "missing-folder") for path in expected
    }
    assert len(problems) == len(expected)


def test_everything_is_reported_in_one_run_and_the_package_stays(tmp_path):
    """Catches a build that stops at the first file, prints a traceback, exits 0, or touches what is
    published.
    """
    root = copy_article(tmp_path, built=True)
    before = published(root)
    events, moscow = (
        root / "data/records/events",
        root / "data/records/instruments/moscow-declaration-2022.yaml",
    )
    (events / "1991-2020.yaml").write_bytes(b"- id: caf\xe9\n")
    (events / "2021.yaml").write_bytes(b"")
    text = (events / "2022.yaml").read_text()
    text = text.replace("kind: visit", "kind: vist").replace(
        "  date: 2022-02-24\n", "  date: 2022-02-30\n"
    )
    (events / "2022.yaml").write_text(text)
    moscow.write_text(
        moscow.read_text()
        .replace("provision_count: 43", "provision_count: 1_000")
        .replace("    form:", "    from:", 1)
    )
    run = run_build(root)
    assert run.returncode == 1
    assert "Traceback" not in run.stdout + run.stderr
    for code in (
        "not-utf8",
        "empty-file",
        "unknown-code",
        "impossible-date",
        "wrong-type",
        "unknown-key",
        "missing-key",
    ):
        assert f": {code}: " in run.stderr, code
    assert published(root) == before


def test_messages_cannot_steer_a_terminal(tmp_path):
    """Catches control and bidirectional characters of a record printed as they are."""
    root = copy_article(tmp_path)
    path = root / "data/records/events/2022.yaml"
    path.write_text(path.read_text().replace("kind: visit", 'kind: "\\e[31mvis\\u202eit"'))
    with pytest.raises(InvalidRecords) as refusal:
        build(root)
    lines = [str(problem) for problem in refusal.value.problems]
    assert len(lines) == 2 and all(
        "\\x1b[31mvis\\u202eit" in line and line.isprintable() for line in lines
    )
