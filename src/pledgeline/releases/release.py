"""Publishes a version of a data set: compares, records every change, and packs the archive.

Everything is made in a staging folder and put in place at once; what was interrupted is finished
when it is run again.
"""

import datetime
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pledgeline.errors import InvalidRecords, ReleaseRefused
from pledgeline.records.declarations import read_declaration
from pledgeline.records.history import HISTORY, RELEASES, published_versions, record_of
from pledgeline.records.layout import read_layout, registry_of
from pledgeline.records.package import PACKAGE
from pledgeline.records.rows import Row
from pledgeline.records.schemas import read_schemas
from pledgeline.releases.change import COLUMNS, Change
from pledgeline.releases.changelog import dated, entry, first_section, section
from pledgeline.releases.contents import fill
from pledgeline.releases.diff import compare
from pledgeline.releases.git import is_committed, uncommitted, unpack_commit_of
from pledgeline.releases.pack import pack
from pledgeline.releases.published import declaration, release_rows
from pledgeline.releases.reasons import VIEW, explain_changes, usual
from pledgeline.releases.signature import sign
from pledgeline.releases.snapshot import snapshot
from pledgeline.releases.undo import wrong_tables
from pledgeline.releases.verify import verify
from pledgeline.standard.values import JsonObject
from pledgeline.text import counted
from pledgeline.validation import validate
from pledgeline.versions import VERSION, next_version, numbers
from pledgeline.write.build import FOLDERS, RULES, make
from pledgeline.write.destinations import blocked_destinations
from pledgeline.write.files import write_rows
from pledgeline.write.publish import Staging, same, staging
from pledgeline.write.views import view_files

REASONS = "data/reasons.yaml"
CHANGELOG = "CHANGELOG.md"
FIELDS = {"releases": ("version", "table", "date", "rows", "rows_hash"), "changes": COLUMNS}
NO_REASONS = """\
# Why rows go and values change, until the next release takes it over; for example
#   - {record: some-id, reason: Why.}    (to narrow it: `table` and `field`)
reasons: []
"""


def release(root: Path, version: str, day: datetime.date, key: Path | None = None) -> str:
    """Publishes `version`, its archive signed by `key` where one is given; returns what was done in
    words.

    Raises ReleaseRefused, InvalidRecords, PledgelineError or OSError; nothing was written then.
    """
    with staging(root) as staged:
        if (root / RELEASES / version).exists() and not is_committed(root, record_of(version)):
            return f"{version} is made already, in dist/; commit and tag it"
        if wrong := list(unfit(root, version)):
            raise ReleaseRefused(wrong)
        published = published_versions(root)
        last = published[-1] if published else None
        changes, bump = changes_since(root, last, version)
        if last and numbers(version) < numbers(next_version(last, bump or "patch")):
            least = next_version(last, bump or "patch")
            asked = f"the changes since {last} ask for a {bump} version"
            raise ReleaseRefused([f"{asked}: at least {least}, not {version}"])
        prepare(root, staged, version, day, changes, key)
        if blocked := blocked_destinations(root, staged.files(), FOLDERS):
            raise InvalidRecords(blocked)
        staged.publish(FOLDERS, last="datapackage.json")
    since = f"{counted(len(changes), 'change')} since {last}" if last else "the first"
    return f"{version} is made ({since}): commit and tag it"


def unfit(root: Path, version: str) -> Iterator[str]:
    """All that keeps the package as it is from being published as `version`."""
    before = published_versions(root)
    if not VERSION.fullmatch(version):
        yield f"{version} is not a version: three numbers such as 1.1.0"
    elif version in before:
        never = "and a published version never changes: choose a higher one"
        yield f"{version} is published already, {never}"
    elif before and numbers(version) < max(map(numbers, before)):
        yield f"{version} is lower than the last published version, {before[-1]}"
    if dirty := uncommitted(root):
        more = " ..." if len(dirty) > 5 else ""
        yield f"not everything is committed: {', '.join(dirty[:5])}{more}"
    yield from (
        f"{name} is not what a fresh build makes: run `pledgeline build` and commit"
        for name in stale(root)
    )
    rules = root / RULES if any((root / RULES).glob("*.sql")) else None
    if not validate(root / "datapackage.json", rules=rules).valid:
        yield "the published package is not valid: run `pledgeline validate`"
    log = root / CHANGELOG
    if version not in before and not entry(log.read_text("utf-8") if log.exists() else "", version):
        asked = f"write a heading `## {version}` and under it what is new"
        yield f"{CHANGELOG} has no entry: {asked}"


def stale(root: Path) -> Iterator[str]:
    """The published files that differ from what a fresh build makes."""
    with tempfile.TemporaryDirectory(prefix="pledgeline-") as folder:
        fresh = Staging(root, Path(folder), -1)
        make(root).write(fresh)
        yield from (
            path.as_posix() for path in fresh.files() if not same(fresh.folder / path, root / path)
        )


def changes_since(root: Path, last: str | None, version: str) -> tuple[list[Change], str | None]:
    """The explained changes since the last version, and what they ask for.

    Raises ReleaseRefused where one lacks its reason.
    """
    if last is None:
        return [], None
    with tempfile.TemporaryDirectory(prefix="pledgeline-") as folder:
        unpack_commit_of(root, record_of(last), Path(folder))
        before = snapshot(folder)
        if set(HISTORY) <= before.tables.keys() and (wrong := wrong_tables(before, last)):
            named = ", ".join(wrong)
            raise ReleaseRefused(
                [f"the commit that published {last} does not have its tables: {named}"]
            )
        with compare(folder, root, without=HISTORY) as found:
            changes, wrong = explain_changes(
                found.changes, retired_ids(root), reasons_of(root), version, view_files(root)
            )
            if wrong:
                raise ReleaseRefused(wrong)
            for change in changes:  # an id that was retired stays resolvable: it breaks no use
                if change.kind in ("merged", "withdrawn"):
                    found.counts[change.table, "removed", True] -= 1
                    found.counts[change.table, change.kind, True] += 1
            return changes, found.bump


def retired_ids(root: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """(table, id) -> what became of it, and why, of every id in the registry that is not live."""
    registry = registry_of(read_layout(root, read_schemas(root)))
    rows = snapshot(root).tables[registry] if registry else []
    return {
        (row["table"], row["id"]): (row["status"], row["reason"])
        for row in rows
        if row["status"] != "live"
    }


def reasons_of(root: Path) -> list[JsonObject]:
    """What people wrote of why rows go and values change."""
    if not (root / REASONS).exists():
        return []
    return list(read_declaration(root / REASONS, root, "reasons").content["reasons"])


def prepare(
    root: Path,
    staged: Staging,
    version: str,
    day: datetime.date,
    changes: list[Change],
    key: Path | None,
) -> None:
    """Writes all files of the release into the staging folder.

    Raises ReleaseRefused where the archive is not what it should be.
    """
    declared = staged.file(PACKAGE)
    declared.write_text(declaration((root / PACKAGE).read_text("utf-8"), version, day), "utf-8")
    recorded = [
        {"version": version, **{name: getattr(change, name) for name in COLUMNS[1:]}}
        for change in changes
    ]
    rows = {
        "releases": list(release_rows(snapshot(root), version, day, changes)),
        "changes": recorded,
    }
    history = []
    for name, cells in rows.items():
        path = f"{RELEASES}/{version}/{name}.csv"
        write_rows(cells, FIELDS[name], staged.file(path))
        filled = ({column: cell for column, cell in row.items() if cell} for row in cells)
        history += [Row(name, path, number, 1, row) for number, row in enumerate(filled, 2)]
    made = make(root, declared, history)
    content = made.write(staged)
    usuals = {VIEW, *(usual(kind, version) for kind in ("added", "modified"))}
    entry = section(changes, usuals) if changes else first_section(content)
    log = (root / CHANGELOG).read_text("utf-8")
    staged.file(CHANGELOG).write_text(dated(log, version, day, entry), "utf-8")
    if (root / REASONS).exists():
        staged.file(REASONS).write_text(NO_REASONS, "utf-8")
    with tempfile.TemporaryDirectory(prefix="pledgeline-") as folder:
        fill(Path(folder), staged.folder, root, made, content)
        archive = staged.file(f"dist/{content['name']}-{version}.zip")
        pack(Path(folder), archive)
    if wrong := verify(archive):
        raise ReleaseRefused([f"the archive is not what it should be: {line}" for line in wrong])
    if key is not None:
        sign(archive, key)
