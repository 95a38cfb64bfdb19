"""Where does a bundle stand: in a folder, in a zip, or in one file that nobody but its recipient can open?

What is encrypted is never written to a disk in the clear: the zip is made as it is encrypted, and decrypted into a file
that has no name.
"""

import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import pyrage

from ledger.bundle.manifest import MANIFEST
from ledger.evidence.export import Files, Folder

AGE_MARK = b"age-encryption.org/"
Bundle = Path | zipfile.Path
"""Where the files of a bundle are read."""


class NoRecipient(ValueError):
    """This is no public key of age, which begins with age1. Whoever is to open the bundle makes one: age-keygen."""


class CannotOpen(ValueError):
    """A bundle is not there, is none, or is not for whoever would open it."""


class Zipped:
    """Files in a zip, which may be a stream that nobody can go back in."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED)

    def add(self, name: str, parts: Iterable[bytes]) -> None:
        member = zipfile.ZipInfo(name)
        member.compress_type = zipfile.ZIP_DEFLATED
        with self._zip.open(member, "w", force_zip64=True) as file:
            for part in parts:
                file.write(part)

    def close(self) -> None:
        self._zip.close()


def manifest_beside(path: Path) -> Path:
    """Where the manifest of an encrypted bundle stands in the clear, so that the next can go on from it."""
    return path.with_name(f"{path.name}.manifest")


def manifest_of(path: Path) -> str:
    """The manifest of a bundle, also of one that is encrypted; raises CannotOpen."""
    if manifest_beside(path).exists():
        return manifest_beside(path).read_text("utf-8")
    with opened(path) as bundle:
        try:
            return (bundle / MANIFEST).read_text("utf-8")
        except (OSError, KeyError) as fault:
            raise CannotOpen(f"{path} is no bundle: it has no {MANIFEST}.") from fault


def recipient(text: str) -> pyrage.x25519.Recipient:
    """Whoever may open what is encrypted for them; raises NoRecipient."""
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError as fault:
        raise NoRecipient(f"{text!r}: {NoRecipient.__doc__}") from fault


@contextmanager
def made(path: Path, recipients: Sequence[str]) -> Iterator[Files]:
    """Where to write a bundle that comes to stand at a path once it is whole; FileExistsError where something does."""
    if path.exists():
        raise FileExistsError(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    _take_away(unfinished)  # of an export that was interrupted
    try:
        if recipients:
            with _encrypted(unfinished, [recipient(each) for each in recipients]) as stream, _zipped(stream) as files:
                yield files
        elif path.suffix == ".zip":
            with unfinished.open("wb") as stream, _zipped(stream) as files:
                yield files
        else:
            yield Folder(unfinished)
        unfinished.rename(path)
    finally:
        _take_away(unfinished)


@contextmanager
def _zipped(stream: IO[bytes]) -> Iterator[Zipped]:
    files = Zipped(stream)
    try:
        yield files
    finally:
        files.close()


@contextmanager
def _encrypted(path: Path, recipients: Sequence[pyrage.x25519.Recipient]) -> Iterator[IO[bytes]]:
    """A stream whose bytes come to stand encrypted in a file."""
    reading, writing = os.pipe()

    def encrypt() -> None:
        with os.fdopen(reading, "rb") as clear, path.open("wb") as to:
            pyrage.encrypt_io(clear, to, recipients)

    with ThreadPoolExecutor(1) as thread:
        with os.fdopen(writing, "wb") as stream:
            done = thread.submit(encrypt)
            yield stream
        done.result()


def _take_away(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def opened(path: Path, identities: Sequence[str] = ()) -> Iterator[Bundle]:
    """Where to read a bundle; raises CannotOpen."""
    if path.is_dir():
        yield path
        return
    try:
        with path.open("rb") as file, TemporaryFile() as clear:
            encrypted = file.read(len(AGE_MARK)) == AGE_MARK
            file.seek(0)
            if encrypted:
                pyrage.decrypt_io(file, clear, [pyrage.x25519.Identity.from_str(each) for each in identities])
            yield zipfile.Path(zipfile.ZipFile(clear if encrypted else file))
    except FileNotFoundError:
        raise CannotOpen(f"There is no bundle at {path}.") from None
    except (OSError, zipfile.BadZipFile) as fault:
        raise CannotOpen(f"{path} cannot be read as a bundle: {fault}") from fault
    except (pyrage.DecryptError, pyrage.IdentityError) as fault:
        raise CannotOpen(
            f"{path} is encrypted, and not for whoever would open it: {fault}. Name the file with the key: --identity."
        ) from fault
