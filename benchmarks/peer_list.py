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
    """A peer, its pinned packages, and what it misses of the checks that we make.

    Without `packages` it runs in our own environment.
    """

    name: str
    script: str
    misses: str
    packages: tuple[str, ...] = ()
    python: tuple[int, int] = (3, 11)  # the oldest it runs on
    formats: tuple[str, ...] = ("csv", "parquet")
    tenth: bool = False  # measured on a tenth of the rows, and projected

    @property
    def interpreter(self) -> Path:
        environment = ENVIRONMENTS / self.name
        return environment / "bin" / "python" if self.packages else Path(sys.executable)

    def command(self, descriptor: Path) -> list[Path]:
        return [self.interpreter, SCRIPTS / self.script, descriptor]


PEERS = [
    Peer(
        "DuckDB, by hand",
        "by_hand.py",
        "places and messages; a cast accepts more texts than the standard does",
    ),
    Peer("frictionless-py", "with_frictionless.py", "nothing", tenth=True),
    Peer(
        "pandera",
        "with_pandera.py",
        "bounds of a column with a wrong cell, and all but one wrong column of those it casts",
        ("pandera[polars]==0.35.0", "polars==2.1.0"),
    ),
    Peer(
        "dataframely",
        "with_dataframely.py",
        "places (they are in the frame of failures); foreign keys are a rule written by hand",
        ("dataframely==3.1.2", "polars==2.1.0"),
    ),
    Peer(
        "pointblank",
        "with_pointblank.py",
        "types of texts and foreign keys are expressions written by hand",
        ("pointblank[pl]==1.1.1", "polars==2.1.0"),
    ),
    Peer(
        "great-expectations",
        "with_great_expectations.py",
        "types of texts are patterns, and foreign keys sets, written by hand",
        ("great_expectations==1.24.1", "pandas==3.1.1", "pyarrow==26.0.1"),
    ),
    Peer(
        "datacontract-cli",
        "with_datacontract.py",
        "every fault of a CSV file with a wrong type (it stops at the first one); types in Parquet",
        ("datacontract-cli[duckdb]==1.2.8", "duckdb==1.5.6"),
    ),
    Peer(
        "fairspec",
        "with_fairspec.py",
        "rows of a broken foreign key (it lists the distinct values)",
        ("fairspec==0.1.7", "polars==2.1.0"),
        python=(3, 12),
    ),
    Peer(
        "data-dict",
        "with_data_dict.py",
        "CSV files; dates that DuckDB wrote, which it takes for numbers; whole numbers",
        ("data-dict-yaml==0.0.3",),
        formats=("parquet",),
    ),
]


def install(peer: Peer) -> str:
    """Makes the environment of a peer; returns why that is impossible, or nothing."""
    environment = ENVIRONMENTS / peer.name
    mark = environment / "installed"
    if not peer.packages or (mark.exists() and mark.read_text("utf-8") == str(peer.packages)):
        return ""
    python = interpreter_from(peer.python)
    if python is None:
        return f"needs Python {'.'.join(map(str, peer.python))}, which is not on the PATH"
    steps = [
        [python, "-m", "venv", "--clear", environment],
        [peer.interpreter, "-m", "pip", "install", "-qq", *peer.packages],
    ]
    for step in steps:
        done = subprocess.run(step, capture_output=True, text=True)
        if done.returncode:
            return done.stderr.strip().splitlines()[-1]
    for program in (environment / "bin").glob("data-dict"):
        program.chmod(0o755)  # pip leaves it as the wheel has it, not to be executed
    mark.write_text(str(peer.packages), "utf-8")
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
