"""Signatures of archives: one of an allowed signer is taken, any other or none is not."""

import shutil
import subprocess
from pathlib import Path

import pytest
from support.releases import copy_of, released, unreleased
from support.small import things

from pledgeline.cli.main import main
from pledgeline.errors import MissingProgram, ReleaseRefused, UnreadablePackage
from pledgeline.releases.pack import pack
from pledgeline.releases.signature import sign, signature_of, wrong_signature
from pledgeline.releases.verify import verify


def key_of(folder: Path, name: str) -> Path:
    """A new key without a passphrase."""
    made = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder / name]
    subprocess.run(made, check=True)
    return folder / name


def allow(folder: Path, key: Path, options: str = "") -> Path:
    path = folder / "allowed_signers"
    path.write_text(f"editor@example.org {options} {key.with_name(key.name + '.pub').read_text()}")
    return path


@pytest.fixture
def signed(tmp_path):
    """An archive signed by `editor`, its key, and a file that allows it."""
    pack(things(tmp_path / "p"), tmp_path / "p.zip")
    key = key_of(tmp_path, "editor")
    sign(tmp_path / "p.zip", key)
    return tmp_path / "p.zip", key, allow(tmp_path, key)


def test_the_signature_of_an_allowed_signer_is_taken(signed):
    """Catches a signature that ssh-keygen makes and does not know again."""
    archive, _, signers = signed
    assert list(wrong_signature(archive, signers)) == []


def break_archive(archive: Path, key: Path, signers: Path) -> None:
    archive.write_bytes(archive.read_bytes() + b"x")


def break_signature(archive: Path, key: Path, signers: Path) -> None:
    text = signature_of(archive).read_text()
    signature_of(archive).write_text(text.replace("\nU1NIU0lH", "\nU1NIU0lI"))


def no_signature(archive: Path, key: Path, signers: Path) -> None:
    signature_of(archive).unlink()


def empty_signature(archive: Path, key: Path, signers: Path) -> None:
    signature_of(archive).write_text("")


def other_key(archive: Path, key: Path, signers: Path) -> None:
    sign(archive, key_of(archive.parent, "stranger"))


def other_signers(archive: Path, key: Path, signers: Path) -> None:
    allow(archive.parent, key_of(archive.parent, "stranger"))


def no_signers(archive: Path, key: Path, signers: Path) -> None:
    signers.write_text("")


def expired(archive: Path, key: Path, signers: Path) -> None:
    allow(archive.parent, key, 'valid-before="20200101"')


def other_namespace(archive: Path, key: Path, signers: Path) -> None:
    signature_of(archive).unlink()
    command = ["ssh-keygen", "-q", "-Y", "sign", "-f", key, "-n", "git", archive]
    subprocess.run(command, check=True, capture_output=True)


def signature_of_another_file(archive: Path, key: Path, signers: Path) -> None:
    other = archive.with_name("other.zip")
    other.write_bytes(b"other")
    sign(other, key)
    signature_of(other).rename(signature_of(archive))


@pytest.mark.parametrize(
    "spoil",
    [
        break_archive,
        break_signature,
        no_signature,
        empty_signature,
        other_key,
        other_signers,
        no_signers,
        expired,
        other_namespace,
        signature_of_another_file,
    ],
)
def test_any_other_signature_is_not(spoil, signed):
    """Catches a signature that is taken for what it does not sign, or from whom nobody allowed."""
    archive, key, signers = signed
    spoil(archive, key, signers)
    (wrong,) = wrong_signature(archive, signers)
    assert "sign" in wrong


def test_what_cannot_be_checked_or_signed_is_said(signed, monkeypatch):
    """Catches a check that was not made and passes, and a traceback without OpenSSH."""
    archive, key, signers = signed
    for path, by in ((archive, signers.with_name("none")), (archive.parent / "p", signers)):
        with pytest.raises(UnreadablePackage, match="no such file"):
            list(wrong_signature(path, by))
    with pytest.raises(ReleaseRefused, match="does not sign"):
        sign(archive, key.with_name("none"))
    monkeypatch.setenv("PATH", str(archive.parent))
    with pytest.raises(MissingProgram, match="openssh-client"):
        list(wrong_signature(archive, signers))
    assert main(["verify", "--key", str(signers), str(archive)]) == 2


def test_verify_checks_the_signature_beside_the_rest(tmp_path, capsys):
    """Catches a release whose signature is not checked, and words that promise more than was."""
    (published,) = (released() / "dist").glob("*.zip")
    archive, key = Path(shutil.copy(published, tmp_path)), key_of(tmp_path, "editor")
    signers = allow(tmp_path, key)
    assert main(["verify", str(archive)]) == 0
    assert "does not show who published it: see --key" in capsys.readouterr().out
    assert main(["verify", "--key", str(signers), str(archive)]) == 1
    assert "it is not signed" in capsys.readouterr().out
    sign(archive, key)
    assert main(["verify", "--key", str(signers), str(archive)]) == 0
    assert "signed by an allowed signer" in capsys.readouterr().out
    assert verify(archive, key=signers) == []


@pytest.mark.long
def test_a_release_is_signed_when_it_is_made_and_when_it_is_packed_again(tmp_path):
    """Catches `--sign` without a signature, and a release that is half made for want of a key."""
    root, key = copy_of(unreleased(), tmp_path / "package"), key_of(tmp_path, "editor")
    command = ["release", "1.0.0", "--date", "2026-12-01", "--root", str(root), "--sign"]
    assert main([*command, str(tmp_path / "none")]) == 1 and not (root / "dist").exists()
    assert main([*command, str(key)]) == 0
    (archive,) = (root / "dist").glob("*.zip")
    signers = allow(tmp_path, key)
    assert list(wrong_signature(archive, signers)) == []
    signature_of(archive).unlink()
    assert main(["release", "--again", "--root", str(root), "--sign", str(key)]) == 0
    assert list(wrong_signature(archive, signers)) == []


def test_a_folder_that_is_no_archive_is_called_so(tmp_path, capsys):
    """Catches a complaint about the rights of a file that nobody published."""
    package, empty = things(tmp_path / "p"), tmp_path / "empty"
    empty.mkdir()
    (package / "notes.txt").write_text("No archive.\n")
    for path in (package, empty, package / "datapackage.json", package / "notes.txt"):
        assert main(["verify", str(path)]) == 1
        told = capsys.readouterr().out
        assert "not an archive of a release" in told and "SHA256SUMS" in told
        assert "rights" not in told and "difference" not in told


def test_a_file_beside_an_archive_is_not_that_archive(tmp_path, capsys):
    """Catches an unpacked archive checked in place of the file that was named."""
    package = things(tmp_path / "p")
    (package / "notes.txt").write_text("No archive.\n")
    (package / "SHA256SUMS").write_text("")
    assert main(["verify", str(package / "notes.txt")]) == 1
    assert "not an archive of a release" in capsys.readouterr().out


def test_sums_that_link_out_are_not_quoted(tmp_path, capsys):
    """Catches a line of a file of the reader's own in the message."""
    root = things(tmp_path / "p")
    (tmp_path / "own").write_text("a secret line\n")
    (root / "SHA256SUMS").symlink_to(tmp_path / "own")
    assert main(["verify", str(root)]) == 1
    told = capsys.readouterr().out
    assert "is a link" in told and "secret" not in told
