"""Measures validation beside other validators of data, on the same package of a million rows.

    python benchmarks/peers.py                    all of them, a quarter of an hour
    python benchmarks/peers.py fairspec hand      only the peers with one of these words

The unit is CPU seconds of the whole process, the median of three, or the one run of a command that
takes more than 20 s; "times ours" compares those of a clean file. `~` marks what is projected from
a tenth of the rows. Each peer is installed into an environment of its own on the first run.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from cost import Cost, median
from peer_list import PEERS, Peer, install

from data import make

ROWS = 1_000_000
START = 1_000  # rows at which almost all time is that of starting
ENGINES = Path(__file__).with_name("engines.py")
Command = Callable[[Path], list]
HEAD = (
    "| validator | file | CPU s | times ours | s | MB | 10 % bad: CPU s | s | MB | errors found |"
)


def ours(descriptor: Path) -> list:
    return [sys.executable, "-m", "pledgeline", "validate", "--format", "json", descriptor]


def bare(descriptor: Path) -> list:
    return [sys.executable, ENGINES, "bare", descriptor]


def errors(output: str) -> int | None:
    """How many errors a command printed: a number, numbers by kind, or a report of ours."""
    try:
        printed = json.loads(output)
    except ValueError:
        return None
    if isinstance(printed, int):
        return printed
    report = printed.get("reports")
    return report[0]["stats"]["errors"] if report else sum(printed.values())


def project(start: Cost, tenth: Cost) -> Cost:
    """The cost of all rows, from that of a few and that of a tenth of them; memory as measured."""
    share = (ROWS - START) / (ROWS / 10 - START)
    whole = (a + (b - a) * share for a, b in zip(start[:2], tenth[:2], strict=True))
    return Cost(*whole, *tenth[2:])


def cells(cost: Cost, projected: bool) -> list[str]:
    mark = "~" if projected else ""
    return [f"{mark}{cost.cpu:.2f}", f"{mark}{cost.seconds:.2f}", f"{cost.megabytes:.0f}"]


def package(folder: Path, rows: int, bad: bool, format: str) -> Path:
    """The descriptor of a package, which is made when it is first needed."""
    descriptor = folder / f"{rows}{'-bad' if bad else ''}" / f"{format}.json"
    return descriptor if descriptor.exists() else make(folder, rows, bad)[format]


def measure(command: Command, folder: Path, format: str, tenth: bool) -> list[Cost]:
    """The cost on a clean file, and on one with bad rows."""
    if not tenth:
        return [median(command(package(folder, ROWS, bad, format))) for bad in (False, True)]
    start = median(command(package(folder, START, False, format)))
    tenths = [package(folder, ROWS // 10, bad, format) for bad in (False, True)]
    return [project(start, median(command(each), runs=1)) for each in tenths]


def line(name: str, format: str, costs: list[Cost], tenth: bool, floor: float) -> str:
    """One line of the table; `floor` is our own CPU seconds on the clean file."""
    clean, bad = costs
    false, found = errors(clean.output), errors(bad.output)
    if false is None or found is None:
        return nothing(name, format, f"failed: {bad.errors.strip().splitlines()[-1:]}")
    said = f"{found:,}" + " (a tenth)" * tenth + f"; {false:,} in the clean file" * bool(false)
    cpu, *rest = cells(clean, tenth)
    return row(name, format, cpu, f"{clean.cpu / floor:.1f}", *rest, *cells(bad, tenth), said)


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def nothing(name: str, format: str, why: str) -> str:
    """The line of what could not be measured."""
    return row(name, format, *[""] * 7, why)


def compare(peers: list[Peer], folder: Path, format: str) -> None:
    """Prints the lines of one format."""
    own = measure(ours, folder, format, False)
    floor = own[0].cpu
    print(line("**pledgeline**", format, own, False, floor), flush=True)
    scan = measure(bare, folder, format, False)
    print(line("bare scan", format, scan, False, floor), flush=True)
    for peer in peers:
        if format not in peer.formats:
            print(nothing(peer.name, format, "does not read it"))
        elif failure := install(peer):
            print(nothing(peer.name, format, f"could not be installed: {failure}"))
        else:
            costs = measure(peer.command, folder, format, peer.tenth)
            print(line(peer.name, format, costs, peer.tenth, floor), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("words", nargs="*", help="only peers with one of these words")
    parser.add_argument("--folder", type=Path, help="where to write the tables")
    options = parser.parse_args()
    words = options.words
    chosen = [peer for peer in PEERS if not words or any(word in peer.name for word in words)]
    print(HEAD, f"|---|---|{'---:|' * 8}", sep="\n", flush=True)
    with tempfile.TemporaryDirectory() as name:
        for format in ("csv", "parquet"):
            compare(chosen, options.folder or Path(name), format)
    print("\n| validator | version | written by hand | missed |", "|---|---|---|---|", sep="\n")
    for peer in chosen:
        print(row(peer.name, ", ".join(peer.packages), peer.by_hand, peer.misses))


if __name__ == "__main__":
    main()
