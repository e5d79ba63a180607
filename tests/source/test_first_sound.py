"""The first reader that reads a resource, and reads it right."""

import duckdb
import pytest

from pledgeline.errors import OutOfResources
from pledgeline.source.first_sound import first_sound
from pledgeline.source.source import Source, Unreadable


def source(name: str, sound: bool = True) -> Source:
    return Source(name, None, [], agrees=lambda rows, size: sound and (rows, size) == (3, 12))


def name_of(source: Source) -> tuple[str, int, int]:
    """The name of a source, of which three rows of 12 bytes were read."""
    if source.relation == "unread":
        raise duckdb.InvalidInputException("line 3 has no end\nand more")
    if source.relation == "ours":
        raise duckdb.BinderException("no such column")
    return source.relation, 3, 12


def test_the_first_that_is_read_and_sound_is_taken():
    """Catches a reader that is taken although it misreads, or one that is tried in vain."""
    tried = (source("unread"), source("wrong", sound=False), source("right"), source("ours"))
    found, made = first_sound(iter(tried), name_of)
    assert found.relation == made == "right"


@pytest.mark.parametrize(
    "names,note",
    [
        (["unread"], "line 3 has no end"),
        (["wrong"], "no reader reads all of it"),
        ([], "no reader"),
    ],
)
def test_where_none_will_do_it_says_why(names, note):
    """Catches a resource that counts as read although nothing has read it."""
    with pytest.raises(Unreadable, match=note):
        first_sound((source(name, sound=False) for name in names), name_of)


def test_a_fault_of_ours_is_no_fault_of_the_data():
    """Catches a wrong statement that would pass for an unreadable file."""
    with pytest.raises(duckdb.BinderException):
        first_sound([source("ours"), source("right")], name_of)


@pytest.mark.parametrize(
    "complaint,what",
    [
        (duckdb.OutOfMemoryException("Out of Memory Error: could not allocate"), "memory"),
        (duckdb.IOException("IO Error: No space left on device"), "disk"),
    ],
)
def test_want_of_room_is_no_fault_of_the_data(complaint, what):
    """Catches a machine too small for a sound package, told as an unreadable file."""

    def use(source: Source) -> tuple[str, int, int]:
        raise complaint

    with pytest.raises(OutOfResources, match=f"not enough room .*{what}"):
        first_sound([source("right")], use)
