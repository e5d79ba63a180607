"""The tables of the last published version, which the release step keeps in data/releases/latest.

`changes` leads from one published version to the next, so older versions are made of the last one.
Once work goes on, today's tables are no longer that. What is kept is what was published, byte for
byte, so git stores nothing twice. The tables that list versions are left out: they only grow, and
today's are as good.
"""

import shutil
from pathlib import Path, PurePosixPath

from pledgeline.errors import UnreadablePackage
from pledgeline.records.history import HISTORY, RELEASES
from pledgeline.releases.snapshot import Snapshot, own_rows, snapshot
from pledgeline.standard.values import JsonObject
from pledgeline.write.descriptor import write_descriptor
from pledgeline.write.publish import Staging

LATEST = f"{RELEASES}/latest"


def keep_latest(staged: Staging, content: JsonObject) -> None:
    """Writes the staged tables of a release, whose descriptor is `content`, to be kept."""
    resources = []
    for resource in content["resources"]:
        if resource["format"] == "csv" and resource["name"] not in HISTORY:
            name = PurePosixPath(resource["path"]).name
            shutil.copy(staged.folder / resource["path"], staged.file(f"{LATEST}/{name}"))
            resources.append({**resource, "path": name})
    write_descriptor({**content, "resources": resources}, staged.file(f"{LATEST}/datapackage.json"))


def read_latest(root: Path, today: Snapshot) -> Snapshot | None:
    """The package under `root` as it was last published, with the list of versions of `today`.

    None where nothing usable is kept; nobody has compared it with the published hashes yet.
    """
    folder = root / LATEST
    if not folder.is_dir() or folder.resolve() != root.resolve() / LATEST:  # a link leads out
        return None
    try:
        kept = snapshot(folder)
    except UnreadablePackage:
        return None
    own = own_rows(today.schema)
    history = {key: row for key, row in today.schema.items() if key not in own}
    lists = {name: today.tables[name] for name in HISTORY}
    return Snapshot(kept.version, {**kept.schema, **history}, {**kept.tables, **lists})
