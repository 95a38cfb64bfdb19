"""How is a council's log, or what it holds of one account, put into files that prove themselves?

The files are those that verify.py reads, which goes with them: nobody needs this program, or a database, to check them.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import NamedTuple, Protocol
from uuid import UUID

from ledger.council import Council
from ledger.evidence.note import PublicKey
from ledger.evidence.tree import Hash, inclusion_proof
from ledger.store.evidence_log import EvidenceLog, Logged

Shown = Callable[[int, int], None]
"""Called with how many entries are written and how many there are."""

ENTRIES, CHECKPOINTS, PUBLIC_KEY = "entries.ndjson", "checkpoints.txt", "public-key.txt"


class NothingSigned(Exception):
    """Nothing of this has been signed yet, so an export would prove nothing. Sign it first: careledger checkpoint."""


class Files(Protocol):
    """Where files are written."""

    def add(self, name: str, parts: Iterable[bytes]) -> None:
        """Write a file of these parts."""


class Folder:
    """Files in a folder, which is made; FileExistsError where there is one."""

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True)
        self._path = path

    def add(self, name: str, parts: Iterable[bytes]) -> None:
        place = self._path / name
        place.parent.mkdir(exist_ok=True)
        with place.open("wb") as file:
            file.writelines(parts)


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
        size = max(map(size_of, notes), default=0)
        if not size:
            raise NothingSigned(NothingSigned.__doc__)
        files = Folder(folder)
        lines = lines_of_account(log, size, account_id) if account_id else lines_of_all(log, 0, size)
        written = write_entries(files, lines, size, shown)
    write_proof(files, notes, key)
    return Exported(size, written)


def size_of(note: str) -> int:
    """How many entries a checkpoint says that there are."""
    return int(note.splitlines()[1])


def lines_of_all(log: EvidenceLog, first: int, size: int) -> Iterator[bytes]:
    """The lines of a council's entries from one index to before another; raises NoHashYet."""
    return (_line(each, b"null") for each in log.entries(size, first))


def lines_of_account(log: EvidenceLog, size: int, account_id: UUID) -> Iterator[bytes]:
    """The lines of an account's entries and of what moves its figures, each with its proof; raises NoHashYet."""
    return (line_with_proof(log, each, size) for each in log.entries_of(account_id) if each.place < size)


def line_with_proof(log: EvidenceLog, each: Logged, size: int) -> bytes:
    """The line of an entry with its proof under the log of a size."""
    return _line(each, _joined(inclusion_proof(each.place, size, log.whole)))


def _line(each: Logged, proof: bytes) -> bytes:
    """As RFC 8785 would write it, and so with the bytes in it that were hashed."""
    leaf = each.leaf.hex().encode()
    return b'{"entry":%s,"index":%d,"leaf":"%s","position":%d,"proof":%s}\n' % (
        each.entry,
        each.place,
        leaf,
        each.position,
        proof,
    )


def _joined(proof: list[Hash]) -> bytes:
    return json.dumps([each.hex() for each in proof], separators=(",", ":")).encode()


def write_entries(files: Files, lines: Iterable[bytes], of: int, shown: Shown) -> int:
    """Write the entries; how many there were."""
    written = 0

    def counted() -> Iterator[bytes]:
        nonlocal written
        for written, line in enumerate(lines, start=1):
            yield line
            shown(written, of)

    files.add(ENTRIES, counted())
    return written


def write_proof(files: Files, notes: Iterable[str], key: PublicKey | None) -> None:
    """Write what the entries are checked by; without a key whoever checks has to name it."""
    files.add(CHECKPOINTS, (json.dumps(note).encode() + b"\n" for note in notes))
    if key:
        files.add(PUBLIC_KEY, [f"{key}\n".encode()])
    files.add("verify.py", [(resources.files(__package__) / "verify.py").read_bytes()])
