"""How is a text signed so that anybody can check it by a key of one line? As C2SP's signed notes are, with Ed25519."""

import base64
import binascii
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519, COSIGNATURE = 1, 4
"""What C2SP numbers the kinds of signature by."""
_ID_SIZE = 4


class UnusableKey(ValueError):
    """A key is not one, or not for us alone."""


class NotSigned(ValueError):
    """A note is not signed by the key that it should be signed by, or is no note."""


class PublicKey(NamedTuple):
    """A key by which signatures of one name are checked."""

    name: str
    kind: int
    raw: bytes

    @classmethod
    def read(cls, text: str) -> Self:
        """The key that a line says: its name, the hexadecimal id of the key, and the key; raises UnusableKey."""
        try:
            name, key_id, rest = text.strip().split("+", 2)
            kind, *raw = base64.b64decode(rest, validate=True)
        except (ValueError, binascii.Error) as fault:
            raise UnusableKey(f"{text.strip()!r} is no public key: it has to read NAME+ID+KEY.") from fault
        found = cls(name, kind, bytes(raw))
        if found.id.hex() != key_id or len(raw) != 32:
            raise UnusableKey(f"The public key of {name} does not fit its own id: it was not copied whole.")
        return found

    @property
    def id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.raw).digest()[:_ID_SIZE]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(bytes([self.kind]) + self.raw).decode()}"

    def proves(self, signature: bytes, text: bytes) -> bool:
        """Whether a signature of this key stands under a text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, text)
        except (InvalidSignature, ValueError):
            return False
        return True


class Signer(NamedTuple):
    """Whoever signs under a name."""

    name: str
    key: Ed25519PrivateKey

    @classmethod
    def of_file(cls, name: str, path: Path) -> Self:
        """The key that a file holds in hexadecimal, made if there is no file; raises UnusableKey.

        Refuses a file that other users of the machine may read.
        """
        if not path.exists():
            _make(path)
        if path.stat().st_mode & 0o077:
            raise UnusableKey(f"{path} may be read by other users; run: chmod 600 '{path}'")
        try:
            return cls(name, Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text("ascii"))))
        except (OSError, ValueError) as fault:
            raise UnusableKey(f"{path} should hold 32 bytes in hexadecimal: {fault}") from fault

    def public(self, kind: int = ED25519) -> PublicKey:
        return PublicKey(self.name, kind, self.key.public_key().public_bytes_raw())


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(Ed25519PrivateKey.generate().private_bytes_raw().hex() + "\n")


def signed(text: str, signer: Signer) -> str:
    """A text, which ends with its line, as a note with its signature."""
    return f"{text}\n{signature_line(signer.public(), signer.key.sign(text.encode()))}"


def signature_line(key: PublicKey, signature: bytes) -> str:
    return f"— {key.name} {base64.b64encode(key.id + signature).decode()}\n"


def text_of(note: str, key: PublicKey) -> str:
    """The text of a note that a key has signed; raises NotSigned."""
    text, _, _ = note.rpartition("\n\n")
    text += "\n"
    if not any(key.proves(signature, text.encode()) for signature in signatures(note, key)):
        raise NotSigned(f"This is not signed by {key.name}, or was changed since.")
    return text


def signatures(note: str, key: PublicKey) -> Iterator[bytes]:
    """What stands under a note as this key's signatures, each still to be checked."""
    _, _, lines = note.rpartition("\n\n")
    for line in lines.splitlines():
        dash, _, rest = line.partition(" ")
        name, _, told = rest.rpartition(" ")
        try:
            found = base64.b64decode(told, validate=True)
        except binascii.Error:
            continue
        if (dash, name, found[:_ID_SIZE]) == ("—", key.name, key.id):
            yield found[_ID_SIZE:]
