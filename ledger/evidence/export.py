"""How is a council's log, or what it holds of one account, put into files that prove themselves?

The files are those that verify.py reads, which goes with them: nobody needs this program, or a database, to check them.
"""

import json
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from ledger.council import Council
from ledger.evidence.note import PublicKey
from ledger.evidence.tree import Hash, inclusion_proof
from ledger.store.evidence_log import EvidenceLog, Logged

Shown = Callable[[int, int], None]
"""Called with how many entries are written and how many there are."""


class NothingSigned(Exception):
    """Nothing of this has been signed yet, so an export would prove nothing. Sign it first: careledger checkpoint."""


class Exported(NamedTuple):
    """What an export holds: of so many entries of the log those that were asked for."""

    size: int
    entries: int


def export(council: Council, key: PublicKey, folder: Path, account_id: UUID | None, shown: Shown) -> Exported:
    """Write what was signed last of a council, or of one account in it, with what it takes to check it.

    The folder is made; FileExistsError where there is one. Raises NothingSigned, NoHashYet.
    """
    with council.verifier.transaction() as statements:
        log = EvidenceLog.at_one_moment(statements, council.names.schema)
        notes = log.notes()
        size = max((int(note.splitlines()[1]) for note in notes), default=0)
        if not size:
            raise NothingSigned(NothingSigned.__doc__)
        folder.mkdir(parents=True)
        written = _write(folder / "entries.txt", _lines(log, size, account_id), size, shown)
    _texts(
        folder, {"checkpoints.txt": "".join(json.dumps(note) + "\n" for note in notes), "public-key.txt": f"{key}\n"}
    )
    _texts(folder, {"verify.py": (resources.files(__package__) / "verify.py").read_text("utf-8")})
    return Exported(size, written)


def _lines(log: EvidenceLog, size: int, account_id: UUID | None) -> Iterator[bytes]:
    if account_id is None:
        return (_line(each, b"-") for each in log.entries(size))
    found = (each for each in log.entries_of(account_id) if each.place < size)
    return (_line(each, _joined(inclusion_proof(each.place, size, log.whole))) for each in found)


def _line(each: Logged, proof: bytes) -> bytes:
    return b"%d %d %s %s %s\n" % (each.place, each.position, each.leaf.hex().encode(), proof, each.entry)


def _joined(proof: list[Hash]) -> bytes:
    return ",".join(each.hex() for each in proof).encode() or b","


def _write(path: Path, lines: Iterator[bytes], of: int, shown: Shown) -> int:
    written = 0
    with path.open("wb") as file:
        for line in lines:
            file.write(line)
            written += 1
            shown(written, of)
    return written


def _texts(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
