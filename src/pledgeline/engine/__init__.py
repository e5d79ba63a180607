"""Who runs the checks: DuckDB in this process, or frictionless-py as a second opinion.

In: a checked package. Out: a task of the report for every resource. May import `check` and the
floors below it.
"""

from importlib import import_module
from pathlib import Path
from typing import Literal, get_args

from pledgeline.errors import UnknownEngine
from pledgeline.report import Task
from pledgeline.source.watch import Progress
from pledgeline.standard.package import DataPackage
from pledgeline.text import quoted, suggestion

Engine = Literal["duckdb", "frictionless"]
ENGINES: tuple[Engine, ...] = get_args(Engine)


def check_package(
    package: DataPackage,
    engine: Engine = "duckdb",
    *,
    limit: int,
    rules: Path | None = None,
    progress: Progress | None = None,
) -> list[Task]:
    """A task for every resource of `package`, in the descriptor's order.

    `limit` is how many errors are listed a resource; the counts are exact all the same. `rules` is
    a folder of rules to check as well. Raises UnknownEngine, and BrokenRule for a rule that cannot
    be run. For `progress` see `pledgeline.validate`.
    """
    if engine not in ENGINES:
        hint = suggestion(str(engine), ENGINES) or f"expected {' or '.join(ENGINES)}"
        raise UnknownEngine(f"there is no engine {quoted(str(engine))}; {hint}")
    module = import_module(f"pledgeline.engine.{engine}")
    tasks: list[Task] = module.check_package(package, limit, rules, progress)
    return tasks
