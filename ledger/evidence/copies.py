"""Where are checkpoints kept outside the database, so that it can be told whether that was put back or changed?"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from ledger.evidence.checkpoint import Checkpoint, of_nothing
from ledger.evidence.note import PublicKey


class Copies:
    """A file of checkpoints, a line each, kept where nobody who can change the database can change it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def notes(self) -> Iterator[str]:
        """Every checkpoint, the oldest first. The last line is left out where writing it was cut off."""
        if self.path.exists():
            for line in self.path.read_text("utf-8").splitlines(keepends=True):
                if line.endswith("\n"):
                    yield json.loads(line)["note"]

    def last(self, key: PublicKey) -> Checkpoint:
        """The newest checkpoint; raises NotSigned."""
        found = of_nothing(key.name)
        for note in self.notes():
            newer = Checkpoint.read(note, key)
            found = max(found, newer, key=lambda each: each.size)
        return found

    def add(self, note: str) -> None:
        """Add a checkpoint, and see it to the disk."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.path.open("a+b") as file:
            file.seek(0)
            file.truncate(file.read().rfind(b"\n") + 1)  # less a line that was cut off
            file.write(json.dumps({"note": note}, ensure_ascii=False).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
