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
from pathlib import Path

from cost import Cost, median
from peer_list import PEERS, install

from data import make

ROWS = 1_000_000
START = 1_000  # rows at which almost all time is that of starting
ENGINES = Path(__file__).with_name("engines.py")
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


class Package:
    """The packages to measure, each made when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, rows: int, bad: bool, format: str) -> Path:
        descriptor = self.folder / f"{rows}{'-bad' if bad else ''}" / f"{format}.json"
        return descriptor if descriptor.exists() else make(self.folder, rows, bad)[format]


def measure(command, package: Package, format: str, tenth: bool) -> tuple[Cost, Cost]:
    """The cost on a clean file and on a bad one."""
    if not tenth:
        clean, bad = (median(command(package(ROWS, spoilt, format))) for spoilt in (False, True))
        return clean, bad
    start = median(command(package(START, False, format)))
    clean, bad = (
        project(start, median(command(package(ROWS // 10, spoilt, format)), runs=1))
        for spoilt in (False, True)
    )
    return clean, bad


def line(name: str, format: str, costs: tuple[Cost, Cost], tenth: bool, floor: float) -> str:
    """One line of the table; `floor` is our own CPU seconds on the clean file."""
    clean, bad = costs
    cpu, *rest = cells(clean, tenth)
    found = errors(bad.output)
    if found is None or errors(clean.output) is None:
        last = bad.errors.strip().splitlines()
        return f"| {name} | {format} | failed: {last[-1] if last else bad.code} ||||||||"
    said = f"{found:,}" + (" (a tenth)" if tenth else "")
    if false := errors(clean.output):
        said += f"; {false:,} in the clean file"
    row = [name, format, cpu, f"{clean.cpu / floor:.1f}", *rest, *cells(bad, tenth), said]
    return f"| {' | '.join(row)} |"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("words", nargs="*", help="only peers with one of these words")
    parser.add_argument("--folder", type=Path, help="where to write the tables")
    options = parser.parse_args()
    words = options.words
    chosen = [peer for peer in PEERS if not words or any(word in peer.name for word in words)]
    failures = {peer.name: install(peer) for peer in chosen}
    print(HEAD, f"|---|---|{'---:|' * 8}", sep="\n", flush=True)
    with tempfile.TemporaryDirectory() as name:
        package = Package(options.folder or Path(name))
        for format in ("csv", "parquet"):
            own = measure(ours, package, format, False)
            floor = own[0].cpu
            print(line("**pledgeline**", format, own, False, floor), flush=True)
            scan = measure(bare, package, format, False)
            print(line("bare scan", format, scan, False, floor), flush=True)
            for peer in chosen:
                if failures[peer.name]:
                    print(f"| {peer.name} | {format} | not installed: {failures[peer.name]} |")
                elif format not in peer.formats:
                    print(f"| {peer.name} | {format} | does not read it |")
                else:
                    costs = measure(peer.command, package, format, peer.tenth)
                    print(line(peer.name, format, costs, peer.tenth, floor), flush=True)
    print("\n| validator | versions | what it misses |", "|---|---|---|", sep="\n")
    for peer in chosen:
        print(f"| {peer.name} | {', '.join(peer.packages)} | {peer.misses} |")


if __name__ == "__main__":
    main()
