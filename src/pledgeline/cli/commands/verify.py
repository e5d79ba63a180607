"""`pledgeline verify`: whether an archive is what was published."""

import argparse

from pledgeline.cli.arguments import Subparsers, add_command
from pledgeline.cli.output import INVALID, VALID, write
from pledgeline.text import counted, printable

DESCRIPTION = """\
Checks an archive, as a zip or unpacked, against its SHA256SUMS, its descriptor and schemas, and the
hashes of its rows, and names whatever differs. That shows that it is whole and unchanged, not who
published it; for that, --key checks its signature, ARCHIVE.sig beside the zip, offline. Only a
temporary folder is written to; an unsafe zip is refused."""
EPILOG = """\
examples:
  pledgeline verify package-1.0.0.zip
  pledgeline verify package-1.0.0/
  pledgeline verify --key allowed_signers package-1.0.0.zip

exit codes:  0 as published   1 something differs   2 could not run
"""


WHOLE = """\
as published: files, rows and hashes agree
This does not show who published it: see --key."""
SIGNED = "as published: files, rows and hashes agree, signed by an allowed signer"


def register(subparsers: Subparsers) -> None:
    summary = "check a published archive"
    parser = add_command(
        subparsers, "verify", run, summary=summary, description=DESCRIPTION, epilog=EPILOG
    )
    parser.add_argument(
        "--key",
        metavar="ALLOWED_SIGNERS",
        help="a file of those who may have signed it, as ssh-keygen(1) describes it",
    )
    parser.add_argument("path", metavar="FILE", help="the zip, or the folder it was unpacked to")


def run(options: argparse.Namespace) -> int:
    from pledgeline.releases.verify import NO_ARCHIVE, verify

    wrong = verify(options.path, key=options.key)
    if not wrong:
        return write(f"{printable(options.path)}: {SIGNED if options.key else WHOLE}\n", VALID)
    lines = "".join(f"{printable(options.path)}: {printable(line)}\n" for line in wrong)
    if NO_ARCHIVE in wrong:  # there is nothing that it could differ from
        return write(lines, INVALID)
    found = counted(len(wrong), "difference")
    return write(f"{lines}\n{found} from what was published\n", INVALID)
