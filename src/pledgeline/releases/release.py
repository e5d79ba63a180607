"""Publishes a version of a data set: compares, records every change, and packs the archive.

Everything is made in a staging folder and put in place at once; what was interrupted is finished
when it is run again.
"""

import datetime
import tempfile
from pathlib import Path

from pledgeline.errors import InvalidRecords, ReleaseRefused
from pledgeline.records.history import RELEASES, published_versions, record_of
from pledgeline.records.package import PACKAGE
from pledgeline.records.rows import Row
from pledgeline.releases.change import COLUMNS, Change
from pledgeline.releases.changelog import dated, first_section, section
from pledgeline.releases.contents import fill
from pledgeline.releases.git import is_committed
from pledgeline.releases.latest import LATEST, keep_latest
from pledgeline.releases.pack import pack
from pledgeline.releases.published import declaration, release_rows
from pledgeline.releases.reasons import VIEW, usual
from pledgeline.releases.refusals import CHANGELOG, REASONS, changes_to_publish
from pledgeline.releases.signature import sign
from pledgeline.releases.snapshot import snapshot
from pledgeline.releases.verify import verify
from pledgeline.text import counted
from pledgeline.write.build import FOLDERS, make
from pledgeline.write.destinations import blocked_destinations
from pledgeline.write.files import write_rows
from pledgeline.write.publish import Staging, staging

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
        last = next(reversed(published_versions(root)), None)
        changes = changes_to_publish(root, version, key)
        prepare(root, staged, version, day, changes, key)
        folders = (*FOLDERS, LATEST)
        if blocked := blocked_destinations(root, staged.files(), folders):
            raise InvalidRecords(blocked)
        staged.publish(folders, last="datapackage.json")
    since = f"{counted(len(changes), 'change')} since {last}" if last else "the first"
    return f"{version} is made ({since}): commit and tag it"


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
    keep_latest(staged, content)
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
