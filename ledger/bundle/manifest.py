"""Which files is a bundle made of, of which state of the log, and which bundle does it go on from?

A manifest is a signed note that begins as a checkpoint does, and names each file by its SHA-256 as `sha256sum` would.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple, Self

from ledger.evidence.checkpoint import Checkpoint
from ledger.evidence.note import NotSigned, PublicKey, Signer, signed, text_of

MANIFEST = "manifest.txt"
NO_BUNDLE = "-"
_AS_IN_A_CHECKPOINT = 4  # lines
_UNCHANGED = "unchanged "


class Manifest(NamedTuple):
    """What one bundle holds: the entries from `first` to before the checkpoint's size, and files."""

    checkpoint: Checkpoint
    first: int
    after: str
    """The SHA-256 of the manifest of the bundle that it goes on from."""
    files: Mapping[str, str]
    unchanged: Mapping[str, str]
    """Files of earlier bundles that stand as they did, and are in those alone."""

    @property
    def text(self) -> str:
        lines = [f"first {self.first}", f"after {self.after}"]
        lines += [f"{digest}  {name}" for name, digest in self.files.items()]
        lines += [f"{_UNCHANGED}{digest}  {name}" for name, digest in self.unchanged.items()]
        return self.checkpoint.text + "".join(f"{line}\n" for line in lines)

    def signed(self, signer: Signer) -> str:
        return signed(self.text, signer)

    @classmethod
    def read(cls, note: str, key: PublicKey) -> Self:
        """The manifest that a note holds, signed by the log's own key; raises NotSigned."""
        lines = text_of(note, key).splitlines()
        try:
            checkpoint = Checkpoint.of_lines(lines[:_AS_IN_A_CHECKPOINT], key)
            first, after, *files = lines[_AS_IN_A_CHECKPOINT:]
            found = cls(
                checkpoint,
                int(first.removeprefix("first ")),
                after.removeprefix("after "),
                _by_name(line for line in files if not line.startswith(_UNCHANGED)),
                _by_name(line.removeprefix(_UNCHANGED) for line in files if line.startswith(_UNCHANGED)),
            )
        except ValueError as fault:
            raise NotSigned(f"What {key.name} signed is no manifest of a bundle.") from fault
        if found.text.splitlines() != lines:
            raise NotSigned(f"What {key.name} signed is no manifest of a bundle.")
        return found


def digest_of(note: str) -> str:
    """By what a later bundle names the one that this manifest is of."""
    return hashlib.sha256(note.encode()).hexdigest()


def _by_name(lines: Iterable[str]) -> dict[str, str]:
    parted = (line.partition("  ") for line in lines)
    return {name: digest for digest, _, name in parted}
