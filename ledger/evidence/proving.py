"""How is it shown that the entries of one account stand in the council's evidence log, and are what was recorded?"""

import json
from collections.abc import Iterator
from uuid import UUID

from domain.terms import Terms
from ledger.council import Council
from ledger.evidence.tree import inclusion_proof, leaf_hash
from ledger.store.evidence_log import EvidenceLog, Logged, NoHashYet, NotThere


class EntryProved(Terms):
    """One entry: its version, its position, where it stands in the tree, and its hash, which is its leaf.

    `proof` leads from the leaf to the root that was signed last (RFC 9162); it is null for what was recorded since.
    `whole` says whether the hash, worked out again from what is stored, is the one that was kept.
    """

    version: int
    position: int
    index: int
    leaf: str
    whole: bool
    proof: tuple[str, ...] | None


class Proved(Terms):
    """The newest checkpoint, a signed note of so many entries, and the proof of each entry of an account.

    `fault` says why nothing can be shown; the note is empty before anything is signed.
    """

    size: int
    note: str
    entries: tuple[EntryProved, ...]
    fault: str | None = None

    def of(self, version: int) -> EntryProved | None:
        """What is shown of one entry."""
        return next((each for each in self.entries if each.version == version), None)


def proved(council: Council, account_id: UUID, version: int) -> Proved:
    """What the log shows of an account's entries up to a version, under the newest checkpoint."""
    with council.app.transaction() as statements:
        log = EvidenceLog.at_one_moment(statements, council.names.schema)
        size, note = signed(log)
        try:
            found = tuple(each for each in _entries(log, account_id, size) if each.version <= version)
        except (NoHashYet, NotThere) as fault:
            return Proved(size=size, note=note, entries=(), fault=" ".join(str(fault).split()))
    return Proved(size=size, note=note, entries=found)


def signed(log: EvidenceLog) -> tuple[int, str]:
    """How many entries were signed last, and the note; none and nothing before the first."""
    note = log.last_note() or ""
    return int(note.splitlines()[1]) if note else 0, note


def _entries(log: EvidenceLog, account_id: UUID, size: int) -> Iterator[EntryProved]:
    """Changes of scheme and amounts stand in the log too, and are of no account."""
    for logged in log.entries_of(account_id):
        said = json.loads(logged.entry)
        if said.get("account_id") == str(account_id):
            yield _proved(log, logged, said["version"], size)


def _proved(log: EvidenceLog, logged: Logged, version: int, size: int) -> EntryProved:
    path = inclusion_proof(logged.place, size, log.whole) if logged.place < size else None
    return EntryProved(
        version=version,
        position=logged.position,
        index=logged.place,
        leaf=logged.leaf.hex(),
        whole=leaf_hash(logged.entry) == logged.leaf,
        proof=None if path is None else tuple(each.hex() for each in path),
    )


def size_signed(council: Council) -> int:
    """How many entries of a council's log were signed last."""
    with council.app.transaction() as statements:
        return signed(EvidenceLog.at_one_moment(statements, council.names.schema))[0]
