"""What an archive holds: the package's files, SQLite, and files for readers and catalogues."""

import json
import shutil
from pathlib import Path
from typing import Any

from pledgeline.export.croissant import croissant
from pledgeline.export.datacite import datacite
from pledgeline.export.dcat import dcat
from pledgeline.export.dictionary import dictionary
from pledgeline.export.readme import readme
from pledgeline.export.ro_crate import ro_crate
from pledgeline.export.schema_org import schema_org
from pledgeline.export.sqlite import write_sqlite
from pledgeline.write.build import Build

CATALOGUES = {
    "croissant.json": croissant,
    "datacite.json": datacite,
    "dcat.jsonld": dcat,
    "ro-crate-metadata.json": ro_crate,
    "schema-org.jsonld": schema_org,
}
# the terms of the data, where they differ from those of the code, come first
LICENCES = ("LICENSE-DATA", "LICENSE")
OF_STAGED = ("datapackage.json", "CITATION.cff", ".zenodo.json", "CHANGELOG.md")


def fill(folder: Path, staged: Path, root: Path, made: Build, content: dict[str, Any]) -> None:
    """Writes all files of the archive but their sums into `folder`.

    `staged` has the files of the release.
    """
    shutil.copytree(staged / "data/csv", folder / "data/csv")
    shutil.copytree(staged / "data/parquet", folder / "data/parquet")
    for name in OF_STAGED:
        shutil.copy(staged / name, folder / name)
    licence = next((name for name in LICENCES if (root / name).exists()), None)
    if licence:
        shutil.copy(root / licence, folder / licence)
    write_sqlite(
        made.tables,
        {table.name: table.schema for table in made.records.tables.values()},
        folder / f"{content['name']}.sqlite",
    )
    start = (*made.package.exports.start, *made.tables)[0]
    (folder / "README.md").write_text(readme(content, start, licence), "utf-8")
    (folder / "DICTIONARY.md").write_text(dictionary(content, made.tables), "utf-8")
    for name, catalogue in CATALOGUES.items():
        (folder / name).write_text(
            json.dumps(catalogue(content), indent=2, ensure_ascii=False) + "\n", "utf-8"
        )
