"""`pledgeline release`: publishes a version of a data set."""

import argparse
import datetime
from pathlib import Path

from pledgeline.cli.arguments import Subparsers, add_command, add_root
from pledgeline.cli.output import INVALID, VALID, refuse, say, write

DESCRIPTION = """\
Publishes a version of the data set in this folder: compares it with the last version, records every
change with its reason in data/releases, writes version and day into data/package.yaml and
CHANGELOG.md, and packs dist/NAME-VERSION.zip, the same bytes on every machine. A version that the
changes do not allow is refused: a field removed or retyped asks for a major one, rows or fields
added for a minor one, corrections for a patch."""
EPILOG = """\
before:
  Commit everything, and write a heading `## 1.1.0` with what is new into CHANGELOG.md. Rows that go
  need a reason in data/reasons.yaml, or an entry in the registry of ids.

examples:
  pledgeline release 1.1.0
  pledgeline release 1.1.0 --date 2026-12-01
  pledgeline release 1.1.0 --sign ~/.ssh/id_ed25519
  pledgeline release --again             pack the archive of the version in this commit once more

exit codes:  0 made: commit and tag it   1 refused, nothing was written   2 bad usage
"""


def register(subparsers: Subparsers) -> None:
    summary = "publish a version: changes recorded, archive packed"
    parser = add_command(
        subparsers, "release", run, summary=summary, description=DESCRIPTION, epilog=EPILOG
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("version", nargs="?", metavar="VERSION", help="MAJOR.MINOR.PATCH")
    what.add_argument(
        "--again", action="store_true", help="only pack the archive of this commit's version"
    )
    parser.add_argument(
        "--date",
        type=day,
        default=datetime.datetime.now(datetime.UTC).date(),
        metavar="DAY",
        help="the day of the release (default: today)",
    )
    parser.add_argument(
        "--sign", type=Path, metavar="KEY", help="sign the archive with this SSH key (ARCHIVE.sig)"
    )
    add_root(parser)


def day(text: str) -> datetime.date:
    """A day as ISO writes it."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-12-01") from None


def run(options: argparse.Namespace) -> int:
    from pledgeline.errors import InvalidRecords, PledgelineError, ReleaseRefused
    from pledgeline.releases.release import release
    from pledgeline.releases.repack import repack
    from pledgeline.write.publish import Unfinished

    what = "The archive" if options.again else options.version
    ending = f"{what} was not made: nothing was written, the package is as it was."
    try:
        if options.again:
            return write(f"{repack(options.root, options.sign)}\n", VALID)
        return write(
            f"{release(options.root, options.version, options.date, options.sign)}\n", VALID
        )
    except ReleaseRefused as refused:
        return refuse(refused.reasons, ending)
    except InvalidRecords as refused:
        return refuse(refused.problems, ending)
    except PledgelineError as error:
        return refuse([error], ending)
    except Unfinished as error:
        left = "some files are in place and some are not; release again to finish"
        return say(f"{error.filename}: {left}", INVALID)
    except OSError as error:
        where = error.filename or options.root
        return refuse([f"{where}: could not be read or written ({error.strerror})"], ending)
