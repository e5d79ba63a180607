"""Signatures of archives by OpenSSH, which works offline and is on most machines: who published an
archive, where its sums show only that it is whole.

`archive.zip.sig` is what `ssh-keygen -Y sign` writes (https://man.openbsd.org/ssh-keygen.1#Y~6),
in a namespace of ours, so that a signature of something else is none of an archive.
"""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from pledgeline.errors import MissingProgram, ReleaseRefused, UnreadablePackage
from pledgeline.text import quoted

NAMESPACE = "pledgeline"
SECONDS = 60  # to check a signature; to sign may wait for a passphrase


def signature_of(archive: Path) -> Path:
    return archive.with_name(f"{archive.name}.sig")


def sign(archive: Path, key: Path) -> None:
    """Writes the signature beside the archive, by the private key in the file `key`, or by an agent
    that has the key whose public part is there.

    Raises ReleaseRefused where the key cannot sign, MissingProgram without ssh-keygen.
    """
    program = ssh_keygen()
    signature_of(archive).unlink(missing_ok=True)  # ssh-keygen would ask whether to overwrite it
    command = [program, "-q", "-Y", "sign", "-f", key, "-n", NAMESPACE, "--", archive]
    made = subprocess.run(command, capture_output=True, text=True, errors="replace")
    if made.returncode or not signature_of(archive).is_file():
        raise ReleaseRefused([f"{key}: this key does not sign ({said(made)})"])


def wrong_signature(archive: Path, signers: Path) -> Iterator[str]:
    """Why the archive is not signed by one of those in the file `signers`, whose form is that of
    ALLOWED SIGNERS in ssh-keygen(1); nothing where it is.

    Raises UnreadablePackage without archive or signers, MissingProgram without ssh-keygen.
    """
    for path, what in ((archive, "the archive as a zip"), (signers, "a file of allowed signers")):
        if not path.is_file():
            raise UnreadablePackage(f"{path}: there is no such file; expected {what}")
    program, signature = ssh_keygen(), signature_of(archive)
    if not signature.is_file():
        yield f"it is not signed: there is no {quoted(signature.name)} beside it"
        return
    by = ["-s", signature, "-f", signers, "-n", NAMESPACE]
    found = run([program, "-Y", "find-principals", *by], archive)
    names = found.stdout.splitlines()
    if found.returncode or not names:
        yield f"it is not signed by anyone in {signers} ({said(found)})"
        return
    checked = run([program, "-Y", "verify", "-I", names[0], *by], archive)
    if checked.returncode:
        yield f"its signature is not of this file ({said(checked)})"


def run(command: list[str | Path], archive: Path) -> subprocess.CompletedProcess[str]:
    """Runs ssh-keygen with the archive as its input."""
    with archive.open("rb") as file:
        try:
            return subprocess.run(
                command,
                stdin=file,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=SECONDS,
            )
        except subprocess.TimeoutExpired:
            raise UnreadablePackage(
                f"{archive}: its signature was not checked within {SECONDS} s"
            ) from None


def ssh_keygen() -> str:
    """Where the program is. Raises MissingProgram."""
    program = shutil.which("ssh-keygen")
    if program is None:
        raise MissingProgram(
            "signatures need ssh-keygen, which is not installed: apt-get install openssh-client, "
            "or OpenSSH from https://www.openssh.com"
        )
    return program


def said(run: subprocess.CompletedProcess[str]) -> str:
    """The last line that ssh-keygen wrote on stderr."""
    lines = [line.strip() for line in run.stderr.splitlines() if line.strip()]
    return lines[-1] if lines else f"ssh-keygen ended with {run.returncode}"
