"""How are letters carried where there is no key for GOV.UK Notify? Into a folder, from which somebody prints them.

Each is a PDF and a line of JSON, named after the letter, so that one that is written again is the same file.
"""

import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from api.delivery.carrier import Outgoing
from domain.dates import day_in_london
from ledger.letters import Heard, Letter

_WRITTEN = "written-to-folder"


class Folder:
    """The letters of one council, in a folder for each day."""

    name: Final = "folder"
    paced = False

    def __init__(self, home: Path, code: str, clock: Callable[[], datetime]) -> None:
        self._place, self._code, self._clock = home / "letters", code, clock

    def find(self, letter: Letter) -> Heard | None:
        """A letter whose PDF stands in the folder of any day was written whole: it comes last."""
        written = next(iter(self._place.glob(f"*/{self._code}/{letter.letter_id}.pdf")), None)
        return self._heard(written) if written else None

    def hand_over(self, outgoing: Outgoing) -> Heard:
        letter, now = outgoing.letter, self._clock()
        place = self._place / day_in_london(now).isoformat() / self._code
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        line = {
            "letter_id": str(letter.letter_id),
            "reference": outgoing.reference,
            "what": letter.told.what,
            "written_at": now.isoformat(),
        }
        _write(place / f"{letter.letter_id}.json", (json.dumps(line) + "\n").encode())
        _write(place / f"{letter.letter_id}.pdf", outgoing.pdf)
        return self._heard(place / f"{letter.letter_id}.pdf")

    def ask(self, letter: Letter) -> Heard:
        """Nobody tells of a letter that somebody printed: it stays sent."""
        return Heard("sent", _WRITTEN, self.name, self.name)

    def _heard(self, file: Path) -> Heard:
        return Heard("sent", _WRITTEN, self.name, self.name, str(file.relative_to(self._place)))


def _write(file: Path, content: bytes) -> None:
    """All of it or nothing, also when the machine stops: under another name first, and known by its own once whole."""
    beside = file.with_name(f"{file.name}.{os.getpid()}.part")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
