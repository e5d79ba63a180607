"""The loop over the readers of a resource: the first that reads it, and reads all of it."""

from collections.abc import Callable, Iterable
from typing import TypeVar

import duckdb

from pledgeline.errors import OutOfResources
from pledgeline.source.source import Source, Unreadable

NO_ROOM = (
    "there is not enough room to check the package; give it more, or point TMPDIR to a larger disk"
)
Result = TypeVar("Result")
# These say that our statement is at fault, not what it reads.
OURS = (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException)


def first_sound(
    sources: Iterable[Source], use: Callable[[Source], tuple[Result, int, int]]
) -> tuple[Source, Result]:
    """The first of `sources` that the database reads whole, and what `use` made of it.

    `use` runs the statements that read the source, since only they show whether it can be read. It
    gives its result, how many rows it read, and the sum of their `size`; what it made of a source
    that does not agree with these is thrown away. Raises Unreadable where no source will do, and
    whatever `use` raises but for the database's complaints about the data.
    """
    refusal = "no reader reads all of it"
    for source in sources:
        try:
            made, rows, size = use(source)
        except OURS:
            raise
        except duckdb.OutOfMemoryException as error:
            raise OutOfResources(f"{NO_ROOM} (memory: {str(error).splitlines()[0]})") from error
        except duckdb.Error as error:
            refusal = str(error).splitlines()[0]
            if "No space left" in str(error):
                raise OutOfResources(f"{NO_ROOM} (disk: {refusal})") from error
        else:
            if source.agrees(rows, size):
                return source, made
    raise Unreadable("source-error", refusal)
