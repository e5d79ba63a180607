"""Packs the archive of the version that this commit published once more, and its notes:
dist/NAME-VERSION.zip, dist/notes.md.

The bytes are those that the release step made, on whatever machine.
"""

import json
import tempfile
from pathlib import Path

from pledgeline.errors import ReleaseRefused
from pledgeline.releases.changelog import published_entry
from pledgeline.releases.contents import fill
from pledgeline.releases.pack import pack
from pledgeline.releases.signature import sign
from pledgeline.releases.verify import verify
from pledgeline.write.build import make


def repack(root: Path, key: Path | None = None) -> Path:
    """Writes the archive under `root`/dist, signed by `key` where one is given; returns its path.

    Raises ReleaseRefused where the commit is not a published version.
    """
    made = make(root)
    content = json.loads((root / "datapackage.json").read_text("utf-8"))
    target = root / "dist" / f"{content['name']}-{content['version']}.zip"
    target.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="pledgeline-") as folder:
        fill(Path(folder), root, root, made, content)
        pack(Path(folder), target)
    notes = published_entry((root / "CHANGELOG.md").read_text("utf-8"), content["version"])
    (root / "dist" / "notes.md").write_text(notes + "\n", "utf-8")
    if wrong := verify(target):
        target.unlink()
        raise ReleaseRefused(wrong)
    if key is not None:
        sign(target, key)
    return target
