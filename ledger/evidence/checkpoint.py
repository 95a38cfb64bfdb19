"""What is said of a council's log at a moment, and who else has seen that it only grew?

A checkpoint is a signed note of C2SP's form (tlog-checkpoint): the log's name, how many entries it has, the root of its
tree, and when that was said. A witness signs one too, by C2SP's tlog-cosignature, once it has seen that it follows from
the one it signed before.
"""

import base64
import binascii
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple, Self

from domain.dates import instant_text
from ledger.evidence.note import COSIGNATURE, NotSigned, PublicKey, Signer, signature_line, signatures, text_of
from ledger.evidence.tree import HASH_SIZE, NOTHING, Hash, grew

_TIME = "time "


class Inconsistent(Exception):
    """What the log says now does not follow from what it said before."""


class Checkpoint(NamedTuple):
    """The state of one log."""

    origin: str
    size: int
    root: Hash
    at: datetime

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n{_TIME}{instant_text(self.at)}\n"

    @classmethod
    def read(cls, note: str, key: PublicKey) -> Self:
        """The checkpoint that a note holds, signed by the log's own key; raises NotSigned."""
        return cls.of_lines(text_of(note, key).splitlines(), key)

    @classmethod
    def of_lines(cls, lines: Sequence[str], key: PublicKey) -> Self:
        """The checkpoint that lines say which the log's own key has signed; raises NotSigned."""
        found = cls._of(lines, key.name)
        if found.origin != key.name:
            raise NotSigned(f"What {key.name} signed is no checkpoint of its own log.")
        return found

    @classmethod
    def unproved(cls, note: str) -> Self:
        """What a note says, where the key that proves it is not at hand; raises NotSigned for what is no note."""
        text, _, _ = note.rpartition("\n\n")
        return cls._of(text.splitlines(), text.partition("\n")[0])

    @classmethod
    def _of(cls, lines: Sequence[str], signed_by: str) -> Self:
        try:
            origin, size, root, at = lines
            found = cls(
                origin, int(size), base64.b64decode(root, validate=True), datetime.fromisoformat(at[len(_TIME) :])
            )
        except (ValueError, binascii.Error) as fault:
            raise NotSigned(f"What {signed_by} signed is no checkpoint of ours.") from fault
        if len(found.root) != HASH_SIZE or found.size < 0 or found.text.splitlines() != list(lines):
            raise NotSigned(f"What {signed_by} signed is no checkpoint of its own log.")
        return found


def of_nothing(origin: str) -> Checkpoint:
    """What is known of a log before its first checkpoint."""
    return Checkpoint(origin, 0, NOTHING, datetime.min.replace(tzinfo=UTC))


def require_growth(before: Checkpoint, after: Checkpoint, proof: Sequence[Hash]) -> None:
    """Raises Inconsistent unless a proof shows that the log only grew from one checkpoint to the other."""
    if before.origin != after.origin:
        raise Inconsistent(f"{after.origin} is another log than {before.origin}.")
    if after.size < before.size:
        raise Inconsistent(
            f"{after.origin} had {before.size:,} entries on {instant_text(before.at)} and now says {after.size:,}:"
            " entries were taken away. Do not trust it; compare it with a copy kept elsewhere."
        )
    if not grew(before.root, before.size, after.root, after.size, proof):
        raise Inconsistent(
            f"The first {before.size:,} entries of {after.origin} are no longer those of {instant_text(before.at)}:"
            " some were changed. Do not trust it; compare it with a copy kept elsewhere."
        )


def cosigned(note: str, witness: Signer, at: datetime) -> str:
    """The line by which a witness says that it saw this checkpoint at a time, and none that contradicts it."""
    text, _, _ = note.rpartition("\n\n")
    seconds = int(at.timestamp())
    signature = witness.key.sign(_cosignature_text(seconds, text + "\n"))
    return signature_line(witness.public(COSIGNATURE), seconds.to_bytes(8) + signature)


def witnessed(note: str, witness: PublicKey) -> Iterator[datetime]:
    """When a witness signed a checkpoint; nothing where it did not."""
    text, _, _ = note.rpartition("\n\n")
    for found in signatures(note, witness):
        seconds = int.from_bytes(found[:8])
        if witness.proves(found[8:], _cosignature_text(seconds, text + "\n")):
            yield datetime.fromtimestamp(seconds, UTC)


def _cosignature_text(seconds: int, text: str) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()
