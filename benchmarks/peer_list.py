"""The peers we are measured beside: how each is installed, and what it checks of the package.

Each has an environment of its own and a script in `benchmarks/peers/`, written as its documentation
recommends, that prints the faults it counted by kind.
"""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from shutil import which

SCRIPTS = Path(__file__).with_name("peers")
ENVIRONMENTS = Path(sys.prefix) / "peers"


@dataclass(frozen=True)
class Peer:
    """A peer and what it checks of the package.

    `by_hand` has the checks that it knows no word for, so that its script writes them out; `misses`
    what it does not find or say at all. Without `packages` it runs in our own environment.
    """

    name: str
    script: str
    by_hand: str
    misses: str
    packages: tuple[str, ...] = ()
    python: tuple[int, int] = (3, 11)  # the oldest it runs on
    formats: tuple[str, ...] = ("csv", "parquet")
    tenth: bool = False  # measured on a tenth of the rows, and projected

    @property
    def environment(self) -> Path:
        return ENVIRONMENTS / self.name

    @property
    def interpreter(self) -> Path:
        return self.environment / "bin" / "python" if self.packages else Path(sys.executable)

    def command(self, descriptor: Path) -> list[Path]:
        return [self.interpreter, SCRIPTS / self.script, descriptor]


PEERS = [
    Peer(
        "DuckDB, by hand",
        "by_hand.py",
        by_hand="everything",
        misses="where a fault is; texts that a cast takes and the standard does not",
    ),
    Peer("frictionless-py", "with_frictionless.py", by_hand="", misses="", tenth=True),
    Peer(
        "pandera",
        "with_pandera.py",
        by_hand="foreign key, dates, booleans (polars casts text to neither)",
        misses="after one cell that cannot be cast: wrong cells of the other columns that are cast,"
        " and all bounds",
        packages=("pandera[polars]==0.35.0", "polars==2.1.0"),
    ),
    Peer(
        "dataframely",
        "with_dataframely.py",
        by_hand="foreign key, dates, booleans",
        misses="",
        packages=("dataframely==3.1.2", "polars==2.1.0"),
    ),
    Peer(
        "pointblank",
        "with_pointblank.py",
        by_hand="foreign key, types of texts, longest length",
        misses="",
        packages=("pointblank[pl]==1.1.1", "polars==2.1.0"),
    ),
    Peer(
        "great-expectations",
        "with_great_expectations.py",
        by_hand="foreign key, types of texts (as patterns)",
        misses="",
        packages=("great_expectations==1.24.1", "pandas==3.1.1", "pyarrow==26.0.1"),
    ),
    Peer(
        "datacontract-cli",
        "with_datacontract.py",
        by_hand="",
        misses="all else in a CSV file with one cell of the wrong type; types of Parquet columns",
        packages=("datacontract-cli[duckdb]==1.2.8", "duckdb==1.5.6"),
    ),
    Peer(
        "fairspec",
        "with_fairspec.py",
        by_hand="",
        misses="rows of a broken foreign key (it lists each value once)",
        packages=("fairspec==0.1.7", "polars==2.1.0"),
        python=(3, 12),
    ),
    Peer(
        "data-dict",
        "with_data_dict.py",
        by_hand="pattern, bounds, longest length",
        misses="CSV files; whole numbers; dates that DuckDB wrote (they are numbers to it)",
        packages=("data-dict-yaml==0.0.3",),
        formats=("parquet",),
    ),
]


def install(peer: Peer) -> str:
    """Makes the environment of a peer; returns why that is impossible, or nothing."""
    mark = peer.environment / "installed"
    pinned = "\n".join(peer.packages)
    if not peer.packages or (mark.exists() and mark.read_text("utf-8") == pinned):
        return ""
    python = interpreter_from(peer.python)
    if python is None:
        return f"it needs Python {'.'.join(map(str, peer.python))}, which is not on the PATH"
    steps = [
        [python, "-m", "venv", "--clear", peer.environment],
        [peer.interpreter, "-m", "pip", "install", "-qq", *peer.packages],
    ]
    for step in steps:
        done = subprocess.run(step, capture_output=True, text=True)
        if done.returncode:
            return done.stderr.strip().splitlines()[-1]
    for program in peer.environment.glob("bin/data-dict"):
        program.chmod(0o755)  # its wheel does not mark it as a program
    mark.write_text(pinned, "utf-8")
    return ""


def interpreter_from(oldest: tuple[int, int]) -> str | None:
    """Our own Python where it is new enough, or the oldest that is and that the PATH has."""
    if sys.version_info >= oldest:
        return sys.executable
    for minor in range(oldest[1], oldest[1] + 4):
        found = which(f"python3.{minor}")
        if found and subprocess.run([found, "--version"], capture_output=True).returncode == 0:
            return found
    return None
