"""Publishes a version of the package: compares it with the last one, records every change, and
packs the archive.

    python scripts/release.py 1.1.0          what RELEASING.md calls `make release VERSION=1.1.0`
    python scripts/release.py 1.1.0 --date 2026-12-01

Everything is made in a staging folder and put in place at once; what was interrupted is finished
when it is run again. Exit code 1, all reasons listed, when the version is refused: nothing was
written then.
"""

import argparse
import datetime
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import build
import contents

from pledgeline.errors import InvalidRecords, PledgelineError
from pledgeline.records.declarations import read_declaration
from pledgeline.records.rows import Row
from pledgeline.releases.change import COLUMNS, Change
from pledgeline.releases.changelog import dated, entry, first_section, section
from pledgeline.releases.diff import compare
from pledgeline.releases.git import is_committed, uncommitted, unpack_commit_of
from pledgeline.releases.pack import pack
from pledgeline.releases.published import declaration, release_rows
from pledgeline.releases.reasons import VIEW, explain_changes, usual
from pledgeline.releases.snapshot import HISTORY, snapshot
from pledgeline.releases.undo import wrong_tables
from pledgeline.releases.verify import verify
from pledgeline.validation import validate
from pledgeline.versions import VERSION, next_version, numbers
from pledgeline.write.destinations import blocked_destinations
from pledgeline.write.files import write_rows
from pledgeline.write.publish import Staging, Unfinished, same, staging

REASONS = "data/reasons.yaml"
FIELDS = {"releases": ("version", "table", "date", "rows", "rows_hash"), "changes": COLUMNS}
NO_REASONS = """\
# Why rows go and values change, by hand, until the next release takes it over (its form: src/pledgeline/releases/reasons.py).
reasons: []
"""


@dataclass
class Refused(Exception):
    """Why a version is not published, a sentence each."""

    reasons: list[str] = field(default_factory=list)


def release(root: Path, version: str, day: datetime.date) -> str:
    """Publishes `version`; returns what was done in words.

    Raises Refused, InvalidRecords, PledgelineError or OSError.
    """
    with staging(root) as staged:
        if (root / build.RELEASES / version).exists() and not is_committed(
            root, f"{build.RELEASES}/{version}/releases.csv"
        ):
            return f"{version} is made already, in dist/; commit and tag it (RELEASING.md)"
        if wrong := list(unfit(root, version)):
            raise Refused(wrong)
        last = max(published_versions(root), key=numbers, default=None)
        changes, bump = changes_since(root, last, version)
        if last and numbers(version) < numbers(next_version(last, bump or "patch")):
            raise Refused(
                [
                    f"the changes since {last} ask for a {bump} version: at least {next_version(last, bump)}, not {version}"
                ]
            )
        prepare(root, staged, version, day, changes)
        if wrong := blocked_destinations(root, staged.files(), build.FOLDERS):
            raise InvalidRecords(wrong)
        staged.publish(build.FOLDERS, last="datapackage.json")
    since = f"{len(changes):,} changes since {last}" if last else "the first"
    return f"{version} is made ({since}): commit and tag it (RELEASING.md)"


def unfit(root: Path, version: str) -> Iterator[str]:
    """All that keeps the package as it is from being published as `version`."""
    before = published_versions(root)
    if not VERSION.fullmatch(version):
        yield f"{version} is no version: three numbers such as 1.1.0"
    elif version in before:
        yield f"{version} is published already, and a published version never changes: choose a higher one"
    elif before and numbers(version) < max(map(numbers, before)):
        yield f"{version} is lower than the last published version, {max(before, key=numbers)}"
    if dirty := uncommitted(root):
        yield f"not everything is committed: {', '.join(dirty[:5])}{' ...' if len(dirty) > 5 else ''}"
    yield from (
        f"{name} is not what a fresh build makes: run `make build` and commit"
        for name in stale(root)
    )
    report = validate(root / "datapackage.json", rules=root / "validate" / "rules")
    if not report.valid:
        yield "the published package is not valid: run `make validate`"
    if version not in before and not entry((root / "CHANGELOG.md").read_text("utf-8"), version):
        yield f"CHANGELOG.md has no entry: write a heading `## {version}` and under it, in words, what is new"


def stale(root: Path) -> Iterator[str]:
    """The published files that differ from what a fresh build makes."""
    with tempfile.TemporaryDirectory(prefix="pledgeline-") as folder:
        fresh = Staging(root, Path(folder), -1)
        build.make(root).write(fresh)
        yield from (
            path.as_posix() for path in fresh.files() if not same(fresh.folder / path, root / path)
        )


def published_versions(root: Path) -> list[str]:
    return [path.parent.name for path in (root / build.RELEASES).glob("*/releases.csv")]


def changes_since(root: Path, last: str | None, version: str) -> tuple[list[Change], str | None]:
    """The explained changes since the last version, and what they ask for.

    Raises Refused where one lacks its reason.
    """
    if last is None:
        return [], None
    with tempfile.TemporaryDirectory(prefix="pledgeline-") as folder:
        unpack_commit_of(root, f"{build.RELEASES}/{last}/releases.csv", Path(folder))
        if wrong := wrong_tables(snapshot(folder), last):
            raise Refused(
                [f"the commit that published {last} does not have its tables: {', '.join(wrong)}"]
            )
        with compare(folder, root, without=HISTORY) as found:
            retired = {
                (row["table"], row["id"]): (row["status"], row["reason"])
                for row in snapshot(root).tables["records"]
                if row["status"] != "live"
            }
            reasons = read_declaration(root / REASONS, root, required=("reasons",))["reasons"]
            changes, wrong = explain_changes(found.changes, retired, reasons, version, build.VIEWS)
            if wrong:
                raise Refused(wrong)
            for change in changes:  # an id that was retired stays resolvable: it breaks no use
                if change.kind in ("merged", "withdrawn"):
                    found.counts[change.table, "removed", True] -= 1
                    found.counts[change.table, change.kind, True] += 1
            return changes, found.bump


def prepare(
    root: Path, staged: Staging, version: str, day: datetime.date, changes: list[Change]
) -> None:
    """Writes all files of the release into the staging folder.

    Raises Refused where the archive is not what it should be.
    """
    declared = staged.file("data/package.yaml")
    declared.write_text(
        declaration((root / "data/package.yaml").read_text("utf-8"), version, day), "utf-8"
    )
    told = [
        {"version": version, **{name: getattr(change, name) for name in COLUMNS[1:]}}
        for change in changes
    ]
    rows = {"releases": list(release_rows(snapshot(root), version, day, changes)), "changes": told}
    history = []
    for name, cells in rows.items():
        path = f"{build.RELEASES}/{version}/{name}.csv"
        write_rows(cells, FIELDS[name], staged.file(path))
        filled = ({column: cell for column, cell in row.items() if cell} for row in cells)
        history += [Row(name, path, number, 1, row) for number, row in enumerate(filled, 2)]
    made = build.make(root, declared, history)
    content = made.write(staged)
    usuals = {VIEW, *(usual(kind, version) for kind in ("added", "modified"))}
    told = section(changes, usuals) if changes else first_section(content)
    log = (root / "CHANGELOG.md").read_text("utf-8")
    staged.file("CHANGELOG.md").write_text(dated(log, version, day, told), "utf-8")
    if (root / REASONS).exists():
        staged.file(REASONS).write_text(NO_REASONS, "utf-8")
    with tempfile.TemporaryDirectory(prefix="pledgeline-") as folder:
        contents.fill(Path(folder), staged.folder, root, made, content)
        archive = staged.file(f"dist/{content['name']}-{version}.zip")
        pack(Path(folder), archive)
    if wrong := verify(archive):
        raise Refused([f"the archive is not what it should be: {line}" for line in wrong])


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("version", metavar="VERSION", help="MAJOR.MINOR.PATCH")
    today = datetime.datetime.now(datetime.UTC).date()
    parser.add_argument(
        "--date",
        type=datetime.date.fromisoformat,
        default=today,
        help="the day of the release (default: today)",
    )
    parser.add_argument(
        "--root", type=Path, default=Path("."), metavar="DIR", help="the package (default: here)"
    )
    options = parser.parse_args()
    try:
        print(release(options.root, options.version, options.date))
        return 0
    except (Refused, InvalidRecords) as refused:
        lines = refused.reasons if isinstance(refused, Refused) else refused.problems
        print(*lines, sep="\n", file=sys.stderr)
    except PledgelineError as error:
        print(error, file=sys.stderr)
    except Unfinished as error:
        print(
            f"{error.filename}: some files are in place and some are not; release again to finish",
            file=sys.stderr,
        )
        return 1
    except OSError as error:
        print(
            f"{error.filename or options.root}: could not be read or written ({error.strerror})",
            file=sys.stderr,
        )
    print(
        f"\n{options.version} was not made: nothing was written, the package is as it was.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
