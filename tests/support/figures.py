"""What the figures are drawn from, read by a way of its own."""

from functools import cache

import pyarrow.parquet as pq

from support.copies import REPOSITORY


@cache
def rows(name: str) -> list[dict]:
    """A built table by a way of its own, so that the figures' own counting is not checked with
    itself.
    """
    return pq.read_table(REPOSITORY / f"data/parquet/{name}.parquet").to_pylist()


def members(*roots: str) -> set[str]:
    """The actors that are one of `roots`, or belong to one."""
    inside, before = set(roots), 0
    while len(inside) > before:
        before = len(inside)
        inside |= {actor["id"] for actor in rows("actors") if actor["member_of"] in inside}
    return inside
