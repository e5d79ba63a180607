"""All that keeps a data set from being published as a version, found out in one run."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from pledgeline.errors import GitFailed, InvalidRecords, PledgelineError, ReleaseRefused
from pledgeline.records.declarations import read_declaration
from pledgeline.records.history import HISTORY, published_versions
from pledgeline.releases.change import Change
from pledgeline.releases.changelog import entry
from pledgeline.releases.diff import compare
from pledgeline.releases.git import uncommitted
from pledgeline.releases.published import write_version
from pledgeline.releases.reasons import explain_changes
from pledgeline.standard.values import JsonObject
from pledgeline.validation import validate
from pledgeline.versions import VERSION, next_version, numbers
from pledgeline.write.build import RULES, make
from pledgeline.write.publish import Staging, same
from pledgeline.write.views import view_files

REASONS = "data/reasons.yaml"
CHANGELOG = "CHANGELOG.md"


def changes_to_publish(root: Path, version: str, key: Path | None) -> list[Change]:
    """The changes that `version` publishes, each with its reason; none for the first version.

    Raises ReleaseRefused with all that is wrong.
    """
    wrong = [*unfit_version(root, version), *unfit_folder(root, version, key)]
    changes: list[Change] = []
    reasons = None
    try:
        reasons = reasons_of(root)
    except InvalidRecords as refused:
        wrong += map(str, refused.problems)
    with tempfile.TemporaryDirectory(prefix="pledgeline-") as folder:
        fresh = Staging(root, Path(folder), -1)
        try:
            make(root).write(fresh)
        except InvalidRecords as refused:
            wrong += map(str, refused.problems)
        else:
            wrong += unfit_files(root, fresh)
            if published := published_versions(root):
                changes, more = explained_changes(
                    root, fresh.folder, published[-1], version, reasons
                )
                wrong += more
    if wrong:
        raise ReleaseRefused(wrong)
    return changes


def unfit_version(root: Path, version: str) -> Iterator[str]:
    """Why the version, whatever has changed, is not the next one."""
    before = published_versions(root)
    if not VERSION.fullmatch(version):
        yield f"{version} is not a version: three numbers such as 1.1.0"
    elif version in before:
        never = "and a published version never changes: choose a higher one"
        yield f"{version} is published already, {never}"
    elif before and numbers(version) < numbers(before[-1]):
        yield f"{version} is lower than the last published version, {before[-1]}"


def unfit_folder(root: Path, version: str, key: Path | None) -> Iterator[str]:
    """What is missing beside the tables: a commit, an entry of the changelog, the key to sign."""
    try:
        dirty = uncommitted(root)
    except GitFailed as error:
        yield str(error)
    else:
        more = " ..." if len(dirty) > 5 else ""
        if dirty:
            yield f"not everything is committed: {', '.join(dirty[:5])}{more}"
    log = (root / CHANGELOG).read_text("utf-8") if (root / CHANGELOG).exists() else ""
    if (
        VERSION.fullmatch(version)
        and version not in published_versions(root)
        and not entry(log, version)
    ):
        asked = f"write a heading `## {version}` and under it what is new"
        yield f"{CHANGELOG} has no entry: {asked}"
    if key is not None and not key.is_file():
        yield f"{key}: there is no such file; expected an SSH key to sign with"


def unfit_files(root: Path, fresh: Staging) -> Iterator[str]:
    """The published files that differ from what a fresh build makes, or are not valid."""
    for path in fresh.files():
        if not same(fresh.folder / path, root / path):
            name = path.as_posix()
            yield f"{name} is not what a fresh build makes: run `pledgeline build` and commit"
    rules = root / RULES if any((root / RULES).glob("*.sql")) else None
    if not validate(root / "datapackage.json", rules=rules).valid:
        yield "the published package is not valid: run `pledgeline validate`"


def explained_changes(
    root: Path, fresh: Path, last: str, version: str, reasons: list[JsonObject] | None
) -> tuple[list[Change], list[str]]:
    """The changes from the version `last` to the build in `fresh`, and what is wrong with them.

    `reasons` is None where nobody can read what people wrote, so that none is called missing.
    """
    with tempfile.TemporaryDirectory(prefix="pledgeline-") as folder:
        try:
            write_version(root, last, Path(folder))
            with compare(folder, fresh, without=HISTORY) as found:
                views = view_files(root)
                changes, wrong = explain_changes(found.changes, reasons or [], version, views)
        except PledgelineError as error:
            return [], [str(error)]
    wrong = wrong if reasons is not None else []
    bump = found.bump or "patch"
    least = next_version(last, bump)
    if not VERSION.fullmatch(version) or numbers(version) < numbers(least):
        asked = f"the changes since {last} ask for a {bump} version"
        wrong.append(f"{asked}: at least {least}, not {version}")
    return changes, wrong


def reasons_of(root: Path) -> list[JsonObject]:
    """What people wrote of why rows go and values change.

    Raises InvalidRecords where it is not of its form.
    """
    if not (root / REASONS).exists():
        return []
    return list(read_declaration(root / REASONS, root, "reasons").content["reasons"])
