"""What was signed of a log, or seen of it by others, and where each of that is kept: what the log is held against."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ledger.evidence.checkpoint import Checkpoint, witnessed
from ledger.evidence.found import Found
from ledger.evidence.note import COSIGNATURE, NotSigned, PublicKey, UnusableKey


class Said(NamedTuple):
    """A checkpoint, and where it is kept."""

    kept_in: str
    checkpoint: Checkpoint

    def is_of(self, first: int, last: int) -> bool:
        """Whether it says something of the entries between two indexes that nothing before them does."""
        return first < self.checkpoint.size <= last


class Kept(NamedTuple):
    """Notes that are kept somewhere outside the database: by us, or by a witness."""

    where: str
    notes: Iterable[str]


class Cosigned(NamedTuple):
    """What a witness said of a checkpoint of so many entries."""

    size: int
    witness: str
    line: str


def said_in(where: str, notes: Iterable[str], key: PublicKey | None) -> Iterator[Said | Found]:
    """What notes say; what is wrong with one that does not prove itself, where the key is known."""
    for number, note in enumerate(notes, start=1):
        try:
            found = Checkpoint.read(note, key) if key else Checkpoint.unproved(note)
        except NotSigned as fault:
            yield Found(f"Checkpoint {number} in {where}: {fault}")
        else:
            yield Said(where, found)


def witness_wrong(note: str | None, cosigned: Cosigned) -> Found | None:
    """What is wrong with what a witness said of a note."""
    try:
        key = PublicKey.read(cosigned.witness)
    except UnusableKey as fault:
        return Found(f"What a witness said of {cosigned.size:,} entries: {fault}")
    if note and key.kind == COSIGNATURE and any(witnessed(note + cosigned.line, key)):
        return None
    return Found(
        f"The witness {key.name} signed another checkpoint of {cosigned.size:,} entries than the one that is kept:"
        " the checkpoint, or what the witness said, was changed."
    )
