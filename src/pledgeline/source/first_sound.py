"""The loop over the readers of a resource: the first that reads it, and reads it right."""

from collections.abc import Callable, Iterable
from typing import TypeVar

import duckdb

from pledgeline.source.source import Source, Unreadable

Result = TypeVar("Result")
# these say that our statement is at fault, not what it reads
OURS = (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException)


def first_sound(
    sources: Iterable[Source], use: Callable[[Source], Result]
) -> tuple[Source, Result]:
    """The first of `sources` that can be read and is sound, and what `use` returns for it.

    `use` runs the statements that read the source, since only they show whether it can be read;
    what it returns for a source that is not sound is dropped. Raises Unreadable where no source
    will do, and whatever `use` raises except the database's complaints about the data.
    """
    refusal = "no reader reads it right"
    for source in sources:
        try:
            made = use(source)
        except OURS:
            raise
        except duckdb.Error as error:
            refusal = str(error).splitlines()[0]
        else:
            if source.sound():
                return source, made
    raise Unreadable("source-error", refusal)
